"""Stores of canonical chains: what they promise, and the step that makes their content."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, Protocol

import numpy as np
from numpy.typing import NDArray

from data.chain_rows import NormalizedFile
from data.contract_list import ContractList
from data.datasets import Coverage, DatasetInfo, FileReport, SkippedRows, SnapshotInfo
from data.normalizer import DataNormalizer
from data.selection import ReadOptions
from data.underlying_rows import UnderlyingRows

__all__ = ["ChainRange", "DataNormalizer", "DataRepository", "StoredChain"]

_EVERYTHING: Final = ReadOptions()


@dataclass(frozen=True, slots=True, eq=False)
class StoredChain:
    """One snapshot out of a store.

    Attributes:
        contract: int32, ascending rows of the range's contract list.
        columns: every one of `QUOTE_COLUMNS`, float64; views that nobody may write to.
        flags: uint16 of `QuoteFlag`, STALE included.
    """

    info: SnapshotInfo
    contract: NDArray[np.int32]
    columns: Mapping[str, NDArray[np.float64]]
    flags: NDArray[np.uint16]


@dataclass(frozen=True, slots=True, eq=False)
class ChainRange:
    """The chains of one underlying from one day to another.

    Attributes:
        snapshots: in time order.
        contracts: every contract that a snapshot of the range quotes; contracts listed only later are not in it.
        skipped: rows of files dated in the range that made no snapshot.
        load: reads the chains in time order, a bounded number at a time; each call starts anew.
        overridden: lines of the user's overrides that changed something in it, ascending.
    """

    coverage: Coverage
    snapshots: tuple[SnapshotInfo, ...]
    contracts: ContractList
    skipped: tuple[SkippedRows, ...]
    load: Callable[[], Iterator[StoredChain]]
    overridden: tuple[int, ...] = ()


class DataRepository(Protocol):
    """Stores and reads canonical chains by underlying, resolution and range."""

    def holds(self, format_name: str, sha256: str) -> bool:
        """Whether a file with this content, read in this format, was added."""

    def add(
        self,
        files: Sequence[NormalizedFile],
        underlyings: Sequence[UnderlyingRows] = (),
        *,
        replace_days: bool = False,
    ) -> tuple[FileReport, ...]:
        """Add all files or none; what is stored already is left alone.

        Args:
            underlyings: files of bars, corporate events, symbols and rates; their reports come after the others.

        Raises:
            DayConflict: when a day comes with other content than is stored and `replace_days` is not set.
            StoreError: when the store cannot be written.
        """

    def datasets(self) -> tuple[DatasetInfo, ...]:
        """Everything stored, by underlying and resolution."""

    def coverage(self, underlying: str, resolution: str) -> Coverage:
        """What is stored of an underlying.

        Raises:
            NotCovered: when nothing is; says what is.
        """

    def read(
        self, underlying: str, resolution: str, first: date, last: date, options: ReadOptions = _EVERYTHING
    ) -> ChainRange:
        """Chains from the first to the last exchange date, both included; may be empty.

        Args:
            options: whose Greeks, and which chains; its filter of contracts is the reader's to apply.

        Raises:
            NotCovered: when nothing is stored of the underlying; says what is.
            StoreError: when the store is damaged.
        """
