"""Sizers that ask what one package is worth, risks or binds: how many an order that names no quantity gets."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal, Protocol

from engine.model import OptionContract
from engine.money import Micros, to_micros
from engine.risk_rules.figures import dollars
from engine.risk_rules.trade import Package

MOST_PACKAGES: Final = 10_000
"""No solved size is larger: where nothing can be lost and nothing moves, nothing else would bound it."""


class PositionSizer(Protocol):
    """Decides the number of packages."""

    @property
    def name(self) -> str:
        """Stable name with its parameters, for refusals and assumptions."""

    def size(self, package: Package) -> int:
        """Packages to open; 0: none, which refuses the order."""

    def numbers(self, package: Package) -> str:
        """The numbers that decided, for the refusal of an order that gets none."""


@dataclass(frozen=True, slots=True)
class FixedContracts:
    """Always the same number of packages."""

    contracts: int

    @property
    def name(self) -> str:
        """`fixed_contracts` with its number."""
        return f"fixed_contracts({self.contracts})"

    def size(self, package: Package) -> int:
        """The number, whatever is asked."""
        return self.contracts

    def numbers(self, package: Package) -> str:
        """Nothing is looked at."""
        return "it looks at nothing"


@dataclass(frozen=True, slots=True)
class PercentOfEquity:
    """As many packages as are together worth a percentage of net liquidation."""

    percent: float
    measure: Literal["premium", "notional"]

    @property
    def name(self) -> str:
        """`percent_of_equity` with its percentage and its measure."""
        return f"percent_of_equity({self.percent:g} % in {self.measure})"

    def size(self, package: Package) -> int:
        """Exact but for the notional's price; `MOST_PACKAGES` for packages that are worth nothing."""
        return fitting(self._worth(package), share_of_equity(package, self.percent))

    def numbers(self, package: Package) -> str:
        """What one is worth."""
        return f"one has a {self.measure} of {dollars(self._worth(package))}; {equity_in_words(package)}"

    def _worth(self, package: Package) -> Micros:
        return abs(package.cash) if self.measure == "premium" else notional(package)


@dataclass(frozen=True, slots=True)
class PercentAtRisk:
    """As many packages as keep their maximum loss together within a percentage of net liquidation."""

    percent: float

    @property
    def name(self) -> str:
        """`percent_at_risk` with its percentage."""
        return f"percent_at_risk({self.percent:g} %)"

    def size(self, package: Package) -> int:
        """Exact; 0 for a loss without bound, `MOST_PACKAGES` for packages that cannot lose."""
        return fitting(package.maximum_loss, share_of_equity(package, self.percent))

    def numbers(self, package: Package) -> str:
        """What one can lose."""
        return f"one {loss_in_words(package)}; {equity_in_words(package)}"


@dataclass(frozen=True, slots=True)
class PercentOfMargin:
    """As many packages as bind a percentage of net liquidation: requirement and premium, as if they stood alone."""

    percent: float

    @property
    def name(self) -> str:
        """`percent_of_margin` with its percentage."""
        return f"percent_of_margin({self.percent:g} %)"

    def size(self, package: Package) -> int:
        """Exact: requirements scale with quantity; 0 where no amount would be enough."""
        return fitting(package.binds, share_of_equity(package, self.percent))

    def numbers(self, package: Package) -> str:
        """What one binds."""
        return f"one {bound_in_words(package)}; {equity_in_words(package)}"


def fitting(each: Micros | None, money: Micros) -> int:
    """Packages of which each takes so much that are together within an amount of money, at most `MOST_PACKAGES`."""
    if each is None or money < 0:
        return 0
    return min(money // each, MOST_PACKAGES) if each > 0 else MOST_PACKAGES


def share_of_equity(package: Package, percent: float) -> Micros:
    """Exact percentage of net liquidation, rounded down."""
    return package.account.net_liquidation * to_micros(percent) // to_micros(100.0)


def notional(package: Package) -> Micros:
    """What the shares under the bought or under the sold contracts cost, whichever are more; shares count as such."""
    sides = {True: 0, False: 0}
    for leg in package.legs:
        shares = leg.quantity
        if isinstance(leg.instrument, OptionContract):
            shares *= leg.instrument.series.strike_multiplier
        price = to_micros(package.before.measures.price_of(leg.instrument.underlying))
        sides[shares > 0] += abs(shares) * price
    return max(sides.values())


def loss_in_words(package: Package) -> str:
    """What one package can lose."""
    loss = package.maximum_loss
    return "loses without bound" if loss is None else f"loses at most {dollars(loss)}"


def bound_in_words(package: Package) -> str:
    """What one package binds."""
    return "needs margin without bound" if package.binds is None else f"binds {dollars(package.binds)}"


def equity_in_words(package: Package) -> str:
    """The account that a size is a share of."""
    return f"net liquidation is {dollars(package.account.net_liquidation)}"
