"""What adding files does to a store: pure decisions, the same for every store.

A chain is stale by comparison with its neighbour, so new chains can change the flags of old ones: the plan is made
over all snapshots of a dataset, and does not depend on the order in which files came in.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

import numpy as np
from numpy.typing import NDArray

from data.calendar import session_table
from data.chain_rows import ChainRows, NormalizedFile
from data.contract_list import unite
from data.datasets import (
    Coverage,
    FileOutcome,
    FileReport,
    RepeatHashes,
    SnapshotInfo,
    SourceFile,
    total,
)
from data.errors import DayConflict
from data.markets import Market
from data.quality import count_flags, is_adjusted, is_repeat, repeat_hashes
from engine.instants import Instant, iso
from engine.model import QuoteFlag

_THREADS: Final = 2
EOD: Final = "eod"
"""The resolution with one chain a day, whatever its time."""

DatasetKey = tuple[str, str]
"""Underlying and resolution."""


@dataclass(frozen=True, slots=True, eq=False)
class NewChain:
    """A chain that wants to be stored.

    Attributes:
        info: as it is without a stale predecessor.
    """

    chain: ChainRows
    info: SnapshotInfo


@dataclass(frozen=True, slots=True, eq=False)
class Entry:
    """One snapshot of a dataset after the import.

    Attributes:
        info: what is stored of it now, or what the file says.
        chain: the new chain, or None when the stored one stays.
        stale: whether it repeats the previous session's chain.
    """

    info: SnapshotInfo
    chain: ChainRows | None
    stale: bool = False

    @property
    def is_changed(self) -> bool:
        """Whether the store has to write it."""
        return self.chain is not None or self.info.is_stale != self.stale


def new_chain(chain: ChainRows, resolution: str, source: SourceFile) -> NewChain:
    """Digest and count a chain whose flags are set."""
    content = chain.digest(chain.flags)
    info = SnapshotInfo(
        underlying=chain.underlying,
        resolution=resolution,
        at=chain.at,
        day=chain.day,
        underlying_price=chain.underlying_price,
        content=content,
        digest=content,
        repeat=repeat_hashes(chain),
        counts=count_flags(chain.flags, chain.duplicates, int(is_adjusted(chain).sum())),
        time_assumed=chain.time_assumed,
        source=source,
        price_origin=chain.price_origin,
        market=chain.market,
    )
    return NewChain(chain, info)


def unknown_files(files: Sequence[NormalizedFile], holds: Callable[[str, str], bool]) -> list[NormalizedFile]:
    """Files that a store does not hold yet, copies among them once."""
    found: dict[tuple[str, str], NormalizedFile] = {}
    for file in files:
        identity = (file.source.format, file.source.sha256)
        if not holds(*identity):
            found.setdefault(identity, file)
    return list(found.values())


def new_chains(files: Sequence[NormalizedFile]) -> dict[DatasetKey, list[NewChain]]:
    """All chains of files by dataset."""
    found: dict[DatasetKey, list[NewChain]] = {}
    # Hashing leaves the interpreter free.
    with ThreadPoolExecutor(_THREADS, thread_name_prefix="ironfly-digest") as threads:
        for chains in threads.map(_chains_of, files):
            for one in chains:
                found.setdefault((one.info.underlying, one.info.resolution), []).append(one)
    return found


def _chains_of(file: NormalizedFile) -> list[NewChain]:
    return [new_chain(chain, file.resolution, file.source) for chain in file.chains]


def plan(stored: Sequence[SnapshotInfo], new: Sequence[NewChain], *, replace_days: bool) -> tuple[Entry, ...]:
    """All snapshots of one dataset after the import, in time order.

    Raises:
        DayConflict: when a day is stored, or comes in twice, with different content.
    """
    slots: dict[date | Instant, Entry] = {_slot(info): Entry(info, None) for info in stored}
    for one in new:
        slot = _slot(one.info)
        taken = slots.get(slot)
        if taken is not None and taken.info.content == one.info.content:
            continue
        if taken is not None and (taken.chain is not None or not replace_days):
            raise DayConflict(_conflict(taken, one))
        slots[slot] = Entry(one.info, one.chain)
    return _with_stale_days(sorted(slots.values(), key=lambda entry: entry.info.at))


def final_state(info: SnapshotInfo, chain: ChainRows, stale: bool) -> tuple[SnapshotInfo, NDArray[np.uint16]]:
    """Facts and flags of a chain, given whether it is stale; `chain.flags` are those without STALE."""
    if not stale:
        return replace(info, digest=info.content, counts=replace(info.counts, stale=0)), chain.flags
    flags = chain.flags | np.uint16(QuoteFlag.STALE)
    return replace(info, digest=chain.digest(flags), counts=replace(info.counts, stale=len(chain))), flags


def report(file: NormalizedFile, imported: Sequence[tuple[SnapshotInfo, ChainRows]]) -> FileReport:
    """What an import did with a file, given all chains that it stored."""
    accepted = [(info, chain) for info, chain in imported if info.source == file.source]
    outcome = FileOutcome.ALREADY_STORED if file.chains else FileOutcome.SKIPPED
    return FileReport(
        name=file.source.name,
        outcome=FileOutcome.IMPORTED if accepted else outcome,
        days=tuple(sorted({info.day for info, _ in accepted})),
        rows=file.source.rows,
        contracts=_count_contracts(accepted),
        counts=total(info.counts for info, _ in accepted),
        skipped=file.skipped,
    )


def coverage_of(underlying: str, resolution: str, days: Sequence[date], market: Market) -> Coverage:
    """Coverage of ascending days, with the sessions that are missing between them."""
    present = set(days)
    sessions = session_table(days[0], days[-1], market).between(days[0], days[-1]) if days else ()
    missing = tuple(session.on for session in sessions if session.on not in present)
    return Coverage(underlying, resolution, tuple(days), missing, market)


def _slot(info: SnapshotInfo) -> date | Instant:
    return info.day if info.resolution == EOD else info.at


def _conflict(taken: Entry, one: NewChain) -> str:
    info = one.info
    what = f"{info.underlying} {info.day}" if info.resolution == EOD else f"{info.underlying} {iso(info.at)}"
    if taken.chain is not None:
        return f"{info.source.name}: {what} comes with other content from {taken.info.source.name}; import one of them"
    return f"{info.source.name}: {what} is stored with other content from {taken.info.source.name}; ask to replace it"


def _with_stale_days(entries: Sequence[Entry]) -> tuple[Entry, ...]:
    """Compare each chain with the last one of an earlier day."""
    result = []
    earlier: tuple[date, RepeatHashes] | None = None
    latest: tuple[date, RepeatHashes] | None = None
    for entry in entries:
        if latest is not None and latest[0] < entry.info.day:
            earlier = latest
        result.append(replace(entry, stale=is_repeat(entry.info.repeat, earlier)))
        latest = (entry.info.day, entry.info.repeat)
    return tuple(result)


def _count_contracts(accepted: Sequence[tuple[SnapshotInfo, ChainRows]]) -> int:
    chains: dict[str, list[ChainRows]] = {}
    for info, chain in accepted:
        chains.setdefault(info.underlying, []).append(chain)
    return sum(len(unite(chain.contracts for chain in own)) for own in chains.values())
