"""Sizers that are solved from a budget of the whole portfolio: what is held plus so many packages stays within it.

Greeks and gains under a shock are linear in the number of packages, so each has a closed form and nothing is searched.
A size is never more than what can be afforded: packages whose requirement and premium, as if they stood alone, are
within the cash that no requirement binds.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from math import ceil, floor

from engine.money import to_micros, to_usd
from engine.risk_config import StressGrid
from engine.risk_rules.exposure import Greek
from engine.risk_rules.figures import dollars, number
from engine.risk_rules.rule import TOLERANCE
from engine.risk_rules.sizing import bound_in_words, equity_in_words, fitting, share_of_equity
from engine.risk_rules.trade import Package


@dataclass(frozen=True, slots=True)
class GreekBudget:
    """The most packages that keep a Greek of the whole portfolio within plus or minus a budget, and can be afforded.

    A portfolio beyond its budget gets what brings it back within, as far to the other side as the budget allows; a
    package that leads away from it gets 0. Packages that hardly move the Greek are bounded by what can be afforded, and
    by `MOST_PACKAGES`.
    """

    greek: Greek
    budget: float

    @property
    def name(self) -> str:
        """`net_delta_budget` and its like, with the budget."""
        return f"net_{self.greek.name}_budget({self.budget:g} {self.greek.unit})"

    def size(self, package: Package) -> int:
        """Solved from the two Greeks, not searched."""
        affordable = _affordable(package)
        one, present = self.greek.of(package.exposure), self.greek.of(package.before.exposure)
        budget = self.budget * (1.0 + TOLERANCE)
        side = 1.0 if one > 0.0 else -1.0
        room = budget - side * present
        fits_all = one == 0.0 or abs(one) * affordable <= room
        most = affordable if fits_all else floor(room / abs(one))
        within = (packages for packages in (most, most - 1) if abs(present + packages * one) <= budget)
        return max(next(within, 0), 0)

    def numbers(self, package: Package) -> str:
        """The Greek of one and of the portfolio."""
        one, present = self.greek.of(package.exposure), self.greek.of(package.before.exposure)
        return (
            f"one has a {self.greek.name} of {number(one)} {self.greek.unit} and {bound_in_words(package)}; portfolio "
            f"{self.greek.name} is {number(present)}, available cash {dollars(package.account.available)}"
        )


@dataclass(frozen=True, slots=True)
class StressBudget:
    """The most packages that keep the worst loss of the whole portfolio under shocks within a budget.

    Each shock bounds the number from above where a package loses by it, and from below where the portfolio is beyond
    the budget and a package gains: the size is the largest number within all bounds.
    """

    percent_of_equity: float | None
    loss_usd: float | None
    shocks: StressGrid

    @property
    def name(self) -> str:
        """`stress_budget` with the budget."""
        percent = [] if self.percent_of_equity is None else [f"{self.percent_of_equity:g} % of equity"]
        usd = [] if self.loss_usd is None else [f"{self.loss_usd:g} USD"]
        return f"stress_budget({' and '.join([*percent, *usd])})"

    def size(self, package: Package) -> int:
        """Solved shock by shock, not searched."""
        measures = package.before.measures
        ones = measures.stress(package.legs, self.shocks).ravel().tolist()
        presents = measures.stress(package.before.held, self.shocks).ravel().tolist()
        budget = self._budget_usd(package)
        return _most_within(zip(ones, presents, strict=True), budget, _affordable(package))

    def numbers(self, package: Package) -> str:
        """What one and the portfolio lose at worst, each at its own shock."""
        measures = package.before.measures
        one = float(measures.stress(package.legs, self.shocks).min())
        present = float(measures.stress(package.before.held, self.shocks).min())
        return (
            f"under the shocks one loses up to {number(max(-one, 0.0))} USD and the portfolio up to "
            f"{number(max(-present, 0.0))} USD, the budget is {number(self._budget_usd(package))} USD; one "
            f"{bound_in_words(package)}; {equity_in_words(package)}, available cash "
            f"{dollars(package.account.available)}"
        )

    def _budget_usd(self, package: Package) -> float:
        given = [] if self.loss_usd is None else [to_micros(self.loss_usd)]
        if self.percent_of_equity is not None:
            given.append(max(share_of_equity(package, self.percent_of_equity), 0))
        return to_usd(min(given))


def _affordable(package: Package) -> int:
    return fitting(package.binds, package.account.available)


def _most_within(gains: Iterable[tuple[float, float]], budget: float, most: int) -> int:
    """Largest number up to `most` for which present gain + number x gain of one is at least -budget in every pair.

    Args:
        gains: gain of one package and present gain, shock by shock.
    """
    least, allowed = 1, budget * (1.0 + TOLERANCE)
    for one, present in gains:
        room = present + allowed
        if one < 0.0:
            if -one * most > room:
                most = floor(room / -one)
        elif room < 0.0:
            if one == 0.0 or -room > one * most:
                return 0
            least = max(least, ceil(-room / one))
    return most if most >= least else 0
