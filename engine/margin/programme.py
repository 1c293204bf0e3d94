"""A book as an integer programme.

Unknown are how many times each group of `groups.candidates` stands, and, for each expiration with shorts, how many of
the longs that do not expire before them stand with its spread. Every other short stands in the spread of its
expiration. A spread costs its largest intrinsic loss, which bounds its loss at every strike from above, one row each.
Legs bound what groups use of them; European boxes add rows of their own (`box_rows.py`). All counts are whole, costs
are in units of `scale`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.margin.box_rows import possible_boxes
from engine.margin.charges import WITH_LONG_SHARES, WITH_SHORT_SHARES, Spot, uncovered
from engine.margin.dictionary import Problem
from engine.margin.groups import Alike, Counted, Plan, Spread, candidates
from engine.margin.legs import Floats, Integers, LegColumns
from engine.margin.programme_rows import Asked, Together, laid_rows
from engine.records import quickly_made


@quickly_made
@dataclass(frozen=True, slots=True)
class Terms:
    """What the cheapest plan depends on besides the book.

    Attributes:
        shares: shares that can stand with options, in units of the underlying, negative when short.
        loan: by place: what a long option alone would lend and a group takes away, USD a contract.
        initial: find the plan that is cheapest at opening instead of the one that is cheapest to hold.
        known: what each option requires without cover, USD a share, where that has been looked at.
    """

    spot: Spot
    shares: float = 0.0
    loan: tuple[float, ...] = ()
    initial: bool = False
    known: Floats | None = None

    def uncovered(self, options: LegColumns) -> Floats:
        """What each of the options requires without cover, USD a share."""
        return uncovered(options, self.spot) if self.known is None else self.known


@dataclass(frozen=True, slots=True)
class Programme:
    """The problem and what its columns mean.

    Attributes:
        alike: candidates, whose columns come first, in their order.
        follows_prices: a row depends on prices, so that a proof is of no use at others.
    """

    problem: Problem
    scale: float
    alike: list[Alike]
    together: Together
    follows_prices: bool

    def costs(self, options: LegColumns, terms: Terms) -> Floats:
        """Costs of all columns at other prices."""
        return _at_prices(self.problem.costs.copy(), self.alike, self.together, options, terms, self.scale)

    def plan(self, values: Floats, options: LegColumns) -> Plan:
        """The plan that a solution says."""
        counts, left = np.rint(values).astype(np.int64), np.abs(options.quantity)
        kinds, first = [], 0
        for one in self.alike:
            own = counts[first : first + len(one.members)]
            chosen = own.nonzero()[0]
            if len(chosen):
                kinds.append(Counted(Alike(one.kind, one.members[chosen]), own[chosen]))
                np.subtract.at(left, one.members[chosen], own[chosen, None])
            first += len(own)
        return Plan(tuple(kinds), tuple(self._spreads(counts.tolist(), left.tolist())))

    def _spreads(self, counts: list[int], left: list[int]) -> Iterator[Spread]:
        """Shorts that are in no other group, and the longs that the solution gives them."""
        together = self.together
        for column, shorts, longs in zip(
            together.first.tolist(), _places(together.shorts), _places(together.longs), strict=True
        ):
            members = [(place, -left[place]) for place in shorts if left[place]]
            if column >= 0 and members:
                given = counts[column + 1 : column + 1 + len(longs)]
                members += [(place, count) for place, count in zip(longs, given, strict=True) if count]
                yield Spread(tuple(sorted(members)))


def _places(standing: NDArray[np.bool_]) -> list[list[int]]:
    """Of each spread: where legs stand in it, or may."""
    found: list[list[int]] = [[] for _ in standing]
    for spread, place in np.argwhere(standing).tolist():
        found[spread].append(place)
    return found


def programme_of(options: LegColumns, terms: Terms) -> Programme:
    """The programme of a book at present prices."""
    alike = candidates(options, (terms.shares > 0) - (terms.shares < 0))
    members = _members(alike)
    spreads = _spreads(options)
    boxes = possible_boxes(options, spreads)
    scale = float((options.multiplier * np.maximum(options.strike, terms.spot.price)).max())
    asked = Asked(
        options.right,
        options.strike,
        options.expires,
        options.multiplier,
        options.quantity,
        scale,
        np.array(spreads, np.float64).reshape(-1, 2),
        members,
    )
    shares = 1 if terms.shares else 0
    together, rows = laid_rows(asked, shares + boxes.rows, boxes.columns)
    own = len(rows.bounds) - shares - boxes.rows
    if shares:
        _lay_share_row(options, alike, rows.matrix[own])
        rows.bounds[own] = -abs(terms.shares)
    if boxes.columns:
        boxes.lay(options, asked, together, rows)
    costs = np.zeros(len(rows.most))
    costs[together.losses] = 1.0
    by_value = bool(terms.shares) and terms.spot.terms.shares_cover_by_value
    problem = Problem(_at_prices(costs, alike, together, options, terms, scale), *rows)
    return Programme(problem, scale, alike, together, by_value or bool(boxes.columns))


def _members(alike: list[Alike]) -> Integers:
    """Places of the legs of each group, of shape (groups, 2), -1 where it has but one."""
    members = np.full((sum(len(one.members) for one in alike), 2), -1)
    first = 0
    for one in alike:
        count, legs = one.members.shape
        members[first : first + count, :legs] = one.members
        first += count
    return members


def _spreads(options: LegColumns) -> list[tuple[int, float]]:
    """Expiration and size of the shorts of each spread, ordered."""
    legs = zip(options.expires.tolist(), options.multiplier.tolist(), options.quantity.tolist(), strict=True)
    return sorted({(expires, size) for expires, size, quantity in legs if quantity < 0})


def _lay_share_row(options: LegColumns, alike: list[Alike], weights: Floats) -> None:
    """No more shares than are held."""
    first = 0
    for one in alike:
        if one.kind in WITH_LONG_SHARES or one.kind in WITH_SHORT_SHARES:
            weights[first : first + len(one.members)] = -options.multiplier[one.members[:, 0]]
        first += len(one.members)


def _at_prices(
    costs: Floats, alike: list[Alike], together: Together, options: LegColumns, terms: Terms, scale: float
) -> Floats:
    """Write into costs, in units of the scale, what depends on prices: charges of groups, and what longs lend."""
    lent = np.array(terms.loan) / scale if terms.loan else None
    uncovered, first = terms.uncovered(options), 0
    for one in alike:
        own = _charged(one, options, terms, uncovered) / scale
        costs[first : first + len(own)] = own if lent is None else own + lent[one.members].sum(axis=1)
        first += len(own)
    if lent is not None:
        for column, longs in zip(together.first.tolist(), together.longs, strict=True):
            if column >= 0:
                costs[column + 1 : column + 1 + np.count_nonzero(longs)] = lent[longs]
    return costs


def _charged(alike: Alike, options: LegColumns, terms: Terms, uncovered: Floats) -> Floats:
    if alike.without_cover:
        return alike.required(options, uncovered)
    charge = alike.charges(options, terms.spot)
    return charge.initial if terms.initial else charge.maintenance
