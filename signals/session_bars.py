"""One bar per exchange session, built from bars or from the prices beside chains; all of them are kept."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

import numpy as np
from numpy.typing import NDArray

from engine.instants import NANOS_PER_SECOND, Instant
from engine.model import Bar, SessionTable

COLUMNS: Final = ("open", "high", "low", "close", "volume")
_OPEN, _HIGH, _LOW, _CLOSE, _VOLUME = range(5)

AFTER_CLOSE: Final = 15 * 60 * NANOS_PER_SECOND
"""Index options trade for a quarter of an hour after the shares' close (Cboe Rule 5.1): prices of that time count."""


class SessionBars:
    """Open, high, low, close and volume of every session that was seen, oldest first, the present one last.

    The present session's bar has its latest price so far as its close and moves while the session goes on. Prices
    before the open or later than `AFTER_CLOSE` belong to no session. A session in which bars arrive is made of them:
    its open, high, low and volume are theirs, and prices beside chains move its close only. Without bars, the prices
    beside chains make all of it, and its volume is 0.
    """

    def __init__(self, sessions: SessionTable) -> None:
        self._sessions = sessions
        self._table = np.empty((len(COLUMNS), 256))
        self._count = 0
        self._of_bars = False
        self._range = (0.0, 0.0)
        self._opens_at: Instant = 0
        self._ends_at: Instant = 0
        self._idle_until: Instant = 0

    def __len__(self) -> int:
        """How many sessions were seen, the present one included."""
        return self._count

    @property
    def opens_at(self) -> Instant:
        """Open of the present session."""
        return self._opens_at

    def last(self, sessions: int) -> NDArray[np.float64]:
        """Shape (5, sessions) in the order of `COLUMNS`; a view that the next price changes.

        The caller sees to it that so many sessions were seen.
        """
        return self._table[:, self._count - sessions : self._count]

    def on_bar(self, at: Instant, bar: Bar) -> bool:
        """Take over a bar that ended at `at`; False where it belongs to no session."""
        if not self._in_session(at):
            return False
        now = self._table[:, self._count - 1]
        if self._of_bars:
            self._range = (max(self._range[0], bar.high), min(self._range[1], bar.low))
            now[_VOLUME] += bar.volume
        else:
            self._of_bars = True
            self._range = (bar.high, bar.low)
            now[_OPEN], now[_VOLUME] = bar.open, bar.volume
        self._close(now, bar.close)
        return True

    def on_price(self, at: Instant, price: float) -> bool:
        """Take over the price beside a chain; False where it belongs to no session."""
        if not self._in_session(at):
            return False
        now = self._table[:, self._count - 1]
        if np.isnan(now[_OPEN]):
            now[_OPEN], now[_VOLUME] = price, 0.0
            self._range = (price, price)
        elif not self._of_bars:
            self._range = (max(self._range[0], price), min(self._range[1], price))
        self._close(now, price)
        return True

    def scale(self, factor: float) -> None:
        """Multiply the prices seen so far; volumes stay as they were counted."""
        self._table[:_VOLUME, : self._count] *= factor
        self._range = (self._range[0] * factor, self._range[1] * factor)

    def _close(self, now: NDArray[np.float64], price: float) -> None:
        now[_HIGH], now[_LOW], now[_CLOSE] = max(self._range[0], price), min(self._range[1], price), price

    def _in_session(self, at: Instant) -> bool:
        if self._opens_at < at <= self._ends_at:
            return True
        return at > self._idle_until and self._turn_to(at)

    def _turn_to(self, at: Instant) -> bool:
        """Begin the session of an instant; where there is none, nobody needs to ask again until the next one opens."""
        day = self._sessions.date_of(at)
        session = self._sessions.on(day)
        if session is not None and session.opens_at < at <= session.closes_at + AFTER_CLOSE:
            self._opens_at, self._ends_at = session.opens_at, session.closes_at + AFTER_CLOSE
            self._begin()
            return True
        later = day if session is not None and at <= session.opens_at else day + timedelta(days=1)
        following = self._sessions.first_at_or_after(later)
        self._idle_until = following.opens_at if following is not None else at
        return False

    def _begin(self) -> None:
        if self._count == self._table.shape[1]:
            self._table = np.concatenate([self._table, np.empty_like(self._table)], axis=1)
        self._table[:, self._count] = np.nan
        self._count += 1
        self._of_bars = False
