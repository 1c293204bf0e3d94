"""Groups that a book can be cut into: which legs may stand together, and a chosen cut."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import fsum
from typing import Final, TypeAlias

import numpy as np

from engine.margin.charges import RULES, Charge, GroupKind, Side, Spot, straddled
from engine.margin.legs import Floats, Integers, LegColumns, OptionLeg
from engine.model import ExerciseStyle, Right
from engine.records import quickly_made

COST_TO_CLOSE: Final = 1.02
_UNCOVERED: Final = GroupKind.UNCOVERED
_WITHOUT_COVER: Final = frozenset({_UNCOVERED, GroupKind.STRADDLE})
_EUROPEAN: Final = ExerciseStyle.EUROPEAN
_CALL: Final = Right.CALL


SignedLeg: TypeAlias = tuple[OptionLeg, int]
"""Contracts of a leg in a spread, negative when short."""


@quickly_made
@dataclass(frozen=True, slots=True)
class Group:
    """So many times the same legs, by their place among the options of the book; one contract of each."""

    kind: GroupKind
    members: tuple[int, ...]
    count: int


@quickly_made
@dataclass(frozen=True, slots=True)
class Spread:
    """Shorts of one expiration and longs that do not expire before them: (place, signed contracts)."""

    members: tuple[tuple[int, int], ...]


@quickly_made
@dataclass(frozen=True, slots=True)
class Alike:
    """Groups of one kind: the places of their legs, of shape (groups, legs of one group)."""

    kind: GroupKind
    members: Integers

    @property
    def without_cover(self) -> bool:
        """Whether what each leg requires uncovered says what the groups are charged, to open as to hold them."""
        return self.kind in _WITHOUT_COVER

    def required(self, options: LegColumns, uncovered: Floats) -> Floats:
        """Charge of each group without cover, USD, from what every option requires uncovered, USD a share."""
        first = self.members[:, 0]
        if self.kind is _UNCOVERED:
            return uncovered[first] * options.multiplier[first]
        second, price = self.members[:, 1], options.price
        sides = Side(uncovered[first], price[first]), Side(uncovered[second], price[second])
        return straddled(*sides) * options.multiplier[first]

    def charges(self, options: LegColumns, spot: Spot) -> Charge:
        """Charge of each group, USD, for one contract of each of its legs."""
        per_share = RULES[self.kind](tuple(options.take(places) for places in self.members.T), spot)
        size = options.multiplier[self.members[:, 0]]
        return Charge(per_share.maintenance * size, per_share.initial * size, per_share.in_the_money * size)


@quickly_made
@dataclass(frozen=True, slots=True)
class Counted:
    """Groups of one kind, each so many times."""

    alike: Alike
    counts: Integers


@quickly_made
@dataclass(frozen=True, slots=True)
class Plan:
    """A book cut into groups, kind by kind; what is in none stands alone."""

    kinds: tuple[Counted, ...]
    spreads: tuple[Spread, ...]

    @property
    def groups(self) -> tuple[Group, ...]:
        """One by one, but for spreads."""
        return tuple(
            Group(one.alike.kind, tuple(members), count)
            for one in self.kinds
            for members, count in zip(one.alike.members.tolist(), one.counts.tolist(), strict=True)
        )

    def times(self, factor: int) -> Plan:
        """The plan of so many times the book."""
        if factor == 1:
            return self
        kinds = tuple(Counted(one.alike, one.counts * factor) for one in self.kinds)
        spreads = tuple(
            Spread(tuple((place, count * factor) for place, count in spread.members)) for spread in self.spreads
        )
        return Plan(kinds, spreads)

    def used(self) -> dict[int, int]:
        """Contracts of each place that are in a group."""
        counts: dict[int, int] = {}
        for group in self.groups:
            for place in group.members:
                counts[place] = counts.get(place, 0) + group.count
        for spread in self.spreads:
            for place, count in spread.members:
                counts[place] = counts.get(place, 0) + abs(count)
        return counts


def candidates(options: LegColumns, shares: int) -> list[Alike]:
    """Every group of one contract per leg, but for spreads; with shares only where some are held."""
    return [alike for alike in _candidates(options, shares) if len(alike.members)]


def _candidates(options: LegColumns, shares: int) -> Iterator[Alike]:
    calls, puts = _sides(options, Right.CALL, -1), _sides(options, Right.PUT, -1)
    yield Alike(GroupKind.UNCOVERED, np.concatenate((calls, puts))[:, None])
    yield Alike(GroupKind.STRADDLE, _pairs(options, calls, puts))
    if shares > 0:
        long_puts = _sides(options, Right.PUT, 1)
        yield Alike(GroupKind.COVERED_CALL, calls[:, None])
        yield Alike(GroupKind.PROTECTIVE_PUT, long_puts[:, None])
        pairs = _pairs(options, calls, long_puts)
        strikes, expires = options.strike[pairs], options.expires[pairs]
        collars = (strikes[:, 1] <= strikes[:, 0]) & (expires[:, 1] >= expires[:, 0])
        yield Alike(GroupKind.COLLAR, pairs[collars])
        yield Alike(GroupKind.CONVERSION, _of_same_terms(options, pairs))
    if shares < 0:
        long_calls = _sides(options, Right.CALL, 1)
        yield Alike(GroupKind.COVERED_PUT, puts[:, None])
        yield Alike(GroupKind.PROTECTIVE_CALL, long_calls[:, None])
        yield Alike(GroupKind.REVERSE_CONVERSION, _of_same_terms(options, _pairs(options, puts, long_calls)))


def _sides(options: LegColumns, right: Right, sign: int) -> Integers:
    held = options.quantity < 0 if sign < 0 else options.quantity > 0
    of_right = options.right > 0.0 if right is _CALL else options.right < 0.0
    return (of_right & held).nonzero()[0]


def _pairs(options: LegColumns, ones: Integers, others: Integers) -> Integers:
    each = np.empty((len(ones), len(others), 2), np.int64)
    each[:, :, 0], each[:, :, 1] = ones[:, None], others
    alike = options.multiplier[ones][:, None] == options.multiplier[others]
    pairs: Integers = each.reshape(-1, 2) if alike.all() else each[alike]
    return pairs


def _of_same_terms(options: LegColumns, pairs: Integers) -> Integers:
    strikes, expires = options.strike[pairs], options.expires[pairs]
    return np.compress((strikes[:, 0] == strikes[:, 1]) & (expires[:, 0] == expires[:, 1]), pairs, axis=0)


def signed_legs(spread: Spread, options: Sequence[OptionLeg]) -> list[SignedLeg]:
    """What stands in a spread of a book."""
    return [(options[place], count) for place, count in spread.members]


def spread_loss(legs: Sequence[SignedLeg]) -> float:
    """Largest intrinsic loss over all strikes, USD (RULES 7.4).

    The shorts of each right are matched by as many longs, so that no loss lies beyond the outermost strikes.
    """
    lost = [(int(leg.right), leg.strike, -count * leg.multiplier) for leg, count in legs]
    largest = 0.0
    for at in {strike for _, strike, size in lost if size < 0}:
        loss = fsum([size * (right * (at - strike)) for right, strike, size in lost if right * (at - strike) > 0.0])
        largest = loss if loss > largest else largest
    return largest


def is_box(legs: Sequence[SignedLeg]) -> bool:
    """Whether European legs of one expiration lose the same whatever the underlying does (RULES 7.6)."""
    turns: dict[float, int] = {}
    slope, loss, expires = 0, 0.0, legs[0][0].expires
    for leg, count in legs:
        if leg.style is not _EUROPEAN or leg.expires != expires:
            return False
        turns[leg.strike] = turns.get(leg.strike, 0) + count
        if leg.right is _CALL:
            slope += count
            loss += count * leg.strike
    return slope == 0 and loss > 0.0 and not any(turns.values())
