"""Portfolio margin: the worst of ten moves of the underlying, never below a floor per contract (RULES 7.9, 7.10)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from math import fsum
from typing import Final

import numpy as np

from engine.errors import MarketDataError
from engine.margin.classes import ClassTerms, class_terms
from engine.margin.legs import Floats, LegColumns, OptionLeg, PricedLeg, columns_of, net_book
from engine.margin.scenario_columns import Rates, Scenario, ScenarioColumns

FLOOR_USD_PER_SHARE: Final = 0.375


@dataclass(frozen=True, slots=True)
class PortfolioMargin:
    """Requirement of a book.

    Attributes:
        requirement: USD; the worst loss of the grid, or the floor where that is more.
        binding_move: move of the underlying that binds, as a fraction of its price; None where the floor binds.
        scenario_pnl: gain at each of the ten moves of the class, ascending, USD.
    """

    requirement: float
    binding_move: float | None
    scenario_pnl: tuple[float, ...]


def portfolio_margin(
    legs: Sequence[PricedLeg],
    *,
    today: date,
    underlying_price: float,
    underlying_class: str,
    rate: float,
    dividend_yield: float,
) -> PortfolioMargin:
    """Requirement of a book on one underlying: volatilities and time stand still, the price moves.

    Args:
        legs: options and shares; the volatility of an option is its own, or implied by its price. A price that implies
            none (below what exercise pays) counts as certain: volatility 0.
        underlying_price: present price, USD per share.
        underlying_class: a name of `classes.CLASSES`.
        rate, dividend_yield: continuously compounded decimals.

    Raises:
        ConfigurationError: for an unknown class.
        MarketDataError: for a price that is no finite positive amount.
    """
    if not 0.0 < underlying_price < float("inf"):
        raise MarketDataError(f"margin needs a finite underlying price above 0, not {underlying_price}")
    book, terms = net_book(legs), class_terms(underlying_class)
    columns = columns_of(book.options)
    scenario = Scenario(underlying_price, today, Rates(rate, dividend_yield))
    return ScenarioGrid(book.options, columns, terms).margin(columns.price, book.share_value, scenario)


class ScenarioGrid:
    """The scenarios of a book at any prices and on any day."""

    def __init__(self, options: Sequence[OptionLeg], columns: LegColumns, terms: ClassTerms) -> None:
        """Take the options of one underlying; the prices in their columns are not looked at."""
        self._moves = terms.moves
        self._styles = [
            ScenarioColumns(options, columns, places, self._moves)
            for european in (True, False)
            if len(places := np.flatnonzero(columns.european == european))
        ]
        self._floor = fsum(FLOOR_USD_PER_SHARE * abs(leg.quantity * leg.multiplier) for leg in options)

    def margin(self, prices: Floats, share_value: float, scenario: Scenario) -> PortfolioMargin:
        """Requirement where options have these prices per share, and shares this value, USD."""
        columns = [[share_value * move] for move in self._moves]
        for options in self._styles:
            for column, gains in zip(columns, options.gains(prices, scenario), strict=True):
                column.extend(gains)
        gained = tuple([fsum(column) for column in columns])
        worst = min(gained)
        if -worst <= self._floor:
            return PortfolioMargin(self._floor, None, gained)
        return PortfolioMargin(-worst, self._moves[gained.index(worst)], gained)
