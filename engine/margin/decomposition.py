"""The cheapest way to cut a book into margin groups.

A book whose quantities have a common divisor is that many times a smaller book, and is cut as such: what is required
scales with the quantity.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import reduce
from math import gcd

from engine.margin.covered_shorts import CoveredShorts
from engine.margin.groups import Plan
from engine.margin.integer_search import Solution, least_cost
from engine.margin.legs import LegColumns, NetBook
from engine.margin.programme import Programme, Terms, programme_of
from engine.margin.short_pairs import CONTRACTS, ShortPairs

_EQUAL = 1e-9
"""Costs in units of the programme's scale that differ by less are the same."""


@dataclass(frozen=True, slots=True)
class _Search:
    """How a plan was found: of a book so many times smaller."""

    programme: Programme
    solution: Solution
    factor: int


@dataclass(frozen=True, slots=True)
class Decomposition:
    """A plan, and how good it is known to be.

    Attributes:
        excess: USD that the plan costs at most above the cheapest one; 0 where it is proved to be cheapest.
    """

    plan: Plan
    excess: float = 0.0
    search: _Search | ShortPairs | CoveredShorts | None = None

    @property
    def sought(self) -> float:
        """Cost of the plan as the programme counts it, USD."""
        if isinstance(self.search, CoveredShorts):
            return self.search.cost
        if not isinstance(self.search, _Search):
            return 0.0
        return self.search.solution.cost * self.search.programme.scale * self.search.factor

    def holds(self, options: LegColumns, terms: Terms) -> bool:
        """Whether the plan is proved to be as good at other prices of the same book."""
        if self.search is None:
            return True
        if isinstance(self.search, ShortPairs | CoveredShorts):
            return self.search.hold(options, terms.spot)
        programme, solution, factor = self.search.programme, self.search.solution, self.search.factor
        if programme.follows_prices:
            return False
        costs = programme.costs(options, replace(terms, shares=terms.shares / factor))
        bound = solution.proof.bound(costs - solution.problem.costs)
        excess = float(costs @ solution.values) - bound
        return excess <= solution.cost - solution.bound + _EQUAL * (1.0 + abs(bound))

    def again(self, book: NetBook, options: LegColumns, terms: Terms) -> Decomposition:
        """The cheapest plan at other prices of the same book."""
        if not isinstance(self.search, _Search) or self.search.programme.follows_prices:
            return cheapest_plan(book, options, terms)
        programme, solution, factor = self.search.programme, self.search.solution, self.search.factor
        options = replace(options, quantity=options.quantity // factor)
        costs = programme.costs(options, replace(terms, shares=terms.shares / factor))
        return _found(_Search(programme, solution.again(costs), factor), options)


def _found(search: _Search, options: LegColumns) -> Decomposition:
    """The plan that a search says; `options` are those of the smaller book."""
    programme, solution, factor = search.programme, search.solution, search.factor
    excess = (solution.cost - solution.bound) * programme.scale * factor
    return Decomposition(programme.plan(solution.values, options).times(factor), excess, search)


def cheapest_plan(book: NetBook, options: LegColumns, terms: Terms) -> Decomposition:
    """The plan of least cost; `options` are the columns of the book's options, whose own prices are not looked at.

    Raises:
        EngineError: when no plan is found.
    """
    if not book.options or (not any(leg.quantity < 0 for leg in book.options) and terms.shares == 0):
        return Decomposition(Plan((), ()))
    factor = reduce(gcd, options.quantity.tolist(), book.shares)
    smaller = options if factor == 1 else replace(options, quantity=options.quantity // factor)
    if not terms.shares and smaller.quantity.sum() >= -CONTRACTS and (smaller.quantity < 0).all():
        pairs = ShortPairs.cheapest(smaller, terms.spot, factor)
        return Decomposition(pairs.plan(), search=pairs)
    covered = None if terms.shares or terms.loan else CoveredShorts.of_book(book.options, terms.spot.terms.minimum)
    if covered is not None and covered.hold(options, terms.spot):
        return Decomposition(covered.plan(), search=covered)
    programme = programme_of(book.options, smaller, replace(terms, shares=terms.shares / factor))
    if not len(programme.problem.costs):
        return Decomposition(Plan((), ()))
    return _found(_Search(programme, least_cost(programme.problem), factor), smaller)
