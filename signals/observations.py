"""One observation per exchange session, the last ones kept."""

from __future__ import annotations

from datetime import date

import numpy as np
from numpy.typing import NDArray

from engine.instants import Instant
from engine.model import SessionTable


class SessionObservations:
    """The last observation of each of the last `length` sessions that had one, oldest first.

    The present session's observation is the latest so far and moves while the session goes on: whoever reads at
    15:45 sees what was known at 15:45. A session without an observation has no place; nothing is filled in for it.
    Observations belong to exchange dates, whatever the zone of the machine and the time of year (T28, T29).
    """

    def __init__(self, length: int, sessions: SessionTable) -> None:
        self._values = np.full(length, np.nan)
        self._sessions = sessions
        self._count = 0
        self._today: date | None = None
        self._same_until: Instant = 0

    @property
    def complete(self) -> bool:
        """Whether `length` sessions have been observed."""
        return self._count >= len(self._values)

    @property
    def values(self) -> NDArray[np.float64]:
        """Shape (length,), oldest first, NaN in front until complete; a view that the next observation changes."""
        return self._values

    def record(self, at: Instant, value: float) -> None:
        """Take over an observation; instants never go back."""
        if at > self._same_until:
            self._turn_to(at)
        self._values[-1] = value

    def scale(self, factor: float) -> None:
        """Multiply what was observed so far."""
        self._values *= factor

    def _turn_to(self, at: Instant) -> None:
        day = self._sessions.date_of(at)
        session = self._sessions.on(day)
        # Up to the close nobody needs to ask for the date again: a conversion per bar would be the main cost.
        self._same_until = max(at, session.closes_at) if session is not None else at
        if day != self._today:
            self._today = day
            self._count += 1
            self._values[:-1] = self._values[1:]
