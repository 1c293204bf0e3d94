"""A store seen through the user's overrides: what replay reads differs from what the vendor delivered, and says so."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Final

import numpy as np
from numpy.typing import NDArray

from data.chain_rows import ChainRows, NormalizedFile
from data.contract_list import ContractList
from data.datasets import Coverage, DatasetInfo, FileReport, SnapshotInfo
from data.overrides import DAY, FLAGS, PRICES, Override, Overrides
from data.planning import coverage_of
from data.quality import SIDE_FLAGS, count_flags, side_flags
from data.repository import ChainRange, DataRepository, StoredChain
from data.selection import ReadOptions
from data.underlying_rows import UnderlyingRows
from engine.instants import Instant

_EVERYTHING: Final = ReadOptions()
_NOT_SIDES: Final = np.uint16(0xFFFF ^ SIDE_FLAGS)


class OverriddenStore:
    """`DataRepository` that reads another one through overrides; what it adds, it adds unchanged."""

    def __init__(self, store: DataRepository, overrides: Overrides) -> None:
        self._store, self._overrides = store, overrides

    def holds(self, format_name: str, sha256: str) -> bool:
        return self._store.holds(format_name, sha256)

    def add(
        self,
        files: Sequence[NormalizedFile],
        underlyings: Sequence[UnderlyingRows] = (),
        *,
        replace_days: bool = False,
    ) -> tuple[FileReport, ...]:
        return self._store.add(files, underlyings, replace_days=replace_days)

    def datasets(self) -> tuple[DatasetInfo, ...]:
        return self._store.datasets()

    def coverage(self, underlying: str, resolution: str) -> Coverage:
        whole = self._store.coverage(underlying, resolution)
        dropped = {one.at for one in self._overrides.lines if one.column == DAY and one.underlying == underlying}
        if not dropped.intersection(whole.days):
            return whole
        left = [day for day in whole.days if day not in dropped]
        return coverage_of(underlying, resolution, left, whole.market)

    def read(
        self, underlying: str, resolution: str, first: date, last: date, options: ReadOptions = _EVERYTHING
    ) -> ChainRange:
        whole = self._store.read(underlying, resolution, first, last, options)
        lines = {info.at: self._overrides.of(info) for info in whole.snapshots}
        lines = {at: some for at, some in lines.items() if some}
        if not lines:
            return whole
        used: set[int] = set()
        amended: dict[Instant, SnapshotInfo | None] = {}
        for day in sorted({info.day for info in whole.snapshots if info.at in lines}):
            part = self._store.read(underlying, resolution, day, day, options)
            for chain in part.load():
                changed, effective = _amended(chain, part.contracts, lines.get(chain.info.at, ()))
                amended[chain.info.at] = None if changed is None else changed.info
                used.update(effective)
        kept = [amended.get(info.at, info) for info in whole.snapshots]
        return replace(
            whole,
            coverage=self.coverage(underlying, resolution),
            snapshots=tuple(info for info in kept if info is not None),
            load=lambda: _load(whole, lines),
            overridden=tuple(sorted(used)),
        )


def _load(whole: ChainRange, lines: Mapping[Instant, Sequence[Override]]) -> Iterator[StoredChain]:
    for chain in whole.load():
        amended, _ = _amended(chain, whole.contracts, lines.get(chain.info.at, ()))
        if amended is not None:
            yield amended


def _amended(
    chain: StoredChain, contracts: ContractList, lines: Sequence[Override]
) -> tuple[StoredChain | None, list[int]]:
    """The chain as the lines want it, None where they drop it, and the lines that changed something."""
    dropping = [one.line for one in lines if one.column == DAY]
    if dropping:
        return None, dropping
    listed = contracts.take(chain.contract) if lines else contracts
    columns = {name: column.copy() if name in PRICES else column for name, column in chain.columns.items()}
    flags = chain.flags.copy()
    used = [one.line for one in lines if _change(one, listed, columns, flags)]
    if not used:
        return chain, used
    return StoredChain(_restated(chain.info, listed, columns, flags), chain.contract, columns, flags), used


def _change(
    one: Override, listed: ContractList, columns: dict[str, NDArray[np.float64]], flags: NDArray[np.uint16]
) -> bool:
    """Carry out one line; tells whether anything is different."""
    rows = slice(None) if one.contract is None else listed.rows_of(*one.contract)
    if one.column in PRICES:
        before = columns[one.column][rows].copy()
        columns[one.column][rows] = one.value
        sides = side_flags(columns["bid"][rows], columns["ask"][rows])
        flags[rows] = (flags[rows] & _NOT_SIDES) | sides
        return not np.array_equal(before, columns[one.column][rows])
    bit, before_flags = np.uint16(FLAGS[one.column]), flags[rows].copy()
    flags[rows] = flags[rows] | bit if one.value else flags[rows] & ~bit
    return not np.array_equal(before_flags, flags[rows])


def _restated(
    info: SnapshotInfo, listed: ContractList, columns: Mapping[str, NDArray[np.float64]], flags: NDArray[np.uint16]
) -> SnapshotInfo:
    """Facts of the changed chain: the digest is that of the quotes that the run sees."""
    rows = ChainRows(
        at=info.at,
        day=info.day,
        underlying=info.underlying,
        underlying_price=info.underlying_price,
        contracts=listed,
        columns=columns,
        flags=flags,
        time_assumed=info.time_assumed,
        price_origin=info.price_origin,
        market=info.market,
    )
    counts = count_flags(flags, info.counts.duplicates, info.counts.adjusted)
    return replace(info, digest=rows.digest(flags), counts=counts)
