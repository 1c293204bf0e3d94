"""What files say of underlyings besides option quotes: bars, dividends, splits, symbols, rates, settlement values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from data.bar_rows import BarRows
from data.datasets import SourceFile


@dataclass(frozen=True, slots=True, order=True)
class CorporateEvent:
    """A dividend, a split, or both, before the open of a session.

    Attributes:
        dividend_usd: per share of before, 0.0 without one.
        shares: shares after for one share before, 1.0 without a split.
    """

    symbol: str
    ex_date: date
    dividend_usd: float
    shares: float


@dataclass(frozen=True, slots=True, order=True)
class SymbolChange:
    """The symbol that a company had up to a date.

    Attributes:
        company: its last symbol, which all its rows share.
    """

    company: str
    until: date
    symbol: str


@dataclass(frozen=True, slots=True, order=True)
class RateSet:
    """An interest rate, percent per year, that was set on a date."""

    on: date
    percent: float


@dataclass(frozen=True, slots=True, order=True)
class SettlementValue:
    """The official value that settles what expires on a date.

    Attributes:
        root: root of the contracts, e.g. `SPX` for the opening value, `SPXW` for the close.
        price: USD, of the underlying.
        file: name of the file that says so.
        line: line in it, from 1.
    """

    root: str
    expires_on: date
    price: float
    file: str
    line: int


@dataclass(frozen=True, slots=True, order=True)
class SymbolProperties:
    """How a symbol is traded.

    Attributes:
        market: e.g. `usa`.
        kind: of instrument, e.g. `equity`, `index`, `option`, `indexoption`.
        symbol: of an option: its root; `[*]`: all of the kind that are not named.
        currency: of its prices.
        multiplier: money per point of price of one contract or share.
        price_increment: smallest step of its price.
        lot_size: smallest step of a quantity.
        strike_multiplier: a strike times this is a price of the underlying.
    """

    market: str
    kind: str
    symbol: str
    currency: str
    multiplier: float
    price_increment: float
    lot_size: float
    strike_multiplier: float


@dataclass(frozen=True, slots=True, eq=False)
class UnderlyingRows:
    """Everything that one file says of underlyings.

    Attributes:
        bars: by symbol; raw prices.
    """

    source: SourceFile
    bars: tuple[BarRows, ...] = ()
    events: tuple[CorporateEvent, ...] = ()
    changes: tuple[SymbolChange, ...] = ()
    rates: tuple[RateSet, ...] = ()
    settlements: tuple[SettlementValue, ...] = ()
    properties: tuple[SymbolProperties, ...] = ()
