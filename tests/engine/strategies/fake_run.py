"""A run without an engine: a context whose positions, orders, values and signals the test sets, and what came of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import date

from engine.events import Event, OrderRequested
from engine.instants import Instant
from engine.market import Market
from engine.model import (
    AccountView,
    ChainSnapshot,
    ClosedPosition,
    Leg,
    NetLegs,
    Order,
    Position,
    PositionLeg,
    PositionValue,
)
from engine.money import MICROS_PER_USD
from engine.strategy import Strategy, StrategyContext
from tests.builders import session_table

SESSIONS = session_table(date(2019, 1, 1), date(2019, 12, 31))


class FakeRun:
    """Set the public attributes, `show` a chain, read `orders` and `funnel`."""

    def __init__(self) -> None:
        self.positions: tuple[Position, ...] = ()
        self.pending: tuple[Order, ...] = ()
        self.closed: list[ClosedPosition] = []
        self.values: dict[int, PositionValue] = {}
        self.orders: list[Order] = []
        self.funnel: Counter[str] = Counter()
        self.clock = self.market = Market(SESSIONS, {})
        self.context = StrategyContext("test", self.market, self, self, self._publish, self._decline, self._passed)

    def show(self, strategy: Strategy, snapshot: ChainSnapshot, signals: Mapping[str, float] | None = None) -> None:
        """Hand a chain to a strategy, as the runner does; `orders` holds what it requested on this one."""
        self.orders.clear()
        self.clock.advance(snapshot.at)
        self.market.snapshots[snapshot.underlying] = snapshot
        self.market.signals.update(signals or {})
        strategy.on_snapshot(self.context, snapshot)

    # --- Book ---

    def view(self) -> AccountView:
        return AccountView(self.clock.now, 0, 0, 0, self.positions)

    def positions_of(self, strategy: str) -> tuple[Position, ...]:
        return self.positions

    def closed_of(self, strategy: str) -> list[ClosedPosition]:
        return self.closed

    def book(self) -> NetLegs:
        return NetLegs()

    def value_of(self, position: Position) -> PositionValue:
        return self.values[position.position_id]

    # --- OrderDesk ---

    def next_order_id(self) -> int:
        return 100 + len(self.orders)

    def pending_of(self, strategy: str) -> tuple[Order, ...]:
        return self.pending

    # --- the rest of the context ---

    def _publish(self, event: Event) -> None:
        if isinstance(event, OrderRequested):
            self.orders.append(event.order)

    def _decline(self, stage: str, reason: str) -> None:
        self.funnel[f"{stage}: {reason}"] += 1

    def _passed(self, stage: str) -> None:
        self.funnel[f"{stage}: passed"] += 1


def position(
    *legs: Leg, position_id: int = 1, credit_usd: float = 1_000.0, closing: bool = False, at: Instant = 0
) -> Position:
    """A position of one package that brought a credit (negative: cost a debit)."""
    held = tuple(PositionLeg(leg.instrument, leg.ratio, 0) for leg in legs)
    cash = round(credit_usd * MICROS_PER_USD)
    return Position(position_id, "test", "put_credit_spread", "entry", at, 1, held, cash, closing=closing)


def worth(profit_usd: float, *, trusted: bool = True) -> PositionValue:
    """A position's value by its profit in dollars."""
    return PositionValue(round(profit_usd * MICROS_PER_USD), trusted)
