"""The broker: resting orders and their life, from approval to fill or end (DESIGN section 5).

A package fills on the first chain after its submission on which every leg can trade, all legs or none. A closing
package whose long leg has no bid closes its other legs and leaves that leg open, to be sold at its next bid.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from math import nan
from typing import TypeAlias

from engine.bus import EventBus
from engine.config import ExecutionConfig
from engine.costs.fees import FeeModel, charged
from engine.events import (
    BarArrived,
    OrderApproved,
    OrderCancelled,
    OrderCancelRequested,
    OrderFilled,
    OrderRefused,
    OrderReplaceRequested,
    OrderRequested,
    RunFinished,
    SnapshotArrived,
)
from engine.execution.desk import OrderDesk
from engine.execution.fills import FillModel, LegQuote, blocked_legs, package_prices
from engine.execution.quotes import quotes_of, side_alone
from engine.market import Market
from engine.model import (
    ApprovedOrder,
    Bar,
    Fill,
    Instrument,
    Intent,
    Leg,
    LegFill,
    Order,
    QuoteFlag,
    Refusal,
    Stock,
    TimeInForce,
)
from engine.money import Micros, to_micros

NO_BID = "no_bid"
"""The one reason for which a leg that closes can be left behind: nobody wants to buy it."""

Recheck: TypeAlias = Callable[[ApprovedOrder, Fill], Refusal | None]


@dataclass(slots=True)
class _Resting:
    """An approved order; `day` is the exchange date of the first market event it could see."""

    approved: ApprovedOrder
    day: date | None = None

    @property
    def order(self) -> Order:
        return self.approved.order


@dataclass(frozen=True, slots=True)
class TradingTerms:
    """What a broker trades on: how packages are priced, what they cost, and the rules of DESIGN section 5."""

    fills: FillModel
    fees: FeeModel
    execution: ExecutionConfig


class Broker:
    """Rests approved orders and fills them on later market events.

    Attributes:
        blocked: number of times an order could not fill on a chain it saw, by what was in the way.
    """

    def __init__(self, terms: TradingTerms, market: Market, desk: OrderDesk, recheck: Recheck, bus: EventBus) -> None:
        self.blocked: Counter[str] = Counter()
        self._terms = terms
        self._market = market
        self._desk = desk
        self._recheck = recheck
        self._publish = bus.publish
        self._drain = bus.drain
        self._resting: list[_Resting] = []

    # --- requests --------------------------------------------------------------------------------------------------

    def on_approved(self, event: OrderApproved) -> None:
        """Rest an order; it can fill on the next chain, or on this one where the configuration says so."""
        resting = _Resting(event.approved)
        self._resting.append(resting)
        if self._terms.execution.fill_timing == "same_snapshot":
            self._work(resting)

    def on_cancel_requested(self, event: OrderCancelRequested) -> None:
        """Withdraw an order; one that is already over is left alone."""
        for resting in self._find(event.order_id):
            self._cancel(resting, event.reason)

    def on_replace_requested(self, event: OrderReplaceRequested) -> None:
        """Withdraw an order and request its replacement, which passes risk anew."""
        for resting in self._find(event.order_id):
            self._cancel(resting, f"replaced by order {event.replacement.order_id}")
            self._publish(OrderRequested(self._market.now, event.replacement))

    def on_finished(self, event: RunFinished) -> None:
        """Nothing fills after the last event."""
        for resting in tuple(self._resting):
            self._cancel(resting, "end of run")

    # --- the market ------------------------------------------------------------------------------------------------

    def on_snapshot(self, event: SnapshotArrived) -> Awaitable[None] | None:
        """Work every order that waits for this chain."""
        if not self._resting:
            return None
        underlying = event.snapshot.underlying
        waiting = [
            resting
            for resting in self._resting
            if underlying in resting.order.underlyings and resting.order.submitted_at < event.at
        ]
        return self._one_by_one(waiting, self._work_or_end)

    def on_bar(self, event: BarArrived) -> Awaitable[None] | None:
        """Fill share orders decided before this bar began: at the touch where shares are quoted, else at its open."""
        if not self._resting:
            return None
        bar = event.bar
        waiting = [
            resting
            for resting in self._resting
            if [leg.instrument for leg in resting.order.legs] == [Stock(bar.symbol)]
            and resting.order.submitted_at < event.at
        ]
        return self._one_by_one(waiting, lambda resting: self._trade(resting, (self._share_fill(resting, bar),)))

    # --- inside ----------------------------------------------------------------------------------------------------

    def _find(self, order_id: int) -> tuple[_Resting, ...]:
        return tuple(resting for resting in self._resting if resting.order.order_id == order_id)

    async def _one_by_one(self, waiting: Sequence[_Resting], work: Callable[[_Resting], None]) -> None:
        """Work orders in turn; a fill is in the book before the limits of the next order are checked against it."""
        for resting in waiting:
            if any(one is resting for one in self._resting):
                work(resting)
                await self._drain()

    def _work_or_end(self, resting: _Resting) -> None:
        if not self._ended(resting):
            self._work(resting)

    def _ended(self, resting: _Resting) -> bool:
        """Cancel an order whose day is over or one of whose contracts has stopped trading."""
        order, now = resting.order, self._market.now
        today = self._market.sessions.date_of(now)
        if resting.day is None:
            resting.day = today
        if any(contract.series.last_trades_at < now for contract in order.option_legs):
            self._cancel(resting, "a contract stopped trading")
        elif order.time_in_force is TimeInForce.DAY and today > resting.day:
            self._cancel(resting, "the day ended")
        else:
            return False
        return True

    def _cancel(self, resting: _Resting, reason: str) -> None:
        self._resting.remove(resting)
        self._publish(OrderCancelled(self._market.now, resting.order, reason))

    def _work(self, resting: _Resting) -> None:
        """Fill an order on the present chains, in full or without its worthless long legs, or let it wait."""
        quotes = quotes_of(resting.order, self._market)
        if quotes is None:
            return
        if self._terms.execution.crossed_quotes == "trade":
            quotes = tuple(side_alone(quote) for quote in quotes)
        reasons = blocked_legs(quotes)
        tradable = [quote for quote, reason in zip(quotes, reasons, strict=True) if reason is None]
        worthless = [quote for quote, reason in zip(quotes, reasons, strict=True) if reason == NO_BID]
        closing = resting.order.intent is Intent.CLOSE
        keep = self._terms.execution.worthless_long == "keep"
        leave_behind = worthless if closing and (tradable or not keep) else []
        if len(tradable) + len(leave_behind) < len(quotes):
            self.blocked.update(reason for reason in reasons if reason is not None)
            return
        fills = self._price(tradable, resting.approved.quantity)
        if keep:
            self._trade(resting, fills, tuple(quote.leg for quote in leave_behind))
        else:
            self._trade(resting, fills + tuple(_given_up(quote, resting.approved.quantity) for quote in leave_behind))

    def _price(self, quotes: list[LegQuote], quantity: int) -> tuple[LegFill, ...]:
        if not quotes:
            return ()
        prices = package_prices(quotes, self._terms.fills.prices(quotes), self._terms.execution.net_rounding)
        return tuple(
            self._leg_fill(quote.leg, quantity, price, quote) for quote, price in zip(quotes, prices, strict=True)
        )

    def _leg_fill(self, leg: Leg, packages: int, price: Micros, quote: LegQuote | None) -> LegFill:
        quantity = leg.ratio * packages
        if quote is None:
            return LegFill(leg.instrument, quantity, price, 0, nan, nan)
        return LegFill(leg.instrument, quantity, price, 0, quote.bid, quote.ask, quote.flags)

    def _share_fill(self, resting: _Resting, bar: Bar) -> LegFill:
        (leg,) = resting.order.legs
        quoted = self._market.share_quote(bar.symbol)
        if quoted is not None:
            price = to_micros(quoted.ask if leg.ratio > 0 else quoted.bid)
            return self._leg_fill(leg, resting.approved.quantity, price, LegQuote(leg, quoted.bid, quoted.ask))
        half_spread = to_micros(self._terms.execution.share_half_spread_usd)
        price = to_micros(bar.open) + (half_spread if leg.ratio > 0 else -half_spread)
        return self._leg_fill(leg, resting.approved.quantity, price, None)

    def _trade(self, resting: _Resting, legs: tuple[LegFill, ...], left_open: tuple[Leg, ...] = ()) -> None:
        """Check the limits again, at the true prices, and publish the fill."""
        order, now = resting.order, self._market.now
        fill = Fill(
            order_id=order.order_id,
            position_id=order.target_position,
            strategy=order.strategy,
            intent=order.intent,
            structure=order.structure,
            tag=order.tag,
            quantity=resting.approved.quantity,
            legs=charged(self._terms.fees, legs, order.intent),
            decided_at=order.submitted_at,
            filled_at=now,
            left_open=tuple(leg.instrument.symbol for leg in left_open),
        )
        self._resting.remove(resting)
        refusal = self._recheck(resting.approved, fill)
        if refusal is not None:
            self._publish(OrderRefused(now, order, refusal))
            return
        self._publish(OrderFilled(now, fill))
        if left_open:
            self._sell_later(resting.approved, left_open)

    def _sell_later(self, approved: ApprovedOrder, legs: tuple[Leg, ...]) -> None:
        """Rest an order that sells what found no bid, until it finds one or expires."""
        for leg in legs:
            order = replace(
                approved.order,
                order_id=self._desk.next_order_id(),
                legs=(leg,),
                quantity=approved.quantity,
                submitted_at=self._market.now,
                time_in_force=TimeInForce.GTC,
            )
            self._publish(OrderApproved(self._market.now, ApprovedOrder(order, approved.quantity, self._market.now)))


def _given_up(quote: LegQuote, packages: int) -> LegFill:
    """A long leg handed over for nothing, without a fee: there is no trade to charge for."""
    return LegFill(
        quote.leg.instrument, quote.leg.ratio * packages, 0, 0, quote.bid, quote.ask, quote.flags | QuoteFlag.NO_BID
    )


def touch_fill(instrument: Instrument, quantity: int, quote: LegQuote) -> LegFill | None:
    """One leg closed at the touch, before fees, or None where the side it needs is blocked.

    A long option without a bid goes for nothing, which is what its touch is.
    """
    (reason,) = blocked_legs([quote])
    if reason is not None:
        return _given_up(quote, 1) if reason == NO_BID else None
    price = to_micros(quote.ask if quantity > 0 else quote.bid)
    return LegFill(instrument, quantity, price, 0, quote.bid, quote.ask, quote.flags)
