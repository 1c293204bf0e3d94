"""What a run should know about its data before it believes its results."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

import numpy as np

from data.calendar import is_standard_monthly
from data.contract_list import ContractList
from data.datasets import PriceOrigin, QualityCounts, SkippedRows, SourceFile, content_hash, total
from data.repository import ChainRange
from engine.model import SessionTable


class UnderlyingDay(NamedTuple):
    """An exchange date of one underlying."""

    day: date
    underlying: str


@dataclass(slots=True)
class ContractTally:
    """Contracts of an underlying in a range; the source counts while it is read.

    Attributes:
        quoted: that some chain of the range quotes.
        expired: quoted ones that expire within the range, its last day included.
        read: that the run's filter has let pass so far; all of them without one.
    """

    underlying: str
    quoted: int
    expired: int
    read: int = 0


@dataclass(frozen=True, slots=True)
class DataFacts:
    """Quality of the data of a range, warm-up included.

    Attributes:
        first: first exchange date, that of the warm-up where there is one.
        last: last exchange date.
        warm_up_sessions: sessions with data before the start, fewer than asked for where there are none.
        snapshots: chain snapshots.
        counts: quotes by flag; `counts.rows` is all quotes.
        sessions_expected: sessions of the exchange from `first` to `last`.
        sessions_present: those for which every underlying has data.
        missing: the others, by day.
        stale_days: days whose chain repeats the previous session's.
        skipped: rows of files dated in the range that made no snapshot: file, rows, reason.
        time_assumed: some snapshots come from files without a time of day.
        estimated_prices: snapshots whose price of the underlying was estimated by put-call parity.
        vendors: formats of the files, ascending.
        sources: files that the range comes from, by name.
        content_hash: hash of all snapshots of the range, overrides included, hexadecimal; file names do not matter.
        overridden: lines of the user's overrides that changed something, ascending.
        contracts: those of the range, those that expire in it and those that were read, by underlying.
        survivors_only: underlyings of which nothing expires in a range with a standard expiration: whoever listed the
            contracts may have known which were still alive at its end.
    """

    underlyings: tuple[str, ...]
    resolution: str
    first: date
    last: date
    warm_up_sessions: int
    snapshots: int
    counts: QualityCounts
    sessions_expected: int
    sessions_present: int
    missing: tuple[UnderlyingDay, ...]
    stale_days: tuple[UnderlyingDay, ...]
    skipped: tuple[SkippedRows, ...]
    time_assumed: bool
    estimated_prices: int
    vendors: tuple[str, ...]
    sources: tuple[SourceFile, ...]
    content_hash: str
    overridden: tuple[int, ...] = ()
    contracts: tuple[ContractTally, ...] = ()
    survivors_only: tuple[str, ...] = ()


class Span(NamedTuple):
    """The exchange dates of a range, and how many sessions of it are warm-up."""

    first: date
    last: date
    warm_up_sessions: int


def facts_of(ranges: Sequence[ChainRange], span: Span, sessions: SessionTable) -> DataFacts:
    """Facts of the ranges of several underlyings over one span."""
    snapshots = [info for one in ranges for info in one.snapshots]
    expected = {session.on for session in sessions.between(span.first, span.last)}
    missing = [
        UnderlyingDay(day, one.coverage.underlying)
        for one in ranges
        for day in expected - {info.day for info in one.snapshots}
    ]
    skipped = tuple(sorted(skip for one in ranges for skip in one.skipped))
    sources = {info.source for info in snapshots}
    tallies = tuple(_tally(one, span.last) for one in ranges)
    return DataFacts(
        underlyings=tuple(one.coverage.underlying for one in ranges),
        resolution=ranges[0].coverage.resolution,
        first=span.first,
        last=span.last,
        warm_up_sessions=span.warm_up_sessions,
        snapshots=len(snapshots),
        counts=total(info.counts for info in snapshots),
        sessions_expected=len(expected),
        sessions_present=len(expected - {one.day for one in missing}),
        missing=tuple(sorted(missing)),
        stale_days=tuple(sorted({UnderlyingDay(info.day, info.underlying) for info in snapshots if info.is_stale})),
        skipped=skipped,
        time_assumed=any(info.time_assumed for info in snapshots),
        estimated_prices=sum(info.price_origin is PriceOrigin.PARITY for info in snapshots),
        vendors=tuple(sorted({source.format for source in sources})),
        sources=tuple(sorted(sources)),
        content_hash=content_hash(snapshots),
        overridden=tuple(sorted({line for one in ranges for line in one.overridden})),
        contracts=tallies,
        survivors_only=tuple(one.underlying for one in tallies if not one.expired and _sees_expiration(span, sessions)),
    )


def expired_by(contracts: ContractList, last: date) -> int:
    """Number of contracts that expire up to a date."""
    dead = np.array([key.expires_on <= last for key in contracts.series], np.bool_)
    return int(np.count_nonzero(dead[contracts.series_index]))


def _tally(one: ChainRange, last: date) -> ContractTally:
    return ContractTally(one.coverage.underlying, len(one.contracts), expired_by(one.contracts, last))


def _sees_expiration(span: Span, sessions: SessionTable) -> bool:
    """Whether a standard expiration lies between the first day and the last one."""
    inside = (session.on for session in sessions.between(span.first, span.last))
    return any(span.first < day < span.last and is_standard_monthly(day) for day in inside)
