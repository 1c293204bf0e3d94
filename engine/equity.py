"""The equity curve, while it grows."""

from __future__ import annotations

from engine.instants import Instant
from engine.money import Micros
from engine.result import EquityPoint


class EquityCurve:
    """Values of the account in time order, one per instant.

    Rows are plain tuples while the run goes on: a year of minute bars adds a hundred thousand of them.
    """

    __slots__ = ("_rows",)

    def __init__(self) -> None:
        self._rows: list[tuple[Instant, Micros, Micros, Micros | None]] = []

    def add(self, at: Instant, cash: Micros, market_value: Micros, requirement: Micros | None) -> None:
        """Add a value; a second one at the same instant replaces the first."""
        rows = self._rows
        if rows and rows[-1][0] == at:
            rows[-1] = (at, cash, market_value, requirement)
        else:
            rows.append((at, cash, market_value, requirement))

    def ends_at(self, at: Instant, market_value: Micros) -> bool:
        """Whether the last point is of this instant and this market value."""
        return bool(self._rows) and self._rows[-1][0] == at and self._rows[-1][2] == market_value

    def points(self) -> tuple[EquityPoint, ...]:
        """All points so far."""
        return tuple(map(EquityPoint._make, self._rows))
