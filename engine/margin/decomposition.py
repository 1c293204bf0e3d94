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
from engine.margin.legs import Floats, LegColumns, NetBook
from engine.margin.programme import Programme, Terms, programme_of
from engine.margin.short_pairs import CONTRACTS, ShortPairs
from engine.records import quickly_made

_EQUAL = 1e-9
"""Costs in units of the programme's scale that differ by less are the same."""


@dataclass(frozen=True, slots=True)
class _Search:
    """How a plan was found: of a book so many times smaller."""

    programme: Programme
    solution: Solution
    factor: int

    def costs(self, options: LegColumns, terms: Terms) -> Floats:
        """Of the columns of the programme at other prices."""
        factor = self.factor
        return self.programme.costs(options, terms if factor == 1 else replace(terms, shares=terms.shares / factor))

    def holds(self, costs: Floats) -> bool:
        """Whether the solution is proved to be as good at these costs."""
        solution = self.solution
        bound = solution.proof.bound(costs - solution.problem.costs)
        excess = float(costs @ solution.values) - bound
        return excess <= solution.cost - solution.bound + _EQUAL * (1.0 + abs(bound))


@quickly_made
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

    def again(self, book: NetBook, options: LegColumns, terms: Terms) -> Decomposition:
        """The cheapest plan at other prices of the same book: this one where it is proved to be."""
        search = self.search
        if search is None:
            return self
        if isinstance(search, ShortPairs):
            pairs = search.again(options, terms.uncovered(options))
            return self if pairs is search else Decomposition(pairs.plan(), search=pairs)
        if isinstance(search, CoveredShorts):
            return self if search.hold(options, terms.spot) else cheapest_plan(book, options, terms)
        if search.programme.follows_prices:
            return cheapest_plan(book, options, terms)
        costs = search.costs(options, terms)
        if search.holds(costs):
            return self
        again = _Search(search.programme, search.solution.again(costs), search.factor)
        return _found(again, _of_smaller_book(options, search.factor))


def _found(search: _Search, options: LegColumns) -> Decomposition:
    """The plan that a search says; `options` are those of the smaller book."""
    programme, solution, factor = search.programme, search.solution, search.factor
    excess = (solution.cost - solution.bound) * programme.scale * factor
    return Decomposition(programme.plan(solution.values, options).times(factor), excess, search)


def _of_smaller_book(options: LegColumns, factor: int) -> LegColumns:
    return options if factor == 1 else replace(options, quantity=options.quantity // factor)


def cheapest_plan(book: NetBook, options: LegColumns, terms: Terms) -> Decomposition:
    """The plan of least cost; `options` are the columns of the book's options, whose own prices are not looked at.

    Raises:
        EngineError: when no plan is found.
    """
    if not book.options or (not any(leg.quantity < 0 for leg in book.options) and terms.shares == 0):
        return Decomposition(Plan((), ()))
    factor = reduce(gcd, options.quantity.tolist(), book.shares)
    smaller = _of_smaller_book(options, factor)
    if not terms.shares and smaller.quantity.sum() >= -CONTRACTS and (smaller.quantity < 0).all():
        pairs = ShortPairs.cheapest(smaller, terms.uncovered(smaller), factor)
        return Decomposition(pairs.plan(), search=pairs)
    covered = None if terms.shares or terms.loan else CoveredShorts.of_book(book.options, terms.spot.terms.minimum)
    if covered is not None and covered.hold(options, terms.spot):
        return Decomposition(covered.plan(), search=covered)
    programme = programme_of(smaller, replace(terms, shares=terms.shares / factor))
    if not len(programme.problem.costs):
        return Decomposition(Plan((), ()))
    return _found(_Search(programme, least_cost(programme.problem), factor), smaller)
