"""The quotes of a chain that can be compared with each other, in the order of their strikes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from data.chain_rows import ChainRows, Column
from data.contract_list import STRIKE_UNITS

Rows = NDArray[np.intp]
Mask = NDArray[np.bool_]

_STRIKE_BITS: Final = 40
_SERIES_BITS: Final = 16


@dataclass(frozen=True, slots=True, eq=False)
class Ladder:
    """Some quotes of a chain; those of one series and right follow each other, strikes ascending.

    Attributes:
        rows: their rows in the chain, ascending.
        side: `ContractList.side`; two quotes are of one side where it is equal.
        strike: USD.
        bid: USD per share; 0 where there is none.
    """

    rows: Rows
    side: NDArray[np.int64]
    strike: Column
    bid: Column
    ask: Column

    def __len__(self) -> int:
        return len(self.rows)

    @property
    def series(self) -> NDArray[np.int64]:
        """Position of each quote's series."""
        return self.side >> 1

    @property
    def is_call(self) -> Mask:
        """Whether each quote is a call's."""
        return (self.side & 1).astype(np.bool_)

    @property
    def pair(self) -> NDArray[np.int64]:
        """One number for the call and the put of a series and strike, ascending within calls and within puts."""
        return (self.series << _STRIKE_BITS) | self._strike_units

    @property
    def across_expirations(self) -> NDArray[np.int64]:
        """Numbers in whose order the contracts of one right and strike stand together, expirations ascending."""
        right_and_strike = ((self.side & 1) << _STRIKE_BITS) | self._strike_units
        return (right_and_strike << _SERIES_BITS) | self.series

    @property
    def _strike_units(self) -> NDArray[np.int64]:
        return np.rint(self.strike * STRIKE_UNITS).astype(np.int64)

    def take(self, kept: Mask) -> Ladder:
        """The ladder without some of its quotes."""
        if kept.all():
            return self
        return Ladder(self.rows[kept], self.side[kept], self.strike[kept], self.bid[kept], self.ask[kept])


def offered(chain: ChainRows) -> Ladder:
    """Quotes with an ask that is not below the bid; the bid may be 0, but not unknown."""
    bid, ask = chain.columns["bid"], chain.columns["ask"]
    # A side that the vendor does not name says nothing about the other one: minutes with one update only.
    rows = np.flatnonzero((ask > 0) & (ask >= bid) & (ask < np.inf))
    contracts = chain.contracts
    return Ladder(rows, contracts.side[rows], contracts.strike[rows], np.maximum(bid[rows], 0.0), ask[rows])
