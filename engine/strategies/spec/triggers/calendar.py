"""Triggers that look at the calendar and the clock of the exchange; they need no marks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Annotated, ClassVar, Final, Literal, TypeAlias

from annotated_types import Ge, MinLen

from engine.shapes import FORBID_UNKNOWN, ClockTime, Name, check_has_no_zone, check_one_given

Weekday: TypeAlias = Literal["monday", "tuesday", "wednesday", "thursday", "friday"]
WEEKDAYS: Final[tuple[Weekday, ...]] = ("monday", "tuesday", "wednesday", "thursday", "friday")
"""In the order of `date.weekday()`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DaysToExpiration:
    """Holds when an expiration is so many exchange dates away, or fewer.

    Attributes:
        leg: name of the leg whose expiration counts; left out: the nearest one held.
        legs: names of the legs that are closed, of which the nearest counts; empty: the whole position.
    """

    __pydantic_config__: ClassVar = FORBID_UNKNOWN

    kind: Literal["dte"]
    days: Annotated[int, Ge(0)]
    leg: Name | None = None
    legs: tuple[Name, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class DaysHeld:
    """Holds when the position has been open for so many exchange dates, weekends and holidays included, or more.

    Attributes:
        legs: names of the legs that are closed; empty: the whole position.
    """

    __pydantic_config__: ClassVar = FORBID_UNKNOWN

    kind: Literal["days_held"]
    days: Annotated[int, Ge(1)]
    legs: tuple[Name, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionsHeld:
    """Holds when so many sessions have begun since the one in which the position was opened, or more.

    Attributes:
        legs: names of the legs that are closed; empty: the whole position.
    """

    __pydantic_config__: ClassVar = FORBID_UNKNOWN

    kind: Literal["sessions_held"]
    sessions: Annotated[int, Ge(1)]
    legs: tuple[Name, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeOfDay:
    """Holds from a time of day on, to the end of the session.

    Attributes:
        at: time on the exchange's clock, e.g. `15:45`.
        minutes_before_close: before the close of the session, early closes included.
        minutes_after_open: after the open of the session.
        on_last_trading_day: only on the last day on which the nearest leg trades: its expiration, or the session before
            where it settles at the open.
        weekdays: only on these days; empty: on all.
        legs: names of the legs that are closed; empty: the whole position.
    """

    __pydantic_config__: ClassVar = FORBID_UNKNOWN

    kind: Literal["time_of_day"]
    at: ClockTime | None = None
    minutes_before_close: Annotated[int, Ge(0)] | None = None
    minutes_after_open: Annotated[int, Ge(0)] | None = None
    on_last_trading_day: bool = False
    weekdays: tuple[Weekday, ...] = ()
    legs: tuple[Name, ...] = ()

    def __post_init__(self) -> None:
        check_one_given(self, ("at", "minutes_before_close", "minutes_after_open"))
        if self.at is not None:
            check_has_no_zone(self.at)


@dataclass(frozen=True, slots=True, kw_only=True)
class OnWeekday:
    """Holds on these days of the week; where one has no session, on the last session before it.

    Attributes:
        legs: names of the legs that are closed; empty: the whole position.
    """

    __pydantic_config__: ClassVar = FORBID_UNKNOWN

    kind: Literal["weekday"]
    weekdays: Annotated[tuple[Weekday, ...], MinLen(1)]
    legs: tuple[Name, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class BeforeEvent:
    """Holds in the last sessions before an event that is known in advance, e.g. earnings.

    Attributes:
        event: name of the event in the strategy's `event_dates`; or `dates`.
        dates: exchange dates of the events, said here.
        sessions: so many sessions before the date, up to the last one before it; 0: on the date itself.
        legs: names of the legs that are closed; empty: the whole position.
    """

    __pydantic_config__: ClassVar = FORBID_UNKNOWN

    kind: Literal["before_event"]
    event: Name | None = None
    dates: Annotated[tuple[date, ...], MinLen(1)] | None = None
    sessions: Annotated[int, Ge(0)] = 1
    legs: tuple[Name, ...] = ()

    def __post_init__(self) -> None:
        check_one_given(self, ("event", "dates"))
