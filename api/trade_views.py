"""Trades of a run in the shape of the wire, each with the payoff of its legs as they were opened."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from api.attribution_views import causes_of
from engine.attribution.components import Attribution
from engine.config import PricingConfig, RunConfig
from engine.instants import Instant, utc_datetime, years_between
from engine.model import Fill, Intent, LegFill, OptionContract, Right
from engine.money import Micros, to_usd
from engine.pricing import IvStatus, implied_volatility
from engine.result import BacktestResult, Trade, TradeLeg
from schemas import backtest as wire
from schemas.payoff import PayoffLeg, PayoffRequest
from schemas.sections.attribution import Causes


@dataclass(frozen=True, slots=True)
class _Entry:
    """How a trade was opened.

    Attributes:
        quotes: the first fill of each instrument, by symbol.
        traded: quantity and cash of each instrument over all opening fills, by symbol.
    """

    quotes: dict[str, LegFill]
    traded: dict[str, tuple[int, int]]
    fees: int

    @classmethod
    def of(cls, fills: Sequence[Fill]) -> _Entry:
        quotes: dict[str, LegFill] = {}
        traded: dict[str, tuple[int, int]] = {}
        for leg in (leg for fill in fills for leg in fill.legs):
            symbol = leg.instrument.symbol
            quotes.setdefault(symbol, leg)
            quantity, cash = traded.get(symbol, (0, 0))
            traded[symbol] = quantity + leg.quantity, cash + leg.cash
        return cls(quotes, traded, sum(fill.fees for fill in fills))


def trade_views(config: RunConfig, result: BacktestResult, attribution: Attribution) -> list[wire.Trade]:
    """Every trade in the order of opening, each with its causes."""
    opened: dict[int, list[Fill]] = {}
    for fill in result.fills:
        if fill.intent is Intent.OPEN:
            opened.setdefault(fill.position_id, []).append(fill)
    causes = {number: causes_of(amounts) for number, amounts in attribution.by_position.items()}
    return [
        _view(trade, _Entry.of(opened[trade.position_id]), causes.get(trade.position_id), config.pricing)
        for trade in result.trades
    ]


def _view(trade: Trade, entry: _Entry, causes: Causes | None, pricing: PricingConfig) -> wire.Trade:
    first = next(iter(entry.quotes.values())).instrument
    return wire.Trade(
        id=trade.position_id,
        strategy=trade.strategy,
        structure=trade.structure,
        underlying=first.underlying,
        opened_at=utc_datetime(trade.opened_at),
        closed_at=None if trade.closed_at is None else utc_datetime(trade.closed_at),
        quantity=trade.quantity,
        entry_cash_usd=to_usd(trade.entry_cash),
        profit_usd=to_usd(trade.profit),
        fees_usd=to_usd(trade.fees),
        entry_tag=trade.entry_tag,
        exit_reason=trade.exit_reason,
        proxy_settled=trade.proxy_settled,
        left_open=trade.left_open,
        spot_at_entry=trade.entry.spot,
        days_to_expiration=trade.entry.days_to_expiration,
        delta=trade.entry.delta,
        maximum_loss_usd=_usd(trade.entry.maximum_loss),
        margin_usd=_usd(trade.entry.requirement),
        worst_usd=to_usd(trade.worst),
        best_usd=to_usd(trade.best),
        legs=tuple(map(_leg_view, trade.legs)),
        causes=causes,
        payoff=_payoff(trade, entry, pricing),
    )


def _usd(amount: Micros | None) -> float | None:
    return None if amount is None else to_usd(amount)


def _leg_view(leg: TradeLeg) -> wire.TradeLeg:
    return wire.TradeLeg(
        symbol=leg.symbol,
        quantity=leg.quantity,
        entry_cash_usd=to_usd(leg.entry_cash),
        exit_cash_usd=to_usd(leg.exit_cash),
        fees_usd=to_usd(leg.fees),
        exit_kind=leg.exit_kind,
    )


def _payoff(trade: Trade, entry: _Entry, pricing: PricingConfig) -> PayoffRequest:
    """The legs as they were opened; the underlying is as volatile as the legs are on average."""
    legs = tuple(
        _leg(entry.quotes[symbol], quantity, cash, trade, pricing)
        for symbol, (quantity, cash) in entry.traded.items()
        if quantity
    )
    volatilities = [leg.volatility for leg in legs if leg.volatility is not None]
    return PayoffRequest(
        legs=legs,
        spot=trade.entry.spot,
        rate=pricing.rate,
        dividend_yield=pricing.dividend_yield,
        volatility=math.fsum(volatilities) / len(volatilities) if volatilities else 0.0,
        years=min((leg.years for leg in legs if leg.years is not None), default=0.0),
        fees_usd=to_usd(entry.fees),
    )


def _leg(quote: LegFill, quantity: int, entry_cash: int, trade: Trade, pricing: PricingConfig) -> PayoffLeg:
    contract = quote.instrument
    price = to_usd(round(abs(entry_cash) / (abs(quantity) * contract.multiplier)))
    if not isinstance(contract, OptionContract):
        return PayoffLeg(kind="stock", quantity=quantity, price=price, label=contract.symbol)
    return PayoffLeg(
        kind="call" if contract.right is Right.CALL else "put",
        quantity=quantity,
        price=price,
        strike=contract.strike,
        years=_years(contract, trade.opened_at),
        volatility=_volatility(contract, (0.5 * (quote.bid + quote.ask), price), trade, pricing),
        multiplier=contract.multiplier,
        label=contract.symbol,
    )


def _years(contract: OptionContract, at: Instant) -> float:
    return max(years_between(at, contract.series.settles_at), 0.0)


def _volatility(
    contract: OptionContract, prices: Sequence[float], trade: Trade, pricing: PricingConfig
) -> float | None:
    """Volatility that the middle of the quote implies, else the entry price; None where neither does."""
    solved, status = implied_volatility(
        np.array(prices),
        float(contract.right),
        trade.entry.spot,
        contract.strike,
        _years(contract, trade.opened_at),
        pricing.rate,
        pricing.dividend_yield,
    )
    return next((float(one) for one, code in zip(solved, status, strict=True) if code == IvStatus.OK), None)
