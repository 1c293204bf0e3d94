"""A resting order: what is left of it, what it has seen, and when its time is over."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from engine.instants import Instant
from engine.market import Market
from engine.model import ApprovedOrder, LegFill, MarketOnClose, OptionContract, Order, Stock, TimeInForce
from engine.money import Micros

_DAY: Final = TimeInForce.DAY
DEAD_LEG: Final = "a contract stopped trading"
"""Why an order ends that names a contract which is no longer traded."""


@dataclass(slots=True, eq=False)
class Resting:
    """An approved order that has not ended, told apart from others by identity.

    Attributes:
        order: the order as it was requested.
        ready_at: the first instant whose market it can see.
        remaining: packages that have not traded.
        traded: legs of its fills so far, with their fees.
        day: exchange date of the first market event it could see.
        met_market: it had its chance to trade on arrival; from now on it rests at its limit.
        triggered_at: when its stop was reached.
        bar_seen_at: end of the last bar of its shares after its decision.
    """

    approved: ApprovedOrder
    order: Order
    ready_at: Instant
    remaining: int
    traded: tuple[LegFill, ...] = ()
    day: date | None = None
    met_market: bool = False
    triggered_at: Instant | None = None
    bar_seen_at: Instant | None = None

    @property
    def filled(self) -> int:
        """Packages that have traded."""
        return self.approved.quantity - self.remaining

    # --- what it can see -------------------------------------------------------------------------------------------

    def sees_chain(self, underlying: str, at: Instant) -> bool:
        """Whether a chain comes after its decision and its latency."""
        order = self.order
        return order.submitted_at < at and self.ready_at <= at and order.is_on(underlying)

    def sees_bar(self, symbol: str, at: Instant) -> bool:
        """Whether it is for shares of a bar that began after its decision and its latency.

        A bar does not say when it began; one that follows an earlier bar began at or after that one's end.
        """
        if [leg.instrument for leg in self.order.legs] != [Stock(symbol)] or self.order.submitted_at >= at:
            return False
        if self.ready_at == self.order.submitted_at:
            return True
        began_at, self.bar_seen_at = self.bar_seen_at, at
        return began_at is not None and self.ready_at <= began_at


# --- time in force ----------------------------------------------------------------------------------------------


def has_dead_leg(order: Order, now: Instant) -> bool:
    """Whether one of an order's contracts has stopped trading."""
    for leg in order.legs:
        if isinstance(leg.instrument, OptionContract) and leg.instrument.series.last_trades_at < now:
            return True
    return False


def end_of_time(resting: Resting, market: Market) -> str | None:
    """Why an order ends before it looks at the present market, or None: its day or date is over, a contract is dead."""
    order, now = resting.order, market.now
    today = market.sessions.date_of(now)
    if resting.day is None:
        resting.day = today
    if has_dead_leg(order, now):
        return DEAD_LEG
    if order.time_in_force is _DAY and today > resting.day:
        return "the day ended"
    if order.good_until is not None and today > order.good_until:
        return "the date passed"
    return None


def waits_for_close(order: Order, market: Market, last_nanos: Instant) -> bool:
    """Whether an order on the close must wait: the session has longer to go than so many nanoseconds."""
    if not isinstance(order.terms, MarketOnClose):
        return False
    session = market.sessions.on(market.sessions.date_of(market.now))
    return session is None or market.now < session.closes_at - last_nanos


def limit_of(order: Order) -> Micros | None:
    """Most money paid for one package of an order, as its legs stand; None without a limit."""
    net_price = getattr(order.terms, "net_price", None)
    return None if net_price is None else order.money_of(net_price)
