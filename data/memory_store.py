"""A repository that lives in memory: for tests, and for chains that are made rather than read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Final

import numpy as np
from numpy.typing import NDArray

from data.cache.greeks import with_own_greeks
from data.chain_rows import ChainRows, NormalizedFile
from data.contract_list import ContractList, unite
from data.datasets import Coverage, DatasetInfo, FileReport, SkippedRows, SnapshotInfo
from data.errors import StoreError
from data.planning import DatasetKey, coverage_of, final_state, new_chains, plan, report, unknown_files
from data.repository import ChainRange, StoredChain
from data.selection import ReadOptions
from data.summaries import dataset_info, nothing_stored
from data.underlying_rows import UnderlyingRows

_EVERYTHING: Final = ReadOptions()

_Stored = tuple[SnapshotInfo, ChainRows, NDArray[np.uint16]]


class MemoryStore:
    """`DataRepository` without files."""

    def __init__(self) -> None:
        self._chains: dict[DatasetKey, list[_Stored]] = {}
        self._skipped: dict[DatasetKey, list[SkippedRows]] = {}

    def holds(self, format_name: str, sha256: str) -> bool:
        snapshots = (info.source for stored in self._chains.values() for info, *_ in stored)
        sources = {*snapshots, *(skip.source for skips in self._skipped.values() for skip in skips)}
        return any(source.format == format_name and source.sha256 == sha256 for source in sources)

    def add(
        self,
        files: Sequence[NormalizedFile],
        underlyings: Sequence[UnderlyingRows] = (),
        *,
        replace_days: bool = False,
    ) -> tuple[FileReport, ...]:
        if underlyings:
            raise StoreError("a store in memory holds chains only; use a folder for bars and the like")
        unknown = unknown_files(files, self.holds)
        planned: dict[DatasetKey, list[_Stored]] = {}
        imported: list[tuple[SnapshotInfo, ChainRows]] = []
        for key, new in new_chains(unknown).items():
            stored = {info.at: chain for info, chain, _ in self._chains.get(key, [])}
            entries = plan([info for info, *_ in self._chains.get(key, [])], new, replace_days=replace_days)
            planned[key] = []
            for entry in entries:
                chain = entry.chain if entry.chain is not None else stored[entry.info.at]
                info, flags = final_state(entry.info, chain, entry.stale)
                planned[key].append((info, chain, flags))
                if entry.chain is not None:
                    imported.append((info, chain))
        self._chains.update(planned)
        for file in unknown:
            for skip in file.skipped:
                self._skipped.setdefault((skip.underlying, file.resolution), []).append(skip)
        return tuple(report(file, imported if file in unknown else ()) for file in files)

    def datasets(self) -> tuple[DatasetInfo, ...]:
        return tuple(
            dataset_info(*key, [info for info, *_ in self._chains[key]], self._skipped.get(key, []))
            for key in sorted(self._chains)
        )

    def coverage(self, underlying: str, resolution: str) -> Coverage:
        stored = self._chains.get((underlying, resolution))
        if not stored:
            raise nothing_stored(underlying, resolution, sorted(self._chains))
        return coverage_of(underlying, resolution, sorted({info.day for info, *_ in stored}), stored[0][0].market)

    def read(
        self, underlying: str, resolution: str, first: date, last: date, options: ReadOptions = _EVERYTHING
    ) -> ChainRange:
        coverage = self.coverage(underlying, resolution)
        key = (underlying, resolution)
        admits = options.moments.admits
        chosen = [one for one in self._chains[key] if first <= one[0].day <= last and admits(one[0])]
        contracts = unite(chain.contracts for _, chain, _ in chosen)
        return ChainRange(
            coverage=coverage,
            snapshots=tuple(info for info, *_ in chosen),
            contracts=contracts,
            skipped=tuple(sorted(skip for skip in self._skipped.get(key, []) if first <= skip.day <= last)),
            load=lambda: _load(chosen, contracts) if options.greeks == "vendor" else _load_own(chosen, contracts),
        )


def _load_own(chosen: Sequence[_Stored], contracts: ContractList) -> Iterator[StoredChain]:
    chains = list(_load(chosen, contracts))
    if chains:
        yield from with_own_greeks(chains, contracts)


def _load(chosen: Sequence[_Stored], contracts: ContractList) -> Iterator[StoredChain]:
    for info, chain, flags in chosen:
        yield StoredChain(info, chain.contracts.rows_in(contracts), chain.columns, flags)
