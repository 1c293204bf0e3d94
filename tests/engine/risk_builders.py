"""Contracts and quotes by hand, for the tests of fills, fees, margin and risk."""

from collections.abc import Sequence
from datetime import UTC, date, datetime

from engine.execution.fills import LegQuote
from engine.instants import instant
from engine.margin import MarginLeg
from engine.model import (
    UNFLAGGED,
    Deliverable,
    ExerciseStyle,
    Leg,
    OptionContract,
    OptionSeries,
    QuoteFlag,
    Right,
    SettlementMethod,
    SettlementSession,
    Stock,
    TickRule,
    osi_symbol,
)

MAY_17 = date(2019, 5, 17)
NICKELS = TickRule(below_3_usd=0.05, from_3_usd=0.10, package_usd=0.05)
SHARES = Stock("SPY")


def index_series(expires_on: date = MAY_17, root: str = "SPXW") -> OptionSeries:
    """Cash-settled series on SPX; root SPX settles in the morning."""
    morning = root == "SPX"
    settles_at = instant(datetime(expires_on.year, expires_on.month, expires_on.day, 13 if morning else 20, tzinfo=UTC))
    session = SettlementSession.AM if morning else SettlementSession.PM
    style, method = ExerciseStyle.EUROPEAN, SettlementMethod.CASH
    return OptionSeries(
        "SPX", root, expires_on, expires_on, settles_at, settles_at, style, method, session, ticks=NICKELS
    )


def share_series(
    expires_on: date = MAY_17,
    *,
    root: str = "SPY",
    strike_multiplier: int = 100,
    deliverable: Deliverable | None = None,
) -> OptionSeries:
    """Physically settled series on SPY."""
    at = instant(datetime(expires_on.year, expires_on.month, expires_on.day, 20, tzinfo=UTC))
    style, method, session = ExerciseStyle.AMERICAN, SettlementMethod.PHYSICAL, SettlementSession.PM
    delivered = deliverable or Deliverable(strike_multiplier)
    return OptionSeries(
        "SPY", root, expires_on, expires_on, at, at, style, method, session, strike_multiplier, delivered
    )


def option(series: OptionSeries, right: Right, strike: float) -> OptionContract:
    """A contract outside any table."""
    return OptionContract(osi_symbol(series.root, series.symbol_date, right, strike), 0, series, right, strike)


def put(strike: float, series: OptionSeries | None = None) -> OptionContract:
    """A put on SPX unless the series says otherwise."""
    return option(series or index_series(), Right.PUT, strike)


def call(strike: float, series: OptionSeries | None = None) -> OptionContract:
    """A call on SPX unless the series says otherwise."""
    return option(series or index_series(), Right.CALL, strike)


def book(*legs: tuple[OptionContract | Stock, int]) -> list[MarginLeg]:
    """A book of instruments with quantities."""
    return [MarginLeg(instrument, quantity) for instrument, quantity in legs]


def quoted(
    instrument: OptionContract | Stock, ratio: int, bid: float, ask: float, flags: QuoteFlag = UNFLAGGED
) -> LegQuote:
    """A leg with its quote."""
    return LegQuote(Leg(instrument, ratio), bid, ask, flags)


def money(quotes: Sequence[LegQuote], prices: Sequence[int]) -> int:
    """Exact money paid for one package at exact leg prices (negative: received)."""
    return sum(quote.leg.ratio * quote.leg.multiplier * price for quote, price in zip(quotes, prices, strict=True))
