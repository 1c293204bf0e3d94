"""Signals from dates that are known in advance: earnings, meetings of the Federal Reserve, expirations."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass, replace
from datetime import date
from typing import ClassVar, Literal, Self

from engine.instants import Instant
from engine.model import Bar, ChainSnapshot, SessionTable
from engine.shapes import FORBID_UNKNOWN, Name
from signals.base import UNDEFINED, MarketSignal
from signals.errors import SignalFileError
from signals.files import rows


@dataclass(frozen=True, slots=True, kw_only=True)
class DaysToEventParameters:
    """Dates of a file or of the configuration itself.

    Attributes:
        file: CSV file `date` or `date,name`, relative to the configuration file.
        dates: the same in the configuration.
        event: only dates of this name, of a file that names them.
        toward: `next`, days until the next date; `last`, days since the last one. The day itself is 0 either way.
        unit: calendar days, or exchange sessions.

    Raises:
        ValueError: when file and dates are given, or neither.
    """

    __pydantic_config__: ClassVar = FORBID_UNKNOWN

    file: Name | None = None
    dates: tuple[date, ...] = ()
    event: Name | None = None
    toward: Literal["next", "last"] = "next"
    unit: Literal["days", "sessions"] = "days"

    def __post_init__(self) -> None:
        if (self.file is None) == (not self.dates):
            raise ValueError("give either `file` or `dates`")

    def with_text(self, text: str) -> Self:
        """These parameters with the dates of a CSV text."""
        found = [(_day(line, day), name) for line, (day, name) in rows(text, ("date",), ("name",))]
        dates = tuple(day for day, name in found if self.event in (None, name))
        if not dates:
            raise SignalFileError(f"it has no date{'' if self.event is None else f' of {self.event!r}'}")
        return replace(self, file=None, dates=dates)


def _day(line: int, text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise SignalFileError(f"line {line}: {text!r} is no date; write YYYY-MM-DD") from None


class DaysToEvent(MarketSignal):
    """Days from the present exchange date to the next date of a list, or since the last one.

    All dates count as known from the beginning: list an event only where it was announced so early, or bring the
    announcements as a signal of kind `file`. No date on that side: undefined. In sessions, those after the earlier
    date up to and with the later one are counted.
    """

    kind: ClassVar[str] = "days_to_event"
    Parameters: ClassVar[type] = DaysToEventParameters

    def __init__(self, name: str, underlying: str, parameters: DaysToEventParameters, sessions: SessionTable) -> None:
        super().__init__(name, underlying, parameters, sessions)
        self._dates = sorted(set(parameters.dates))
        self._in_sessions = parameters.unit == "sessions"
        self._toward_next = parameters.toward == "next"

    def on_bar(self, at: Instant, bar: Bar) -> float | None:
        return self._value(self.sessions.date_of(at))

    def on_snapshot(self, snapshot: ChainSnapshot) -> float | None:
        return self._value(self.sessions.date_of(snapshot.at))

    def _value(self, today: date) -> float:
        if self._toward_next:
            index = bisect_left(self._dates, today)
            return self._between(today, self._dates[index]) if index < len(self._dates) else UNDEFINED
        index = bisect_right(self._dates, today) - 1
        return self._between(self._dates[index], today) if index >= 0 else UNDEFINED

    def _between(self, earlier: date, later: date) -> float:
        if not self._in_sessions:
            return float((later - earlier).days)
        counted = len(self.sessions.between(earlier, later))
        return float(counted - (self.sessions.on(earlier) is not None))
