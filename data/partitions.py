"""One Parquet file of chain rows and one of their contracts, per underlying, resolution and year."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.parquet
from numpy.typing import NDArray

from data.columns import CHAIN_SCHEMA, CODED_COLUMNS, CONTRACT, CONTRACT_SCHEMA, REPLAY_COLUMNS
from data.contract_list import STRIKE_UNITS, ContractList, SeriesKey, pack
from data.datasets import SnapshotInfo
from data.errors import StoreError
from data.repository import StoredChain
from engine.instants import Instant
from engine.model import QUOTE_COLUMNS

ROW_GROUP: Final = 131_072
"""Most rows of a row group; no chain is split over two, so that its columns are views of one."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a chain stands in its partition."""

    row_start: int
    rows: int


@dataclass(frozen=True, slots=True, eq=False)
class Contracts:
    """Contract list of a partition.

    Attributes:
        first_seen: int64 instant of the first chain that quotes each contract.
        last_seen: int64 instant of the last one.
    """

    contracts: ContractList
    first_seen: NDArray[np.int64]
    last_seen: NDArray[np.int64]

    def seen_between(self, first: Instant, last: Instant) -> NDArray[np.bool_]:
        """Contracts whose quotes begin by `last` and do not end before `first`."""
        return (self.first_seen <= last) & (self.last_seen >= first)


def write_partition(path: Path, contracts: ContractList, chains: Iterable[StoredChain]) -> list[Place]:
    """Write chains in time order; `path` ends with `.parquet`, the contracts go beside it.

    Args:
        chains: their `contract` are rows of `contracts`.
    """
    places: list[Place] = []
    first_seen = np.full(len(contracts), np.iinfo(np.int64).max)
    last_seen = np.zeros(len(contracts), np.int64)
    group: list[StoredChain] = []
    position = 0
    with pyarrow.parquet.ParquetWriter(
        path, CHAIN_SCHEMA, compression="zstd", use_dictionary=list(CODED_COLUMNS)
    ) as writer:
        for chain in chains:
            rows = len(chain.contract)
            if group and sum(len(one.contract) for one in group) + rows > ROW_GROUP:
                _write_group(writer, contracts, group)
                group = []
            group.append(chain)
            places.append(Place(position, rows))
            position += rows
            first_seen[chain.contract] = np.minimum(first_seen[chain.contract], chain.info.at)
            last_seen[chain.contract] = np.maximum(last_seen[chain.contract], chain.info.at)
        if group:
            _write_group(writer, contracts, group)
    _write_contracts(contracts_path(path), Contracts(contracts, first_seen, last_seen))
    for written in (path, contracts_path(path)):
        flush_to_disk(written)
    return places


def contracts_path(path: Path) -> Path:
    """The contract list beside a partition."""
    return path.with_suffix(".contracts.parquet")


