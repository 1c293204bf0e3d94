"""What a run reads of the stored chains: whose Greeks, which moments, and which contracts."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from datetime import date, time
from typing import Literal, TypeAlias
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

from data.contract_list import ContractList
from data.datasets import SnapshotInfo
from engine.instants import utc_datetime

GreeksOrigin: TypeAlias = Literal["vendor", "own"]


@dataclass(frozen=True, slots=True)
class MomentFilter:
    """Which chains of a day are read; all of them by default.

    Attributes:
        times: exchange clock times; the chains stamped at one of them.
        every_minutes: chains whose exchange clock time is a multiple of so many minutes past midnight.
    """

    times: tuple[time, ...] = ()
    every_minutes: int | None = None

    def admits(self, info: SnapshotInfo) -> bool:
        """Whether a chain is read."""
        if not self.times and self.every_minutes is None:
            return True
        clock = utc_datetime(info.at).astimezone(ZoneInfo(info.market.timezone)).time()
        if self.times and clock not in self.times:
            return False
        return self.every_minutes is None or (clock.hour * 60 + clock.minute) % self.every_minutes == 0


@dataclass(frozen=True, slots=True)
class ContractFilter:
    """Which contracts of a chain are read; a contract that was admitted once stays until it is dead.

    Attributes:
        roots: roots to read; empty: all.
        max_dte: contracts of at most so many days to expiration.
        min_dte: contracts of at least so many days to expiration when they are admitted.
        moneyness: strikes within this distance of the price of the underlying, e.g. 0.2 for 20 %.
    """

    roots: tuple[str, ...] = ()
    max_dte: int | None = None
    moneyness: float | None = None
    min_dte: int | None = None

    def __bool__(self) -> bool:
        return self != ContractFilter()

    def digest(self, of: bytes) -> bytes:
        """Digest of a chain that was read through this filter."""
        return hashlib.blake2b(of + repr(self).encode(), digest_size=len(of)).digest()


class FilteredContracts:
    """The contracts of one range that a filter has admitted so far."""

    def __init__(self, wanted: ContractFilter, contracts: ContractList) -> None:
        series = contracts.series_index
        self._wanted = wanted
        self._strike = contracts.strike
        self._expires_on = np.array([key.expires_on for key in contracts.series], "datetime64[D]")[series]
        of_root = np.array([not wanted.roots or key.root in wanted.roots for key in contracts.series], np.bool_)
        self._of_root = of_root[series]
        self._admitted = np.zeros(len(contracts), np.bool_)

    def __len__(self) -> int:
        """Contracts admitted so far."""
        return int(np.count_nonzero(self._admitted))

    def rows(self, contract: NDArray[np.int32], day: date, price: float) -> NDArray[np.bool_]:
        """Mask of a chain's rows that are read, given its day and the price of the underlying."""
        admitted = self._of_root[contract]
        if self._wanted.max_dte is not None:
            admitted &= self._expires_on[contract] <= np.datetime64(day) + self._wanted.max_dte
        if self._wanted.min_dte is not None:
            admitted &= self._expires_on[contract] >= np.datetime64(day) + self._wanted.min_dte
        if self._wanted.moneyness is not None:
            admitted &= np.abs(self._strike[contract] - price) <= self._wanted.moneyness * price
        self._admitted[contract] |= admitted
        return self._admitted[contract]


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """How chains are read.

    Attributes:
        warm_up_sessions: sessions with data before the start to read as well, as far as there are any.
        greeks: the vendor's volatilities and Greeks, or own ones, which are computed once (`data.cache`); the digest
            of a chain then covers them.
    """

    warm_up_sessions: int = 0
    greeks: GreeksOrigin = "vendor"
    moments: MomentFilter = field(default_factory=MomentFilter)
    contracts: ContractFilter = field(default_factory=ContractFilter)
