"""What the data says: prices, quotes and settlement values as they became known."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from engine.events.corporate_actions import CorporateNews
from engine.instants import Instant
from engine.model import Bar, ChainSnapshot


@dataclass(frozen=True, slots=True)
class BarArrived:
    """A bar of an underlying or an index ended; `at` is its end."""

    at: Instant
    bar: Bar


@dataclass(frozen=True, slots=True)
class SharesQuoted:
    """Bid and ask of shares, USD; `at` is their instant."""

    at: Instant
    symbol: str
    bid: float
    ask: float


@dataclass(frozen=True, slots=True)
class SnapshotArrived:
    """The whole chain of one underlying was quoted."""

    at: Instant
    snapshot: ChainSnapshot


@dataclass(frozen=True, slots=True)
class SettlementPublished:
    """The settlement value of all series of a root that settle at `settles_at` became known."""

    at: Instant
    root: str
    settles_at: Instant
    price: float
    source: str


MarketEvent: TypeAlias = BarArrived | SharesQuoted | SnapshotArrived | SettlementPublished | CorporateNews
