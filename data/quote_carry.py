"""Keeps the last quote of every contract, for files that hold only the contracts whose quote changed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

import numpy as np
from numpy.typing import NDArray

from engine.config import CarryQuotes
from engine.instants import NANOS_PER_SECOND, Instant
from engine.model import ChainSnapshot, QuoteFlag, SessionTable
from engine.model.chain import QUOTE_COLUMNS

_NANOS_PER_MINUTE: Final = 60 * NANOS_PER_SECOND
_CARRIED: Final = ("bid", "ask", "bid_size", "ask_size", "last", "open_interest")
"""What still stands a minute later; volume, volatility and Greeks belong to the instant they were given for."""
_SIDES: Final = (("bid", "bid_size", QuoteFlag.NO_BID), ("ask", "ask_size", QuoteFlag.NO_ASK))
_NEVER: Final = np.iinfo(np.int64).min


def carried(snapshots: Iterable[ChainSnapshot], sessions: SessionTable, rules: CarryQuotes) -> Iterator[ChainSnapshot]:
    """Chains of one underlying, in order, each with the last quotes of the contracts it does not name.

    A quote older than `rules.max_age_minutes` is flagged STALE; contracts that no longer trade are left out.
    """
    held: _Held | None = None
    day: date | None = None
    for snapshot in snapshots:
        today = sessions.date_of(snapshot.at)
        if held is None or (today != day and not rules.across_sessions):
            held = _Held.nothing(len(snapshot.contracts))
        day = today
        held.take(snapshot, keep_sides=rules.missing_side == "last")
        yield held.shown(snapshot, rules.max_age_minutes)


@dataclass(slots=True)
class _Held:
    """Last quotes by contract id.

    Attributes:
        bid_at: instant of each bid; `_NEVER` where the contract had no quote; `ask_at` likewise.
    """

    columns: dict[str, NDArray[np.float64]]
    flags: NDArray[np.uint16]
    bid_at: NDArray[np.int64]
    ask_at: NDArray[np.int64]

    @classmethod
    def nothing(cls, count: int) -> _Held:
        """Before the first chain."""
        columns = {name: np.full(count, np.nan) for name in QUOTE_COLUMNS}
        return cls(columns, np.zeros(count, np.uint16), np.full(count, _NEVER), np.full(count, _NEVER))

    def take(self, snapshot: ChainSnapshot, *, keep_sides: bool) -> None:
        """Take over a chain; what is not carried lasts for this chain only."""
        ids = snapshot.contract_id
        before = {name: self.columns[name][ids] for name in _CARRIED}
        flags = snapshot.flags.copy()
        for name in QUOTE_COLUMNS:
            if name not in _CARRIED:
                self.columns[name].fill(np.nan)
            self.columns[name][ids] = getattr(snapshot, name)
        for (price, size, flag), at in zip(_SIDES, (self.bid_at, self.ask_at), strict=True):
            given = getattr(snapshot, price)
            kept = np.isnan(given) & ~np.isnan(before[price]) & keep_sides
            self.columns[price][ids[kept]] = before[price][kept]
            self.columns[size][ids[kept]] = before[size][kept]
            flags[kept] &= ~np.uint16(flag)
            at[ids[~kept]] = snapshot.at
        self.flags[ids] = flags

    def shown(self, snapshot: ChainSnapshot, max_age_minutes: int | None) -> ChainSnapshot:
        """The chain at the instant of `snapshot`, with everything held that still trades."""
        table = snapshot.contracts
        quoted_at = np.minimum(self.bid_at, self.ask_at)
        last_trades = np.array([series.last_trades_at for series in table.series], np.int64)
        alive = (quoted_at != _NEVER) & (last_trades[table.series_index] >= snapshot.at)
        # What the chain itself names stays, even after its last trade: the store has flagged it.
        alive[snapshot.contract_id] = True
        ids = np.flatnonzero(alive).astype(np.int32)
        flags = self.flags[ids]
        if max_age_minutes is not None:
            flags[_is_older(quoted_at[ids], snapshot.at, max_age_minutes)] |= np.uint16(QuoteFlag.STALE)
        columns: dict[str, NDArray[np.generic]] = {name: held[ids] for name, held in self.columns.items()}
        columns |= {"contract_id": ids, "flags": flags, "quoted_at": quoted_at[ids]}
        return ChainSnapshot.build(snapshot.at, snapshot.underlying, snapshot.underlying_price, table, columns)


def _is_older(quoted_at: NDArray[np.int64], now: Instant, minutes: int) -> NDArray[np.bool_]:
    older: NDArray[np.bool_] = quoted_at < now - minutes * _NANOS_PER_MINUTE
    return older
