"""Regulation T and portfolio margin as the account sees them: exact cash that a book binds.

A rule sets a requirement against equity. Cash holds the proceeds of shorts and has paid for longs, so that the cash
that is bound is the requirement less what the rule counts as equity beside cash: shares at their price under Regulation
T, everything under portfolio margin. It is negative only where the configuration allows a margin loan: shares then bind
less cash than they cost. Long options are paid in full whatever their expiration.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import fsum

from engine.config import MarginOptions, PricingConfig
from engine.errors import ConfigurationError
from engine.margin.charges import Spot
from engine.margin.classes import class_terms
from engine.margin.legs import OptionLeg, net_book
from engine.margin.model import MarginLeg, MarginRequirement
from engine.margin.priced_books import BookKey, BookPricer, PricedBook
from engine.margin.regulation_t import Plans, RegTMargin, reg_t_of, reg_t_plans
from engine.margin.scenario_grid import PortfolioMargin, portfolio_margin
from engine.market import Market
from engine.money import Micros, to_micros


class RegulationTMargin:
    """Margin by strategy; the plan is sought anew where the book changes, and priced anew at every mark."""

    def __init__(self, options: MarginOptions, market: Market | None = None) -> None:
        self._options = options
        self._pricer = None if market is None else BookPricer(options, market)
        self._plans: dict[str, tuple[BookKey, Plans]] = {}

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
        return RegulationTMargin(self._options, market)

    def requirement(self, book: Sequence[MarginLeg]) -> MarginRequirement:
        """Cash bound by all underlyings together.

        Raises:
            ConfigurationError: before `on` gave the model a market.
            MarketDataError: when an underlying has no price.
        """
        books = _pricer_of(self._pricer, self.name).books(book)
        margins = [(one, self._margin(one)) for one in books]
        initial = sum(to_micros(_cash_to_open(one, margin)) for one, margin in margins)
        holding = sum(to_micros(fsum((margin.maintenance_requirement, -_shares(one)))) for one, margin in margins)
        if not self._options.margin_loan:
            initial, holding = max(initial, 0), max(holding, 0)
        return MarginRequirement(initial, holding, _largest_group(margins))

    def _margin(self, book: PricedBook) -> RegTMargin:
        net, spot = net_book(book.legs), Spot(book.price, class_terms(book.underlying_class))
        known = self._plans.get(book.underlying)
        if known is None or known[0] != book.key:
            known = self._plans[book.underlying] = (book.key, reg_t_plans(net, spot, None))
        return reg_t_of(net, spot, known[1], None)


class PortfolioMarginModel:
    """The worst of ten moves of each underlying."""

    def __init__(self, options: MarginOptions, pricing: PricingConfig, market: Market | None = None) -> None:
        self._options = options
        self._pricing = pricing
        self._pricer = None if market is None else BookPricer(options, market)

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

    def requirement(self, book: Sequence[MarginLeg]) -> MarginRequirement:
        """Cash bound by all underlyings together; initial and maintenance are the same.

        Raises:
            ConfigurationError: before `on` gave the model a market.
            MarketDataError: when an underlying has no price.
        """
        pricer = _pricer_of(self._pricer, self.name)
        margins = [(one, self._margin(one, pricer)) for one in pricer.books(book)]
        bound = _bound([margin.requirement - one.value for one, margin in margins])
        return MarginRequirement(bound, bound, _largest_scenario(margins))

    def _margin(self, book: PricedBook, pricer: BookPricer) -> PortfolioMargin:
        return portfolio_margin(
            book.legs,
            today=pricer.today,
            underlying_price=book.price,
            underlying_class=book.underlying_class,
            rate=self._pricing.rate,
            dividend_yield=self._pricing.dividend_yield,
        )


def _pricer_of(pricer: BookPricer | None, name: str) -> BookPricer:
    if pricer is None:
        raise ConfigurationError(f"margin model {name} has no market to read prices from; use the model `on(market)`")
    return pricer


def _bound(amounts: Sequence[float]) -> Micros:
    return max(sum(to_micros(amount) for amount in amounts), 0)


def _shares(book: PricedBook) -> float:
    return fsum(leg.quantity * leg.price for leg in book.legs if not isinstance(leg, OptionLeg))


def _cash_to_open(book: PricedBook, margin: RegTMargin) -> float:
    """Initial requirement without what was paid for long options and shares."""
    paid = fsum(leg.quantity * leg.value for leg in book.legs if isinstance(leg, OptionLeg) and leg.quantity > 0)
    return fsum((margin.initial_requirement, -paid, -_shares(book)))


def _largest_group(margins: Sequence[tuple[PricedBook, RegTMargin]]) -> str:
    groups = [
        (group.maintenance, one.underlying, group.kind) for one, margin in margins for group in margin.decomposition
    ]
    largest = max(groups, default=(0.0, "", ""))
    if largest[0] <= 0.0:
        return "nothing is required beyond the premium paid"
    return f"largest of {len(groups)} margin groups: {largest[1]} {largest[2]}, {largest[0]:,.2f} USD"


def _largest_scenario(margins: Sequence[tuple[PricedBook, PortfolioMargin]]) -> str:
    if not margins:
        return "nothing is held"
    book, margin = max(margins, key=lambda pair: (pair[1].requirement, pair[0].underlying))
    move = "the floor per contract" if margin.binding_move is None else f"a move of {margin.binding_move:+.1%}"
    return f"{book.underlying}: {move} requires {margin.requirement:,.2f} USD of equity"
