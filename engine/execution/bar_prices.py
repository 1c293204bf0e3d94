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
class _Side:
    """A bar from the side of an order: exact costs of one share, before the half spread.

    Attributes:
        cheapest: the low for a purchase, minus the high for a sale; `dearest` the other way round.
    """

    opens: Micros
    cheapest: Micros
    dearest: Micros
    closes: Micros


def bar_price(resting: Resting, bar: Bar, half_spread: Micros, at_close: bool) -> Micros | None:
    """Exact price of one share, or None while the order waits.

    A limit trades at the open where it holds there, else at the limit where the bar reaches it, spread included. A
    stop trades at the open where the bar gaps through it, else at the trigger. A stop whose limit does not hold when it
    is reached rests as a limit from the next bar on.

    Args:
        at_close: the bar ends at the close of the session or later.
    """
    order = resting.order
    sign = 1 if order.legs[0].ratio > 0 else -1
    cost = _cost(resting, _side_of(bar, sign), half_spread, at_close)
    return None if cost is None else sign * cost


def _side_of(bar: Bar, sign: int) -> _Side:
    low, high = to_micros(bar.low), to_micros(bar.high)
    cheapest, dearest = (low, high) if sign > 0 else (-high, -low)
    return _Side(sign * to_micros(bar.open), cheapest, dearest, sign * to_micros(bar.close))


def _cost(resting: Resting, side: _Side, half_spread: Micros, at_close: bool) -> Micros | None:
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


def _limited(resting: Resting, side: _Side, starts: Micros, half_spread: Micros, limit: Micros) -> Micros | None:
    if starts + half_spread <= limit:
        return starts + half_spread
    just_triggered = isinstance(resting.order.terms, StopLimit) and resting.triggered_at is None
    if not just_triggered and side.cheapest + half_spread <= limit:
        return limit
    return None


def reaches_stop(order: Order, bar: Bar) -> bool:
    """Whether a bar reaches the trigger of an order with a stop."""
    if not isinstance(order.terms, Stop | StopLimit):
        return False
    return _side_of(bar, 1 if order.legs[0].ratio > 0 else -1).dearest >= order.terms.trigger
