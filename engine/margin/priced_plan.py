"""What a plan costs at given prices: what does not depend on prices is computed once, the rest by columns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from math import fsum
from typing import Final

import numpy as np

from engine.margin.charges import WITH_LONG_SHARES, WITH_SHORT_SHARES, GroupKind, Spot, uncovered
from engine.margin.groups import COST_TO_CLOSE, Counted, Plan, Spread, is_box, signed_legs, spread_loss
from engine.margin.legs import Floats, Integers, LegColumns, NetBook, OptionLeg
from engine.records import quickly_made

LONG_TERM_RATE: Final = 0.75


class Held:
    """A book at present prices.

    Attributes:
        options: columns of the book's options.
        loans: by place: what a long option that stands alone lends on its value, USD a contract; empty: nothing.
    """

    __slots__ = ("_paid", "_uncovered", "book", "loans", "options", "spot")

    def __init__(self, book: NetBook, options: LegColumns, spot: Spot, loans: tuple[float, ...] = ()) -> None:
        self.book = book
        self.options = options
        self.spot = spot
        self.loans = loans
        self._paid: list[float] | None = None
        self._uncovered: Floats | None = None

    @property
    def uncovered(self) -> Floats:
        """What each option requires without cover, USD a share: asked for by proofs and by figures."""
        if self._uncovered is None:
            self._uncovered = uncovered(self.options, self.spot)
        return self._uncovered

    @property
    def paid(self) -> list[float]:
        """What was paid for long options at present prices, by place, USD; 0 for short ones."""
        if self._paid is None:
            self._paid = (np.maximum(self.options.quantity, 0) * self.options.value).tolist()
        return self._paid

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


@quickly_made
@dataclass(frozen=True, slots=True)
class _SpreadCharge:
    """Largest loss of a spread, USD; the spread itself where it is a box, which costs its price to close."""

    loss: float
    box: Spread | None

    @classmethod
    def of(cls, spread: Spread, options: Sequence[OptionLeg]) -> _SpreadCharge:
        legs = signed_legs(spread, options)
        return cls(spread_loss(legs), spread if is_box(legs) else None)


@quickly_made
@dataclass(frozen=True, slots=True)
class _Charged:
    """What groups and spreads are charged at the prices of `held`, USD.

    Attributes:
        in_the_money: the part of `initial` of groups with shares that the premium received pays for.
    """

    held: Held
    maintenance: list[float]
    initial: list[float]
    in_the_money: list[float]


class PricedPlan:
    """A plan of a book, to be priced again and again.

    Attributes:
        shares: shares of the underlying in groups.
    """

    def __init__(self, plan: Plan, book: NetBook, options: LegColumns) -> None:
        self._shares = [_shares_in(one, options) for one in plan.kinds]
        self._spreads = [_SpreadCharge.of(spread, book.options) for spread in plan.spreads]
        self._charged: _Charged | None = None
        self._held = options.quantity
        self.plan = plan
        self.shares = sum([int(shares.sum()) for shares in self._shares if shares is not None])

    @property
    def kinds(self) -> list[GroupKind]:
        """Of the groups whose maintenance is asked for, in that order; then come long options, then shares."""
        kinds = [kind.alike.kind for kind in self.plan.kinds for _ in kind.counts]
        return kinds + [GroupKind.SPREAD] * len(self.plan.spreads)

    @property
    def group_shares(self) -> list[int]:
        """Shares of the underlying in each of them."""
        found: list[int] = []
        for kind, shares in zip(self.plan.kinds, self._shares, strict=True):
            found += [0] * len(kind.counts) if shares is None else shares.tolist()
        return found + [0] * len(self.plan.spreads)

    @cached_property
    def alone(self) -> Integers:
        """Long contracts that are in no group, by place."""
        alone = np.maximum(self._held, 0)
        for place, count in self.plan.used().items():
            alone[place] -= count if self._held[place] > 0 else 0
        return alone

    def maintenance(self, held: Held) -> list[float]:
        """Requirement of every group, of long options that stand alone, and of shares that do, USD."""
        parts = [*self._charges(held).maintenance]
        if held.loans:
            parts += np.where(
                np.array(held.loans) > 0.0, self.alone * held.options.value * LONG_TERM_RATE, 0.0
            ).tolist()
        parts.append(self._free_shares(held))
        return parts

    def free_units(self, held: Held) -> float:
        """Shares in no group, in units of the underlying, without sign."""
        return float(abs(held.units) - self.shares)

    def _free_shares(self, held: Held) -> float:
        left = self.free_units(held)
        return float(held.share_rate * left * abs(held.book.share_value / held.units)) if left else 0.0

    def initial(self, held: Held) -> tuple[float, float]:
        """Initial requirement, and its part that is in the money of groups with shares."""
        charged = self._charges(held)
        parts = [*charged.initial, *held.paid, held.spot.terms.initial_shares * abs(held.book.share_value)]
        if held.loans:
            parts += (-np.array(held.loans) * self.alone).tolist()
        return fsum(parts), fsum(charged.in_the_money)

    def _charges(self, held: Held) -> _Charged:
        """Asked for to open and to hold the book at the same prices."""
        if self._charged is None or self._charged.held is not held:
            self._charged = self._charged_at(held)
        return self._charged

    def _charged_at(self, held: Held) -> _Charged:
        maintenance: list[float] = []
        initial: list[float] = []
        inside: list[float] = []
        for one, shares in zip(self.plan.kinds, self._shares, strict=True):
            if one.alike.without_cover:
                required = (one.alike.required(held.options, held.uncovered) * one.counts).tolist()
                maintenance += required
                initial += required
                continue
            charge = one.alike.charges(held.options, held.spot)
            charges = charge.maintenance * one.counts
            with_shares = 0.0 if shares is None else held.share_rate * shares * held.spot.price
            maintenance += (charges + with_shares).tolist()
            initial += (charge.initial * one.counts).tolist()
            inside += (charge.in_the_money * one.counts).tolist()
        spreads = self._in_spreads(held.options)
        return _Charged(held, maintenance + spreads, initial + spreads, inside)

    def _in_spreads(self, options: LegColumns) -> list[float]:
        return [
            one.loss if one.box is None else max(one.loss, _cost_to_close(one.box, options)) for one in self._spreads
        ]


def _shares_in(one: Counted, options: LegColumns) -> Integers | None:
    """Shares of the underlying in groups of one kind; None where they have none."""
    if one.alike.kind not in WITH_LONG_SHARES and one.alike.kind not in WITH_SHORT_SHARES:
        return None
    shares: Integers = one.counts * options.multiplier[one.alike.members[:, 0]].astype(np.int64)
    return shares


def _cost_to_close(spread: Spread, options: LegColumns) -> float:
    """What a European short box costs to close and two percent (RULES 7.6)."""
    values = options.value.tolist()
    return -COST_TO_CLOSE * fsum(count * values[place] for place, count in spread.members)
