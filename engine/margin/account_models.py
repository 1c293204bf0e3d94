"""Regulation T and portfolio margin as the account sees them: exact cash that a book binds.

A rule sets a requirement against equity. Cash holds the proceeds of shorts and has paid for longs, so that the cash
that is bound is the requirement less what the rule counts as equity beside cash: shares at their price under Regulation
T, everything under portfolio margin. It is negative only where the configuration allows a margin loan: shares then bind
less cash than they cost. Long options are paid in full whatever their expiration.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from datetime import date
from math import fsum
from typing import NamedTuple

import numpy as np

from engine.config import PricingConfig
from engine.errors import ConfigurationError
from engine.margin.charges import GroupKind
from engine.margin.model import MarginLeg, MarginRequirement
from engine.margin.priced_books import REMEMBERED, BookKey, BookPricer, OrderedBook, value_of
from engine.margin.priced_plan import Held
from engine.margin.regulation_t import Figures, Plans, cheapest_plans, figures_of
from engine.margin.scenario_grid import PortfolioMargin, Rates, Scenario, scenario_margin
from engine.market import Market
from engine.money import Micros, to_micros
from engine.risk_config import MarginOptions


class RegulationTMargin:
    """Margin by strategy; the plan is sought anew where the book changes or prices make another one cheaper."""

    def __init__(self, options: MarginOptions, market: Market | None = None) -> None:
        self._options = options
        self._pricer = None if market is None else BookPricer(options, market)
        self._plans: OrderedDict[BookKey, Plans] = OrderedDict()

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
        initial, holding = [], []
        charged: list[_Charged] = []
        for one, held in _pricer_of(self._pricer, self.name).books(book):
            plans = self._plans_of(one, held)
            figures = figures_of(held, plans)
            initial.append(_cash_to_open(held, figures))
            holding.append(fsum((figures.maintenance, -held.book.share_value)))
            charged.append(_Charged(one.underlying, held, plans, figures))
        to_open, to_hold = (sum(to_micros(amount) for amount in amounts) for amounts in (initial, holding))
        if not self._options.margin_loan:
            to_open, to_hold = max(to_open, 0), max(to_hold, 0)
        return MarginRequirement(to_open, to_hold, lambda: _largest_group(charged))

    def _plans_of(self, book: OrderedBook, held: Held) -> Plans:
        plans = self._plans.get(book.key)
        if plans is None or not plans.hold(held):
            plans = self._plans[book.key] = cheapest_plans(held) if plans is None else plans.again(held)
            if len(self._plans) > REMEMBERED:
                self._plans.popitem(last=False)
        return plans


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
        margins = [(one, held, self._margin(held, pricer.today)) for one, held in pricer.books(book)]
        bound = _bound([margin.requirement - value_of(held) for _, held, margin in margins])
        return MarginRequirement(
            bound, bound, lambda: _largest_scenario([(one.underlying, margin) for one, _, margin in margins])
        )

    def _margin(self, held: Held, today: date) -> PortfolioMargin:
        return scenario_margin(
            held.book,
            held.options.price,
            Scenario(held.spot, today, Rates(self._pricing.rate, self._pricing.dividend_yield)),
        )


def _pricer_of(pricer: BookPricer | None, name: str) -> BookPricer:
    if pricer is None:
        raise ConfigurationError(f"margin model {name} has no market to read prices from; use the model `on(market)`")
    return pricer


def _summed(amounts: Sequence[float]) -> Micros:
    return sum(to_micros(amount) for amount in amounts)


def _bound(amounts: Sequence[float]) -> Micros:
    return max(_summed(amounts), 0)


def _cash_to_open(held: Held, figures: Figures) -> float:
    """Initial requirement without what was paid for long options and shares."""
    paid = np.maximum(held.options.quantity, 0) * held.options.value
    return fsum((figures.initial, -fsum(paid.tolist()), -held.book.share_value))


class _Charged(NamedTuple):
    """What one underlying's book requires, and why."""

    underlying: str
    held: Held
    plans: Plans
    figures: Figures

    def groups(self) -> list[tuple[float, str, str]]:
        """Maintenance, underlying and kind of every group, as many as stand in the plan."""
        priced, parts = self.plans.maintenance, self.figures.parts
        found = [(required, self.underlying, str(kind)) for kind, required in zip(priced.kinds, parts, strict=False)]
        found += [(0.0, self.underlying, str(GroupKind.LONG))] * np.count_nonzero(priced.alone)
        shares = [(parts[-1], self.underlying, str(GroupKind.SHARES))] if priced.free_units(self.held) else []
        return found + shares


def _largest_group(charged: Sequence[_Charged]) -> str:
    groups = [group for one in charged for group in one.groups()]
    excess = sum(one.plans.excess for one in charged)
    largest = max(groups, default=(0.0, "", ""))
    if largest[0] <= 0.0:
        return "nothing is required beyond the premium paid"
    unproved = f"; the cheapest plan may need up to {excess:,.2f} USD less" if excess else ""
    return f"largest of {len(groups)} margin groups: {largest[1]} {largest[2]}, {largest[0]:,.2f} USD{unproved}"


def _largest_scenario(margins: Sequence[tuple[str, PortfolioMargin]]) -> str:
    if not margins:
        return "nothing is held"
    underlying, margin = max(margins, key=lambda pair: (pair[1].requirement, pair[0]))
    move = "the floor per contract" if margin.binding_move is None else f"a move of {margin.binding_move:+.1%}"
    return f"{underlying}: {move} requires {margin.requirement:,.2f} USD of equity"
