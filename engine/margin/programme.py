"""A book as an integer programme.

Unknown are how many times each group of `groups.candidates` stands, and, for each expiration with shorts, how many of
the longs that do not expire before them stand with its spread. Every other short stands in the spread of its
expiration. A spread costs its largest intrinsic loss, which bounds its loss at every strike from above, one row each.
Legs bound what groups use of them. All counts are whole, costs are in units of `scale`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from engine.margin.charges import WITH_LONG_SHARES, WITH_SHORT_SHARES, Spot
from engine.margin.dictionary import Problem
from engine.margin.groups import COST_TO_CLOSE, Alike, Group, Plan, Spread, candidates, is_european_short_box
from engine.margin.legs import Floats, Integers, LegColumns, OptionLeg
from engine.model import Right

STANDS: Final = -1
"""Family of rows that are in the programme from the beginning."""


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


@dataclass(frozen=True, slots=True)
class Together:
    """The spread of one expiration.

    Attributes:
        shorts, longs: places.
        first: column of its loss; those of the longs follow. Without longs there is none.
    """

    shorts: Integers
    longs: Integers
    first: int


@dataclass(frozen=True, slots=True)
class Programme:
    """The problem and what its columns mean.

    Attributes:
        alike: candidates, whose columns come first, in their order.
        together: spreads by expiration.
        follows_prices: a row depends on prices, so that a proof is of no use at others.
    """

    problem: Problem
    scale: float
    alike: list[Alike]
    together: list[Together]
    follows_prices: bool

    def costs(self, options: LegColumns, terms: Terms) -> Floats:
        """Costs of all columns at other prices."""
        costs = _costs(self.alike, self.together, options, terms) / self.scale
        costs[self.problem.whole == 0] = 1.0
        return costs

    def plan(self, values: Floats, options: LegColumns) -> Plan:
        """The plan that a solution says."""
        counts = np.rint(values[: sum(len(one.members) for one in self.alike)]).astype(np.int64)
        groups: list[Group] = []
        alone, first = np.abs(options.quantity), 0
        for one in self.alike:
            own = counts[first : first + len(one.members)]
            first += len(own)
            for number in np.flatnonzero(own).tolist():
                members, count = one.members[number], int(own[number])
                groups.append(Group(one.kind, tuple(members.tolist()), count))
                alone[members] -= count
        spreads = [_spread(one, values, alone) for one in self.together if one.first >= 0]
        return Plan(tuple(groups), tuple(spread for spread in spreads if spread.members))


def _spread(together: Together, values: Floats, alone: Integers) -> Spread:
    """Shorts that are in no other group, and the longs that the solution gives them."""
    left = zip(together.shorts.tolist(), alone[together.shorts].tolist(), strict=True)
    shorts = [(place, -count) for place, count in left if count]
    if not shorts:
        return Spread(())
    columns = together.first + 1
    counts = np.rint(values[columns : columns + len(together.longs)]).astype(np.int64).tolist()
    longs = [(place, count) for place, count in zip(together.longs.tolist(), counts, strict=True) if count]
    return Spread(tuple(sorted(shorts + longs)))


def programme_of(legs: tuple[OptionLeg, ...], options: LegColumns, terms: Terms) -> Programme:
    """The programme of a book at present prices; `options` are the columns of its legs."""
    alike = candidates(options, (terms.shares > 0) - (terms.shares < 0))
    together, columns = _together(options, sum(len(one.members) for one in alike))
    scale = float((options.multiplier * np.maximum(options.strike, terms.spot.price)).max())
    uses = _uses(alike, together, len(legs), columns)
    rows = _Rows(options, uses, scale)
    for number, one in enumerate(together):
        rows.add_spread(one, number)
        if _may_be_box(one, options) and _is_box(one, legs):
            rows.add_cost_to_close(one)
    rows.add_legs()
    if terms.shares:
        rows.add_shares(alike, abs(terms.shares))
    most, whole = _limits(options, uses, together)
    costs = _costs(alike, together, options, terms) / scale
    costs[whole == 0] = 1.0
    problem = Problem(costs, np.vstack(rows.weights), np.array(rows.bounds), np.array(rows.families), most, whole)
    by_value = bool(terms.shares) and terms.spot.terms.shares_cover_by_value
    return Programme(problem, scale, alike, together, rows.follow_prices or by_value)


def _may_be_box(one: Together, options: LegColumns) -> bool:
    """Whether longs and shorts are as many and expire together."""
    if options.quantity[one.longs].sum() + options.quantity[one.shorts].sum():
        return False
    return bool((options.expires[one.longs] == options.expires[one.shorts[0]]).all())


def _is_box(one: Together, legs: tuple[OptionLeg, ...]) -> bool:
    places = [*one.shorts.tolist(), *one.longs.tolist()]
    return is_european_short_box((legs[place], legs[place].quantity) for place in places)


def _together(options: LegColumns, columns: int) -> tuple[list[Together], int]:
    """Shorts of each expiration and multiplier with the longs that may cover them (RULES 7.4); number of columns."""
    found = []
    short = options.quantity < 0
    keys = zip(options.expires[short].tolist(), options.multiplier[short].tolist(), strict=True)
    for expires, size in sorted(set(keys)):
        alike = options.multiplier == size
        shorts = np.flatnonzero(short & alike & (options.expires == expires))
        longs = np.flatnonzero(~short & alike & (options.expires >= expires))
        found.append(Together(shorts, longs, columns if len(longs) else -1))
        columns += len(longs) + 1 if len(longs) else 0
    return found, columns


def _uses(alike: list[Alike], together: list[Together], places: int, columns: int) -> Floats:
    """Contracts of each place that one of each column uses, of shape (places, columns); spreads use longs only."""
    uses = np.zeros((places, columns))
    first = 0
    for one in alike:
        numbers = first + np.arange(len(one.members))
        for places_of in one.members.T:
            uses[places_of, numbers] = 1.0
        first += len(numbers)
    for spread in together:
        if spread.first >= 0:
            uses[spread.longs, spread.first + 1 + np.arange(len(spread.longs))] = 1.0
    return uses


def _limits(options: LegColumns, uses: Floats, together: list[Together]) -> tuple[Floats, Integers]:
    """What each column is at most, and which ones are whole: all but the losses of spreads."""
    held = np.where(uses > 0.0, np.abs(options.quantity)[:, None], np.inf)
    whole = np.ones(uses.shape[1], np.int64)
    whole[[one.first for one in together if one.first >= 0]] = 0
    return held.min(axis=0), whole


def _costs(alike: list[Alike], together: list[Together], options: LegColumns, terms: Terms) -> Floats:
    """Cost of each column, USD; losses cost what they are."""
    charges = [one.charges(options, terms.spot) for one in alike]
    costs = [charge.initial if terms.initial else charge.maintenance for charge in charges]
    if terms.loan:
        lent = np.array(terms.loan)
        costs = [own + lent[one.members].sum(axis=1) for one, own in zip(alike, costs, strict=True)]
    for one in together:
        if one.first >= 0:
            own = np.array(terms.loan)[one.longs] if terms.loan else np.zeros(len(one.longs))
            costs += [np.zeros(1), own]
    return np.concatenate(costs) if costs else np.zeros(0)


class _Rows:
    """Rows of the programme, in units of its scale."""

    def __init__(self, options: LegColumns, uses: Floats, scale: float) -> None:
        self._options = options
        self._uses = uses
        self._money = options.multiplier / scale
        self.weights: list[Floats] = []
        self.bounds: list[float] = []
        self.families: list[int] = []
        self.follow_prices = False

    def _add(self, weights: Floats, bounds: Floats, family: int) -> None:
        self.weights.append(weights)
        self.bounds += bounds.tolist()
        self.families += [family] * len(bounds)

    def add_spread(self, one: Together, family: int) -> None:
        """Of each right at least as many longs as shorts; the loss at the strikes of the longs.

        A loss that does not grow beyond the outermost strikes is largest at the strike of a long.
        """
        options, shorts = self._options, -self._options.quantity[one.shorts]
        for right in Right:
            of_right = options.right[one.shorts] == right
            if of_right.any():
                weights = self._uses[one.shorts[of_right]].sum(axis=0)
                if one.first >= 0:
                    weights[self._columns(one)] = options.right[one.longs] == right
                self._add(weights[None, :], shorts[of_right].sum(keepdims=True), STANDS)
        if one.first >= 0:
            strikes = np.array(sorted(set(options.strike[one.longs].tolist())))
            self._add_losses(one, options.intrinsic(strikes[:, None]) * self._money, family)

    def add_cost_to_close(self, one: Together) -> None:
        """A European short box loses at least what it costs to close it, and two percent (RULES 7.6)."""
        self._add_losses(one, (COST_TO_CLOSE * self._options.price * self._money)[None, :], STANDS)
        self.follow_prices = True

    def _add_losses(self, one: Together, worth: Floats, family: int) -> None:
        """The loss is at least what the shorts are worth less what the longs are; worth of shape (rows, places)."""
        own = worth[:, one.shorts]
        weights = own @ self._uses[one.shorts]
        weights[:, one.first] = 1.0
        weights[:, self._columns(one)] = worth[:, one.longs]
        self._add(weights, own @ -self._options.quantity[one.shorts], family)

    def add_legs(self) -> None:
        """No more of a leg than is held; where one column uses it, that column has this limit itself."""
        shared = np.count_nonzero(self._uses, axis=1) > 1
        self._add(-self._uses[shared], -np.abs(self._options.quantity[shared]), STANDS)

    def add_shares(self, alike: list[Alike], shares: float) -> None:
        """No more shares than are held."""
        weights, first = np.zeros(self._uses.shape[1]), 0
        for one in alike:
            if one.kind in WITH_LONG_SHARES or one.kind in WITH_SHORT_SHARES:
                weights[first : first + len(one.members)] = -self._options.multiplier[one.members[:, 0]]
            first += len(one.members)
        self._add(weights[None, :], np.array([-shares]), STANDS)

    @staticmethod
    def _columns(one: Together) -> slice:
        return slice(one.first + 1, one.first + 1 + len(one.longs))
