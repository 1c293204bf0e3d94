"""Instants: whole nanoseconds since 1970-01-01T00:00Z.

One integer orders, hashes and compares the same in every time zone and every process, and costs nothing to make.
People see aware datetimes: `utc_datetime` and `iso` are the way out, `instant` is the way in.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Final, TypeAlias

Instant: TypeAlias = int

NANOS_PER_SECOND: Final = 1_000_000_000
NANOS_PER_DAY: Final = 86_400 * NANOS_PER_SECOND
NANOS_PER_YEAR: Final = 365 * NANOS_PER_DAY
"""Actual/365 fixed: the year of every rate and volatility in the engine."""
NEVER: Final = 2**63 - 1
"""After every instant that 64 bits can say."""

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC).toordinal()


def instant(moment: datetime) -> Instant:
    """Instant of an aware datetime; raises `ValueError` for a naive one, whose zone nobody stated."""
    offset = moment.utcoffset()
    if offset is None:
        raise ValueError(f"{moment.isoformat()} has no time zone; attach one, e.g. tzinfo=UTC")
    # In plain numbers: to subtract aware datetimes asks two zones by name, and takes twice as long.
    days = moment.toordinal() - _EPOCH - offset.days
    seconds = 3_600 * moment.hour + 60 * moment.minute + moment.second - offset.seconds
    microseconds = moment.microsecond - offset.microseconds
    return days * NANOS_PER_DAY + seconds * NANOS_PER_SECOND + microseconds * 1_000


def utc_datetime(at: Instant) -> datetime:
    """Aware UTC datetime of an instant, to the microsecond (truncated)."""
    seconds, nanos = divmod(at, NANOS_PER_SECOND)
    return datetime.fromtimestamp(seconds, UTC).replace(microsecond=nanos // 1_000)


def iso(at: Instant) -> str:
    """ISO 8601 text of an instant, e.g. `2019-04-25T19:45:00Z`."""
    return utc_datetime(at).isoformat().replace("+00:00", "Z")


def years_between(start: Instant, end: Instant) -> float:
    """Years from `start` to `end`, actual/365 fixed; negative when `end` comes first."""
    return (end - start) / NANOS_PER_YEAR
