"""Splits, special dividends and new symbols: what is held becomes what it is from tomorrow on (RULES 6.1 to 6.4).

They take effect between two sessions, after exercise, assignment and the entitlement to dividends. Nothing is gained or
lost: quantities and prices change together, and what has expired but waits for its price settles before.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from fractions import Fraction
from math import gcd

from engine.adjustments import Adjusted, Adjustment, Renaming, SplitAdjustment, StrikeCut, unquoted
from engine.bus import Publish
from engine.errors import UnknownContract
from engine.events import (
    CorporateActionApplied,
    DividendDeclared,
    OrderCancelRequested,
    OrderReplaceRequested,
    SettlementSource,
    SplitAnnounced,
    SymbolChanged,
)
from engine.execution.desk import OrderDesk
from engine.exercise import PricedAt
from engine.market import Market
from engine.model import (
    AtMarket,
    ContractTable,
    Instrument,
    Intent,
    Leg,
    MarketOnClose,
    OptionContract,
    OptionSeries,
    Order,
    Right,
)
from engine.money import to_micros
from engine.portfolio import PortfolioManager
from engine.settlement import Settlement


class CorporateActions:
    """Carries out what is known on the night before its date.

    Args:
        contracts: every contract of the run, among which adjusted ones are looked for.
    """

    def __init__(
        self,
        portfolio: PortfolioManager,
        settlement: Settlement,
        market: Market,
        desk: OrderDesk,
        contracts: ContractTable,
        publish: Publish,
    ) -> None:
        self._portfolio = portfolio
        self._settlement = settlement
        self._market = market
        self._desk = desk
        self._contracts = contracts
        self._publish = publish
        self._announced: list[DividendDeclared | SplitAnnounced | SymbolChanged] = []

    def on_announced(self, event: DividendDeclared | SplitAnnounced | SymbolChanged) -> None:
        """Remember what will change instruments; ordinary dividends do not."""
        if not isinstance(event, DividendDeclared) or event.cuts_strikes:
            self._announced.append(event)

    def due(self, ended: date, begins: date) -> Iterator[Adjustment]:
        """Adjustments that take effect after one date and not after another, in the order of their dates.

        A dividend is per share of before, and a new symbol comes last. What took effect before the run began, or before
        it became known, is over: prices are in its unit already.
        """
        if not self._announced:
            return
        order = (DividendDeclared, SplitAnnounced, SymbolChanged)
        due = [one for one in self._announced if ended < _effective_on(one) <= begins]
        self._announced = [one for one in self._announced if _effective_on(one) > begins]
        for one in sorted(due, key=lambda one: (_effective_on(one), order.index(type(one)), one.at)):
            yield self._adjustment(one)

    def settle_expired(self, adjustment: Adjustment, ended: date) -> None:
        """Settle what has expired and waits for its price, while that price is in the unit of its strikes (T14)."""
        sessions = self._market.sessions
        for series in self._settlement.held_series():
            if series.underlying == adjustment.symbol and series.expires_on <= ended:
                price, at = self._market.price_of(series.underlying)
                on_time = sessions.date_of(at) == sessions.date_of(series.settles_at)
                source = SettlementSource.LAST_BEFORE_SETTLEMENT if on_time else SettlementSource.LAST_KNOWN
                self._settlement.settle(series, PricedAt(price, source, at))

    def carry_out(self, adjustment: Adjustment) -> None:
        """Publish what every position's holdings become, then what becomes of orders on them."""
        held = [
            (position.position_id, leg.instrument, leg.quantity)
            for position in self._portfolio.positions.values()
            for leg in position.legs
            if leg.instrument.underlying == adjustment.symbol
        ]
        orders = self._desk.pending_on(adjustment.symbol)
        self._restate_price(adjustment)
        # Strikes fall: from the lowest on, none becomes one that is still to be adjusted.
        for position_id, instrument, quantity in sorted(held, key=lambda one: _strike(one[1])):
            adjusted = adjustment.of(instrument, self._find)
            exact = quantity * adjusted.ratio
            whole = int(exact)
            cash = round((exact - whole) * adjustment.price_after) if isinstance(adjustment, SplitAdjustment) else 0
            if (adjusted.instrument, whole, cash) != (instrument, quantity, 0):
                self._publish(
                    CorporateActionApplied(
                        self._market.now, position_id, instrument, adjusted.instrument, quantity, whole, cash,
                        adjustment.reason,
                    )
                )  # fmt: skip
        for order in orders:
            self._adjust_order(order, adjustment)

    # --- inside ----------------------------------------------------------------------------------------------------

    def _adjustment(self, news: DividendDeclared | SplitAnnounced | SymbolChanged) -> Adjustment:
        if isinstance(news, DividendDeclared):
            return StrikeCut(news.symbol, news.amount)
        if isinstance(news, SymbolChanged):
            return Renaming(news.before, news.after)
        known, ratio = self._market.last_price(news.symbol), Fraction(*news.ratio)
        return SplitAdjustment(news.symbol, ratio, 0 if known is None else to_micros(known[0] / float(ratio)))

    def _restate_price(self, adjustment: Adjustment) -> None:
        if isinstance(adjustment, SplitAdjustment):
            self._market.restate(adjustment.symbol, adjustment.symbol, 1 / float(adjustment.ratio))
        elif isinstance(adjustment, Renaming):
            self._market.restate(adjustment.symbol, adjustment.after, 1.0)

    def _find(self, series: OptionSeries, right: Right, strike: float) -> OptionContract:
        """The contract as the run's chains quote it, with what it delivers now; else one that none of them quotes."""
        made = unquoted(series, right, strike)
        try:
            known = self._contracts.find(series.root, series.expires_on, right, strike)
        except UnknownContract:
            return made
        return replace(made, contract_id=known.contract_id)

    def _after(self, instrument: Instrument, adjustment: Adjustment) -> Adjusted:
        is_concerned = instrument.underlying == adjustment.symbol
        return adjustment.of(instrument, self._find) if is_concerned else Adjusted(instrument)

    def _adjust_order(self, order: Order, adjustment: Adjustment) -> None:
        """Close what the holding has become; an opening order, or one at a price, was for something that is no more."""
        adjusted = [self._after(leg.instrument, adjustment) for leg in order.legs]
        if adjusted == [Adjusted(leg.instrument) for leg in order.legs]:
            return
        totals = [
            (one.instrument, int(leg.ratio * (order.quantity or 0) * one.ratio))
            for leg, one in zip(order.legs, adjusted, strict=True)
        ]
        now, packages = self._market.now, gcd(*(total for _, total in totals))
        priced = not isinstance(order.terms, AtMarket | MarketOnClose)
        if order.intent is Intent.CLOSE and not priced and all(total for _, total in totals):
            legs = tuple(Leg(instrument, total // packages) for instrument, total in totals)
            number = self._desk.next_order_id()
            replacement = replace(order, order_id=number, legs=legs, quantity=packages)
            self._publish(OrderReplaceRequested(now, order.order_id, replacement))
        else:
            self._publish(OrderCancelRequested(now, order.order_id, adjustment.reason))


def _effective_on(news: DividendDeclared | SplitAnnounced | SymbolChanged) -> date:
    return news.effective_on if isinstance(news, SymbolChanged) else news.ex_date


def _strike(instrument: Instrument) -> float:
    return instrument.strike if isinstance(instrument, OptionContract) else 0.0
