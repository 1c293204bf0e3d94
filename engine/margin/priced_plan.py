"""What a plan costs at given prices: what does not depend on prices is computed once, the rest by columns."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from math import fsum
from typing import Final

import numpy as np

from engine.margin.charges import WITH_LONG_SHARES, WITH_SHORT_SHARES, Charge, GroupKind, Spot
from engine.margin.groups import COST_TO_CLOSE, Alike, Group, Plan, Spread, is_box, spread_loss
from engine.margin.legs import Integers, LegColumns, NetBook

LONG_TERM_RATE: Final = 0.75


@dataclass(frozen=True, slots=True)
class Held:
    """A book at present prices.

    Attributes:
        options: columns of the book's options.
        loans: by place: what a long option that stands alone lends on its value, USD a contract; empty: nothing.
    """

    book: NetBook
    options: LegColumns
    spot: Spot
    loans: tuple[float, ...] = ()

    @property
    def units(self) -> float:
        """Shares in units of the underlying: by value where they are a fund on an index."""
        if self.spot.terms.shares_cover_by_value:
            return float(self.book.share_value / self.spot.price)
        return float(self.book.shares)

    @property
    def share_rate(self) -> float:
        """Rate of shares that stand alone."""
        terms = self.spot.terms
        return terms.long_shares if self.book.shares > 0 else terms.short_shares


@dataclass(frozen=True, slots=True)
class _SameKind:
    alike: Alike
    counts: Integers
    shares: Integers


class PricedPlan:
    """A plan of a book, to be priced again and again.

    Attributes:
        kinds: of the groups whose maintenance is asked for, in that order; then come long options, then shares.
        alone: long contracts that are in no group, by place.
        shares: shares of the underlying in groups.
    """

    def __init__(self, plan: Plan, book: NetBook, options: LegColumns) -> None:
        self._alike = [
            _same_kind(kind, [*groups], options) for kind, groups in groupby(plan.groups, lambda one: one.kind)
        ]
        self._spreads = [
            (spread, spread_loss(spread, book.options), is_box(spread, book.options)) for spread in plan.spreads
        ]
        self._charged: tuple[Held, list[tuple[_SameKind, Charge]]] | None = None
        self.plan = plan
        self.kinds = [group.kind for group in plan.groups] + [GroupKind.SPREAD] * len(plan.spreads)
        self.alone = np.maximum(options.quantity, 0)
        for place, count in plan.used().items():
            self.alone[place] -= count if options.quantity[place] > 0 else 0
        self.group_shares = [count for one in self._alike for count in one.shares.tolist()] + [0] * len(plan.spreads)
        self.shares = sum(self.group_shares)

    def maintenance(self, held: Held) -> list[float]:
        """Requirement of every group, of long options that stand alone, and of shares that do, USD."""
        parts: list[float] = []
        for one, charge in self._charges(held):
            charges = charge.maintenance * one.counts
            parts += (charges + held.share_rate * one.shares * held.spot.price).tolist()
        parts += self._in_spreads(held.options)
        if held.loans:
            parts += np.where(
                np.array(held.loans) > 0.0, self.alone * held.options.value * LONG_TERM_RATE, 0.0
            ).tolist()
        return [*parts, self._free_shares(held)]

    def free_units(self, held: Held) -> float:
        """Shares in no group, in units of the underlying, without sign."""
        return float(abs(held.units) - self.shares)

    def _free_shares(self, held: Held) -> float:
        left = self.free_units(held)
        return float(held.share_rate * left * abs(held.book.share_value / held.units)) if left else 0.0

    def initial(self, held: Held) -> tuple[float, float]:
        """Initial requirement, and its part that is in the money of groups with shares."""
        parts, inside = [], []
        for one, charge in self._charges(held):
            parts += (charge.initial * one.counts).tolist()
            inside += (charge.in_the_money * one.counts).tolist()
        parts += self._in_spreads(held.options)
        parts += (np.maximum(held.options.quantity, 0) * held.options.value).tolist()
        if held.loans:
            parts += (-np.array(held.loans) * self.alone).tolist()
        parts.append(held.spot.terms.initial_shares * abs(held.book.share_value))
        return fsum(parts), fsum(inside)

    def _charges(self, held: Held) -> list[tuple[_SameKind, Charge]]:
        """What groups are charged; asked for to open and to hold the book at the same prices."""
        if self._charged is None or self._charged[0] is not held:
            self._charged = held, [(one, one.alike.charges(held.options, held.spot)) for one in self._alike]
        return self._charged[1]

    def _in_spreads(self, options: LegColumns) -> list[float]:
        return [max(loss, _cost_to_close(spread, options)) if box else loss for spread, loss, box in self._spreads]


def _same_kind(kind: GroupKind, groups: list[Group], options: LegColumns) -> _SameKind:
    members = np.array([group.members for group in groups])
    counts = np.array([group.count for group in groups])
    shares = np.zeros(len(groups), np.int64)
    if kind in WITH_LONG_SHARES or kind in WITH_SHORT_SHARES:
        shares = counts * options.multiplier[members[:, 0]].astype(np.int64)
    return _SameKind(Alike(kind, members), counts, shares)


def _cost_to_close(spread: Spread, options: LegColumns) -> float:
    """What a European short box costs to close and two percent (RULES 7.6)."""
    values = options.value.tolist()
    return -COST_TO_CLOSE * fsum(count * values[place] for place, count in spread.members)
