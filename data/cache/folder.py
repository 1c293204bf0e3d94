"""A folder of derived columns on disk: written as a whole or not at all, mapped into memory when it is read."""

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

from data.cache.greeks import DIGEST_BYTES, OWN_COLUMNS, OwnGreeks
from data.partitions import flush_to_disk
from data.repository import StoredChain

_DIGESTS: Final = "digests.npy"
_STATUS: Final = "status.npy"
_FORWARDS: Final = "forwards.npy"
_ROWS: Final = "rows.json"


@dataclass(frozen=True, slots=True, eq=False)
class DerivedColumns:
    """Derived columns of one partition, mapped from disk; row i belongs to row i of the partition.

    Attributes:
        columns: every one of `OWN_COLUMNS`, float64, read-only.
        status: int8 of `IvStatus`.
        digests: digest of each chain's derived columns, by the row where the chain starts.
    """

    columns: Mapping[str, NDArray[np.float64]]
    status: NDArray[np.int8]
    digests: Mapping[int, bytes]

    def applied(self, chain: StoredChain, row_start: int) -> StoredChain:
        """A chain that starts at a row of the partition, with these columns in place of the vendor's."""
        rows = slice(row_start, row_start + len(chain.contract))
        columns = {name: column[rows] for name, column in self.columns.items()}
        info = replace(chain.info, digest=self.digests[row_start])
        return StoredChain(info, chain.contract, {**chain.columns, **columns}, chain.flags)


def write_folder(path: Path, found: OwnGreeks, starts: Sequence[int], digests: Sequence[bytes]) -> None:
    """Write columns beside `path` and rename them into place.

    Args:
        starts: row at which each chain starts.
        digests: one for each chain, in the same order.
    """
    unfinished = path.with_name(f".{path.name}.{os.getpid()}")
    shutil.rmtree(unfinished, ignore_errors=True)
    unfinished.mkdir(parents=True)
    try:
        for name in OWN_COLUMNS:
            np.save(_column(unfinished, name), found.columns[name])
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
            {name: _mapped(_column(path, name)) for name in OWN_COLUMNS},
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


def _mapped(path: Path) -> Any:
    return np.load(path, mmap_mode="r")
