"""The risk manager: sizes orders, holds them to limits, and says no with a reason; a refusal is a value."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from engine.book import Book
from engine.bus import Handler, Publish
from engine.costs.fees import FeeModel
from engine.errors import ConfigurationError
from engine.events import OrderApproved, OrderRefused, OrderRequested
from engine.model import AccountView, ApprovedOrder, Fill, Intent, NetLeg, Order, Refusal
from engine.risk_rules.calculator import ExposureCalculator
from engine.risk_rules.closing import check_adjusting, check_closing, closing_quantity
from engine.risk_rules.estimate import estimated_legs
from engine.risk_rules.exposure import Exposure
from engine.risk_rules.figures import number
from engine.risk_rules.measures import RunMeasures
from engine.risk_rules.protection import DrawdownProtection
from engine.risk_rules.rule import RiskRule, index_not_tradable
from engine.risk_rules.sizer_choice import position_sizer
from engine.risk_rules.sizing import PositionSizer
from engine.risk_rules.trade import Before, Package, Trade

__all__ = [
    "DrawdownProtection",
    "Exposure",
    "ExposureCalculator",
    "Package",
    "PositionSizer",
    "RiskManager",
    "RiskRule",
    "RunMeasures",
    "Trade",
    "position_sizer",
]


_CLOSE: Final = Intent.CLOSE
_ADJUST: Final = Intent.ADJUST


class RiskManager:
    """Turns orders into approved orders or refusals, at their request and again at their fill.

    Opening orders are sized, and pass every limit or are refused by the first one they break: at approval at estimated
    prices and their fees, at the fill at the true ones. Closing orders pass no limit, but close only what their
    position holds; adjustments are held to both: what they close is there, and the book after them is within limits.

    Args:
        limits: rules in the order in which they are asked.
        sizers: sizer of each strategy by its name, for orders that name no quantity.
        size_factor: what sizes of new positions are multiplied by at present, rounded down.
    """

    def __init__(
        self,
        limits: Sequence[RiskRule],
        fees: FeeModel,
        sizers: Mapping[str, PositionSizer],
        measures: RunMeasures,
        book: Book,
        size_factor: Callable[[], float],
    ) -> None:
        self._sizers = sizers
        self._measures = measures
        self._market = measures.market
        self._book = book
        self._limits = limits
        self._fees = fees
        self._size_factor = size_factor

    def handlers(self, publish: Publish) -> Mapping[type[Any], Handler]:
        """Answers every `OrderRequested` with `OrderApproved` or `OrderRefused`."""

        def on_order_requested(event: OrderRequested) -> None:
            answer = self.review(event.order)
            if isinstance(answer, Refusal):
                publish(OrderRefused(event.at, event.order, answer))
            else:
                publish(OrderApproved(event.at, answer))

        return {OrderRequested: on_order_requested}

    def review(self, order: Order) -> ApprovedOrder | Refusal:
        """Size an order and hold it to the limits at what it would trade at now.

        Raises:
            ConfigurationError: when an order without a quantity comes from a strategy without a sizer.
        """
        before = self._before()
        if order.intent is _CLOSE:
            quantity = closing_quantity(order, before.account)
        else:
            refusal = _nothing_to_adjust(order, before.account) if order.intent is _ADJUST else None
            quantity = refusal or self._opening_quantity(order, before)
        return quantity if isinstance(quantity, Refusal) else ApprovedOrder(order, quantity, self._market.now)

    def recheck(self, approved: ApprovedOrder, fill: Fill) -> Refusal | None:
        """Hold an order to the limits once more, at its true prices and fees, just before it fills."""
        before = self._before()
        legs = tuple([NetLeg(leg.instrument, leg.quantity) for leg in fill.legs])
        if fill.intent is _CLOSE:
            return check_closing(fill.position_id, legs, before.account)
        if fill.intent is _ADJUST:
            closing = [leg for leg, filled in zip(legs, fill.legs, strict=True) if filled.closes]
            refusal = check_adjusting(fill.position_id, closing, before.account)
            if refusal is not None:
                return refusal
        return self._first_refusal(Trade(Package(approved.order, legs, fill.cash, before, lambda _: fill.fees), 1))

    def _before(self) -> Before:
        return Before(self._book.view(), self._book.book(), self._measures)

    # --- opening ---------------------------------------------------------------------------------------------------

    def _opening_quantity(self, order: Order, before: Before) -> int | Refusal:
        """Packages that may be opened, at least 1."""
        refusal = index_not_tradable(order, self._market.underlyings)
        if refusal is not None:
            return refusal
        dealt = estimated_legs(order.legs, self._market)
        if isinstance(dealt, Refusal):
            # What has a size of its own is held to the limits at its fill, when there is a price.
            return dealt if order.quantity is None else self._reduced(order, order.quantity)
        legs, cash = [], 0
        for leg in dealt:
            legs.append(NetLeg(leg.instrument, leg.quantity))
            cash += leg.cash
        package = Package(
            order,
            tuple(legs),
            cash,
            before,
            lambda quantity: sum(self._fees.fees([leg.times(quantity) for leg in dealt], order.intent)),
        )
        wanted = self._sized(package) if order.quantity is None else order.quantity
        quantity = wanted if isinstance(wanted, Refusal) else self._reduced(order, wanted)
        if isinstance(quantity, Refusal):
            return quantity
        return self._first_refusal(Trade(package, quantity)) or quantity

    def _sized(self, package: Package) -> int | Refusal:
        order = package.order
        sizer = self._sizers.get(order.strategy)
        if sizer is None:
            raise ConfigurationError(f"order {order.order_id} names no quantity and {order.strategy} has no sizer")
        quantity = sizer.size(package)
        if quantity > 0:
            return quantity
        return Refusal("size_is_zero", f"{sizer.name} gives no package: {sizer.numbers(package)}")

    def _reduced(self, order: Order, quantity: int) -> int | Refusal:
        """The size of a new position while protection reduces sizes; changes of an open one keep theirs."""
        factor = self._size_factor() if order.position_id is None else 1.0
        reduced = quantity if factor == 1.0 else int(quantity * factor)
        if reduced:
            return reduced
        reason = f"protection multiplies sizes by {number(factor)}, which leaves none of {quantity} packages"
        return Refusal("reduced_to_zero", reason, quantity * factor, 1)

    def _first_refusal(self, trade: Trade) -> Refusal | None:
        for rule in self._limits:
            refusal = rule.check(trade)
            if refusal is not None:
                return refusal
        return None


def _nothing_to_adjust(order: Order, account: AccountView) -> Refusal | None:
    """Why an adjustment cannot close what it wants to, or None."""
    if order.quantity is None:
        return None
    closing = [NetLeg(leg.instrument, leg.ratio * order.quantity) for leg in order.legs if leg.closes]
    return check_adjusting(order.position_id, closing, account)
