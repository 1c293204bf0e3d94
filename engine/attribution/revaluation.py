"""Stepwise revaluation of options between two marks: time passes, then the spot moves, the volatility, and the rate.

Each mark is read as an implied volatility, that of the other mark where it has none; the four steps then lead from
model value to model value. The Greeks of the start, at the later time, divide the steps of spot and volatility further;
what they leave of a step is its higher orders. Marks that a volatility reproduces leave nothing else.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from engine.attribution.rates import KnownRates
from engine.attribution.stretches import Integers, Stretches
from engine.instants import NANOS_PER_YEAR
from engine.model import ExerciseStyle, OptionContract, SettlementMethod
from engine.money import MICROS_PER_USD, to_usd
from engine.pricing import IvStatus, greeks, implied_volatility, price
from engine.pricing.types import Style

FloatArray = NDArray[np.float64]


class Steps(NamedTuple):
    """Parts of the change of value of each option, USD per share; all of one shape.

    time + spot + volatility + rate is the change of model value; delta and gamma are parts of `spot`; vega, vanna and
    volga are parts of `volatility`.
    """

    time: FloatArray
    spot: FloatArray
    volatility: FloatArray
    rate: FloatArray
    delta: FloatArray
    gamma: FloatArray
    vega: FloatArray
    vanna: FloatArray
    volga: FloatArray


class _Terms(NamedTuple):
    """What options are, shape (n,) each; spots are of what one unit of the strike multiplier delivers."""

    right: FloatArray
    strike: FloatArray
    start_spot: FloatArray
    end_spot: FloatArray
    start_years: FloatArray
    end_years: FloatArray


def revalue(stretches: Stretches, style: ExerciseStyle, rates: KnownRates, dividend_yield: float) -> Steps:
    """Steps of stretches of options, all of one exercise style, in their order."""
    american = style is ExerciseStyle.AMERICAN
    began_at, ended_at = rates.at(stretches.start_at), rates.at(stretches.end_at)
    model = _Model("american" if american else "european", began_at, ended_at, dividend_yield)
    terms = _terms(stretches)
    start_price = stretches.start_price / MICROS_PER_USD
    end_price = stretches.end_value / (stretches.shares * float(MICROS_PER_USD))
    start, start_solved = model.volatility(start_price, terms, (terms.start_spot, terms.start_years), model.start_rate)
    end, end_solved = model.volatility(end_price, terms, (terms.end_spot, terms.end_years), model.end_rate)
    first = np.where(start_solved, start, np.where(end_solved, end, 0.0))
    return model.steps(terms, first, np.where(end_solved, end, first))


@dataclass(frozen=True, slots=True)
class _Model:
    """How options are valued; rates per year, one for all or of shape (n,)."""

    style: Style
    start_rate: FloatArray | float
    end_rate: FloatArray | float
    dividend_yield: float

    def volatility(
        self, marks: FloatArray, terms: _Terms, then: tuple[FloatArray, FloatArray], rate: FloatArray | float
    ) -> tuple[FloatArray, NDArray[np.bool_]]:
        """Volatilities that marks imply at a spot and with years to go, and where they do."""
        spot, years = then
        solved, status = implied_volatility(
            marks, terms.right, spot, terms.strike, years, rate, self.dividend_yield, style=self.style
        )
        return solved, status == IvStatus.OK

    def value(
        self, terms: _Terms, then: tuple[FloatArray, FloatArray], volatility: FloatArray, rate: FloatArray | float
    ) -> FloatArray:
        """Value per share at a spot and with years to go."""
        spot, years = then
        return price(terms.right, spot, terms.strike, years, rate, self.dividend_yield, volatility, style=self.style)

    def steps(self, terms: _Terms, start: FloatArray, end: FloatArray) -> Steps:
        """From the start to the end: time, then spot, then volatility, then rate."""
        before, after, rate = (terms.start_spot, terms.start_years), (terms.end_spot, terms.end_years), self.start_rate
        began = self.value(terms, before, start, rate)
        later = greeks(
            terms.right, terms.start_spot, terms.strike, terms.end_years, rate, self.dividend_yield, start,
            style=self.style,
        )  # fmt: skip
        moved = self.value(terms, after, start, rate)
        ended = self.value(terms, after, end, rate)
        by_spot, by_volatility = terms.end_spot - terms.start_spot, end - start
        return Steps(
            time=later.price - began,
            spot=moved - later.price,
            volatility=ended - moved,
            rate=np.zeros(len(end)) if self._one_rate else self.value(terms, after, end, self.end_rate) - ended,
            delta=_known(later.delta) * by_spot,
            gamma=_known(later.gamma) * by_spot**2 / 2,
            vega=_known(later.vega) * by_volatility,
            vanna=_known(later.vanna) * by_spot * by_volatility,
            volga=_known(later.volga) * by_volatility**2 / 2,
        )

    @property
    def _one_rate(self) -> bool:
        return isinstance(self.end_rate, float)


def _terms(stretches: Stretches) -> _Terms:
    held, contracts = np.unique(stretches.instrument), stretches.instruments
    options = [option for number in held if isinstance(option := contracts[number], OptionContract)]
    place = np.searchsorted(held, stretches.instrument)
    delivered = np.array([_delivered(option) for option in options])[place]
    shares, cash = delivered[:, 0], delivered[:, 1]
    settles = np.array([option.series.settles_at for option in options], np.int64)[place]
    return _Terms(
        right=np.array([float(option.right) for option in options])[place],
        strike=np.array([option.strike for option in options])[place],
        start_spot=stretches.start_spot * shares + cash,
        end_spot=stretches.end_spot * shares + cash,
        start_years=_years(stretches.start_at, settles),
        end_years=_years(stretches.end_at, settles),
    )


def _delivered(contract: OptionContract) -> tuple[float, float]:
    """Shares and cash, USD, per unit of the strike multiplier: (1, 0) but for adjusted contracts (RULES 6.4)."""
    series = contract.series
    if series.settlement is SettlementMethod.CASH:
        return 1.0, 0.0
    return series.deliverable.shares / series.strike_multiplier, to_usd(series.deliverable.cash) / contract.multiplier


def _years(at: Integers, settles_at: Integers) -> FloatArray:
    return np.maximum((settles_at - at) / NANOS_PER_YEAR, 0.0)


def _known(greek: FloatArray | None) -> FloatArray:
    """A Greek; 0 at a kink, where it has no value, so that the whole step is of higher order."""
    return np.nan_to_num(greek) if greek is not None else np.zeros(1)
