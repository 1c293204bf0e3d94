"""A range of stored chains as the engine's event source: in order, lazily, the same every time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Final

import numpy as np

from data.calendar import session_table
from data.contract_list import contract_table, sessions_for
from data.datasets import Coverage, PriceOrigin
from data.errors import NotCovered, NotRunnable
from data.facts import ContractTally, DataFacts, Span, facts_of
from data.markets import ACCOUNT_CURRENCY
from data.quote_carry import carried
from data.repository import ChainRange, DataRepository, StoredChain
from data.roots import root_facts
from data.selection import ContractFilter, FilteredContracts, ReadOptions
from data.underlying_records import BAR_COLUMNS, Bars
from engine.config import CarryQuotes
from engine.events import BarArrived, Event, SnapshotArrived
from engine.instants import Instant, iso
from engine.model import Bar, ChainSnapshot, ContractTable, SessionTable, Underlying
from engine.sources import PRIORITY, merge

_EVERYTHING: Final = ReadOptions()


@dataclass(frozen=True, slots=True, eq=False)
class StoredSource:
    """`EventSource` over stored chains.

    Attributes:
        facts: quality of the data, for the summary.
        ends_at: close of the last session of the range; nothing that became known later belongs to it.
        extra: further events in order, e.g. settlement values.
        bars: bars of shares and indices, stamped at their ends.
        contract_filter: which contracts of the chains are shown.
        carry: how long quotes are kept that a chain does not repeat; None: not at all.
    """

    contracts: ContractTable
    sessions: SessionTable
    underlyings: dict[str, Underlying]
    facts: DataFacts
    ends_at: Instant
    ranges: tuple[ChainRange, ...]
    extra: tuple[Event, ...] = ()
    bars: tuple[Bars, ...] = ()
    contract_filter: ContractFilter = field(default_factory=ContractFilter)
    carry: CarryQuotes | None = None

    def __iter__(self) -> Iterator[Event]:
        streams = [self._chains(one) for one in self.ranges]
        streams += [_bar_events(one) for one in self.bars]
        return merge([self.extra, *streams] if self.extra else streams)

    def with_events(self, events: Sequence[Event]) -> StoredSource:
        """This source with further events in its order; those after `ends_at` are left out."""
        known = [event for event in (*self.extra, *events) if event.at <= self.ends_at]
        return replace(self, extra=tuple(sorted(known, key=_rank)))

    def with_bars(self, bars: Sequence[Bars]) -> StoredSource:
        """This source with bars in its order; symbols that no chain names are what their root says."""
        named = {one.symbol: Underlying(one.symbol, root_facts(one.symbol).kind) for one in bars}
        return replace(self, bars=(*self.bars, *bars), underlyings={**named, **self.underlyings})

    def with_carried_quotes(self, rules: CarryQuotes | None) -> StoredSource:
        """This source with quotes kept by these rules."""
        return replace(self, carry=rules)

    def _chains(self, one: ChainRange) -> Iterator[Event]:
        snapshots = self._snapshots(one)
        for snapshot in snapshots if self.carry is None else carried(snapshots, self.sessions, self.carry):
            yield SnapshotArrived(snapshot.at, snapshot)

    def _snapshots(self, one: ChainRange) -> Iterator[ChainSnapshot]:
        name = one.coverage.underlying
        # Contract lists stand in the table one after the other, by underlying: an id is a row plus an offset.
        offset = np.int32(sum(len(other.contracts) for other in self.ranges if other.coverage.underlying < name))
        tally = next(tally for tally in self.facts.contracts if tally.underlying == name)
        chains = _admitted(one, self.contract_filter, tally) if self.contract_filter else one.load()
        tally.read = 0 if self.contract_filter else tally.quoted
        for chain in chains:
            info = chain.info
            yield ChainSnapshot(
                info.at,
                name,
                info.underlying_price,
                self.contracts,
                chain.contract + offset,
                **chain.columns,
                flags=chain.flags,
                quoted_at=np.full(len(chain.contract), info.at, np.int64),
                digest=info.digest,
            )


def _bar_events(bars: Bars) -> Iterator[Event]:
    rows = zip(bars.ends_at.tolist(), *(bars.columns[name].tolist() for name in BAR_COLUMNS), strict=True)
    for at, *prices in rows:
        yield BarArrived(at, Bar(bars.symbol, *prices))


def _rank(event: Event) -> tuple[Instant, int]:
    return event.at, PRIORITY.get(type(event), len(PRIORITY))


def open_range(
    store: DataRepository,
    underlyings: Sequence[str],
    resolution: str,
    start: date,
    end: date,
    options: ReadOptions = _EVERYTHING,
) -> StoredSource:
    """The chains of underlyings from one exchange date to another, both included.

    Sessions that are missing in between are in the facts; they are no error.

    Args:
        options: how long a warm-up, whose Greeks, which moments, and which contracts.

    Raises:
        NotCovered: when start or end is outside of what is stored, or nothing is stored between them.
        NotRunnable: when the quotes are not in the account's currency, or a chain has no price of its underlying.
        StoreError: when the store is damaged.
    """
    names = sorted(set(underlyings))
    coverages = [store.coverage(name, resolution) for name in names]
    if not coverages:
        raise NotCovered("no underlying given; name one that `ironfly data list` shows")
    for coverage in coverages:
        _check_covered(coverage, start, end)
    first, warm = _warm_up(coverages, start, options.warm_up_sessions)
    ranges = tuple(store.read(name, resolution, first, end, options) for name in names)
    for one in ranges:
        _check_runnable(one)
    lists = {one.coverage.underlying: one.contracts for one in ranges}
    sessions = sessions_for(lists.values(), first, end)
    last = sessions.last_at_or_before(end)
    if last is None:
        raise NotCovered(f"the calendar {sessions.calendar} has no session from {start} to {end}")
    return StoredSource(
        contracts=contract_table(lists, sessions),
        sessions=sessions,
        underlyings={name: _underlying(one) for name, one in zip(names, ranges, strict=True)},
        facts=facts_of(ranges, Span(first, end, warm), sessions),
        ends_at=last.closes_at,
        ranges=ranges,
        contract_filter=options.contracts,
    )


def _admitted(one: ChainRange, wanted: ContractFilter, tally: ContractTally) -> Iterator[StoredChain]:
    """The chains with the contracts that a filter lets pass."""
    contracts = FilteredContracts(wanted, one.contracts)
    for chain in one.load():
        rows = contracts.rows(chain.contract, chain.info.day, chain.info.underlying_price)
        tally.read = len(contracts)
        info = replace(chain.info, digest=wanted.digest(chain.info.digest))
        columns = {name: column[rows] for name, column in chain.columns.items()}
        yield StoredChain(info, chain.contract[rows], columns, chain.flags[rows])


def _check_covered(coverage: Coverage, start: date, end: date) -> None:
    """Refuse sessions outside of the coverage, and a range without any data."""
    what = f"{coverage.underlying} ({coverage.resolution})"
    covered = f"the store covers {coverage.first} to {coverage.last}"
    if end < start:
        raise NotCovered(f"start {start} is after end {end}; swap them")
    sessions = session_table(min(start, coverage.first), max(end, coverage.last)).between(start, end)
    if not sessions:
        raise NotCovered(f"{what}: no session of the exchange from {start} to {end}; {covered}")
    if sessions[0].on < coverage.first:
        raise NotCovered(f"{what}: start {start} is not covered; {covered}, start there or import more")
    if sessions[-1].on > coverage.last:
        raise NotCovered(f"{what}: end {end} is not covered; {covered}, end there or import more")
    if not any(start <= day <= end for day in coverage.days):
        raise NotCovered(f"{what}: all sessions from {start} to {end} are missing; {covered}")


def _check_runnable(one: ChainRange) -> None:
    market, name = one.coverage.market, one.coverage.underlying
    if market.inverse:
        raise NotRunnable(f"{name}: quotes of {market.name} are in coins, and accounts are in {ACCOUNT_CURRENCY}")
    if market.currency != ACCOUNT_CURRENCY:
        raise NotRunnable(f"{name}: quotes are in {market.currency}, and accounts are in {ACCOUNT_CURRENCY}")
    lacking = [info for info in one.snapshots if info.price_origin is PriceOrigin.NONE]
    if lacking:
        raise NotRunnable(
            f"{name}: {len(lacking)} of {len(one.snapshots)} chains have no price of the underlying, the first that of "
            f"{iso(lacking[0].at)}, and too few quotes to estimate it; choose other dates, or import files that name it"
        )


def warm_up_start(days: Sequence[date], start: date, wanted: int) -> date:
    """First of the wanted number of days before the start, as far as there are any; ascending `days` hold data."""
    chosen = [day for day in days if day < start][-wanted:] if wanted > 0 else []
    return chosen[0] if chosen else start


def _warm_up(coverages: Sequence[Coverage], start: date, wanted: int) -> tuple[date, int]:
    """First date of the range and number of sessions with data before the start."""
    days = sorted({day for coverage in coverages for day in coverage.days})
    first = warm_up_start(days, start, wanted)
    return first, sum(first <= day < start for day in days)


def _underlying(one: ChainRange) -> Underlying:
    name = one.coverage.underlying
    roots = {key.root for key in one.contracts.series}
    # Any of the roots tells; an index has only index roots.
    return Underlying(name, root_facts(min(roots), name).kind)
