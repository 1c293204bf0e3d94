"""The contract table: series once and contracts as columns, so that a chain is a range of rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise
from typing import Final

import numpy as np
from numpy.typing import NDArray

from engine.errors import MarketDataError, UnknownContract
from engine.model.contracts import OptionContract, OptionSeries, Right, osi_symbol

_RIGHT_LETTERS: Final = {"C": Right.CALL, "P": Right.PUT}


@dataclass(frozen=True, slots=True, eq=False)
class ContractTable:
    """Every contract of a run, one row each, in the order (series, right, strike).

    Rows of a series are contiguous, puts before calls, strikes ascending, so that a chain snapshot, whose rows are
    in the same order, is cut by binary search instead of by comparison.

    Attributes:
        series: the series, ascending by `OptionSeries.order_key`.
        series_start: int64 of shape (len(series) + 1,): rows of series i are `series_start[i]:series_start[i + 1]`.
        side_start: int32 of shape (2 len(series) + 1,): puts of series i are rows
            `side_start[2 i]:side_start[2 i + 1]`, its calls `side_start[2 i + 1]:side_start[2 i + 2]`.
        series_index: int32 per row, index into `series`.
        right: int8 per row, +1 call, -1 put.
        strike: float64 per row.
    """

    series: tuple[OptionSeries, ...]
    series_start: NDArray[np.int64]
    side_start: NDArray[np.int32]
    series_index: NDArray[np.int32]
    right: NDArray[np.int8]
    strike: NDArray[np.float64]
    _contracts: dict[int, OptionContract] = field(default_factory=dict, init=False, repr=False)

    @classmethod
    def build(
        cls,
        series: Sequence[OptionSeries],
        series_index: NDArray[np.integer],
        right: NDArray[np.integer],
        strike: NDArray[np.floating],
    ) -> ContractTable:
        """Check order and uniqueness, and freeze the columns.

        Raises:
            MarketDataError: when series or rows are out of order, or a contract stands twice.
        """
        keys = [one.order_key for one in series]
        if any(later <= earlier for earlier, later in pairwise(keys)):
            raise MarketDataError("series are not strictly ascending by (underlying, expires_on, root)")
        index = np.ascontiguousarray(series_index, np.int32)
        rights = np.ascontiguousarray(right, np.int8)
        strikes = np.ascontiguousarray(strike, np.float64)
        order = np.lexsort((strikes, rights, index))
        if not np.array_equal(order, np.arange(len(index))):
            raise MarketDataError("contracts are not in the order (series, right, strike)")
        same = (np.diff(index) == 0) & (np.diff(rights) == 0) & (np.diff(strikes) == 0)
        if same.any():
            row = int(np.flatnonzero(same)[0])
            one = series[int(index[row])]
            raise MarketDataError(f"contract {osi_symbol(one.root, one.symbol_date, rights[row], strikes[row])} twice")
        start = np.searchsorted(index, np.arange(len(series) + 1)).astype(np.int64)
        sides = np.searchsorted(2 * index + (rights > 0), np.arange(2 * len(series) + 1)).astype(np.int32)
        for column in (index, rights, strikes, start, sides):
            column.flags.writeable = False
        return cls(tuple(series), start, sides, index, rights, strikes)

    def __len__(self) -> int:
        return len(self.strike)

    def contract(self, contract_id: int) -> OptionContract:
        """The contract of a row (made once).

        Raises:
            UnknownContract: when there is no such row.
        """
        known = self._contracts.get(contract_id)
        if known is not None:
            return known
        if not 0 <= contract_id < len(self):
            raise UnknownContract(f"no contract {contract_id} in a table of {len(self)}")
        series = self.series[int(self.series_index[contract_id])]
        right, strike = Right(int(self.right[contract_id])), float(self.strike[contract_id])
        symbol = osi_symbol(series.root, series.symbol_date, right, strike)
        made = OptionContract(symbol, contract_id, series, right, strike)
        self._contracts[contract_id] = made
        return made

    def find(self, root: str, expires_on: date, right: int, strike: float) -> OptionContract:
        """The contract of a root, expiration, right and strike.

        Raises:
            UnknownContract: when the table does not hold it.
        """
        for position, series in enumerate(self.series):
            if series.root == root and series.expires_on == expires_on:
                first, last = self.side(position, right)
                row = first + int(np.searchsorted(self.strike[first:last], strike))
                if row < last and self.strike[row] == strike:
                    return self.contract(row)
        raise UnknownContract(f"no {root} {expires_on} {Right(right).name.lower()} {strike:g} in the contract table")

    def named(self, symbol: str) -> OptionContract | None:
        """The contract of an OSI symbol, blanks in it or not; None when the table does not hold it."""
        head, right, thousandths = symbol[:-9].replace(" ", ""), symbol[-9:-8], symbol[-8:]
        if right not in _RIGHT_LETTERS or not thousandths.isdecimal():
            return None
        for series in self.series:
            if f"{series.root}{series.symbol_date:%y%m%d}" == head:
                try:
                    return self.find(series.root, series.expires_on, _RIGHT_LETTERS[right], int(thousandths) / 1000)
                except UnknownContract:
                    return None
        return None

    def side(self, series_position: int, right: int) -> tuple[int, int]:
        """Row range (first, one past the last) of the calls or puts of a series."""
        side = 2 * series_position + (right > 0)
        return int(self.side_start[side]), int(self.side_start[side + 1])
