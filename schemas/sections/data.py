"""What was read, and how good it was."""

from __future__ import annotations

from datetime import date

from schemas.sections.base import Count, Section, Sha256


class DataFile(Section):
    """A vendor's file that the run's data came from."""

    name: str
    """File name without its folder."""
    sha256: Sha256
    """Hash of the file as it was imported."""
    rows: Count
    """Rows in it."""


class SkippedRows(Section):
    """Rows of a file that yield no snapshot."""

    name: str
    """File name without its folder."""
    day: date
    """Exchange date that the rows claim."""
    underlying: str
    rows: Count
    reason: str


class Sessions(Section):
    """Exchange sessions of the run's range against those in the data."""

    expected: Count
    """Sessions that the exchange held from start to end of the run."""
    present: Count
    """Those with data."""
    missing: tuple[date, ...]
    """Those without, by exchange date."""


class Quality(Section):
    """Counts of option quotes by flag; a quote may carry several."""

    rows: Count
    """Quotes in the run's range."""
    crossed: Count
    """Bid above ask."""
    no_bid: Count
    no_ask: Count
    stale: Count
    """Quotes of a chain that repeats an earlier one."""
    duplicates: Count
    """Rows dropped because they repeat another row exactly; not among `rows`."""


class Data(Section):
    """The market data of the run."""

    vendor: str
    """Format or vendor the files came from."""
    underlyings: tuple[str, ...]
    resolution: str
    start: date | None
    """First exchange date with data in the run's range."""
    end: date | None
    """Last exchange date with data in the run's range."""
    calendar: str
    """Calendar that says which sessions were expected."""
    timezone: str
    """Zone of exchange dates."""
    content_hash: str
    """Hash of the stored data that the run read."""
    files: tuple[DataFile, ...]
    skipped: tuple[SkippedRows, ...]
    sessions: Sessions
    quality: Quality
