"""Regulation T and portfolio margin as the account sees them: exact cash that a book binds.

A rule sets a requirement against equity. Cash holds the proceeds of shorts and has paid for longs, so that the cash
that is bound is the requirement less what the rule counts as equity beside cash: shares at their price under Regulation
T, everything under portfolio margin. It is negative only where the configuration allows a margin loan: shares then bind
less cash than they cost. Long options are paid in full whatever their expiration.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from engine.config import PricingConfig
from engine.errors import ConfigurationError
from engine.margin.charged_books import ChargedBook, charged_at, largest_group
from engine.margin.covered_books import CoveredBooks, UnderlyingBook
from engine.margin.model import MarginModel, MarginRequirement
from engine.margin.priced_books import REMEMBERED, BookPart, BookPricer, OrderedBook, value_of
from engine.margin.priced_plan import Held
from engine.margin.regulation_t import Plans, cheapest_plans
from engine.margin.remembered_books import RememberedBooks
from engine.margin.scenario_columns import Rates, Scenario
from engine.margin.scenario_grid import PortfolioMargin, ScenarioGrid
from engine.market import Market
from engine.model import NetLeg, NetLegs
from engine.money import Micros, to_micros
from engine.records import quickly_made
from engine.risk_config import MarginOptions


class RegulationTMargin:
    """Margin by strategy; the plan is sought anew where the book changes or prices make another one cheaper."""

    def __init__(self, options: MarginOptions) -> None:
        self._options = options

    @property
    def name(self) -> str:
        """`regulation_t`."""
        return "regulation_t"

    @property
    def follows_prices(self) -> bool:
        """Uncovered shorts and shares are charged on present prices."""
        return True

    def on(self, market: Market) -> RegulationTMargin:
        """The model of one run."""
        return _RegulationTOf(self._options, market)

    def requirement(self, book: Sequence[NetLeg]) -> MarginRequirement:
        """Cash bound by all underlyings together.

        Raises:
            ConfigurationError: before `on` gave the model a market.
            MarketDataError: when prices of an underlying matter, and it has none.
        """
        raise _without_market(self)


@quickly_made
@dataclass(frozen=True, slots=True)
class _LookedAt:
    """A book by underlying, and what it binds where prices matter to none of them.

    Attributes:
        fixed: prices matter nowhere, whatever they are.
    """

    books: list[UnderlyingBook]
    at_any_price: MarginRequirement
    fixed: bool


class _RegulationTOf(RegulationTMargin):
    """What books bind on a market: a book of spreads mostly whatever prices are, any other one on its cheapest plan."""

    def __init__(self, options: MarginOptions, market: Market) -> None:
        super().__init__(options)
        self._pricer = BookPricer(options, market)
        self._covered = CoveredBooks(self._pricer.least_charge)
        self._plans: OrderedDict[OrderedBook, Plans] = OrderedDict()
        self._known = RememberedBooks[_LookedAt]()

    def requirement(self, book: Sequence[NetLeg]) -> MarginRequirement:
        """What was found when the book was looked at first, where prices do not matter."""
        known = self._known.of(book, self._looked_at)
        if known.fixed or all(map(self._is_fixed, known.books)):
            return known.at_any_price
        return self._sum(self._charged(known.books))

    def _looked_at(self, book: NetLegs) -> _LookedAt:
        books, charged, fixed = self._covered.books(book), [], True
        for one in books:
            if one.at_any_price is None:
                fixed = False
            else:
                charged.append(one.at_any_price)
                fixed = fixed and one.at_any_price.fixed_from <= 0.0
        return _LookedAt(books, self._sum(charged), fixed)

    def _is_fixed(self, book: UnderlyingBook) -> bool:
        """Whether prices do not matter from the present one on."""
        fixed = book.at_any_price
        return fixed is not None and fixed.fixed_from <= self._pricer.spot(book.underlying)

    def _sum(self, charged: list[ChargedBook]) -> MarginRequirement:
        to_open = to_hold = 0
        for one in charged:
            to_open += one.to_open
            to_hold += one.to_hold
        if not self._options.margin_loan:
            to_open, to_hold = max(to_open, 0), max(to_hold, 0)
        return MarginRequirement(to_open, to_hold, lambda: largest_group(charged))

    def _charged(self, books: list[UnderlyingBook]) -> list[ChargedBook]:
        """Of each underlying, at present prices where they matter."""
        fixed: list[ChargedBook] = []
        moving: list[BookPart] = []
        for one in books:
            if one.at_any_price is not None and self._is_fixed(one):
                fixed.append(one.at_any_price)
            else:
                moving += one.parts
        return fixed + [
            charged_at(held, one.underlying, self._plans_of(one, held)) for one, held in self._pricer.books(moving)
        ]

    def _plans_of(self, book: OrderedBook, held: Held) -> Plans:
        known = self._plans.get(book)
        plans = self._plans[book] = cheapest_plans(held) if known is None else known.again(held)
        if len(self._plans) > REMEMBERED:
            self._plans.popitem(last=False)
        return plans


class PortfolioMarginModel:
    """The worst of ten moves of each underlying."""

    def __init__(self, options: MarginOptions, pricing: PricingConfig, market: Market | None = None) -> None:
        self._options = options
        self._pricing = pricing
        self._rates = Rates(pricing.rate, pricing.dividend_yield)
        self._pricer = None if market is None else BookPricer(options, market)
        self._grid_of = lru_cache(REMEMBERED)(_grid_of)

    @property
    def name(self) -> str:
        """`portfolio`."""
        return "portfolio"

    @property
    def follows_prices(self) -> bool:
        """Scenarios start at present prices."""
        return True

    def on(self, market: Market) -> PortfolioMarginModel:
        """The model of one run."""
        return PortfolioMarginModel(self._options, self._pricing, market)

    def requirement(self, book: Sequence[NetLeg]) -> MarginRequirement:
        """Cash bound by all underlyings together; initial and maintenance are the same.

        Raises:
            ConfigurationError: before `on` gave the model a market.
            MarketDataError: when an underlying has no price.
        """
        pricer = self._pricer
        if pricer is None:
            raise _without_market(self)
        today, parts = pricer.today, [*NetLegs.of(book).parts.items()]
        margins = [(one, held, self._margin(one, held, today)) for one, held in pricer.books(parts)]
        bound = _bound([margin.requirement - value_of(held) for _, held, margin in margins])
        return MarginRequirement(
            bound, bound, lambda: _largest_scenario([(one.underlying, margin) for one, _, margin in margins])
        )

    def _margin(self, book: OrderedBook, held: Held, today: date) -> PortfolioMargin:
        scenario = Scenario(held.spot.price, today, self._rates)
        return self._grid_of(book).margin(held.options.price, held.book.share_value, scenario)


def _grid_of(book: OrderedBook) -> ScenarioGrid:
    return ScenarioGrid(book.options, book.columns, book.terms)


def _without_market(model: MarginModel) -> ConfigurationError:
    return ConfigurationError(
        f"margin model {model.name} has no market to read prices from; use the model `on(market)`"
    )


def _summed(amounts: Sequence[float]) -> Micros:
    return sum(to_micros(amount) for amount in amounts)


def _bound(amounts: Sequence[float]) -> Micros:
    return max(_summed(amounts), 0)


def _largest_scenario(margins: Sequence[tuple[str, PortfolioMargin]]) -> str:
    if not margins:
        return "nothing is held"
    underlying, margin = max(margins, key=lambda pair: (pair[1].requirement, pair[0]))
    move = "the floor per contract" if margin.binding_move is None else f"a move of {margin.binding_move:+.1%}"
    return f"{underlying}: {move} requires {margin.requirement:,.2f} USD of equity"
