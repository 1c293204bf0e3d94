"""Sizers: how many packages an order that names no quantity gets."""

from __future__ import annotations

from dataclasses import dataclass
from math import floor
from typing import Final, Protocol

from engine.model import AccountView
from engine.money import Micros, to_micros
from engine.risk_rules.trade import Package
from engine.strategies import spec

MOST_PACKAGES: Final = 10_000
"""No solved size is larger: where nothing can be lost and nothing moves, nothing else would bound it."""
TOLERANCE: Final = 1e-9
"""Relative slack of limits on sums of floats, so that ten times 20 shares stay within 200."""


@dataclass(frozen=True, slots=True)
class SizingRequest:
    """What a sizer may look at; deltas are measured when it asks.

    Attributes:
        package: one package at its estimated price.
        maximum_loss: exact loss of one package at worst; None when it has no bound.
    """

    package: Package
    maximum_loss: Micros | None

    @property
    def account(self) -> AccountView:
        """The account before the trade."""
        return self.package.before.account

    @property
    def delta_shares(self) -> float:
        """Delta of one package."""
        return self.package.exposure.delta_shares

    @property
    def portfolio_delta_shares(self) -> float:
        """Delta of everything held."""
        return self.package.before.exposure.delta_shares


class PositionSizer(Protocol):
    """Decides the number of packages."""

    @property
    def name(self) -> str:
        """Stable name with its parameters, for refusals and assumptions."""

    def size(self, request: SizingRequest) -> int:
        """Packages to open; 0: none, which refuses the order."""


@dataclass(frozen=True, slots=True)
class FixedContracts:
    """Always the same number of packages."""

    contracts: int

    @property
    def name(self) -> str:
        """`fixed_contracts` with its number."""
        return f"fixed_contracts({self.contracts})"

    def size(self, request: SizingRequest) -> int:
        """The number, whatever is asked."""
        return self.contracts


@dataclass(frozen=True, slots=True)
class PercentAtRisk:
    """As many packages as keep their maximum loss together within a percentage of net liquidation."""

    percent: float

    @property
    def name(self) -> str:
        """`percent_at_risk` with its percentage."""
        return f"percent_at_risk({self.percent:g} %)"

    def size(self, request: SizingRequest) -> int:
        """Exact; 0 for a loss without bound, `MOST_PACKAGES` for packages that cannot lose."""
        at_risk = request.account.net_liquidation * to_micros(self.percent) // to_micros(100.0)
        return _affordable(request.maximum_loss, at_risk)


@dataclass(frozen=True, slots=True)
class NetDeltaBudget:
    """The most packages that keep the delta of the whole portfolio within plus or minus a budget, and can be afforded.

    Affordable are those whose maximum loss together is within the cash that no requirement binds. A portfolio beyond
    its budget gets what brings it back within, as far to the other side as the budget allows; a package that
    leads away from it gets 0. Packages that hardly move the delta are bounded by what can be afforded, and
    by `MOST_PACKAGES`.
    """

    delta_shares: float

    @property
    def name(self) -> str:
        """`net_delta_budget` with its budget."""
        return f"net_delta_budget({self.delta_shares:g} shares)"

    def size(self, request: SizingRequest) -> int:
        """Solved from the two deltas, not searched."""
        affordable = _affordable(request.maximum_loss, request.account.available)
        package, present = request.delta_shares, request.portfolio_delta_shares
        budget = self.delta_shares * (1.0 + TOLERANCE)
        side = 1.0 if package > 0.0 else -1.0
        room = budget - side * present
        fits_all = package == 0.0 or abs(package) * affordable <= room
        most = affordable if fits_all else floor(room / abs(package))
        fitting = (packages for packages in (most, most - 1) if abs(present + packages * package) <= budget)
        return max(next(fitting, 0), 0)


def _affordable(maximum_loss: Micros | None, money: Micros) -> int:
    """Packages whose losses together are within an amount of money."""
    if maximum_loss is None or money < 0:
        return 0
    return min(money // maximum_loss, MOST_PACKAGES) if maximum_loss > 0 else MOST_PACKAGES


def position_sizer(config: spec.SizingConfig) -> PositionSizer:
    """The sizer that a configuration asks for."""
    if isinstance(config, spec.PercentAtRisk):
        return PercentAtRisk(config.percent)
    if isinstance(config, spec.NetDeltaBudget):
        return NetDeltaBudget(config.delta_shares)
    return FixedContracts(config.contracts)
