"""Falls from a peak. Depths are negative fractions of the peak; the first value of a curve is a peak too."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from math import fsum, sqrt


@dataclass(frozen=True, slots=True)
class Drawdown:
    """A fall from a peak: depth as a negative fraction, and three positions in the curve.

    Attributes:
        recovered: first position at or above the peak again, or None.
    """

    depth: float
    peak: int
    trough: int
    recovered: int | None

    def days(self, dates: Sequence[date]) -> int:
        """Calendar days from the peak to the recovery, or to the end of a curve that has not recovered."""
        return (dates[-1 if self.recovered is None else self.recovered] - dates[self.peak]).days

    def recovery_days(self, dates: Sequence[date]) -> int | None:
        """Calendar days from the trough to the recovery; None where there is none."""
        return None if self.recovered is None else (dates[self.recovered] - dates[self.trough]).days


def drawdowns(values: Sequence[float]) -> list[Drawdown]:
    """Every fall below the highest value before it, in order of time; the last may not have recovered."""
    falls: list[Drawdown] = []
    peak = trough = 0
    for position, value in enumerate(values):
        if value >= values[peak]:
            if trough > peak:
                falls.append(Drawdown(values[trough] / values[peak] - 1.0, peak, trough, position))
            peak = trough = position
        elif trough == peak or value < values[trough]:
            trough = position
    if trough > peak:
        falls.append(Drawdown(values[trough] / values[peak] - 1.0, peak, trough, None))
    return falls


def deepest_drawdown(values: Sequence[float]) -> Drawdown:
    """The deepest fall, the first of equals; depth 0 at position 0 for a curve that never falls."""
    return min(drawdowns(values), key=lambda fall: fall.depth, default=Drawdown(0.0, 0, 0, None))


def longest_drawdown_days(values: Sequence[float], dates: Sequence[date]) -> int:
    """Calendar days of the longest time from a peak to its recovery or the end; 0 for a curve that never falls."""
    return max((fall.days(dates) for fall in drawdowns(values)), default=0)


def ulcer_index(values: Sequence[float]) -> float:
    """Root of the mean square of the depths at all values after the first; positive."""
    peak, squares = values[0], []
    for value in values[1:]:
        peak = max(peak, value)
        squares.append((value / peak - 1.0) ** 2)
    return sqrt(fsum(squares) / len(squares)) if squares else 0.0
