"""The broker: resting orders and their life, from approval to fill or end (DESIGN section 5).

What trades is decided elsewhere: `resting` knows an order's time, `triggers` its stop, `deals` its price on a chain,
`bar_prices` that of shares on a bar. A package trades all legs or none; a closing package whose long leg has no bid
closes its other legs and leaves that leg open, to be sold at its next bid.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from math import nan
from typing import Final, TypeAlias

from engine.bus import EventBus
from engine.config import ExecutionConfig
from engine.costs.deal import DealtLeg
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
from engine.execution.bar_prices import bar_side, quote_side, reaches_stop, side_price
from engine.execution.deals import NO_BID, Blocked, ChainDealer, Deal, dealt_shares, given_up
from engine.execution.desk import OrderDesk
from engine.execution.fills import FillModel
from engine.execution.leg_quotes import LegQuote, blocked_legs
from engine.execution.resting import DEAD_LEG, Resting, end_of_time, has_dead_leg, waits_for_close
from engine.execution.triggers import waits_for_trigger
from engine.instants import NANOS_PER_SECOND
from engine.market import Market
from engine.model import (
    AT_MARKET,
    ApprovedOrder,
    Bar,
    Fill,
    Instrument,
    Intent,
    Order,
    Refusal,
    TimeInForce,
)
from engine.money import to_micros

_CLOSE: Final = Intent.CLOSE
Recheck: TypeAlias = Callable[[ApprovedOrder, Fill], Refusal | None]


@dataclass(frozen=True, slots=True)
class TradingTerms:
    """What a broker trades on: how packages are priced, what they cost, and the rules of DESIGN section 5."""

    fills: FillModel
    fees: FeeModel
    execution: ExecutionConfig


class Broker:
    """Rests approved orders and fills them on later market events.

    Attributes:
        blocked: number of times an order could not fill on a chain it saw, by what was in the way; a limit or a stop
            that waits for its price is not blocked.
    """

    def __init__(self, terms: TradingTerms, market: Market, desk: OrderDesk, recheck: Recheck, bus: EventBus) -> None:
        self.blocked: Counter[str] = Counter()
        self._execution = terms.execution
        self._fees = terms.fees
        self._dealer = ChainDealer(terms.fills, terms.execution, market)
        self._half_spread = to_micros(terms.execution.share_half_spread_usd)
        self._latency = round(terms.execution.latency_s * NANOS_PER_SECOND)
        self._close_window = terms.execution.market_on_close_minutes * 60 * NANOS_PER_SECOND
        self._market = market
        self._desk = desk
        self._recheck = recheck
        self._publish = bus.publish
        self._drain = bus.drain
        self._resting: list[Resting] = []
        self._continuing: set[int] = set()
        """Replacements of orders that had filled in part: they go on opening the same position."""

    # --- requests --------------------------------------------------------------------------------------------------

    def on_approved(self, event: OrderApproved) -> None:
        """Rest an order; it can fill on the next chain, or on this one where the configuration says so."""
        approved, order = event.approved, event.approved.order
        if order.intent is _CLOSE:
            self._stop_opening(order.target_position)
        resting = Resting(approved, order, order.submitted_at + self._latency, approved.quantity)
        self._resting.append(resting)
        if self._execution.fill_timing == "same_snapshot" and resting.ready_at <= event.at:
            if has_dead_leg(order, event.at):
                self._cancel(resting, DEAD_LEG)
            else:
                self._work(resting)

    def on_cancel_requested(self, event: OrderCancelRequested) -> None:
        """Withdraw an order, or what is left of it; one that is already over is left alone."""
        for resting in self._find(event.order_id):
            self._cancel(resting, event.reason)

    def on_replace_requested(self, event: OrderReplaceRequested) -> None:
        """Withdraw an order and request its replacement, which passes risk anew; one that is over is not replaced."""
        for resting in self._find(event.order_id):
            if resting.filled or event.order_id in self._continuing:
                self._continuing.add(event.replacement.order_id)
            self._cancel(resting, f"replaced by order {event.replacement.order_id}")
            self._publish(OrderRequested(self._market.now, _what_is_left(resting, event.replacement)))

    def on_finished(self, event: RunFinished) -> None:
        """Nothing fills after the last event."""
        for resting in tuple(self._resting):
            self._cancel(resting, "end of run")

    # --- the market ------------------------------------------------------------------------------------------------

    def on_snapshot(self, event: SnapshotArrived) -> Awaitable[None] | None:
        """Work every order that waits for this chain."""
        if not self._resting:
            return None
        underlying, waiting = event.snapshot.underlying, []
        for resting in self._resting:
            if resting.sees_chain(underlying, event.at):
                waiting.append(resting)
        return self._one_by_one(waiting, self._work)

    def on_bar(self, event: BarArrived) -> Awaitable[None] | None:
        """Work share orders decided before this bar began: at the touch where shares are quoted, else on the bar."""
        if not self._resting:
            return None
        bar = event.bar
        waiting = [resting for resting in self._resting if resting.sees_bar(bar.symbol, event.at)]
        return self._one_by_one(waiting, lambda resting: self._work_on_bar(resting, bar))

    # --- inside ----------------------------------------------------------------------------------------------------

    def _find(self, order_id: int) -> tuple[Resting, ...]:
        return tuple(resting for resting in self._resting if resting.order.order_id == order_id)

    async def _one_by_one(self, waiting: Sequence[Resting], work: Callable[[Resting], None]) -> None:
        """Work orders in turn; a fill is in the book before the limits of the next order are checked against it."""
        for resting in waiting:
            if resting in self._resting:
                reason = end_of_time(resting, self._market)
                if reason is None:
                    work(resting)
                else:
                    self._cancel(resting, reason)
                await self._drain()

    def _cancel(self, resting: Resting, reason: str) -> None:
        self._resting.remove(resting)
        self._publish(OrderCancelled(self._market.now, resting.order, reason))

    def _stop_opening(self, position_id: int) -> None:
        """Withdraw what would change a position that is being closed: nobody wants it to grow again."""
        for resting in tuple(self._resting):
            order = resting.order
            goes_on = resting.filled or order.order_id in self._continuing or order.intent is Intent.ADJUST
            if order.intent is not _CLOSE and order.target_position == position_id and goes_on:
                self._cancel(resting, "its position is closed")

    def _work(self, resting: Resting) -> None:
        """Trade an order on the present chains as far as it can, or let it wait."""
        if resting.order.terms is not AT_MARKET and self._must_wait(resting):
            return
        deal = self._dealer.deal(resting)
        resting.met_market = True
        if isinstance(deal, Blocked):
            self.blocked.update(deal.reasons)
        elif deal is not None:
            self._trade(resting, deal)

    def _must_wait(self, resting: Resting) -> bool:
        """Whether the close or a stop is still ahead."""
        if waits_for_close(resting.order, self._market, self._close_window):
            return True
        return waits_for_trigger(resting, self._market, self._execution.max_quote_age_s)

    def _work_on_bar(self, resting: Resting, bar: Bar) -> None:
        """Trade shares on a bar, or on their quote where the data have one, or let them wait."""
        at_close = not waits_for_close(resting.order, self._market, 0)
        quoted = self._market.share_quote(bar.symbol)
        spread = 0 if quoted is not None else self._half_spread
        side = bar_side(resting.order, bar) if quoted is None else quote_side(resting.order, quoted.bid, quoted.ask)
        price = side_price(resting, side, spread, at_close)
        if resting.triggered_at is None and reaches_stop(resting.order, side):
            resting.triggered_at = self._market.now
        resting.met_market = True
        if price is not None:
            (leg,) = resting.order.legs
            bid, ask = (nan, nan) if quoted is None else (quoted.bid, quoted.ask)
            self._trade(
                resting, Deal(resting.remaining, (dealt_shares(LegQuote(leg, bid, ask), resting.remaining, price),))
            )

    def _trade(self, resting: Resting, deal: Deal) -> None:
        """Check the limits again, at the true prices, and publish the fill; what is left of the order rests on."""
        order, now = resting.order, self._market.now
        # In the order of its fields, as wherever a record has many: names would be gathered in a dictionary first.
        fill = Fill(
            order.order_id,
            order.target_position,
            order.strategy,
            order.intent,
            order.structure,
            order.tag,
            deal.packages,
            charged(self._fees, deal.legs, order.intent, resting.traded),
            order.submitted_at,
            now,
            tuple([leg.instrument.symbol for leg in deal.left_open]) if deal.left_open else (),
            resting.remaining - deal.packages,
            resting.triggered_at,
        )
        refusal = self._recheck(resting.approved, fill)
        resting.remaining = fill.remaining
        resting.traded += fill.legs
        if refusal is not None or not fill.remaining:
            self._resting.remove(resting)
        if refusal is not None:
            self._publish(OrderRefused(now, order, refusal))
            return
        self._publish(OrderFilled(now, fill))
        if deal.left_open:
            self._sell_later(order, deal)

    def _sell_later(self, order: Order, deal: Deal) -> None:
        """Rest orders that sell what found no bid, until it finds one or expires."""
        now = self._market.now
        for leg in deal.left_open:
            sale = replace(
                order,
                order_id=self._desk.next_order_id(),
                legs=(leg,),
                quantity=deal.packages,
                submitted_at=now,
                time_in_force=TimeInForce.GTC,
                terms=AT_MARKET,
                good_until=None,
            )
            self._publish(OrderApproved(now, ApprovedOrder(sale, deal.packages, now)))


def _what_is_left(resting: Resting, replacement: Order) -> Order:
    """A replacement for as many packages as it names, else for what is left; it goes on with the same position."""
    if not resting.filled:
        return replace(replacement, quantity=replacement.quantity or resting.order.quantity)
    return replace(
        replacement,
        quantity=replacement.quantity or resting.remaining,
        position_id=resting.order.target_position,
    )


def dealt_at_touch(instrument: Instrument, quantity: int, quote: LegQuote) -> DealtLeg | None:
    """One leg closed at the touch, or None where the side it needs is blocked.

    A long option without a bid goes for nothing, which is what its touch is.
    """
    (reason,) = blocked_legs([quote])
    if reason is not None:
        return given_up(quote, 1) if reason == NO_BID else None
    price = to_micros(quote.ask if quantity > 0 else quote.bid)
    return DealtLeg(instrument, quantity, price, False, quote.bid, quote.ask, quote.flags)
