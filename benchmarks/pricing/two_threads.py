"""How many times as fast two threads are as one, and how many times at most on the machine as it is now."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from benchmarks.measure import medians, timed
from benchmarks.pricing.inputs import LARGE, contracts
from benchmarks.pricing.peers import ours
from benchmarks.pricing.table import Table
from benchmarks.pricing.task import Task, Tasks
from engine.pricing.blocks import pricing_threads

NAME = "ours, two threads"
CEILING = "two callers who share nothing"

# So many contracts stay in the second-level cache of a core.
_CACHED = 5_000
_CALLS = LARGE // _CACHED
_TURNS = 15
_ONE_CALLER = "one caller"


def threaded(task: Task) -> Callable[[], object]:
    """Return the task in two threads."""

    def run() -> object:
        with pricing_threads(2):
            return task.run()

    return run


def study() -> Table:
    """Times as fast as one thread, in turns.

    Beside ours is the ceiling: two threads that each price a few contracts again and again, without memory or results
    in common. It is below two where the cores have other work or share a clock.
    """
    large, cached, apart = _tasks(LARGE), _tasks(_CACHED), _tasks(_CACHED)
    with ThreadPoolExecutor(1) as other:
        work = {
            (name, kind): run
            for kind, task in large.items()
            for name, run in {
                ours.NAME: task.run,
                NAME: threaded(task),
                _ONE_CALLER: _calls(cached[kind], _CALLS),
                CEILING: _two_callers(other, _calls(cached[kind], _CALLS // 2), _calls(apart[kind], _CALLS // 2)),
            }.items()
        }
        seconds = medians({key: timed(run, warm_up=True) for key, run in work.items()}, _TURNS)
    ratios = {
        (name, kind): seconds[one, kind] / seconds[name, kind]
        for name, one in ((NAME, ours.NAME), (CEILING, _ONE_CALLER))
        for kind in large
    }
    return Table(f"European, {LARGE:,} contracts: times as fast as one thread", ratios, ",.2f")


def _tasks(size: int) -> Tasks:
    terms = contracts(size)
    return ours.tasks(terms, ours.tasks(terms, terms[0])["price"].values()[0])


def _calls(task: Task, count: int) -> Callable[[], None]:
    def run() -> None:
        for _ in range(count):
            task.run()

    return run


def _two_callers(
    other: ThreadPoolExecutor, run: Callable[[], None], run_apart: Callable[[], None]
) -> Callable[[], None]:
    def both() -> None:
        beside = other.submit(run_apart)
        run()
        beside.result()

    return both
