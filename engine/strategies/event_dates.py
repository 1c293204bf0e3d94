"""Dates of events that are announced in advance, by name: meetings of the FOMC, earnings, elections."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from engine.errors import ConfigurationError
from engine.model import SessionTable
from engine.naming import unknown_name


@dataclass(frozen=True, slots=True)
class EventDates:
    """What a calendar of events says; all of it is known from the beginning of the run.

    A date belongs in here when it was public before the run's conditions look ahead to it. The day on which something
    unforeseen happened does not: nobody could have stayed away from it.

    Attributes:
        dates: exchange dates by name of the event, in any order.
    """

    dates: Mapping[str, Iterable[date]] = field(default_factory=dict)

    def of(self, event: str) -> tuple[date, ...]:
        """Dates of an event, ascending.

        Raises:
            ConfigurationError: for an event that the calendar does not name; names the nearest.
        """
        if event not in self.dates:
            raise ConfigurationError(unknown_name("event", event, self.dates))
        return tuple(sorted(self.dates[event]))


class EventDistance:
    """How many sessions away an event is, asked day by day."""

    def __init__(self, dates: Iterable[date]) -> None:
        self._dates = sorted(dates)
        self._numbers: list[int] = []
        self._numbered: SessionTable | None = None

    def within(self, today: date, first: int, last: int, sessions: SessionTable) -> bool:
        """Whether today is `first` to `last` sessions after one of the dates; negative: before it."""
        if sessions is not self._numbered:
            known = sessions.sessions[0].on, sessions.sessions[-1].on
            # A date without a session has the number of the next one; how far one beyond the table is, nobody knows.
            self._numbers = [sessions.number_of(one) for one in self._dates if known[0] <= one <= known[1]]
            self._numbered = sessions
        now = sessions.number_of(today)
        nearest = bisect_left(self._numbers, now - last)
        return nearest < len(self._numbers) and self._numbers[nearest] <= now - first
