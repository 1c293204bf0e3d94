"""A trade as risk sees it: what would change hands, and the account that it would change."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property

from engine.margin import MarginLeg
from engine.model import AccountView, Order
from engine.money import Micros
from engine.risk_rules.exposure import Exposure, Held


@dataclass(frozen=True)
class Before:
    """The account before a trade.

    Attributes:
        held: net quantity of every instrument over all positions.
        measure: exposure of a set of legs on the present market.
    """

    account: AccountView
    held: tuple[MarginLeg, ...]
    measure: Callable[[Iterable[Held]], Exposure]

    @cached_property
    def exposure(self) -> Exposure:
        """Exposure of everything held; measured when somebody first asks."""
        return self.measure(self.held)


@dataclass(frozen=True)
class Package:
    """What an order trades once.

    Attributes:
        legs: contracts and shares that change hands, bought when positive.
        cash: exact cash received, before fees (negative: paid).
        fees_of: exact fees of so many packages; minimums and caps make them more or less than as many times one.
    """

    order: Order
    legs: tuple[MarginLeg, ...]
    cash: Micros
    before: Before
    fees_of: Callable[[int], Micros]

    @cached_property
    def exposure(self) -> Exposure:
        """Exposure that the package adds; measured when somebody first asks."""
        return self.before.measure(self.legs)


@dataclass(frozen=True)
class Trade:
    """What an order would do: estimated at its approval, true at its fill."""

    package: Package
    quantity: int

    @property
    def order(self) -> Order:
        """The order behind it."""
        return self.package.order

    @property
    def before(self) -> Before:
        """The account before it."""
        return self.package.before

    @property
    def cash_after(self) -> Micros:
        """Exact cash of the account after it and its fees."""
        return self.before.account.cash + self.package.cash * self.quantity - self.package.fees_of(self.quantity)

    @cached_property
    def exposure_after(self) -> Exposure:
        """Exposure of everything held after it; measured when somebody first asks."""
        return self.before.measure(self.book_after)

    @cached_property
    def book_after(self) -> tuple[MarginLeg, ...]:
        """Net quantity of every instrument after it."""
        nets = {leg.instrument.symbol: leg for leg in self.before.held}
        for leg in self.package.legs:
            held = nets.get(leg.instrument.symbol)
            net = leg.quantity * self.quantity + (0 if held is None else held.quantity)
            nets[leg.instrument.symbol] = MarginLeg(leg.instrument, net)
        return tuple(leg for leg in nets.values() if leg.quantity)
