"""Portfolio margin: the worst of ten moves of the underlying, never below a floor per contract (RULES 7.9, 7.10)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from math import fsum
from typing import Final

import numpy as np

from engine.errors import MarketDataError
from engine.margin.charges import Spot
from engine.margin.classes import class_terms
from engine.margin.legs import Floats, NetBook, OptionLeg, PricedLeg, net_book
from engine.model import ExerciseStyle
from engine.pricing import IvStatus, implied_volatility, price
from engine.pricing.types import Style

FLOOR_USD_PER_SHARE: Final = 0.375
DAYS_PER_YEAR: Final = 365.0


@dataclass(frozen=True, slots=True)
class Rates:
    """Continuously compounded decimals."""

    rate: float
    dividend_yield: float


@dataclass(frozen=True, slots=True)
class Scenario:
    """Where the grid starts."""

    spot: Spot
    today: date
    rates: Rates


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
    book = net_book(legs)
    spot = Spot(underlying_price, class_terms(underlying_class))
    prices = np.array([leg.price for leg in book.options], np.float64)
    return scenario_margin(book, prices, Scenario(spot, today, Rates(rate, dividend_yield)))


def scenario_margin(book: NetBook, prices: Floats, scenario: Scenario) -> PortfolioMargin:
    """The same for a net book whose options have these prices per share."""
    moves = scenario.spot.terms.moves
    changes = _changes(book.options, prices, scenario)
    sizes = np.array([leg.quantity * leg.multiplier for leg in book.options], np.float64)
    gains = tuple(
        fsum([*(sizes * changes[:, column]).tolist(), book.share_value * move]) for column, move in enumerate(moves)
    )
    floor = fsum(FLOOR_USD_PER_SHARE * abs(size) for size in sizes.tolist())
    return _binding(moves, gains, floor)


def _binding(moves: tuple[float, ...], gains: tuple[float, ...], floor: float) -> PortfolioMargin:
    worst = min(gains)
    if -worst <= floor:
        return PortfolioMargin(floor, None, gains)
    return PortfolioMargin(-worst, moves[gains.index(worst)], gains)


def _changes(options: tuple[OptionLeg, ...], prices: Floats, scenario: Scenario) -> Floats:
    """Change of each option's value per share at each move, of shape (options, moves)."""
    spots = scenario.spot.price * (1.0 + np.array((0.0, *scenario.spot.terms.moves)))
    changes = np.zeros((len(options), len(spots) - 1))
    for style in ExerciseStyle:
        places = [place for place, leg in enumerate(options) if leg.style == style]
        if places:
            values = _values([options[place] for place in places], prices[places], spots, scenario)
            changes[places] = values[:, 1:] - values[:, :1]
    return changes


def _values(legs: list[OptionLeg], prices: Floats, spots: Floats, scenario: Scenario) -> Floats:
    """Values per share of options of one style, of shape (legs, spots)."""
    style: Style = "american" if legs[0].style is ExerciseStyle.AMERICAN else "european"
    right = np.array([int(leg.right) for leg in legs], np.float64)
    strike = np.array([leg.strike for leg in legs])
    years = np.array([max((leg.expiry - scenario.today).days, 0) / DAYS_PER_YEAR for leg in legs])
    carry = (scenario.rates.rate, scenario.rates.dividend_yield)
    given = np.array([np.nan if leg.volatility is None else leg.volatility for leg in legs])
    unknown = np.isnan(given)
    if unknown.any():
        implied, status = implied_volatility(
            prices[unknown], right[unknown], spots[0], strike[unknown], years[unknown], *carry, style=style
        )
        given[unknown] = np.where(status == IvStatus.OK, implied, 0.0)
    columns = (right[:, None], spots[None, :], strike[:, None], years[:, None], *carry, given[:, None])
    return price(*columns, style=style)
