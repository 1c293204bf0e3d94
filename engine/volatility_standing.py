"""Where implied volatility stands among its last sessions, of every market with chains, whatever a run trades."""

from __future__ import annotations

from bisect import bisect_left, insort
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


class _Window:
    """The last observations, and the same in order of size."""

    __slots__ = ("_last", "_ordered")

    def __init__(self) -> None:
        self._last: deque[float] = deque()
        self._ordered: list[float] = []

    def add(self, observation: float) -> None:
        """Take one more, and let the oldest go."""
        if len(self._last) == SESSIONS - 1:
            del self._ordered[bisect_left(self._ordered, self._last.popleft())]
        self._last.append(observation)
        insort(self._ordered, observation)

    def rank(self, present: float) -> float | None:
        """Place of one more between the low and the high of all; None where they are too few, or equal."""
        if len(self._last) + 1 < LEAST_SESSIONS:
            return None
        low, high = self._ordered[0], self._ordered[-1]
        low, high = low if low < present else present, high if high > present else present
        return (present - low) / (high - low) if high > low else None


class VolatilityStanding:
    """At-the-money volatility for 30 days at the last chain of every session, the warm-up's too.

    It must see chains before the market does: the market's chain is then the last one of the session before. A session
    whose last chain implies no volatility has no place.
    """

    def __init__(self, market: Market) -> None:
        self._market = market
        self._observed: dict[str, _Window] = {}
        self._found: dict[str, tuple[ChainSnapshot, float | None]] = {}

    def on_snapshot(self, event: SnapshotArrived) -> None:
        """Note the session before, where this chain begins another one."""
        underlying = event.snapshot.underlying
        last, date_of = self._market.snapshots.get(underlying), self._market.sessions.date_of
        if last is None or date_of(last.at) == date_of(event.at):
            return
        volatility = self._volatility(last)
        if volatility is not None:
            self._observed.setdefault(underlying, _Window()).add(volatility)

    def rank(self, underlying: str) -> float | None:
        """Place of the present between the low (0) and the high (1) of the last sessions.

        None for fewer than `LEAST_SESSIONS`, where the present chain does not say, or while low and high are equal.
        """
        snapshot, observed = self._market.snapshots.get(underlying), self._observed.get(underlying)
        present = None if snapshot is None else self._volatility(snapshot)
        return None if present is None or observed is None else observed.rank(present)

    def _volatility(self, snapshot: ChainSnapshot) -> float | None:
        """What a chain implies, found once; None where it does not say."""
        found = self._found.get(snapshot.underlying)
        if found is None or found[0] is not snapshot:
            found = self._found[snapshot.underlying] = snapshot, constant_maturity_iv(snapshot, MATURITY_DAYS)
        return found[1]
