"""A repository that lives in memory: for tests, and for chains that are made rather than read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

import numpy as np
from numpy.typing import NDArray

from data.chain_rows import ChainRows, NormalizedFile
from data.contract_list import ContractList, unite
from data.datasets import Coverage, DatasetInfo, FileReport, SkippedRows, SnapshotInfo, SourceFile
from data.planning import DatasetKey, coverage_of, final_state, new_chains, plan, report
from data.repository import ChainRange, StoredChain
from data.summaries import dataset_info, nothing_stored

_Stored = tuple[SnapshotInfo, ChainRows, NDArray[np.uint16]]


class MemoryStore:
    """`DataRepository` without files."""

    def __init__(self) -> None:
        self._chains: dict[DatasetKey, list[_Stored]] = {}
        self._sources: set[SourceFile] = set()
        self._skipped: dict[DatasetKey, list[SkippedRows]] = {}

    def holds(self, format_name: str, sha256: str) -> bool:
        return any(one.format == format_name and one.sha256 == sha256 for one in self._sources)

    def add(self, files: Sequence[NormalizedFile], *, replace_days: bool = False) -> tuple[FileReport, ...]:
        unknown = [file for file in files if not self.holds(file.source.format, file.source.sha256)]
        planned = {}
        for key, new in new_chains(unknown).items():
            stored = {info.at: (chain, flags) for info, chain, flags in self._chains.get(key, [])}
            entries = plan([info for info, *_ in self._chains.get(key, [])], new, replace_days=replace_days)
            result: list[_Stored] = []
            for entry in entries:
                chain = entry.chain if entry.chain is not None else stored[entry.info.at][0]
                info, flags = final_state(entry.info, chain, entry.stale)
                result.append((info, chain, flags))
            planned[key] = result
        self._chains.update(planned)
        for file in unknown:
            for skip in file.skipped:
                self._skipped.setdefault((skip.underlying, file.resolution), []).append(skip)
        used = {info.source for stored in self._chains.values() for info, *_ in stored}
        self._sources = (self._sources & used) | used | {file.source for file in unknown if file.skipped}
        return tuple(report(file, self._accepted(file)) for file in files)

    def datasets(self) -> tuple[DatasetInfo, ...]:
        return tuple(
            dataset_info(
                *key, [info for info, *_ in self._chains.get(key, [])], self._skipped.get(key, []), self._sources
            )
            for key in sorted(self._chains)
        )

    def coverage(self, underlying: str, resolution: str) -> Coverage:
        stored = self._chains.get((underlying, resolution))
        if not stored:
            raise nothing_stored(underlying, resolution, sorted(self._chains))
        return coverage_of(underlying, resolution, sorted({info.day for info, *_ in stored}))

    def read(self, underlying: str, resolution: str, first: date, last: date) -> ChainRange:
        coverage = self.coverage(underlying, resolution)
        key = (underlying, resolution)
        chosen = [one for one in self._chains[key] if first <= one[0].day <= last]
        contracts = unite(chain.contracts for _, chain, _ in chosen)
        return ChainRange(
            coverage=coverage,
            snapshots=tuple(info for info, *_ in chosen),
            contracts=contracts,
            skipped=tuple(sorted(skip for skip in self._skipped.get(key, []) if first <= skip.day <= last)),
            load=lambda: _load(chosen, contracts),
        )

    def _accepted(self, file: NormalizedFile) -> list[tuple[SnapshotInfo, ChainRows]]:
        return [
            (info, chain)
            for stored in self._chains.values()
            for info, chain, _ in stored
            if info.source == file.source and any(chain is own for own in file.chains)
        ]


def _load(chosen: Sequence[_Stored], contracts: ContractList) -> Iterator[StoredChain]:
    for info, chain, flags in chosen:
        yield StoredChain(info, chain.contracts.rows_in(contracts), chain.columns, flags)
