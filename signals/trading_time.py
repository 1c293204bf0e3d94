"""Time in which the market is open: volatility does not accrue over nights, weekends and holidays (T34)."""

from __future__ import annotations

from bisect import bisect_right
from typing import Final

from engine.instants import Instant
from engine.model import SessionTable

SESSIONS_PER_YEAR: Final = 252


class TradingTime:
    """Trading time of an exchange: every session is 1/252 of a year, evenly from its open to its close."""

    def __init__(self, sessions: SessionTable) -> None:
        self._sessions = sessions.sessions
        self._opens = [session.opens_at for session in sessions.sessions]

    def years_between(self, start: Instant, end: Instant) -> float:
        """Trading years from `start` to `end`, both within the table; what lies outside of it counts nothing."""
        return (self._elapsed(end) - self._elapsed(start)) / SESSIONS_PER_YEAR

    def _elapsed(self, at: Instant) -> float:
        """Sessions from the beginning of the table."""
        begun = bisect_right(self._opens, at)
        if begun == 0:
            return 0.0
        present = self._sessions[begun - 1]
        length = present.closes_at - present.opens_at
        return begun - 1 + min(at - present.opens_at, length) / length
