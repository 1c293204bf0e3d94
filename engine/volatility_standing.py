"""Where implied volatility stands among its last sessions, of every market with chains, whatever a run trades."""

from __future__ import annotations

from collections import deque
from typing import Final

from engine.events import SnapshotArrived
from engine.implied import constant_maturity_iv
from engine.market import Market
from engine.model import ChainSnapshot

MATURITY_DAYS: Final = 30
SESSIONS: Final = 252
"""Sessions that a rank looks at, the present one among them."""
LEAST_SESSIONS: Final = 60
"""Fewer observations say nothing."""


class VolatilityStanding:
    """At-the-money volatility for 30 days at the last chain of every session, the warm-up's too.

    It must see chains before the market does: the market's chain is then the last one of the session before. A session
    whose last chain implies no volatility has no place.
    """

    def __init__(self, market: Market) -> None:
        self._market = market
        self._observed: dict[str, deque[float]] = {}
        self._last: dict[str, tuple[ChainSnapshot, float | None]] = {}

    def on_snapshot(self, event: SnapshotArrived) -> None:
        """Note the session before, where this chain begins another one."""
        underlying = event.snapshot.underlying
        last, date_of = self._market.snapshots.get(underlying), self._market.sessions.date_of
        if last is None or date_of(last.at) == date_of(event.at):
            return
        volatility = self._volatility_of(last)
        if volatility is not None:
            self._observed.setdefault(underlying, deque(maxlen=SESSIONS - 1)).append(volatility)

    def volatility(self, underlying: str) -> float | None:
        """What the present chain implies; None where there is none, or it does not say."""
        snapshot = self._market.snapshots.get(underlying)
        return None if snapshot is None else self._volatility_of(snapshot)

    def rank(self, underlying: str) -> float | None:
        """Place of the present between the low (0) and the high (1) of the last sessions.

        None for fewer than `LEAST_SESSIONS`, where the present chain does not say, or while low and high are equal.
        """
        present = self.volatility(underlying)
        observed = self._observed.get(underlying, ())
        if present is None or len(observed) + 1 < LEAST_SESSIONS:
            return None
        lowest, highest = min(observed), max(observed)
        low, high = min(lowest, present), max(highest, present)
        return (present - low) / (high - low) if high > low else None

    def _volatility_of(self, snapshot: ChainSnapshot) -> float | None:
        """What a chain implies: the last one of a session is often asked about twice."""
        last = self._last.get(snapshot.underlying)
        if last is None or last[0] is not snapshot:
            last = self._last[snapshot.underlying] = snapshot, constant_maturity_iv(snapshot, MATURITY_DAYS)
        return last[1]
