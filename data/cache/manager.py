"""The cache of derived columns: found or built when they are asked for, evicted when they take too much room."""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from itertools import pairwise
from pathlib import Path
from typing import Final, NamedTuple
from urllib.parse import quote

import numpy as np

from data.cache.folder import DerivedColumns, open_folder, remove_unfinished, write_folder
from data.cache.greeks import own_greeks
from data.contract_list import ContractList, contract_table, sessions_for
from data.errors import StoreError
from data.repository import StoredChain
from engine.pricing.compiling import SOURCES

CACHE_VERSION: Final = 2
MOST_BYTES: Final = 20 << 30
"""Room that a cache takes before what was least recently used goes."""


class WholePartition(NamedTuple):
    """What derived columns are computed from: all chains of one partition, in the order of their rows.

    Attributes:
        contracts: of all chains; their `contract` are its rows.
    """

    contracts: ContractList
    chains: Iterator[StoredChain]


class CacheManager:
    """Builds, finds and evicts derived columns: all that is in its folder can be made again."""

    def __init__(self, folder: Path, most_bytes: int = MOST_BYTES) -> None:
        """Name the folder; it is made by the first build.

        Args:
            most_bytes: size of the folder beyond which the least recently used partitions are removed.
        """
        self._folder = folder
        self._most_bytes = most_bytes

    def derived(self, name: str, read: Callable[[], WholePartition]) -> DerivedColumns:
        """Derived columns of a partition, built now if they are not there.

        One process builds, others that need the same wait for it. A build that is killed leaves nothing that counts.

        Args:
            name: tells the content: underlying, resolution, and the partition's file, which is named by its content.
            read: reads the whole partition; called only to build.

        Raises:
            FileNotFoundError: out of `read`, when an import has replaced the partition meanwhile.
            StoreError: when the folder cannot be written.
        """
        place = self._place(name)
        found = self._opened(place)
        return self._made(place, read) if found is None else found

    def size(self) -> int:
        """Bytes of everything derived."""
        return sum(_size(place) for place in self._places())

    def evict(self, keep: Path | None = None) -> int:
        """Remove the least recently used partitions until the rest has room; returns how many went.

        Args:
            keep: a partition that stays, however large it is.
        """
        removed, total = 0, self.size()
        for place in sorted(self._places(), key=lambda one: one.stat().st_mtime_ns):
            if total <= self._most_bytes:
                break
            if place != keep:
                total -= _size(place)
                shutil.rmtree(place, ignore_errors=True)
                removed += 1
        return removed

    def _made(self, place: Path, read: Callable[[], WholePartition]) -> DerivedColumns:
        try:
            with self._building():
                # Asked again: another process may have made them while this one waited.
                found = self._opened(place)
                if found is None:
                    shutil.rmtree(place, ignore_errors=True)
                    found = self._build(read(), place)
                    self.evict(keep=place)
                return found
        except FileNotFoundError:
            raise
        except OSError as error:
            raise StoreError(f"derived columns cannot be written ({error.strerror}); check folder and space") from error

    def _build(self, part: WholePartition, place: Path) -> DerivedColumns:
        chains = list(part.chains)
        days = [chain.info.day for chain in chains]
        info = chains[0].info
        sessions = sessions_for([part.contracts], min(days), max(days), info.market)
        found = own_greeks(chains, contract_table({info.underlying: part.contracts}, sessions, info.market))
        starts = np.cumsum([0, *(len(chain.contract) for chain in chains)]).tolist()
        rows = [slice(*pair) for pair in pairwise(starts)]
        digests = [found.digest(chain, own) for chain, own in zip(chains, rows, strict=True)]
        write_folder(place, chains, found, starts[:-1], digests)
        columns = self._opened(place)
        if columns is None:
            raise StoreError(f"{place.name}: derived columns vanished while they were written; do not touch the cache")
        return columns

    def _opened(self, place: Path) -> DerivedColumns | None:
        columns = open_folder(place)
        if columns is not None:
            with suppress(FileNotFoundError):  # evicted by another process; what is mapped stays
                os.utime(place)
        return columns

    def _place(self, name: str) -> Path:
        made_by = hashlib.sha256(f"{CACHE_VERSION}|{SOURCES}|{np.__version__}".encode()).hexdigest()[:8]
        return self._folder / f"{quote(Path(name).stem, safe='')}-{made_by}"

    def _places(self) -> list[Path]:
        return [place for place in self._folder.glob("*") if place.is_dir() and not place.name.startswith(".")]

    @contextmanager
    def _building(self) -> Iterator[None]:
        self._folder.mkdir(parents=True, exist_ok=True)
        with (self._folder / "lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            remove_unfinished(self._folder)
            yield


def _size(place: Path) -> int:
    return sum(file.stat().st_size for file in place.glob("*"))
