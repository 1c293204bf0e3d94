"""Interleaved medians: what is compared is timed turn by turn, so that both see the same load."""

from __future__ import annotations

import gc
import os
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from statistics import median
from time import perf_counter, process_time
from typing import Final, TypeAlias, TypeVar

REPETITIONS = 7
_MILLION: Final = 1_000_000
_YARDSTICK_CALLS: Final = 9
# After a collection of garbage it takes 2 milliseconds until the pricing loops are as fast as before.
_WARM_UP_SECONDS: Final = 0.02

Name = TypeVar("Name")
Timer: TypeAlias = Callable[[], float]
"""Does a piece of work once and returns its seconds."""


@dataclass(frozen=True, slots=True)
class Goal:
    """A figure, what it must reach, and whether it did."""

    name: str
    value: float
    unit: str
    goal: float
    at_least: bool

    @property
    def reached(self) -> bool:
        return self.value >= self.goal if self.at_least else self.value <= self.goal

    def __str__(self) -> str:
        bound = ">=" if self.at_least else "<="
        verdict = "reached" if self.reached else "MISSED"
        return f"{self.name:<68} {self.value:>12,.2f} {self.unit:<20} {bound} {self.goal:,g}  {verdict}"


def timed(piece: Callable[[], object], calls: int = 1, *, warm_up: bool = False) -> Timer:
    """Timer of a piece of work; one that is too short for the clock is called several times, and the mean counts.

    warm_up: do it before, untimed, once and for some milliseconds at least, so that it does not pay for the state in
    which others, a collection of garbage among them, left the processor.
    """

    def seconds() -> float:
        if warm_up:
            _warm_up(piece)
        began = perf_counter()
        for _ in range(calls):
            piece()
        return (perf_counter() - began) / calls

    return seconds


def _warm_up(piece: Callable[[], object]) -> None:
    until = perf_counter() + _WARM_UP_SECONDS
    piece()
    while perf_counter() < until:
        piece()


def medians(timers: Mapping[Name, Timer], repetitions: int = REPETITIONS) -> dict[Name, float]:
    """Median seconds of each timer; one round of all of them warms up and is not counted."""
    seconds: dict[Name, list[float]] = {name: [] for name in timers}
    for turn in range(repetitions + 1):
        for name, timer in timers.items():
            gc.collect()
            value = timer()
            if turn:
                seconds[name].append(value)
    return {name: median(values) for name, values in seconds.items()}


def interleaved_medians(work: Mapping[str, Callable[[], object]], repetitions: int = REPETITIONS) -> dict[str, float]:
    """Median seconds of each piece of work."""
    return medians({name: timed(piece) for name, piece in work.items()}, repetitions)


def machine() -> str:
    """Load and speed of the machine, to be read beside every figure: they move with both."""
    one, five, _ = os.getloadavg()
    milliseconds = 1_000 * min(_counting() for _ in range(_YARDSTICK_CALLS))
    return (
        f"load {one:.2f} (1 min), {five:.2f} (5 min), {os.cpu_count()} cores; "
        f"Python counts to a million in {milliseconds:.0f} ms"
    )


def _counting() -> float:
    """Processor seconds of something that is the same on every machine and in every version."""
    began = process_time()
    for _ in range(_MILLION):
        pass
    return process_time() - began


def report(measures: Iterable[Callable[[], list[Goal]]]) -> int:
    """Measure everything, one after the other, and print every figure with its goal; 1 when one is missed, else 0."""
    print(machine())
    goals = [goal for measure in measures for goal in measure()]
    for goal in goals:
        print(goal)
    print(machine())
    return 0 if all(goal.reached for goal in goals) else 1
