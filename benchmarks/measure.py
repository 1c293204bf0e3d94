"""Interleaved medians: what is compared is timed turn by turn, so that both see the same load."""

from __future__ import annotations

import gc
import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from statistics import median
from time import perf_counter

REPETITIONS = 7


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
        return f"{self.name:<52} {self.value:>12,.1f} {self.unit:<20} {bound} {self.goal:,.0f}  {verdict}"


def interleaved_medians(work: Mapping[str, Callable[[], object]], repetitions: int = REPETITIONS) -> dict[str, float]:
    """Median seconds of each piece of work; one round of all of them warms up and is not counted."""
    seconds: dict[str, list[float]] = {name: [] for name in work}
    for turn in range(repetitions + 1):
        for name, piece in work.items():
            gc.collect()
            began = perf_counter()
            piece()
            if turn:
                seconds[name].append(perf_counter() - began)
    return {name: median(times) for name, times in seconds.items()}


def load() -> str:
    """Load of the machine, to be read beside every figure."""
    one, five, _ = os.getloadavg()
    return f"load {one:.2f} (1 min), {five:.2f} (5 min), {os.cpu_count()} cores"
