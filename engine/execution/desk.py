"""The order desk: numbers orders, knows which are under way, and keeps the record of every one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from engine.events import OrderApproved, OrderCancelled, OrderFilled, OrderRefused, OrderRequested
from engine.instants import Instant
from engine.model import ApprovedOrder, Order
from engine.result import OrderEnd, OrderRecord, RefusalTally

_FILLED: Final = OrderEnd.FILLED


@dataclass(slots=True)
class _Course:
    """What has become of an order so far, as in `OrderRecord`."""

    order: Order
    approved: int = 0
    filled: int = 0
    fills: int = 0
    ended_at: Instant | None = None
    end: OrderEnd | None = None
    reason: str = ""

    def record(self) -> OrderRecord:
        return OrderRecord(self.order, self.approved, self.filled, self.fills, self.ended_at, self.end, self.reason)


class OrderDesk:
    """Orders from request to end."""

    def __init__(self) -> None:
        self._refused: dict[str, list[OrderRefused]] = {}
        self._last_id = 0
        self._under_way: dict[int, Order] = {}
        self._courses: dict[int, _Course] = {}

    def next_order_id(self) -> int:
        """A fresh order number, from 1."""
        self._last_id += 1
        return self._last_id

    def pending_of(self, strategy: str) -> tuple[Order, ...]:
        """Orders of one strategy that were requested and of which something is still to trade."""
        return tuple([order for order in self._under_way.values() if order.strategy == strategy])

    def pending_on(self, underlying: str) -> tuple[Order, ...]:
        """Orders with a leg on an underlying that have neither filled nor ended."""
        return tuple(order for order in self._under_way.values() if order.is_on(underlying))

    def refusals(self) -> tuple[RefusalTally, ...]:
        """What was refused so far, by rule."""
        return tuple(
            RefusalTally(rule, len(refused), refused[0].at, refused[0].refusal.reason)
            for rule, refused in sorted(self._refused.items())
        )

    def orders(self) -> tuple[OrderRecord, ...]:
        """Every order so far with its end, in the order of their requests."""
        return tuple(course.record() for course in self._courses.values())

    def on_requested(self, event: OrderRequested) -> None:
        """An order is under way."""
        self._begin(event.order)

    def on_approved(self, event: OrderApproved) -> None:
        """The broker's own follow-up orders are under way too."""
        self.place(event.approved)

    def on_refused(self, event: OrderRefused) -> None:
        """A refused order is over."""
        self._refused.setdefault(event.refusal.rule, []).append(event)
        self._end(event.order.order_id, event.at, OrderEnd.REFUSED, event.refusal.rule)

    def on_cancelled(self, event: OrderCancelled) -> None:
        """A cancelled order is over, whatever of it has traded."""
        self._end(event.order.order_id, event.at, OrderEnd.CANCELLED, event.reason)

    def place(self, approved: ApprovedOrder) -> None:
        """Record an order that asks nobody: a margin call or the end of the run closes a position."""
        course = self._courses.get(approved.order.order_id) or self._begin(approved.order)
        course.approved = approved.quantity

    def on_filled(self, event: OrderFilled) -> None:
        """A filled order is over when nothing of it remains."""
        fill = event.fill
        course = self._courses[fill.order_id]
        course.filled += fill.quantity
        course.fills += 1
        if not fill.remaining:
            self._under_way.pop(fill.order_id, None)
            course.ended_at, course.end = event.at, _FILLED

    # --- inside ----------------------------------------------------------------------------------------------------

    def _begin(self, order: Order) -> _Course:
        self._under_way[order.order_id] = order
        course = self._courses[order.order_id] = _Course(order)
        return course

    def _end(self, order_id: int, at: Instant, end: OrderEnd, reason: str) -> None:
        self._under_way.pop(order_id, None)
        course = self._courses[order_id]
        course.ended_at, course.end, course.reason = at, end, reason
