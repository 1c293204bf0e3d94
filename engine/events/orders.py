"""The life of an order, from a strategy's wish to the fill."""

from __future__ import annotations

from dataclasses import dataclass

from engine.instants import Instant
from engine.model import ApprovedOrder, Fill, Order, Refusal
from engine.records import record


@record
class OrderRequested:
    """A strategy wants to trade."""

    at: Instant
    order: Order


@dataclass(frozen=True, slots=True)
class OrderCancelRequested:
    """A strategy withdraws a resting order."""

    at: Instant
    order_id: int
    reason: str


@dataclass(frozen=True, slots=True)
class OrderReplaceRequested:
    """A strategy replaces a resting order by another one, which passes risk anew."""

    at: Instant
    order_id: int
    replacement: Order


@record
class OrderApproved:
    """Risk let an order pass."""

    at: Instant
    approved: ApprovedOrder


@dataclass(frozen=True, slots=True)
class OrderRefused:
    """Risk refused an order, at approval or when it was about to fill."""

    at: Instant
    order: Order
    refusal: Refusal


@dataclass(frozen=True, slots=True)
class OrderCancelled:
    """A resting order ended without a fill."""

    at: Instant
    order: Order
    reason: str


@record
class OrderFilled:
    """An order traded."""

    at: Instant
    fill: Fill
