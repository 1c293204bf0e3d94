"""The order desk: numbers orders and knows which are under way."""

from __future__ import annotations

from engine.events import OrderApproved, OrderCancelled, OrderFilled, OrderRefused, OrderRequested
from engine.model import Order
from engine.result import RefusalTally


class OrderDesk:
    """Orders from request to end."""

    def __init__(self) -> None:
        self._refused: dict[str, list[OrderRefused]] = {}
        self._last_id = 0
        self._under_way: dict[int, Order] = {}

    def next_order_id(self) -> int:
        """A fresh order number, from 1."""
        self._last_id += 1
        return self._last_id

    def pending_of(self, strategy: str) -> tuple[Order, ...]:
        """Orders of one strategy that were requested and have neither filled nor ended."""
        return tuple(order for order in self._under_way.values() if order.strategy == strategy)

    def pending_on(self, underlying: str) -> tuple[Order, ...]:
        """Orders with a leg on an underlying that have neither filled nor ended."""
        return tuple(order for order in self._under_way.values() if underlying in order.underlyings)

    def refusals(self) -> tuple[RefusalTally, ...]:
        """What was refused so far, by rule."""
        return tuple(
            RefusalTally(rule, len(refused), refused[0].at, refused[0].refusal.reason)
            for rule, refused in sorted(self._refused.items())
        )

    def on_requested(self, event: OrderRequested) -> None:
        """An order is under way."""
        self._under_way[event.order.order_id] = event.order

    def on_approved(self, event: OrderApproved) -> None:
        """The broker's own follow-up orders are under way too."""
        self._under_way[event.approved.order.order_id] = event.approved.order

    def on_refused(self, event: OrderRefused) -> None:
        """A refused order is over."""
        self._refused.setdefault(event.refusal.rule, []).append(event)
        self._under_way.pop(event.order.order_id, None)

    def on_cancelled(self, event: OrderCancelled) -> None:
        """A cancelled order is over."""
        self._under_way.pop(event.order.order_id, None)

    def on_filled(self, event: OrderFilled) -> None:
        """A filled order is over."""
        self._under_way.pop(event.fill.order_id, None)
