"""The equity curve of a run."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import overload

from engine.instants import Instant
from engine.money import Micros
from engine.result import EquityPoint


class EquityCurve(Sequence[EquityPoint]):
    """Values of the account in time order, one per instant.

    Rows are plain tuples, and points are made when somebody looks at them: a year of minute bars has a hundred
    thousand.
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

    def ends_at(self, at: Instant, cash: Micros, market_value: Micros) -> bool:
        """Whether the last point is of this instant, this cash and this market value."""
        return bool(self._rows) and self._rows[-1][:3] == (at, cash, market_value)

    def __len__(self) -> int:
        return len(self._rows)

    def __iter__(self) -> Iterator[EquityPoint]:
        return map(EquityPoint._make, self._rows)

    @overload
    def __getitem__(self, position: int) -> EquityPoint: ...
    @overload
    def __getitem__(self, position: slice) -> Sequence[EquityPoint]: ...
    def __getitem__(self, position: int | slice) -> EquityPoint | Sequence[EquityPoint]:
        if isinstance(position, slice):
            return [EquityPoint._make(row) for row in self._rows[position]]
        return EquityPoint._make(self._rows[position])
