"""What a store knows about its data besides the quotes: files, days, counts, coverage."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import date
from enum import StrEnum

from data.markets import US, Market
from engine.instants import Instant


@dataclass(frozen=True, slots=True, order=True)
class SourceFile:
    """A vendor file.

    Attributes:
        name: file name without its folder; a store tells nothing about the machine it was made on.
        format: name of the provider that read it.
        sha256: hash of the file as it lies on disk, hexadecimal; format and hash are its identity.
        rows: data rows in it.
    """

    name: str
    format: str
    sha256: str
    rows: int


@dataclass(frozen=True, slots=True, order=True)
class SkippedRows:
    """Rows of a file that made no snapshot: reported, never silent."""

    day: date
    underlying: str
    source: SourceFile
    rows: int
    reason: str


@dataclass(frozen=True, slots=True)
class QualityCounts:
    """Quotes of a snapshot, or of several, by what is wrong with them.

    Attributes:
        rows: quotes.
        crossed: and the others up to `unlisted_date`: quotes with the flag of that name (`engine.model.QuoteFlag`).
        stale: quotes of a chain that repeats the previous session's.
        adjusted: quotes of roots with a deliverable of their own.
        duplicates: rows dropped because they repeat another row of their chain exactly; not in `rows`.
    """

    rows: int = 0
    crossed: int = 0
    no_bid: int = 0
    no_ask: int = 0
    stub: int = 0
    stale: int = 0
    outlier: int = 0
    arbitrage: int = 0
    expired: int = 0
    off_hours: int = 0
    unlisted_date: int = 0
    adjusted: int = 0
    duplicates: int = 0

    def __add__(self, other: QualityCounts) -> QualityCounts:
        return QualityCounts(*(getattr(self, one.name) + getattr(other, one.name) for one in fields(self)))


@dataclass(frozen=True, slots=True)
class RepeatHashes:
    """Hashes of bid, ask and sizes, contract for contract, by which a repeated chain is found; empty: no offers.

    Attributes:
        whole: of all contracts.
        carried: of those that outlive the day: what a copy under the next date holds when the dead are dropped.
        arrived: of those alive on the day.
    """

    whole: bytes
    carried: bytes
    arrived: bytes

    def repeats(self, previous: RepeatHashes) -> bool:
        """Whether this chain is the previous one again, with or without the contracts that died in between."""
        if not (self.whole and previous.whole):
            return False
        return self.whole == previous.whole or (bool(self.arrived) and self.arrived == previous.carried)


class PriceOrigin(StrEnum):
    """Where the price of an underlying beside its chain comes from."""

    VENDOR = "vendor"
    PARITY = "parity"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class SnapshotInfo:
    """A stored chain snapshot, without its quotes.

    Attributes:
        day: exchange date.
        content: `ChainSnapshot.digest` without the STALE flag: what the vendor's file alone says.
        digest: `ChainSnapshot.digest`.
        underlying_price: NaN where nothing tells it.
        time_assumed: the vendor's file has no time of day.
        source: name and hash of the file it came from.
        price_origin: what tells `underlying_price`.
        market: where the contracts are traded.
    """

    underlying: str
    resolution: str
    at: Instant
    day: date
    underlying_price: float
    content: bytes
    digest: bytes
    repeat: RepeatHashes
    counts: QualityCounts
    time_assumed: bool
    source: SourceFile
    price_origin: PriceOrigin = PriceOrigin.VENDOR
    market: Market = US

    @property
    def is_stale(self) -> bool:
        """Whether the chain repeats the previous session's."""
        return self.counts.stale > 0


class FileOutcome(StrEnum):
    """What an import did with a file."""

    IMPORTED = "imported"
    ALREADY_STORED = "already_stored"
    SKIPPED = "skipped"


@dataclass(frozen=True, slots=True)
class FileReport:
    """What an import did with one file.

    Attributes:
        days: exchange dates that the file brought into the store, ascending.
        rows: data rows of the file; 0 where it was known by its hash and not read again.
        contracts: different contracts among the quotes that came in.
        counts: quotes that came in, by flag.
        skipped: rows that made no snapshot.
    """

    name: str
    outcome: FileOutcome
    days: tuple[date, ...] = ()
    rows: int = 0
    contracts: int = 0
    counts: QualityCounts = QualityCounts()
    skipped: tuple[SkippedRows, ...] = ()


@dataclass(frozen=True, slots=True)
class Coverage:
    """What is stored of one underlying at one resolution.

    Attributes:
        days: exchange dates with at least one snapshot, ascending.
        missing: sessions between the first and the last day without any, ascending.
        market: where the contracts are traded, whose sessions count.
    """

    underlying: str
    resolution: str
    days: tuple[date, ...]
    missing: tuple[date, ...]
    market: Market = US

    @property
    def first(self) -> date:
        """First day."""
        return self.days[0]

    @property
    def last(self) -> date:
        """Last day."""
        return self.days[-1]


@dataclass(frozen=True, slots=True)
class DatasetInfo:
    """One row of `ironfly data list`.

    Attributes:
        vendors: names of the formats it was read from, ascending.
        price_origins: what tells the prices of the underlying, ascending.
        content_hash: hash of all snapshots, hexadecimal; independent of file names and of the order of imports.
        sources: the files, by name.
        skipped: rows that made no snapshot, by day.
    """

    coverage: Coverage
    vendors: tuple[str, ...]
    snapshots: int
    counts: QualityCounts
    time_assumed: bool
    price_origins: tuple[PriceOrigin, ...]
    content_hash: str
    sources: tuple[SourceFile, ...]
    skipped: tuple[SkippedRows, ...]


def content_hash(snapshots: Iterable[SnapshotInfo]) -> str:
    """Hash of snapshots in time order by underlying: the same quotes have the same hash, wherever they came from."""
    digest = hashlib.sha256()
    for info in sorted(snapshots, key=lambda one: (one.underlying, one.resolution, one.at)):
        digest.update(f"{info.underlying}|{info.resolution}|{info.at}|".encode() + info.digest)
    return digest.hexdigest()


def total(counts: Iterable[QualityCounts]) -> QualityCounts:
    """Sum of counts."""
    result = QualityCounts()
    for one in counts:
        result += one
    return result
