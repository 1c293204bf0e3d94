"""The cheapest way to cut a book into margin groups, as an integer programme.

Unknown are how many times each group of `groups.candidates` stands, and, for each expiration with shorts, how many of
its shorts and of the longs that do not expire before them stand together as a spread. A spread costs its largest
intrinsic loss, which bounds its loss at every strike from above, one row each. Legs bound what groups use of them;
every short is in some group. All counts are whole; the optimum is exact (no gap is left open).

A book whose quantities have a common divisor is that many times a smaller book, and is cut as such: what is required
scales with the quantity.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import reduce
from math import gcd
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import coo_array

from engine.errors import EngineError
from engine.margin.charges import WITH_LONG_SHARES, WITH_SHORT_SHARES, GroupKind, Spot
from engine.margin.groups import Expiration, Group, Plan, Spread, candidates, charge, is_european_short_box
from engine.margin.legs import NetBook, OptionLeg
from engine.model import Right

COST_TO_CLOSE: Final = 1.02
_EMPTY: Final = Plan((), ())


@dataclass(frozen=True, slots=True)
class Terms:
    """What the cheapest plan depends on besides the book.

    Attributes:
        shares: shares that can stand with options, in units of the underlying, negative when short.
        loan: by place: what a long option alone would lend and a group takes away, USD a contract.
        initial: find the plan that is cheapest at opening instead of the one that is cheapest to hold.
    """

    spot: Spot
    shares: float = 0.0
    loan: tuple[float, ...] = ()
    initial: bool = False


@dataclass(slots=True)
class _Programme:
    """Columns (unknowns) and rows (bounds) of the integer programme."""

    costs: list[float] = field(default_factory=list)
    entries: list[tuple[int, int, float]] = field(default_factory=list)
    lower: list[float] = field(default_factory=list)
    upper: list[float] = field(default_factory=list)

    def column(self, cost: float) -> int:
        self.costs.append(cost)
        return len(self.costs) - 1

    def row(self, lower: float, upper: float) -> int:
        self.lower.append(lower)
        self.upper.append(upper)
        return len(self.lower) - 1

    def add(self, row: int, column: int, weight: float) -> None:
        self.entries.append((row, column, weight))

    def solve(self, continuous: list[int]) -> NDArray[np.float64]:
        """Values of the columns.

        Raises:
            EngineError: when the solver finds no optimum; every book has one, shorts being chargeable uncovered.
        """
        rows, columns, weights = zip(*self.entries, strict=True)
        matrix = coo_array((weights, (rows, columns)), shape=(len(self.lower), len(self.costs))).tocsc()
        whole = np.ones(len(self.costs), np.int64)
        whole[continuous] = 0
        found = milp(
            np.array(self.costs),
            integrality=whole,
            bounds=Bounds(0.0, np.inf),
            constraints=LinearConstraint(matrix, np.array(self.lower), np.array(self.upper)),
            options={"mip_rel_gap": 0.0},
        )
        if found.x is None or found.status != 0:
            raise EngineError(f"no cheapest margin plan of {len(self.costs)} unknowns: {found.message}")
        return np.asarray(found.x, np.float64)


def cheapest_plan(book: NetBook, terms: Terms) -> Plan:
    """The plan of least cost.

    Raises:
        EngineError: when the solver fails.
    """
    if not any(leg.quantity < 0 for leg in book.options) and terms.shares == 0:
        return _EMPTY
    if not book.options:
        return _EMPTY
    factor = reduce(gcd, (leg.quantity for leg in book.options), book.shares)
    options = tuple(replace(leg, quantity=leg.quantity // factor) for leg in book.options)
    return _solved(options, replace(terms, shares=terms.shares / factor)).times(factor)


def _solved(options: tuple[OptionLeg, ...], terms: Terms) -> Plan:
    programme = _Programme()
    legs = [programme.row(-leg.quantity if leg.quantity < 0 else 0, abs(leg.quantity)) for leg in options]
    groups = _group_columns(programme, options, terms, legs)
    spreads, losses = [], []
    for expiration in sorted({(leg.expires, leg.multiplier) for leg in options if leg.quantity < 0}):
        members = _eligible(options, expiration)
        if any(options[place].quantity > 0 for place in members):
            loss, columns = _spread_columns(programme, options, members, terms, legs)
            spreads.append(columns)
            losses.append(loss)
    values = programme.solve(losses) if programme.costs else np.zeros(0)
    counts = [round(float(value)) for value in values]
    chosen = (Group(kind, members, counts[column]) for kind, members, column in groups)
    together = (
        Spread(tuple((place, sign * counts[column]) for place, sign, column in columns if counts[column]))
        for columns in spreads
    )
    return Plan(
        tuple(group for group in chosen if group.count),
        tuple(spread for spread in together if any(count < 0 for _, count in spread.members)),
    )


def _group_columns(
    programme: _Programme, options: tuple[OptionLeg, ...], terms: Terms, legs: list[int]
) -> list[tuple[GroupKind, tuple[int, ...], int]]:
    """A column for every candidate, and one row for the shares."""
    shares = programme.row(0.0, abs(terms.shares)) if terms.shares else None
    found = []
    for kind, members in candidates(options, (terms.shares > 0) - (terms.shares < 0)):
        cost = charge(Group(kind, members, 1), options, terms.spot)
        lent = sum(terms.loan[place] for place in members) if terms.loan else 0.0
        column = programme.column((cost.initial if terms.initial else cost.maintenance) + lent)
        for place in members:
            programme.add(legs[place], column, 1.0)
        if shares is not None and (kind in WITH_LONG_SHARES or kind in WITH_SHORT_SHARES):
            programme.add(shares, column, options[members[0]].multiplier)
        found.append((kind, members, column))
    return found


def _eligible(options: tuple[OptionLeg, ...], expiration: Expiration) -> list[int]:
    """Shorts of an expiration and the longs that may stand with them (RULES 7.4)."""
    expires, multiplier = expiration
    return [
        place
        for place, leg in enumerate(options)
        if leg.multiplier == multiplier
        and ((leg.quantity < 0 and leg.expires == expires) or (leg.quantity > 0 and leg.expires >= expires))
    ]


def _spread_columns(
    programme: _Programme, options: tuple[OptionLeg, ...], members: list[int], terms: Terms, legs: list[int]
) -> tuple[int, list[tuple[int, int, int]]]:
    """Columns of one expiration's spread: its loss, and (place, sign, column) of each leg."""
    loss = programme.column(1.0)
    columns = []
    for place in members:
        lent = terms.loan[place] if terms.loan else 0.0
        column = programme.column(lent)
        programme.add(legs[place], column, 1.0)
        columns.append((place, 1 if options[place].quantity > 0 else -1, column))
    for right in Right:
        matched = programme.row(0.0, np.inf)
        for place, sign, column in columns:
            if options[place].right == right:
                programme.add(matched, column, float(sign))
    # A loss that does not grow beyond the outermost strikes is largest at the strike of a long.
    for strike in sorted({options[place].strike for place, sign, _ in columns if sign > 0}):
        row = programme.row(0.0, np.inf)
        programme.add(row, loss, 1.0)
        for place, sign, column in columns:
            leg = options[place]
            programme.add(row, column, sign * leg.multiplier * leg.intrinsic(strike))
    if is_european_short_box([(options[place], options[place].quantity) for place in members]):
        row = programme.row(0.0, np.inf)
        programme.add(row, loss, 1.0)
        for place, sign, column in columns:
            programme.add(row, column, sign * COST_TO_CLOSE * options[place].value)
    return loss, columns
