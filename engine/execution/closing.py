"""Fills that close what a position holds without an order of a strategy: at the end of a run, at a margin call."""

from __future__ import annotations

from math import gcd
from typing import NamedTuple

from engine.instants import Instant
from engine.model import ApprovedOrder, Fill, Instrument, Intent, Leg, LegFill, OptionContract, Order, Position


class Closed(NamedTuple):
    """What could be closed of a position.

    Attributes:
        legs: with their fees.
        left_open: symbols of the others.
    """

    legs: tuple[LegFill, ...]
    left_open: tuple[str, ...] = ()


def closing_order(position: Position, order_id: int, tag: str, decided_at: Instant) -> ApprovedOrder:
    """The order that closes all of a position, in as many packages as it still is."""
    packages = gcd(position.quantity, *(leg.quantity for leg in position.legs))
    order = Order(
        order_id=order_id,
        strategy=position.strategy,
        intent=Intent.CLOSE,
        legs=tuple(Leg(leg.instrument, -leg.quantity // packages) for leg in position.legs),
        quantity=packages,
        submitted_at=decided_at,
        position_id=position.position_id,
        structure=position.structure,
        tag=tag,
    )
    return ApprovedOrder(order, packages, decided_at)


def closing_fill(approved: ApprovedOrder, closed: Closed, filled_at: Instant) -> Fill:
    """The fill of such an order, as far as the position could be closed."""
    order = approved.order
    return Fill(
        order.order_id,
        order.target_position,
        order.strategy,
        order.intent,
        order.structure,
        order.tag,
        approved.quantity,
        closed.legs,
        order.submitted_at,
        filled_at,
        closed.left_open,
    )


def stopped_trading(instrument: Instrument, now: Instant) -> bool:
    """Whether a contract's last trading instant is over; shares trade for ever."""
    return isinstance(instrument, OptionContract) and instrument.series.last_trades_at < now
