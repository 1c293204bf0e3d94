"""Options of one style at the present price of their underlying and at every move of it, laid flat for pricing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

import numpy as np

from engine.margin.legs import Floats, Integers, LegColumns, OptionLeg
from engine.pricing import implied_volatility, price
from engine.pricing.types import Style
from engine.records import quickly_made

DAYS_PER_YEAR: Final = 365.0


@dataclass(frozen=True, slots=True)
class Rates:
    """Continuously compounded decimals."""

    rate: float
    dividend_yield: float


@quickly_made
@dataclass(frozen=True, slots=True)
class Scenario:
    """Where the grid starts; `price` is that of the underlying, USD per share."""

    price: float
    today: date
    rates: Rates


@quickly_made
@dataclass(frozen=True, slots=True)
class _Years:
    """Time to expiration on a day.

    Attributes:
        flat: of every scenario.
        implied: of the options whose volatility is implied.
    """

    day: date
    flat: Floats
    implied: Floats


class ScenarioColumns:
    """Gains of options; what depends on neither prices nor the day is computed once, and years once a day.

    The columns hold a scenario each element, all options at the present price first, then all at the first move, and
    so on: pricing reads contiguous columns where they are.
    """

    def __init__(
        self, options: Sequence[OptionLeg], columns: LegColumns, places: Integers, moves: Sequence[float]
    ) -> None:
        """Take the options at these places of a book, all of one style; there is at least one."""
        legs = [options[place] for place in places.tolist()]
        growth = 1.0 + np.array((0.0, *moves))
        right, strike = columns.right[places], columns.strike[places]
        given = np.array([np.nan if leg.volatility is None else leg.volatility for leg in legs])
        unknown = np.flatnonzero(np.isnan(given))
        self._style: Style = "european" if columns.european[places[0]] else "american"
        self._shape = (len(growth), len(legs))
        self._option = np.arange(len(growth) * len(legs)) % len(legs)
        self._growth = growth.repeat(len(legs))
        self._right, self._strike = right[self._option], strike[self._option]
        self._sizes = (columns.quantity * columns.multiplier)[places]
        self._expires = np.array([leg.expiry.toordinal() for leg in legs])
        self._given, self._unknown = given, unknown
        self._implied_of = places[unknown], right[unknown], strike[unknown]
        self._years: _Years | None = None

    def gains(self, prices: Floats, scenario: Scenario) -> list[list[float]]:
        """Gain of each option at each move, USD: a list for every move, ascending.

        Args:
            prices: present ones of all options of the book, USD per share.
        """
        rates, years = scenario.rates, self._on(scenario.today)
        values = price(
            self._right,
            self._growth * scenario.price,
            self._strike,
            years.flat,
            rates.rate,
            rates.dividend_yield,
            self._volatilities(prices, years, scenario)[self._option],
            style=self._style,
        ).reshape(self._shape)
        gains: list[list[float]] = ((values[1:] - values[0]) * self._sizes).tolist()
        return gains

    def _volatilities(self, prices: Floats, years: _Years, scenario: Scenario) -> Floats:
        """Given ones and implied ones; a price that implies none counts as certain."""
        if not len(self._unknown):
            return self._given
        places, right, strike = self._implied_of
        rates = scenario.rates
        implied, _ = implied_volatility(
            prices[places],
            right,
            scenario.price,
            strike,
            years.implied,
            rates.rate,
            rates.dividend_yield,
            style=self._style,
        )
        volatilities = self._given.copy()
        volatilities[self._unknown] = np.fmax(implied, 0.0)  # 0 instead of NaN
        return volatilities

    def _on(self, day: date) -> _Years:
        known = self._years
        if known is None or known.day != day:
            years = np.maximum(self._expires - day.toordinal(), 0) / DAYS_PER_YEAR
            known = self._years = _Years(day, years[self._option], years[self._unknown])
        return known
