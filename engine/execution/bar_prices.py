"""The price at which shares trade on a bar: at its open, at a limit or a stop within it, or at its close.

Prices are seen from the order's side: a purchase pays, a sale pays less than nothing, so that dearer is always worse.
What happened first within a bar is unknown; where it matters, it is taken as it is worst for the trader.
"""

from __future__ import annotations

from dataclasses import dataclass

from engine.execution.resting import Resting
from engine.model import Bar, Limit, MarketOnClose, Order, Stop, StopLimit
from engine.money import Micros, to_micros


@dataclass(frozen=True, slots=True)
class Side:
    """A bar from the side of an order: exact costs of one share, before the half spread.

    Attributes:
        cheapest: the low for a purchase, minus the high for a sale; `dearest` the other way round.
    """

    opens: Micros
    cheapest: Micros
    dearest: Micros
    closes: Micros


def bar_side(order: Order, bar: Bar) -> Side:
    """A bar as an order for its shares sees it."""
    low, high = to_micros(bar.low), to_micros(bar.high)
    cheapest, dearest = (low, high) if _buys(order) else (-high, -low)
    sign = 1 if _buys(order) else -1
    return Side(sign * to_micros(bar.open), cheapest, dearest, sign * to_micros(bar.close))


def quote_side(order: Order, bid: float, ask: float) -> Side:
    """The touch of quoted shares as an order sees it: one price, which has the spread in it."""
    touch = to_micros(ask) if _buys(order) else -to_micros(bid)
    return Side(touch, touch, touch, touch)


def side_price(resting: Resting, side: Side, half_spread: Micros, at_close: bool) -> Micros | None:
    """Exact price of one share, or None while the order waits.

    A limit trades at the open where it holds there, else at the limit where the bar reaches it, spread included. A
    stop trades at the open where the bar gaps through it, else at the trigger. A stop whose limit does not hold when it
    is reached rests as a limit from the next bar on.

    Args:
        at_close: the bar ends at the close of the session or later.
    """
    cost = _cost(resting, side, half_spread, at_close)
    if cost is None:
        return None
    return cost if _buys(resting.order) else -cost


def reaches_stop(order: Order, side: Side) -> bool:
    """Whether the trigger of an order with a stop is reached."""
    return isinstance(order.terms, Stop | StopLimit) and side.dearest >= order.terms.trigger


def _buys(order: Order) -> bool:
    return order.legs[0].ratio > 0


def _cost(resting: Resting, side: Side, half_spread: Micros, at_close: bool) -> Micros | None:
    terms = resting.order.terms
    if isinstance(terms, MarketOnClose):
        return side.closes + half_spread if at_close else None
    starts = side.opens
    if isinstance(terms, Stop | StopLimit) and resting.triggered_at is None:
        if side.dearest < terms.trigger:
            return None
        starts = max(side.opens, terms.trigger)
    if isinstance(terms, Limit | StopLimit):
        return _limited(resting, side, starts, half_spread, terms.net_price)
    return starts + half_spread


def _limited(resting: Resting, side: Side, starts: Micros, half_spread: Micros, limit: Micros) -> Micros | None:
    if starts + half_spread <= limit:
        return starts + half_spread
    just_triggered = isinstance(resting.order.terms, StopLimit) and resting.triggered_at is None
    if not just_triggered and side.cheapest + half_spread <= limit:
        return limit
    return None
