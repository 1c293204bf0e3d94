"""A book as an integer programme.

Unknown are how many times each group of `groups.candidates` stands, and, for each expiration with shorts, how many of
the longs that do not expire before them stand with its spread. Every other short stands in the spread of its
expiration. A spread costs its largest intrinsic loss, which bounds its loss at every strike from above, one row each.
Legs bound what groups use of them; European boxes add rows of their own (`box_rows.py`). All counts are whole, costs
are in units of `scale`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

import numpy as np

from engine.margin.box_rows import possible_boxes
from engine.margin.charges import WITH_LONG_SHARES, WITH_SHORT_SHARES, Spot, uncovered
from engine.margin.dictionary import Problem
from engine.margin.groups import Alike, Group, Plan, Spread, candidates
from engine.margin.legs import Floats, Integers, LegColumns, OptionLeg
from engine.margin.spread_rows import STANDS, SpreadLegs, Together, lay_spreads


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
        return _costs(self.alike, self.together, options, terms, self.scale, len(self.problem.costs))

    def plan(self, values: Floats, options: LegColumns) -> Plan:
        """The plan that a solution says."""
        counts: list[int] = np.rint(values).astype(np.int64).tolist()
        left: list[int] = np.abs(options.quantity).tolist()
        groups: list[Group] = []
        first = 0
        for one in self.alike:
            for number, members in enumerate(one.members.tolist(), first):
                if counts[number]:
                    groups.append(Group(one.kind, tuple(members), counts[number]))
                    for place in members:
                        left[place] -= counts[number]
            first += len(one.members)
        spreads = [
            self._spread(number, column, counts, left)
            for number, column in enumerate(self.together.first.tolist())
            if column >= 0
        ]
        return Plan(tuple(groups), tuple(spread for spread in spreads if spread.members))

    def _spread(self, number: int, column: int, counts: list[int], left: list[int]) -> Spread:
        """Shorts that are in no other group, and the longs that the solution gives them."""
        shorts = [
            (place, -left[place]) for place in np.flatnonzero(self.together.shorts[number]).tolist() if left[place]
        ]
        if not shorts:
            return Spread(())
        longs = enumerate(np.flatnonzero(self.together.longs[number]).tolist(), column + 1)
        return Spread(tuple(sorted(shorts + [(place, counts[own]) for own, place in longs if counts[own]])))


def programme_of(legs: tuple[OptionLeg, ...], options: LegColumns, terms: Terms) -> Programme:
    """The programme of a book at present prices; `options` are the columns of its legs."""
    alike = candidates(options, (terms.shares > 0) - (terms.shares < 0))
    together = _together(options, sum(len(one.members) for one in alike))
    boxes = possible_boxes(options, together)
    uses = _uses(alike, together, len(legs), boxes.columns)
    scale = float((options.multiplier * np.maximum(options.strike, terms.spot.price)).max())
    rows = [_spread_rows(options, together, uses, scale), _leg_rows(options, uses)]
    if terms.shares:
        rows.append(_share_row(options, alike, uses.shape[1], abs(terms.shares)))
    if boxes.columns:
        rows.append(boxes.rows(options, together, uses, scale))
    most, whole = _limits(options, uses, together, boxes.columns)
    costs = _costs(alike, together, options, terms, scale, uses.shape[1])
    weights, bounds, families = (np.concatenate(parts) for parts in zip(*rows, strict=True))
    by_value = bool(terms.shares) and terms.spot.terms.shares_cover_by_value
    problem = Problem(costs, weights, bounds, families, most, whole)
    return Programme(problem, scale, alike, together, by_value or bool(boxes.columns))


def _together(options: LegColumns, columns: int) -> Together:
    """Shorts of each expiration and multiplier with the longs that may cover them (RULES 7.4)."""
    short = options.quantity < 0
    keys = np.unique(np.column_stack((options.expires[short], options.multiplier[short])), axis=0)
    expires, sizes = keys[:, :1], keys[:, 1:]
    shorts = short & (options.multiplier == sizes) & (options.expires == expires)
    longs = ~short & (options.multiplier == sizes) & (options.expires >= expires)
    counts = longs.sum(axis=1)
    own = np.where(counts > 0, counts + 1, 0)
    first = np.where(counts > 0, columns + np.cumsum(own) - own, -1)
    return Together(shorts, longs, first)


def _uses(alike: list[Alike], together: Together, places: int, switches: int) -> Floats:
    """Contracts of each place that one of each column uses, of shape (places, columns); spreads use longs only."""
    first = sum(len(one.members) for one in alike)
    which, longs = np.nonzero(together.longs)
    uses = np.zeros((places, first + len(longs) + len(together.losses) + switches))
    uses[longs, first + np.arange(len(longs)) + 1 + np.searchsorted(together.losses, together.first[which])] = 1.0
    first = 0
    for one in alike:
        numbers = first + np.arange(len(one.members))
        for places_of in one.members.T:
            uses[places_of, numbers] = 1.0
        first += len(numbers)
    return uses


def _limits(options: LegColumns, uses: Floats, together: Together, switches: int) -> tuple[Floats, Integers]:
    """What each column is at most, and which ones are whole: all but the losses of spreads."""
    held = np.where(uses > 0.0, np.abs(options.quantity)[:, None], np.inf)
    whole = np.ones(uses.shape[1], np.int64)
    whole[together.losses] = 0
    most = held.min(axis=0)
    most[len(most) - switches :] = 1.0
    return most, whole


def _costs(
    alike: list[Alike], together: Together, options: LegColumns, terms: Terms, scale: float, width: int
) -> Floats:
    """Cost of each of so many columns in units of the scale; those after the groups and the spreads cost nothing."""
    columns = sum(len(one.members) for one in alike)
    spreads = np.zeros(int(together.longs.sum()) + len(together.losses))
    lent = np.array(terms.loan) / scale if terms.loan else None
    parts = []
    uncovered = terms.uncovered(options)
    for one in alike:
        own = _charged(one, options, terms, uncovered) / scale
        parts.append(own if lent is None else own + lent[one.members].sum(axis=1))
    spreads[together.losses - columns] = 1.0
    if lent is not None:
        taken = np.ones(len(spreads), np.bool_)
        taken[together.losses - columns] = False
        spreads[taken] = lent[np.nonzero(together.longs)[1]]
    return np.concatenate([*parts, spreads, np.zeros(width - columns - len(spreads))])


def _charged(alike: Alike, options: LegColumns, terms: Terms, uncovered: Floats) -> Floats:
    if alike.without_cover:
        return alike.required(options, uncovered)
    charge = alike.charges(options, terms.spot)
    return charge.initial if terms.initial else charge.maintenance


_Rows: TypeAlias = tuple[Floats, Floats, Integers]
"""Weights of shape (rows, columns), bounds and families."""


def _leg_rows(options: LegColumns, uses: Floats) -> _Rows:
    """No more of a leg than is held; where one column uses it, that column has this limit itself."""
    shared = np.count_nonzero(uses, axis=1) > 1
    bounds = -np.abs(options.quantity[shared]).astype(np.float64)
    return -uses[shared], bounds, np.full(len(bounds), STANDS)


def _share_row(options: LegColumns, alike: list[Alike], columns: int, shares: float) -> _Rows:
    """No more shares than are held."""
    weights, first = np.zeros((1, columns)), 0
    for one in alike:
        if one.kind in WITH_LONG_SHARES or one.kind in WITH_SHORT_SHARES:
            weights[0, first : first + len(one.members)] = -options.multiplier[one.members[:, 0]]
        first += len(one.members)
    return weights, np.array([-shares]), np.array([STANDS])


def _spread_rows(options: LegColumns, together: Together, uses: Floats, scale: float) -> _Rows:
    """Of each right at least as many longs as shorts; losses at the strikes of the longs."""
    spreads, places = together.shorts.shape
    room = spreads * (2 + places)
    weights, bounds = np.zeros((room, uses.shape[1])), np.zeros(room)
    families = np.full(room, STANDS)
    legs = SpreadLegs(options.right, options.strike, options.multiplier / scale, -options.quantity, uses)
    count = lay_spreads(legs, together, (weights, bounds, families))
    return weights[:count], bounds[:count], families[:count]
