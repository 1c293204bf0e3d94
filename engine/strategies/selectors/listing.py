"""What a chain lists at one expiration, as columns that are read once."""

from __future__ import annotations

from typing import Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

from engine.model import ChainSnapshot, OptionContract, Right
from engine.model.chain import Column

Mask: TypeAlias = NDArray[np.bool_]
"""One entry per strike of a listing."""
RIGHTS: Final = {"call": Right.CALL, "put": Right.PUT}


class Listing:
    """Calls or puts of one series in one snapshot: every strike that is quoted, ascending, whatever its flags.

    A contract that is not quoted yet is not known (T21); no filter takes a strike away (T27).

    Attributes:
        outward: direction of strikes further out of the money, +1 for calls and -1 for puts.
        flags_beside: flags with those that filters add, by what they are of; kept by whoever makes them.
    """

    __slots__ = ("_strike", "flags", "flags_beside", "outward", "right", "rows", "series", "snapshot")

    def __init__(self, snapshot: ChainSnapshot, series: int, right: Right) -> None:
        self.snapshot = snapshot
        self.series = series
        self.right = right
        self.outward = int(right)
        self.rows = snapshot.rows_of_series(series, right)
        self.flags: NDArray[np.uint16] = snapshot.flags[self.rows]
        self.flags_beside: dict[object, NDArray[np.uint16]] = {}
        self._strike: Column | None = None

    def __len__(self) -> int:
        return len(self.flags)

    @property
    def strike(self) -> Column:
        """Strikes, ascending."""
        if self._strike is None:
            self._strike = self.snapshot.contracts.strike[self.snapshot.contract_id[self.rows]]
        return self._strike

    @property
    def points_otm(self) -> Column:
        """Distance of each strike from the underlying's price, positive out of the money."""
        return self.outward * (self.strike - self.snapshot.underlying_price)

    def column(self, name: str) -> Column:
        """A column of the snapshot by its name."""
        column: Column = getattr(self.snapshot, name)[self.rows]
        return column

    def contract(self, index: int) -> OptionContract:
        """The contract of an entry."""
        return self.snapshot.contracts.contract(self.snapshot.ids[self.rows.start + index])

    def at_the_money(self) -> int:
        """Entry whose strike is nearest to the underlying's price, the lower one of two; -1 where nothing is listed."""
        return int(np.abs(self.points_otm).argmin()) if len(self) else -1

    def beyond(self, strike: float) -> Mask:
        """Entries further out of the money than a strike."""
        further: Mask = self.outward * (self.strike - strike) > 0.0
        return further
