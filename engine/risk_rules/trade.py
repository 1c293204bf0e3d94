"""A trade as risk sees it: what would change hands, and the account that it would change."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Protocol

from engine.margin import MarginRequirement
from engine.margin.maximum_loss import maximum_loss
from engine.model import AccountView, NetLeg, NetLegs, Order
from engine.money import Micros
from engine.records import record
from engine.risk_config import StressGrid
from engine.risk_rules.exposure import Exposure, Held
from engine.risk_rules.option_columns import Floats


class Measures(Protocol):
    """What can be measured of a set of legs on the present market, and of the run so far."""

    def exposure(self, legs: Iterable[Held]) -> Exposure:
        """Exposure of the legs."""

    def beta_weighted_delta(self, legs: Iterable[Held]) -> float:
        """Delta of the legs in shares of the index."""

    def stress(self, legs: Iterable[Held], shocks: StressGrid) -> Floats:
        """Gain of the legs under each shock, USD, of shape (spots, volatilities)."""

    def requirement(self, legs: Sequence[NetLeg]) -> MarginRequirement:
        """Margin requirement of the legs as if they stood alone."""

    def correlation(self, first: str, second: str) -> float | None:
        """Correlation of the daily returns of two underlyings, where enough of them are known."""

    def price_of(self, underlying: str) -> float:
        """Last price of an underlying, USD."""

    def is_priced(self, underlying: str) -> bool:
        """Whether an underlying has a price yet."""

    def closed_profits(self, strategy: str) -> Sequence[Micros]:
        """Exact profit after fees of every position of a strategy that is over, in the order of their ends."""


@record
class Before:
    """The account before a trade; what is measured of it is asked once, or to say why something was refused.

    Attributes:
        held: net quantity of every instrument over all positions.
        measures: takes the measure of sets of legs.
    """

    account: AccountView
    held: NetLegs
    measures: Measures

    @property
    def exposure(self) -> Exposure:
        """Exposure of everything held."""
        return self.measures.exposure(self.held)


@record
class Package:
    """What an order trades once.

    Attributes:
        legs: contracts and shares that change hands, bought when positive.
        cash: exact cash received, before fees (negative: paid).
        fees_of: exact fees of so many packages; minimums and caps make them more or less than as many times one.
    """

    order: Order
    legs: tuple[NetLeg, ...]
    cash: Micros
    before: Before
    fees_of: Callable[[int], Micros]

    @property
    def account(self) -> AccountView:
        """The account before the trade."""
        return self.before.account

    @property
    def exposure(self) -> Exposure:
        """Exposure that the package adds."""
        return self.before.measures.exposure(self.legs)

    @property
    def maximum_loss(self) -> Micros | None:
        """Exact loss of the package at worst, fees apart; None when it has no bound."""
        return maximum_loss(self.legs, self.cash)

    @property
    def binds(self) -> Micros | None:
        """Exact cash that the package binds as if it stood alone: requirement and premium; None: without bound."""
        required = self.before.measures.requirement(self.legs).initial
        return None if required is None else max(required - self.cash, 0)


class Trade:
    """What an order would do: estimated at its approval, true at its fill.

    Attributes:
        legs: contracts and shares that change hands over all packages.
        book_after: net quantity of every instrument after it.
    """

    __slots__ = ("_exposure_after", "before", "book_after", "legs", "order", "package", "quantity")

    def __init__(self, package: Package, quantity: int) -> None:
        self.package = package
        self.quantity = quantity
        self.order = package.order
        self.before = package.before
        self.legs = package.legs if quantity == 1 else _times(package.legs, quantity)
        self.book_after = package.before.held.after(self.legs)
        self._exposure_after: Exposure | None = None

    @property
    def cash(self) -> Micros:
        """Exact cash received for all packages, before fees (negative: paid)."""
        return self.package.cash * self.quantity

    @property
    def cash_after(self) -> Micros:
        """Exact cash of the account after it and its fees."""
        return self.before.account.cash + self.cash - self.package.fees_of(self.quantity)

    @property
    def exposure_after(self) -> Exposure:
        """Exposure of everything held after it; measured when somebody first asks."""
        if self._exposure_after is None:
            self._exposure_after = self.before.measures.exposure(self.book_after)
        return self._exposure_after


def _times(legs: Sequence[NetLeg], quantity: int) -> tuple[NetLeg, ...]:
    return tuple([NetLeg(leg.instrument, leg.quantity * quantity) for leg in legs])
