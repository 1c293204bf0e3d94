"""The sessions of an exchange, filled by whoever knows calendars; the engine computes none."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field
from datetime import date, datetime, time
from functools import lru_cache
from itertools import pairwise
from typing import Final
from zoneinfo import ZoneInfo

from engine.errors import MarketDataError
from engine.instants import NANOS_PER_SECOND, Instant, instant

_MIDNIGHT: Final = time.min


# Everybody asks for the time or the date of the present instant, on every chain.
@lru_cache(maxsize=64)
def _clock(seconds: int, zone: ZoneInfo) -> datetime:
    return datetime.fromtimestamp(seconds, zone)


@lru_cache(maxsize=64)
def _date(seconds: int, zone: ZoneInfo) -> date:
    return datetime.fromtimestamp(seconds, zone).date()


@dataclass(frozen=True, slots=True)
class Session:
    """One trading session: its exchange date, its open and its close."""

    on: date
    opens_at: Instant
    closes_at: Instant


@dataclass(frozen=True, slots=True)
class SessionTable:
    """Sessions in ascending order, with the exchange's time zone.

    Attributes:
        calendar: name of the calendar the sessions came from, e.g. `XNYS`.
        timezone: IANA name of the exchange's zone, e.g. `America/New_York`.
        sessions: every session of the covered range, ascending by date.

    Raises:
        MarketDataError: when sessions are not strictly ascending or one closes before it opens.
    """

    calendar: str
    timezone: str
    sessions: tuple[Session, ...]
    _dates: tuple[date, ...] = field(init=False, repr=False, compare=False)
    _zone: ZoneInfo = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        dates = tuple(session.on for session in self.sessions)
        if any(later <= earlier for earlier, later in pairwise(dates)):
            raise MarketDataError(f"sessions of {self.calendar} are not strictly ascending by date")
        for session in self.sessions:
            if session.closes_at <= session.opens_at:
                raise MarketDataError(f"session {session.on} of {self.calendar} closes before it opens")
        object.__setattr__(self, "_dates", dates)
        object.__setattr__(self, "_zone", ZoneInfo(self.timezone))

    def exchange_time(self, at: Instant) -> datetime:
        """The instant on the exchange's clock, whatever the zone of the machine."""
        return _clock(at // NANOS_PER_SECOND, self._zone)

    def date_of(self, at: Instant) -> date:
        """Exchange date of an instant: the date that days to expiration are counted from."""
        return _date(at // NANOS_PER_SECOND, self._zone)

    def midnight(self, day: date) -> Instant:
        """Instant at which an exchange date begins."""
        return instant(datetime.combine(day, _MIDNIGHT, self._zone))

    def on(self, day: date) -> Session | None:
        """The session of an exchange date, or None on a holiday, a weekend, or outside the table."""
        index = bisect_left(self._dates, day)
        return self.sessions[index] if index < len(self._dates) and self._dates[index] == day else None

    def number_of(self, day: date) -> int:
        """Sessions of the table before a date: numbers of two dates differ by the sessions between them."""
        return bisect_left(self._dates, day)

    def first_at_or_after(self, day: date) -> Session | None:
        """The first session on or after a date, or None past the end of the table."""
        index = bisect_left(self._dates, day)
        return self.sessions[index] if index < len(self.sessions) else None

    def last_at_or_before(self, day: date) -> Session | None:
        """The last session on or before a date, or None before the start of the table."""
        index = bisect_right(self._dates, day) - 1
        return self.sessions[index] if index >= 0 else None

    def between(self, first: date, last: date) -> tuple[Session, ...]:
        """Sessions from `first` to `last`, both included."""
        return self.sessions[bisect_left(self._dates, first) : bisect_right(self._dates, last)]
