"""Values that the user brings: a column of numbers, each visible from its publication on."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from math import isfinite
from typing import Annotated, Any, ClassVar, Self
from zoneinfo import ZoneInfo

from annotated_types import Ge

from engine.instants import NANOS_PER_DAY, Instant, instant
from engine.model import Bar, ChainSnapshot, SessionTable
from engine.shapes import FORBID_UNKNOWN, Name
from signals.base import UNDEFINED, MarketSignal
from signals.errors import SignalFileError
from signals.files import rows


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedValue:
    """A value and when it was published.

    Attributes:
        at: a date (`2019-04-25`), known after the close of that session only; or a date and a time, on the exchange's
            clock (`2019-04-25T10:00`) unless it names a zone (`2019-04-25T14:00Z`).
        value: left out: from here on there is none.

    Raises:
        ValueError: when `at` is neither, or the value is no finite number.
    """

    __pydantic_config__: ClassVar = FORBID_UNKNOWN

    at: str
    value: float | None = None

    def __post_init__(self) -> None:
        self.moment()
        if self.value is not None and not isfinite(self.value):
            raise ValueError(f"value {self.value} is no finite number; leave it out where there is none")

    def moment(self) -> date | datetime:
        """`at` as what it is; a `datetime` has a zone where it names one."""
        try:
            if len(self.at) <= len("2019-04-25"):
                return date.fromisoformat(self.at)
            return datetime.fromisoformat(self.at)
        except ValueError:
            raise ValueError(f"{self.at!r} is no date and no time; write 2019-04-25 or 2019-04-25T10:00") from None


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedParameters:
    """Values of a file or of the configuration itself.

    Attributes:
        file: CSV file `at,value`, relative to the configuration file; an empty value takes the one before back.
        values: the same in the configuration.
        max_age_days: a value that was published longer ago, in calendar days, is none any more; left out: it stands
            until the next one.

    Raises:
        ValueError: when file and values are given, or neither.
    """

    __pydantic_config__: ClassVar = FORBID_UNKNOWN

    file: Name | None = None
    values: tuple[PublishedValue, ...] = ()
    max_age_days: Annotated[int, Ge(1)] | None = None

    def __post_init__(self) -> None:
        if (self.file is None) == (not self.values):
            raise ValueError("give either `file` or `values`")

    def with_text(self, text: str) -> Self:
        """These parameters with the values of a CSV text."""
        values = tuple(_value(line, *cells) for line, cells in rows(text, ("at", "value")))
        if not values:
            raise SignalFileError("it has no value; write one line per value under `at,value`")
        return replace(self, file=None, values=values)


def _value(line: int, at: str, value: str) -> PublishedValue:
    try:
        number = float(value) if value else None
    except ValueError:
        raise SignalFileError(f"line {line}: {value!r} is no number; write one like 0.5, or nothing") from None
    try:
        return PublishedValue(at=at, value=number)
    except ValueError as error:
        raise SignalFileError(f"line {line}: {error}") from None


class Published(MarketSignal):
    """The last value that was published, seen at the events of a market.

    A value with a time counts from that instant on. A value of a date is known after the close of its session, so that
    a chain at the close does not see it and the next session does; of a date without a session, at its end.
    """

    kind: ClassVar[str] = "file"
    Parameters: ClassVar[type] = PublishedParameters

    def __init__(self, name: str, underlying: str, parameters: PublishedParameters, sessions: SessionTable) -> None:
        super().__init__(name, underlying, parameters, sessions)
        self._ahead = _ordered(name, parameters.values, sessions)[::-1]
        self._last: tuple[Instant, float] | None = None
        self._max_age = None if parameters.max_age_days is None else parameters.max_age_days * NANOS_PER_DAY

    def on_bar(self, at: Instant, bar: Bar) -> float | None:
        return self._value(at)

    def on_snapshot(self, snapshot: ChainSnapshot) -> float | None:
        return self._value(snapshot.at)

    def _value(self, now: Instant) -> float | None:
        while self._ahead and self._ahead[-1][0] <= now:
            self._last = self._ahead.pop()
        if self._last is None:
            return None
        published_at, value = self._last
        return UNDEFINED if self._max_age is not None and now - published_at > self._max_age else value


def _ordered(name: str, values: Iterable[PublishedValue], sessions: SessionTable) -> list[tuple[Instant, float]]:
    known: dict[Instant, float] = {}
    for one in values:
        at = known_from(one.moment(), sessions)
        if at in known:
            raise SignalFileError(f"signal {name!r}: two values are published at {one.at}; keep one")
        known[at] = UNDEFINED if one.value is None else one.value
    return sorted(known.items())


def known_from(moment: date | datetime, sessions: SessionTable) -> Instant:
    """First instant at which something is known that was published at a moment; of a date, after that session."""
    zone: Any = ZoneInfo(sessions.timezone)
    if isinstance(moment, datetime):
        return instant(moment if moment.tzinfo is not None else moment.replace(tzinfo=zone))
    session = sessions.on(moment)
    if session is not None:
        return session.closes_at + 1
    return instant(datetime.combine(moment + timedelta(days=1), time(), zone))
