"""A folder of columns on disk, derived and copied ones: whole or not there at all, mapped into memory to be read."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from data.cache.greeks import DIGEST_BYTES, OwnGreeks
from data.datasets import SnapshotInfo
from data.partitions import Place, flush_to_disk
from data.repository import StoredChain
from engine.model import QUOTE_COLUMNS

_DIGESTS: Final = "digests.npy"
_CONTRACT: Final = "contract.npy"
_FLAGS: Final = "flags.npy"
_STATUS: Final = "status.npy"
_FORWARDS: Final = "forwards.npy"
_ROWS: Final = "rows.json"


@dataclass(frozen=True, slots=True, eq=False)
class DerivedColumns:
    """Columns of one partition, mapped from disk; row i belongs to row i of the partition.

    Attributes:
        contract: int32 rows of the partition's contract list.
        columns: every one of `QUOTE_COLUMNS`, float64, read-only; those of `OWN_COLUMNS` are derived.
        flags: uint16 of `QuoteFlag`.
        status: int8 of `IvStatus`.
        digests: digest of each chain's derived columns, by the row where the chain starts.
    """

    contract: NDArray[np.int32]
    columns: Mapping[str, NDArray[np.float64]]
    flags: NDArray[np.uint16]
    status: NDArray[np.int8]
    digests: Mapping[int, bytes]

    def chain(self, info: SnapshotInfo, place: Place) -> StoredChain:
        """The chain that stands at a place of the partition; its columns are views."""
        rows = slice(place.row_start, place.row_start + place.rows)
        columns = {name: column[rows] for name, column in self.columns.items()}
        own = replace(info, digest=self.digests[place.row_start])
        return StoredChain(own, self.contract[rows], columns, self.flags[rows])


def write_folder(
    path: Path, chains: Sequence[StoredChain], found: OwnGreeks, starts: Sequence[int], digests: Sequence[bytes]
) -> None:
    """Write columns beside `path` and rename them into place.

    Args:
        chains: all chains of the partition, in the order of their rows.
        starts: row at which each chain starts.
        digests: one for each chain, in the same order.
    """
    unfinished = path.with_name(f".{path.name}.{os.getpid()}")
    shutil.rmtree(unfinished, ignore_errors=True)
    unfinished.mkdir(parents=True)
    try:
        for name in QUOTE_COLUMNS:
            own = found.columns.get(name)
            np.save(_column(unfinished, name), _joined(chains, name) if own is None else own)
        np.save(unfinished / _CONTRACT, np.concatenate([chain.contract for chain in chains]))
        np.save(unfinished / _FLAGS, np.concatenate([chain.flags for chain in chains]))
        np.save(unfinished / _STATUS, found.status)
        np.save(unfinished / _FORWARDS, np.array(found.forwards[:4]))
        np.save(unfinished / _DIGESTS, np.frombuffer(b"".join(digests), np.uint8).reshape(-1, DIGEST_BYTES))
        (unfinished / _ROWS).write_text(json.dumps([int(start) for start in starts]))
        for file in unfinished.iterdir():
            flush_to_disk(file)
        unfinished.rename(path)
        flush_to_disk(path.parent)
    finally:
        shutil.rmtree(unfinished, ignore_errors=True)


def open_folder(path: Path) -> DerivedColumns | None:
    """Map a folder; None when it is not there, or not whole, so that it has to be made again."""
    try:
        digests = np.load(path / _DIGESTS)
        starts = json.loads((path / _ROWS).read_text())
        return DerivedColumns(
            _mapped(path / _CONTRACT),
            {name: _mapped(_column(path, name)) for name in QUOTE_COLUMNS},
            _mapped(path / _FLAGS),
            _mapped(path / _STATUS),
            {start: digest.tobytes() for start, digest in zip(starts, digests, strict=True)},
        )
    except (FileNotFoundError, NotADirectoryError, EOFError, ValueError):
        return None


def remove_unfinished(cache: Path) -> None:
    """Remove what killed builds left in the folder of a cache; only while nobody else can be building."""
    for left in cache.glob(".*"):
        shutil.rmtree(left, ignore_errors=True)


def _column(folder: Path, name: str) -> Path:
    return folder / f"{name}.npy"


def _joined(chains: Sequence[StoredChain], name: str) -> NDArray[np.float64]:
    return np.concatenate([chain.columns[name] for chain in chains])


def _mapped(path: Path) -> Any:
    # As a plain array: slices of `memmap` cost ten times as much, and there are many.
    return np.asarray(np.load(path, mmap_mode="r"))
