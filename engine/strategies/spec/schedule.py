"""How a specification says at which times and on which days to open."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Annotated, ClassVar, Literal, TypeAlias

from annotated_types import Ge, Interval

from engine.shapes import FORBID_UNKNOWN, ClockTime, Name, check_has_no_zone

Weekday: TypeAlias = Literal["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
Minutes: TypeAlias = Annotated[int, Interval(ge=0, le=1440)]


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeWindow:
    """A part of every session in which each chain may be entered on; both ends count.

    Attributes:
        start: exchange clock time; or `minutes_after_open`; left out: the open.
        end: exchange clock time; or `minutes_before_close`; left out: the close.
    """

    __pydantic_config__: ClassVar = FORBID_UNKNOWN

    start: ClockTime | None = None
    end: ClockTime | None = None
    minutes_after_open: Minutes | None = None
    minutes_before_close: Minutes | None = None

    def __post_init__(self) -> None:
        for one in (self.start, self.end):
            if one is not None:
                check_has_no_zone(one)
        if self.start is not None and self.minutes_after_open is not None:
            raise ValueError("a window begins at `start` or at `minutes_after_open`; leave one out")
        if self.end is not None and self.minutes_before_close is not None:
            raise ValueError("a window ends at `end` or at `minutes_before_close`; leave one out")
        if self.start is not None and self.end is not None and self.end < self.start:
            raise ValueError(f"the window ends at {self.end:%H:%M}, before it begins at {self.start:%H:%M}")


@dataclass(frozen=True, slots=True, kw_only=True)
class EntrySchedule:
    """When an entry is due; everything that is said must hold, and nothing: at every chain. Times are the exchange's.

    Attributes:
        times: clock times (`15:45`); due is the first chain at or after each.
        minutes_after_open: such times by minutes after the open, which is not the same every day everywhere.
        minutes_before_close: such times by minutes before the close, which comes early on half days.
        tolerance_minutes: a chain that comes later after its time than this is not due any more.
        windows: parts of the session in which every chain is due.
        weekdays: e.g. `[monday, thursday]`.
        every_sessions: every so many sessions, counted from `since`.
        every_days: every so many calendar days, counted from `since`.
        since: first day of both counts; left out: the day of the first chain that the strategy sees.
        days_of_month: e.g. `[1, 15]`; -1 is the last day of the month.
        sessions_of_week: 1 is the first session of the week, -1 the last.
        sessions_of_month: 1 is the first session of the month, -1 the last.
        dte: days to expiration that the chosen expirations must have exactly, by the names of `expirations`.
        closed_day: a day that is due and on which the exchange is closed moves to the next or the previous session, or
            is skipped.
    """

    __pydantic_config__: ClassVar = FORBID_UNKNOWN

    times: tuple[ClockTime, ...] = ()
    minutes_after_open: tuple[Minutes, ...] = ()
    minutes_before_close: tuple[Minutes, ...] = ()
    tolerance_minutes: Annotated[int, Interval(ge=0, le=1440)] = 5
    windows: tuple[TimeWindow, ...] = ()
    weekdays: tuple[Weekday, ...] = ()
    every_sessions: Annotated[int, Ge(1)] | None = None
    every_days: Annotated[int, Ge(1)] | None = None
    since: date | None = None
    days_of_month: tuple[Annotated[int, Interval(ge=-31, le=31)], ...] = ()
    sessions_of_week: tuple[Annotated[int, Interval(ge=-7, le=7)], ...] = ()
    sessions_of_month: tuple[Annotated[int, Interval(ge=-31, le=31)], ...] = ()
    dte: Mapping[Name, Annotated[int, Ge(0)]] = field(default_factory=dict)
    closed_day: Literal["next_session", "previous_session", "skip"] = "next_session"

    def __post_init__(self) -> None:
        for one in self.times:
            check_has_no_zone(one)
        for name in ("days_of_month", "sessions_of_week", "sessions_of_month"):
            if 0 in getattr(self, name):
                raise ValueError(f"{name} counts from 1, or from the end from -1; there is no 0")
        if self.since is not None and self.every_sessions is None and self.every_days is None:
            raise ValueError("since is the first day of every_sessions or every_days; say one of them, or leave it out")
