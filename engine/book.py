"""The account and its orders as strategies and the risk manager read them."""

from __future__ import annotations

from collections.abc import Sequence, Sized
from typing import Protocol

from engine.model import AccountView, ClosedPosition, NetLegs, Order, Position, PositionValue


class Book(Protocol):
    """What a strategy and the risk manager may read of the account."""

    def view(self) -> AccountView:
        """The account now."""

    @property
    def positions(self) -> Sized:
        """Open positions of all strategies, to be counted."""

    def positions_of(self, strategy: str) -> tuple[Position, ...]:
        """Open positions of one strategy, in the order they were opened."""

    def closed_of(self, strategy: str) -> Sequence[ClosedPosition]:
        """Positions of one strategy that are over, in the order in which they ended; grows as the run goes on."""

    def value_of(self, position: Position) -> PositionValue:
        """A position at its present marks."""

    def book(self) -> NetLegs:
        """Every instrument held with its net quantity over all positions, but for what cancels out."""


class OrderDesk(Protocol):
    """Numbers orders and knows which ones rest."""

    def next_order_id(self) -> int:
        """A fresh order number."""

    def pending_of(self, strategy: str) -> tuple[Order, ...]:
        """Orders of one strategy that were requested and have neither filled nor ended."""
