"""European contracts: nanoseconds of every peer, taken in turns, and how far its numbers are from ours."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from benchmarks.measure import medians, timed
from benchmarks.pricing import two_threads
from benchmarks.pricing.apart.client import Client
from benchmarks.pricing.inputs import LARGE, Column, Contracts, contracts
from benchmarks.pricing.peers import ours
from benchmarks.pricing.table import Cells, Table
from benchmarks.pricing.task import Peer
from engine.pricing import Greeks

# So many contracts in a timing, by repeated calls: clock and load then matter less.
_CONTRACTS_PER_TIMING = 200_000
# Volatilities are compared where the rounding of spot moves them by less than this.
_RESOLVED = 1e-9


@dataclass(frozen=True, slots=True)
class Study:
    """Nanoseconds per contract and differences by (peer, kind of work)."""

    size: int
    nanoseconds: Cells
    differences: Cells

    def tables(self) -> list[Table]:
        title = f"European, {self.size:,} contracts"
        tables = [Table(f"{title}: ns per contract", self.nanoseconds)]
        if self.differences:
            tables.append(Table(f"{title}: largest difference from ours", self.differences, ".1e"))
        return tables

    def ratio(self, peer: str, work: str, by: str = ours.NAME) -> float:
        """How many times as fast `by` does the work as the peer."""
        return self.nanoseconds[peer, work] / self.nanoseconds[by, work]


def study(size: int, peers: Mapping[str, Peer], apart: Client | None = None) -> Study:
    """Ours beside the peers of this environment, and of the other one if there is one.

    Differences are those of prices and sensitivities by the largest of their kind, and of volatilities from the
    true ones where the price determines them; infinite where there is no number. The largest studies take none.
    """
    terms = contracts(size)
    exact = ours.tasks(terms, terms[0])["price + 5"].values()
    calls = max(1, _CONTRACTS_PER_TIMING // size)
    work = {name: peer(terms, exact[0]) for name, peer in {ours.NAME: ours.tasks, **peers}.items()}
    timers = {
        (name, kind): timed(task.run, calls, warm_up=True)
        for name, tasks in work.items()
        for kind, task in tasks.items()
    }
    answers = {(name, kind): task.values for name, tasks in work.items() for kind, task in tasks.items()}
    if size >= LARGE:
        timers |= {
            (two_threads.NAME, kind): timed(two_threads.threaded(task), warm_up=True)
            for kind, task in work[ours.NAME].items()
        }
    if apart:
        for name, kind in apart.load(terms, exact[0]):
            timers[name, kind] = apart.timer(name, kind, calls)
            answers[name, kind] = apart.answer(name, kind)
    seconds = medians(timers)
    differences = {} if size >= LARGE else _differences(terms, exact, answers)
    return Study(size, {key: value / size * 1e9 for key, value in seconds.items()}, differences)


def _differences(
    terms: Contracts, exact: Column, answers: Mapping[tuple[str, str], Callable[[], Column]]
) -> dict[tuple[str, str], float]:
    spot, sigma, vega = terms[1], terms[6], exact[3]
    resolved = np.spacing(spot) / vega < _RESOLVED
    found: dict[tuple[str, str], float] = {}
    for (peer, work), answer in answers.items():
        if work == "volatility":
            found[peer, work] = _largest(answer()[0, resolved] - sigma[resolved])
        elif peer != ours.NAME:
            for name, row, expected in zip(Greeks._fields, answer(), exact, strict=False):
                error = _largest((row - expected) / np.abs(expected).max())
                found[peer, name] = max(error, found.get((peer, name), 0.0))
    return dict(sorted(found.items(), key=lambda cell: cell[0][1] == "volatility"))


def _largest(errors: Column) -> float:
    return float(np.max(np.where(np.isnan(errors), np.inf, np.abs(errors))))
