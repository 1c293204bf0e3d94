"""The durable repository: Parquet by underlying, resolution and year, and a manifest that says what counts.

    STORE/manifest.sqlite
    STORE/chains/SPX/eod/2019-<hash of content>.parquet
    STORE/chains/SPX/eod/2019-<hash of content>.contracts.parquet
    STORE/cache/                                     derived columns (`data.cache`), which can be made again

An import writes whole new files under names of their own, then commits the manifest, then removes what it
superseded. Killed at any point, it leaves the old state or the new one, and at most files that nobody refers to,
which the next import removes.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import date
from functools import partial
from itertools import groupby
from pathlib import Path
from typing import Final, NamedTuple
from urllib.parse import quote

import numpy as np

from data.cache.folder import DerivedColumns
from data.cache.manager import MOST_BYTES, CacheManager, WholePartition
from data.chain_rows import ChainRows, NormalizedFile
from data.contract_list import ContractList, unite
from data.datasets import Coverage, DatasetInfo, FileOutcome, FileReport, SnapshotInfo
from data.errors import StoreError
from data.manifest import Manifest, ManifestSession, PlacedSnapshot
from data.partitions import PartitionReader, contracts_path, flush_to_disk, write_partition
from data.planning import DatasetKey, Entry, coverage_of, final_state, new_chains, plan, report, unknown_files
from data.repository import ChainRange, StoredChain
from data.selection import ReadOptions
from data.summaries import dataset_info, nothing_stored
from data.underlying_records import UnderlyingRecords
from data.underlying_rows import UnderlyingRows
from engine.model import QuoteFlag

_NOT_STALE: Final = np.uint16(0xFFFF ^ QuoteFlag.STALE)
_ATTEMPTS: Final = 3
_WRITERS: Final = 2
_EVERYTHING: Final = ReadOptions()

_Imported = list[tuple[SnapshotInfo, ChainRows]]


class _WrittenYear(NamedTuple):
    """A partition that was written: its name, what stands in it, and which chains are new in it."""

    year: int
    name: str
    placed: Sequence[PlacedSnapshot]
    imported: _Imported


class ParquetStore:
    """`DataRepository` in a folder."""

    def __init__(self, folder: Path, most_cache_bytes: int = MOST_BYTES) -> None:
        """Name the folder; it is made by the first import.

        Args:
            folder: e.g. the setting of the command line; nothing else may be kept in it.
            most_cache_bytes: room for derived columns, beyond which the least recently used go.
        """
        self._folder = folder
        self._manifest = Manifest(folder / "manifest.sqlite")
        self.cache = CacheManager(folder / "cache", most_cache_bytes)

    def holds(self, format_name: str, sha256: str) -> bool:
        if not self._manifest.exists:
            return False
        with self._manifest.reading() as session:
            return session.holds(format_name, sha256)

    def add(
        self,
        files: Sequence[NormalizedFile],
        underlyings: Sequence[UnderlyingRows] = (),
        *,
        replace_days: bool = False,
    ) -> tuple[FileReport, ...]:
        self._make_folder()
        try:
            with self._manifest.writing() as session:
                unknown = unknown_files(files, session.holds)
                imported = self._add(session, unknown, replace_days=replace_days)
                reports = [_add_underlying(session, one, replace_days=replace_days) for one in underlyings]
        except OSError as error:
            raise StoreError(f"the store cannot be written ({error.strerror}); check its folder and space") from error
        finally:
            self._remove_unnamed()
        return (*(report(file, imported if file in unknown else ()) for file in files), *reports)

    @contextmanager
    def underlyings(self) -> Iterator[UnderlyingRecords | None]:
        if not self._manifest.exists:
            yield None
            return
        with self._manifest.reading() as session:
            yield UnderlyingRecords(session.connection)

    def datasets(self) -> tuple[DatasetInfo, ...]:
        if not self._manifest.exists:
            return ()
        with self._manifest.reading() as session:
            return tuple(
                dataset_info(*key, [one.info for one in session.snapshots(key)], session.skipped(key))
                for key in session.dataset_keys()
            )

    def coverage(self, underlying: str, resolution: str) -> Coverage:
        if not self._manifest.exists:
            raise nothing_stored(underlying, resolution, ())
        with self._manifest.reading() as session:
            return _coverage(session, (underlying, resolution))

    def read(
        self, underlying: str, resolution: str, first: date, last: date, options: ReadOptions = _EVERYTHING
    ) -> ChainRange:
        if not self._manifest.exists:
            raise nothing_stored(underlying, resolution, ())
        for _ in range(_ATTEMPTS):
            try:
                return self._read((underlying, resolution), first, last, options)
            except FileNotFoundError:
                continue  # an import replaced the file between the two looks; the manifest knows the new one
        raise StoreError(f"files of {underlying} are gone; remove the store and import again")

    def _read(self, key: DatasetKey, first: date, last: date, options: ReadOptions) -> ChainRange:
        with self._manifest.reading() as session:
            coverage = _coverage(session, key)
            placed = [one for one in session.snapshots(key, first, last) if options.moments.admits(one.info)]
            skipped = session.skipped(key, first, last)
            files = session.files(key)
            years = sorted({one.info.day.year for one in placed})
        parts = [
            _Part(
                PartitionReader(self._partition(key, files[year])), [one for one in placed if one.info.day.year == year]
            )
            for year in years
        ]
        if options.greeks == "own":
            for part, year in zip(parts, years, strict=True):
                part.derived = self._derived(part.reader, key, year, files[year])
        contracts = unite(part.contracts for part in parts)
        return ChainRange(
            coverage=coverage,
            snapshots=tuple(one.info for one in placed),
            contracts=contracts,
            skipped=tuple(skipped),
            load=lambda: _load(parts, contracts),
        )

    def _derived(self, reader: PartitionReader, key: DatasetKey, year: int, file: str) -> DerivedColumns:
        def whole() -> WholePartition:
            with self._manifest.reading() as session:
                if session.files(key).get(year) != file:
                    # An import replaced it since: rows of the new file would be looked for in the old one.
                    raise FileNotFoundError(file)
                placed = session.year(key, year)
            return WholePartition(reader.contracts.contracts, reader.chains([(one.info, one.place) for one in placed]))

        return self.cache.derived(f"{'-'.join(key)}-{file}", whole)

    def _add(self, session: ManifestSession, files: Sequence[NormalizedFile], *, replace_days: bool) -> _Imported:
        imported: _Imported = []
        for key, new in new_chains(files).items():
            stored = session.snapshots(key)
            entries = plan([one.info for one in stored], new, replace_days=replace_days)
            write = partial(self._write_year, key, stored, session.files(key))
            with ThreadPoolExecutor(_WRITERS, thread_name_prefix="ironfly-write") as writers:
                for year in writers.map(write, _changed_years(entries)):
                    session.replace_year(key, year.year, year.name, year.placed)
                    imported += year.imported
        for file in files:
            session.add_skipped(file.resolution, file.skipped)
        session.forget_unused_sources()
        return imported

    def _write_year(
        self, key: DatasetKey, stored: Sequence[PlacedSnapshot], files: Mapping[int, str], entries: Sequence[Entry]
    ) -> _WrittenYear:
        """Write a year anew from its stored and its new chains; the manifest does not know it yet.

        Args:
            stored: what the dataset's partitions hold.
            files: name of the present partition of each year that has one.
            entries: all of one year.
        """
        year = entries[0].info.day.year
        file = files.get(year)
        kept = {entry.info.at for entry in entries if entry.chain is None}
        part = None
        if kept and file is not None:
            own = [one for one in stored if one.info.at in kept]
            part = _Part(PartitionReader(self._partition(key, file)), own)
        lists = [entry.chain.contracts for entry in entries if entry.chain is not None]
        contracts = unite([*lists, *([] if part is None else [part.contracts])])
        folder = self._partition_folder(key)
        folder.mkdir(parents=True, exist_ok=True)
        temporary = folder / f"{year}.writing.parquet"
        infos: list[SnapshotInfo] = []
        places = write_partition(temporary, contracts, _merged(entries, part, contracts, infos))
        name = f"{year}-{_content_name(infos)}.parquet"
        contracts_path(temporary).replace(contracts_path(folder / name))
        temporary.replace(folder / name)
        flush_to_disk(folder)
        placed = [PlacedSnapshot(*pair) for pair in zip(infos, places, strict=True)]
        new = [(info, entry.chain) for info, entry in zip(infos, entries, strict=True) if entry.chain is not None]
        return _WrittenYear(year, name, placed, new)

    def _partition(self, key: DatasetKey, file: str) -> Path:
        return self._partition_folder(key) / file

    def _partition_folder(self, key: DatasetKey) -> Path:
        return self._folder.joinpath("chains", *(_folder_name(part) for part in key))

    def _make_folder(self) -> None:
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise StoreError(f"the store cannot be made ({error.strerror}); check the folder") from error

    def _remove_unnamed(self) -> None:
        """Remove partition files that the manifest does not name: superseded, or left by an interrupted import.

        Under the writer's lock, so that no other import is writing files that its manifest will name.
        """
        if not self._manifest.exists:
            return
        with self._manifest.writing() as session:
            named = {self._partition(key, file) for key, file in session.all_files()}
            named |= {contracts_path(path) for path in named}
            for path in self._folder.glob("chains/*/*/*.parquet"):
                if path not in named:
                    path.unlink(missing_ok=True)


class _Part:
    """Some chains of one partition.

    Attributes:
        derived: mapped columns with own Greeks, to be read instead of the file, if any.
    """

    def __init__(self, reader: PartitionReader, placed: Sequence[PlacedSnapshot]) -> None:
        self.reader = reader
        self._placed = placed
        seen = reader.contracts.seen_between(placed[0].info.at, placed[-1].info.at)
        self._rows = np.flatnonzero(seen)
        self.contracts = reader.contracts.contracts.take(self._rows)
        self.derived: DerivedColumns | None = None

    def chains(self, contracts: ContractList) -> Iterator[StoredChain]:
        """The chains in time order, their `contract` being rows of `contracts`."""
        row_of = np.full(len(self.reader.contracts.contracts), -1, np.int32)
        row_of[self._rows] = self.contracts.rows_in(contracts)
        wanted = [(one.info, one.place) for one in self._placed]
        mapped = self.derived
        chains = self.reader.chains(wanted) if mapped is None else (mapped.chain(*one) for one in wanted)
        for chain in chains:
            yield StoredChain(chain.info, row_of[chain.contract], chain.columns, chain.flags)


def _add_underlying(session: ManifestSession, rows: UnderlyingRows, *, replace_days: bool) -> FileReport:
    source = rows.source
    if session.holds(source.format, source.sha256):
        return FileReport(source.name, FileOutcome.ALREADY_STORED)
    new = UnderlyingRecords(session.connection).add(rows, session.add_source(source), replace=replace_days)
    outcome = FileOutcome.IMPORTED if new else FileOutcome.ALREADY_STORED
    return FileReport(source.name, outcome, rows=source.rows)


def _load(parts: Iterable[_Part], contracts: ContractList) -> Iterator[StoredChain]:
    for part in parts:
        yield from part.chains(contracts)


def _merged(
    entries: Sequence[Entry], part: _Part | None, contracts: ContractList, infos: list[SnapshotInfo]
) -> Iterator[StoredChain]:
    """Chains of a year in time order, stored ones as they are and new ones between them; fills `infos`."""
    stored = iter(()) if part is None else part.chains(contracts)
    for entry in entries:
        chain = entry.chain
        if chain is None:
            old = next(stored)
            if not entry.is_changed:
                infos.append(old.info)
                yield old
                continue
            chain = _as_rows(old, contracts)
        info, flags = final_state(entry.info, chain, entry.stale)
        infos.append(info)
        yield StoredChain(info, chain.contracts.rows_in(contracts), chain.columns, flags)


def _as_rows(stored: StoredChain, contracts: ContractList) -> ChainRows:
    """A stored chain as it was before it was compared with its neighbour."""
    info = stored.info
    return ChainRows(
        at=info.at,
        day=info.day,
        underlying=info.underlying,
        underlying_price=info.underlying_price,
        contracts=contracts.take(stored.contract),
        columns=stored.columns,
        flags=stored.flags & _NOT_STALE,
        time_assumed=info.time_assumed,
        duplicates=info.counts.duplicates,
        price_origin=info.price_origin,
        market=info.market,
    )


def _changed_years(entries: Sequence[Entry]) -> list[list[Entry]]:
    """Entries of each year of which something has to be written."""
    years = groupby(entries, key=lambda entry: entry.info.day.year)
    groups = [list(group) for _, group in years]
    return [group for group in groups if any(entry.is_changed for entry in group)]


def _coverage(session: ManifestSession, key: DatasetKey) -> Coverage:
    days = session.days(key)
    if not days:
        raise nothing_stored(*key, session.dataset_keys())
    return coverage_of(*key, days, session.market(key))


def _content_name(infos: Iterable[SnapshotInfo]) -> str:
    digest = hashlib.sha256()
    for info in infos:
        digest.update(f"{info.at}|".encode() + info.digest)
    return digest.hexdigest()[:16]


def _folder_name(part: str) -> str:
    """A name without separators; one that begins with a dot cannot leave the folder either."""
    return quote(part, safe="").replace(".", "%2E")
