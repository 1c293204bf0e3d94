"""Contracts of one underlying as sorted integers: cheap to unite, to compare and to look up.

The order is that of the engine's contract table: expiration, root, right (puts first), strike.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from data.calendar import option_series, session_table
from data.errors import BadFile
from data.markets import US, Market
from engine.model import ContractTable, SessionTable

STRIKE_UNITS: Final = 10_000
"""Strikes are counted in ten-thousandths: the finest that any vendor of FORMATS.md writes."""
_STRIKE_BITS: Final = 40
_SERIES_SHIFT: Final = _STRIKE_BITS + 1
_CALL: Final = 1 << _STRIKE_BITS
_STRIKE_MASK: Final = _CALL - 1
_LOW_MASK: Final = (1 << _SERIES_SHIFT) - 1


class SeriesKey(NamedTuple):
    """A series, in the order of contract tables."""

    expires_on: date
    root: str
    symbol_date: date


@dataclass(frozen=True, slots=True, eq=False)
class ContractList:
    """Contracts in ascending order, each once.

    Attributes:
        series: ascending.
        code: int64, strictly ascending: position of the series, right and strike packed into one number.
    """

    series: tuple[SeriesKey, ...]
    code: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.code)

    @property
    def series_index(self) -> NDArray[np.int64]:
        """Position of each contract's series."""
        return self.code >> _SERIES_SHIFT

    @property
    def right(self) -> NDArray[np.int8]:
        """+1 for calls, -1 for puts."""
        return np.where(self.code & _CALL, 1, -1).astype(np.int8)

    @property
    def side(self) -> NDArray[np.int64]:
        """Twice the position of the series, and one more for calls: contracts of one side stand together."""
        return self.code >> _STRIKE_BITS

    @property
    def strike(self) -> NDArray[np.float64]:
        """Strikes in USD, each the float nearest to its decimal."""
        return (self.code & _STRIKE_MASK) / STRIKE_UNITS

    def take(self, rows: NDArray[Any]) -> ContractList:
        """The contracts of ascending rows (or of a mask), with the series that they need."""
        code = self.code[rows]
        positions = code >> _SERIES_SHIFT
        used = positions[np.diff(positions, prepend=-1) > 0]
        series = tuple(self.series[int(position)] for position in used)
        ranks = np.zeros(len(self.series), np.int64)
        ranks[used] = np.arange(len(used))
        return ContractList(series, _recode(code, ranks))

    def rows_of(self, root: str, symbol_date: date, right: int, strike: float) -> NDArray[np.intp]:
        """Row of a contract, or no row where it is not listed."""
        ranks = [rank for rank, key in enumerate(self.series) if key[1:] == (root, symbol_date)]
        codes = pack(np.array(ranks), np.array(right), np.array(round(strike * STRIKE_UNITS)))
        return np.flatnonzero(np.isin(self.code, codes))

    def rows_in(self, other: ContractList) -> NDArray[np.int32]:
        """Row in `other` of each contract; `other` holds them all."""
        position = {key: rank for rank, key in enumerate(other.series)}
        ranks = np.array([position[key] for key in self.series], np.int64)
        return np.searchsorted(other.code, _recode(self.code, ranks)).astype(np.int32)


def pack(series_rank: NDArray[Any], right: NDArray[Any], strike_units: NDArray[Any]) -> NDArray[np.int64]:
    """Codes of contracts, unsorted, from the rank of their series, right (+1, -1) and strike in ten-thousandths."""
    ranks = series_rank.astype(np.int64) << _SERIES_SHIFT
    rights = np.where(right > 0, _CALL, 0)
    return np.asarray(ranks | rights | strike_units.astype(np.int64), np.int64)


def unite(lists: Iterable[ContractList]) -> ContractList:
    """All contracts of several lists, each once.

    Raises:
        BadFile: when one root has two symbol dates for one expiration, so that a contract has two symbols.
    """
    parts = list(lists)
    series = tuple(sorted({key for part in parts for key in part.series}))
    check_series(series)
    position = {key: rank for rank, key in enumerate(series)}
    codes = [_recode(part.code, np.array([position[key] for key in part.series], np.int64)) for part in parts]
    return ContractList(series, np.unique(np.concatenate(codes)) if codes else np.empty(0, np.int64))


def check_series(series: tuple[SeriesKey, ...]) -> None:
    """Refuse two symbol dates of one root and expiration.

    Raises:
        BadFile: names root, expiration and both dates.
    """
    for earlier, later in pairwise(series):
        if earlier[:2] == later[:2]:
            raise BadFile(
                f"{later.root} expiring {later.expires_on} has two symbol dates, {earlier.symbol_date} and "
                f"{later.symbol_date}; import files with one of them"
            )


def contract_table(lists: Mapping[str, ContractList], sessions: SessionTable, market: Market = US) -> ContractTable:
    """The engine's contract table of several underlyings; each list is one block of rows, by underlying ascending."""
    series = [
        option_series(underlying, key.root, key.symbol_date, sessions, market)
        for underlying in sorted(lists)
        for key in lists[underlying].series
    ]
    index, offset = [np.empty(0, np.int64)], 0
    for underlying in sorted(lists):
        index.append(lists[underlying].series_index + offset)
        offset += len(lists[underlying].series)
    ordered = [lists[underlying] for underlying in sorted(lists)]
    right = np.concatenate([np.empty(0, np.int8), *(part.right for part in ordered)])
    strike = np.concatenate([np.empty(0, np.float64), *(part.strike for part in ordered)])
    return ContractTable.build(series, np.concatenate(index), right, strike)


def sessions_for(lists: Iterable[ContractList], first: date, last: date, market: Market = US) -> SessionTable:
    """Sessions of a market from `first` to `last` and on to every settlement of the lists."""
    expirations = [key.expires_on for part in lists for key in part.series]
    return session_table(min([first, *expirations]), max([last, *expirations]), market)


def _recode(code: NDArray[np.int64], ranks: NDArray[np.int64]) -> NDArray[np.int64]:
    if not len(code):
        return code
    return np.asarray((ranks[code >> _SERIES_SHIFT] << _SERIES_SHIFT) | (code & _LOW_MASK), np.int64)
