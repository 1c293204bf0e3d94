"""Measures that say what a test wants, and packages whose loss, cash and Greeks are chosen."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from engine.margin import MarginRequirement
from engine.margin.maximum_loss import MaximumLossMargin
from engine.model import AccountView, Intent, Leg, NetLeg, NetLegs, Order
from engine.money import Micros, to_micros
from engine.risk import Exposure
from engine.risk_config import StressGrid
from engine.risk_rules.exposure import Held
from engine.risk_rules.option_columns import Floats
from engine.risk_rules.trade import Before, Package
from tests.engine.risk_builders import call, put

PACKAGE = NetLeg(put(2700.0), -1)
NAKED = NetLeg(call(2700.0), -1)
"""Loses without bound."""


@dataclass
class Stub:
    """Measures of one package and of a portfolio, in the units of the screen; margin is the maximum loss.

    Attributes:
        gains: gain of one package and of the portfolio in each scenario, USD.
    """

    one: Exposure = Exposure()
    portfolio: Exposure = Exposure()
    gains: Sequence[tuple[float, float]] = ((0.0, 0.0),)
    profits: Mapping[str, Sequence[Micros]] = field(default_factory=dict)
    prices: Mapping[str, float] = field(default_factory=dict)
    correlations: Mapping[tuple[str, str], float] = field(default_factory=dict)

    def exposure(self, legs: Iterable[Held]) -> Exposure:
        return self.one if _is_package(legs) else self.portfolio

    def beta_weighted_delta(self, legs: Iterable[Held]) -> float:
        return self.exposure(legs).delta_shares

    def stress(self, legs: Iterable[Held], shocks: StressGrid) -> Floats:
        which = 0 if _is_package(legs) else 1
        return np.array([[pair[which] for pair in self.gains]])

    def requirement(self, legs: Sequence[NetLeg]) -> MarginRequirement:
        return MaximumLossMargin().requirement(legs)

    def correlation(self, first: str, second: str) -> float | None:
        return self.correlations.get((first, second), self.correlations.get((second, first)))

    def price_of(self, underlying: str) -> float:
        return self.prices[underlying]

    def is_priced(self, underlying: str) -> bool:
        return underlying in self.prices

    def closed_profits(self, strategy: str) -> Sequence[Micros]:
        return self.profits.get(strategy, ())


def account(cash: float = 100_000.0, marked: float = 0.0, required: float = 0.0) -> AccountView:
    """An account in dollars that holds nothing."""
    return AccountView(0, to_micros(cash), to_micros(marked), to_micros(required), ())


def package(
    maximum_loss: float | None = 1_000.0,
    measures: Stub | None = None,
    *,
    cash: float = 100_000.0,
    marked: float = 0.0,
    required: float = 0.0,
) -> Package:
    """A short put that loses so much at worst, or a naked call, before an account in dollars."""
    leg = NAKED if maximum_loss is None else PACKAGE
    received = 0 if maximum_loss is None else to_micros(270_000.0) - to_micros(maximum_loss)
    view = account(cash, marked, required)
    order = Order(1, "puts", Intent.OPEN, (Leg(leg.instrument, -1),), None, 0)
    return Package(order, (leg,), received, Before(view, NetLegs(), measures or Stub()), lambda _: 0)


def _is_package(legs: Iterable[Held]) -> bool:
    return any(leg in (PACKAGE, NAKED) for leg in legs)
