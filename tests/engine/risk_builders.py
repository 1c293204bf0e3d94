"""Contracts and quotes by hand, for the tests of fills, fees, margin and risk."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from engine.execution.fills import LegQuote
from engine.model import (
    UNFLAGGED,
    Deliverable,
    Leg,
    NetLeg,
    OptionContract,
    OptionSeries,
    QuoteFlag,
    Right,
    Stock,
    TickRule,
    osi_symbol,
)
from tests.builders import equity_series, series

MAY_17 = date(2019, 5, 17)
NICKELS = TickRule(below_3_usd=0.05, from_3_usd=0.10, package_usd=0.05)
SHARES = Stock("SPY")


def index_series(expires_on: date = MAY_17, root: str = "SPXW") -> OptionSeries:
    """Cash-settled series on SPX; root SPX settles in the morning."""
    return series(expires_on, root)


def share_series(
    expires_on: date = MAY_17,
    *,
    root: str = "SPY",
    strike_multiplier: int = 100,
    deliverable: Deliverable | None = None,
) -> OptionSeries:
    """Physically settled series on SPY."""
    delivered = deliverable or Deliverable(strike_multiplier)
    standard = equity_series(expires_on, "SPY", delivered)
    return replace(standard, root=root, strike_multiplier=strike_multiplier)


def option(series: OptionSeries, right: Right, strike: float) -> OptionContract:
    """A contract outside any table."""
    return OptionContract(osi_symbol(series.root, series.symbol_date, right, strike), 0, series, right, strike)


def put(strike: float, series: OptionSeries | None = None) -> OptionContract:
    """A put on SPX unless the series says otherwise."""
    return option(series or index_series(), Right.PUT, strike)


def call(strike: float, series: OptionSeries | None = None) -> OptionContract:
    """A call on SPX unless the series says otherwise."""
    return option(series or index_series(), Right.CALL, strike)


def book(*legs: tuple[OptionContract | Stock, int]) -> list[NetLeg]:
    """A book of instruments with quantities."""
    return [NetLeg(instrument, quantity) for instrument, quantity in legs]


def quoted(
    instrument: OptionContract | Stock, ratio: int, bid: float, ask: float, flags: QuoteFlag = UNFLAGGED
) -> LegQuote:
    """A leg with its quote."""
    return LegQuote(Leg(instrument, ratio), bid, ask, flags)


def money(quotes: Sequence[LegQuote], prices: Sequence[int]) -> int:
    """Exact money paid for one package at exact leg prices (negative: received)."""
    return sum(quote.leg.ratio * quote.leg.multiplier * price for quote, price in zip(quotes, prices, strict=True))
