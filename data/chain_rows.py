"""A normalised chain on its way into a store or out of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from data.contract_list import ContractList
from data.datasets import PriceOrigin, SkippedRows, SourceFile
from data.markets import US, Market
from engine.instants import Instant
from engine.model import QUOTE_COLUMNS, quotes_digest

Column = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class ChainRows:
    """All quotes of one underlying at one instant, in canonical columns.

    Attributes:
        day: exchange date of `at`.
        contracts: the quoted contracts; row i of every column is contract i.
        columns: every one of `QUOTE_COLUMNS`, float64.
        flags: uint16 of `QuoteFlag`, without STALE, which depends on the neighbouring chain.
        underlying_price: NaN where nothing tells it.
        time_assumed: the vendor's file has no time of day.
        duplicates: rows dropped because they repeated another one exactly.
        price_origin: what tells `underlying_price`.
    """

    at: Instant
    day: date
    underlying: str
    underlying_price: float
    contracts: ContractList
    columns: Mapping[str, Column]
    flags: NDArray[np.uint16]
    time_assumed: bool
    duplicates: int = 0
    price_origin: PriceOrigin = PriceOrigin.VENDOR
    market: Market = US

    def __len__(self) -> int:
        return len(self.contracts)

    def digest(self, flags: NDArray[np.uint16]) -> bytes:
        """Digest that the engine gives a snapshot of these quotes with these flags."""
        listed = self.contracts
        quotes = [self.columns[name] for name in QUOTE_COLUMNS]
        return quotes_digest(
            (self.at, self.underlying, self.underlying_price),
            [(key.root, key.symbol_date) for key in listed.series],
            listed.series_index,
            [listed.right, listed.strike, flags, *quotes],
        )


@dataclass(frozen=True, slots=True, eq=False)
class NormalizedFile:
    """What became of one vendor file."""

    source: SourceFile
    resolution: str
    chains: tuple[ChainRows, ...]
    skipped: tuple[SkippedRows, ...]