def flush_to_disk(path: Path) -> None:
    """Make a file, or the names in a folder, survive a power cut."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _write_group(writer: Any, contracts: ContractList, group: Sequence[StoredChain]) -> None:
    contract = np.concatenate([chain.contract for chain in group])
    lengths = [len(chain.contract) for chain in group]
    series = contracts.series_index[contract]
    names = sorted({chain.info.underlying for chain in group})
    underlying = [names.index(chain.info.underlying) for chain in group]
    columns = {
        "at": pa.array(np.repeat([chain.info.at for chain in group], lengths)).cast(pa.timestamp("ns", "UTC")),
        "underlying": _coded(np.repeat(underlying, lengths), names),
        "underlying_price": np.repeat([chain.info.underlying_price for chain in group], lengths),
        "root": _coded(series, [key.root for key in contracts.series]),
        "symbol_date": _dates([key.symbol_date for key in contracts.series])[series],
        "expires_on": _dates([key.expires_on for key in contracts.series])[series],
        "right": contracts.right[contract],
        "strike": contracts.strike[contract],
        CONTRACT: contract,
        **{name: np.concatenate([chain.columns[name] for chain in group]) for name in QUOTE_COLUMNS},
        "flags": np.concatenate([chain.flags for chain in group]),
    }
    table = pa.table([columns[name] for name in CHAIN_SCHEMA.names], schema=CHAIN_SCHEMA)
    writer.write_table(table, row_group_size=len(contract))


def _write_contracts(path: Path, part: Contracts) -> None:
    series, zone = part.contracts.series_index, pa.timestamp("ns", "UTC")
    columns = [
        pa.array([key.root for key in part.contracts.series]).take(pa.array(series)),
        _dates([key.symbol_date for key in part.contracts.series])[series],
        _dates([key.expires_on for key in part.contracts.series])[series],
        part.contracts.right,
        part.contracts.strike,
        pa.array(part.first_seen).cast(zone),
        pa.array(part.last_seen).cast(zone),
    ]
    pyarrow.parquet.write_table(pa.table(columns, schema=CONTRACT_SCHEMA), path, compression="zstd")


def _coded(index: NDArray[Any], names: Sequence[str]) -> Any:
    # One name may stand for two series, and a dictionary holds each value once.
    distinct = sorted(set(names))
    recoded = np.array([distinct.index(name) for name in names], np.int32)[index]
    return pa.DictionaryArray.from_arrays(pa.array(recoded), pa.array(distinct, pa.string()))


def _dates(days: Sequence[Any]) -> NDArray[np.datetime64]:
    return np.array(days, "datetime64[D]")


class PartitionReader:
    """Reads a partition, one row group at a time. It holds the file open: a later import may remove its name."""

    def __init__(self, path: Path) -> None:
        """Open.

        Raises:
            FileNotFoundError: when the file is gone, which a concurrent import may have done.
            StoreError: when it is damaged.
        """
        self._path = path
        try:
            self._file = pyarrow.parquet.ParquetFile(path)
            self.contracts = _read_contracts(contracts_path(path))
        except (pa.ArrowInvalid, pa.ArrowKeyError) as error:
            raise self._damaged(error) from error
        metadata = self._file.metadata
        sizes = [metadata.row_group(position).num_rows for position in range(metadata.num_row_groups)]
        self._starts = np.cumsum([0, *sizes])

    def chains(self, wanted: Sequence[tuple[SnapshotInfo, Place]]) -> Iterator[StoredChain]:
        """Chains in the order of their places; `contract` are rows of `contracts`.

        Raises:
            StoreError: when the file is damaged.
        """
        loaded, columns = -1, dict[str, NDArray[Any]]()
        for info, place in wanted:
            group = int(np.searchsorted(self._starts, place.row_start, side="right")) - 1
            if group != loaded:
                loaded, columns = group, self._read_group(group)
            low = place.row_start - int(self._starts[group])
            rows = slice(low, low + place.rows)
            if rows.stop > len(columns[CONTRACT]):
                raise self._damaged(f"rows {place.row_start} and following are not there")
            quotes = {name: columns[name][rows] for name in QUOTE_COLUMNS}
            yield StoredChain(info, columns[CONTRACT][rows], quotes, columns["flags"][rows])

    def _read_group(self, group: int) -> dict[str, NDArray[Any]]:
        try:
            table = self._file.read_row_group(group, columns=list(REPLAY_COLUMNS))
        except (OSError, pa.ArrowException, IndexError) as error:
            raise self._damaged(error) from error
        return {name: table[name].to_numpy() for name in REPLAY_COLUMNS}

    def _damaged(self, reason: object) -> StoreError:
        return StoreError(
            f"{self._path.name}: the stored file is damaged ({reason}); remove the store and import again"
        )


def _read_contracts(path: Path) -> Contracts:
    table = pyarrow.parquet.read_table(path, schema=CONTRACT_SCHEMA)
    roots = table["root"].to_numpy(zero_copy_only=False)
    symbol_dates, expirations = (table[name].to_numpy() for name in ("symbol_date", "expires_on"))
    begins = np.ones(len(roots), np.bool_)
    begins[1:] = (roots[1:] != roots[:-1]) | (symbol_dates[1:] != symbol_dates[:-1])
    heads = np.flatnonzero(begins)
    series = tuple(
        SeriesKey(
            expirations[row].astype("datetime64[D]").item(),
            str(roots[row]),
            symbol_dates[row].astype("datetime64[D]").item(),
        )
        for row in heads
    )
    units = np.rint(table["strike"].to_numpy() * STRIKE_UNITS)
    code = pack(np.cumsum(begins) - 1, table["right"].to_numpy(), units)
    first_seen, last_seen = (table[name].to_numpy().astype(np.int64) for name in ("first_seen", "last_seen"))
    return Contracts(ContractList(series, code), first_seen, last_seen)
