"""When an entry is due: days by the sessions of the exchange, times by its clock."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final, Literal
from zoneinfo import ZoneInfo

from engine.errors import ConfigurationError
from engine.instants import NANOS_PER_SECOND, Instant, instant
from engine.model import Session, SessionTable
from engine.strategies.spec.schedule import EntrySchedule, TimeWindow, Weekday

_MINUTE: Final = 60 * NANOS_PER_SECOND
_DAY: Final = timedelta(days=1)
_WEEKDAYS: Final[tuple[Weekday, ...]] = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


@dataclass(frozen=True, slots=True)
class _Day:
    """What the schedule makes of one exchange date.

    Attributes:
        until: last instant that certainly belongs to the date.
        off: why nothing is due on it; None where something is.
        stands_for: the date, and closed days that moved to it.
        moments: times after which the first chain is due.
        windows: first and last instant of each.
    """

    until: Instant
    off: str | None
    stands_for: tuple[date, ...]
    moments: tuple[Instant, ...] = ()
    windows: tuple[tuple[Instant, Instant], ...] = ()


class Schedule:
    """An `EntrySchedule` at work; ask it on every chain, in order, because the first chain after a time is due.

    Days and times are the exchange's, whatever the zone of the machine (T28) and the time of the year (T29).
    """

    def __init__(self, said: EntrySchedule) -> None:
        self._said = said
        self._any_time = not (said.times or said.minutes_after_open or said.minutes_before_close or said.windows)
        self._tolerance = said.tolerance_minutes * _MINUTE
        self._since = said.since
        self._before: Instant = -1
        self._day: _Day | None = None

    def not_due(self, now: Instant, sessions: SessionTable) -> str | None:
        """Why no entry is due on the chain of now; None when one is.

        Raises:
            ConfigurationError: when the sessions do not reach back to `since`.
        """
        before, self._before = self._before, now
        day = self._day
        if day is None or now > day.until:
            day = self._day = self._day_of(now, sessions)
        if day.off is not None:
            return day.off
        if self._any_time:
            return None
        on_time = any(before < moment <= now <= moment + self._tolerance for moment in day.moments)
        return None if on_time or any(first <= now <= last for first, last in day.windows) else "not_at_this_time"

    def unfit_expiration(self, expirations: Mapping[str, date]) -> str | None:
        """Name of the first expiration that has not the days to expiration said for it; None where all have.

        Args:
            expirations: dates by name, as chosen on the chain that `not_due` was asked on last.
        """
        dates = () if self._day is None else self._day.stands_for
        for name, days in self._said.dte.items():
            if name in expirations and all((expirations[name] - one).days != days for one in dates):
                return name
        return None

    # --- days -------------------------------------------------------------------------------------------------------

    def _day_of(self, now: Instant, sessions: SessionTable) -> _Day:
        today = sessions.date_of(now)
        session = sessions.on(today)
        if session is None:
            return _Day(now, "no_session", (today,))
        if self._since is None:
            self._since = today
        if sessions.last_at_or_before(self._since) is None:
            raise ConfigurationError(f"since {self._since} lies before all sessions of the run; name a later day")
        stands_for = _stands_for(today, sessions, self._said.closed_day)
        off = self._off(session, stands_for, sessions)
        moments = tuple(_moments(self._said, session, sessions.timezone))
        windows = tuple(_window(one, session, sessions.timezone) for one in self._said.windows)
        return _Day(max(now, session.closes_at), off, stands_for, moments, windows)

    def _off(self, session: Session, dates: Sequence[date], sessions: SessionTable) -> str | None:
        said, today = self._said, session.on
        monday, month = today - today.weekday() * _DAY, today.replace(day=1)
        of_week = sessions.between(monday, monday + 6 * _DAY)
        of_month = sessions.between(month, _last_of_month(month))
        rules = (
            ("not_on_this_weekday", any(_is_weekday(said.weekdays, one) for one in dates)),
            ("not_in_this_session", self._is_nth_session(today, sessions)),
            ("not_on_this_day", any(map(self._is_nth_day, dates))),
            ("not_on_this_day_of_month", any(_is_day_of_month(said.days_of_month, one) for one in dates)),
            ("not_in_this_session_of_week", _is_among(said.sessions_of_week, session, of_week)),
            ("not_in_this_session_of_month", _is_among(said.sessions_of_month, session, of_month)),
        )
        return next((reason for reason, due in rules if not due), None)

    def _is_nth_session(self, today: date, sessions: SessionTable) -> bool:
        every = self._said.every_sessions
        if every is None or self._since is None:
            return True
        passed = sessions.number_of(today) - sessions.number_of(self._since)
        return passed >= 0 and passed % every == 0

    def _is_nth_day(self, day: date) -> bool:
        every = self._said.every_days
        if every is None or self._since is None:
            return True
        passed = (day - self._since).days
        return passed >= 0 and passed % every == 0


def _stands_for(
    today: date, sessions: SessionTable, closed_day: Literal["next_session", "previous_session", "skip"]
) -> tuple[date, ...]:
    """The day itself and the closed days that move to its session, ascending."""
    first = last = today
    if closed_day == "next_session":
        before = sessions.last_at_or_before(today - _DAY)
        first = today if before is None else before.on + _DAY
    elif closed_day == "previous_session":
        after = sessions.first_at_or_after(today + _DAY)
        last = today if after is None else after.on - _DAY
    return tuple(first + number * _DAY for number in range((last - first).days + 1))


def _is_weekday(names: Sequence[Weekday], day: date) -> bool:
    return not names or _WEEKDAYS[day.weekday()] in names


def _is_day_of_month(days: Sequence[int], day: date) -> bool:
    """Whether a date is one of the days of its month; -1 is the last."""
    return not days or day.day in days or day.day - _last_of_month(day).day - 1 in days


def _last_of_month(day: date) -> date:
    return (day.replace(day=28) + 4 * _DAY).replace(day=1) - _DAY


def _is_among(numbers: Sequence[int], session: Session, period: Sequence[Session]) -> bool:
    """Whether a session is one of those of its period; 1 is the first, -1 the last."""
    if not numbers:
        return True
    number = period.index(session) + 1
    return number in numbers or number - len(period) - 1 in numbers


# --- times ----------------------------------------------------------------------------------------------------------


def _moments(said: EntrySchedule, session: Session, zone: str) -> Iterator[Instant]:
    yield from (_on_clock(session.on, one, zone) for one in said.times)
    yield from (session.opens_at + minutes * _MINUTE for minutes in said.minutes_after_open)
    yield from (session.closes_at - minutes * _MINUTE for minutes in said.minutes_before_close)


def _window(said: TimeWindow, session: Session, zone: str) -> tuple[Instant, Instant]:
    opens = session.opens_at + (said.minutes_after_open or 0) * _MINUTE
    closes = session.closes_at - (said.minutes_before_close or 0) * _MINUTE
    return (
        opens if said.start is None else _on_clock(session.on, said.start, zone),
        closes if said.end is None else _on_clock(session.on, said.end, zone),
    )


def _on_clock(day: date, clock: time, zone: str) -> Instant:
    return instant(datetime.combine(day, clock, ZoneInfo(zone)))
