"""What is known about the data of a run, apart from the quotes themselves."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True, slots=True)
class FileFact:
    """A vendor's file: name without folder, SHA-256 of its bytes, rows."""

    name: str
    sha256: str
    rows: int


@dataclass(frozen=True, slots=True)
class SkippedFact:
    """Rows of a file that yield no snapshot, by the exchange date that they claim."""

    name: str
    day: date
    underlying: str
    rows: int
    reason: str


@dataclass(frozen=True, slots=True)
class DataFacts:
    """Coverage and quality of the data in a run's range.

    Attributes:
        first: first exchange date with data, None when there is none.
        missing_sessions: sessions of the exchange in the range without data.
        quality: counts of quotes by the field names of `schemas.sections.data.Quality`.
        quote_time: time of day of the quotes, for people.
        content_hash: hash of the stored data that the run reads.
    """

    vendor: str
    underlyings: tuple[str, ...]
    resolution: str
    first: date | None
    last: date | None
    calendar: str
    timezone: str
    sessions_expected: int
    sessions_present: int
    missing_sessions: tuple[date, ...]
    content_hash: str
    files: tuple[FileFact, ...] = ()
    skipped: tuple[SkippedFact, ...] = ()
    quality: Mapping[str, int] = field(default_factory=dict)
    time_assumed: bool = False
    quote_time: str = "as stated in the data"
