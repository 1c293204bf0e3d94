"""Groups that a book can be cut into: which legs may stand together, and what a chosen cut costs at given prices."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from math import fsum
from typing import TypeAlias

from engine.margin.charges import RULES, Charge, GroupKind, Spot
from engine.margin.legs import Expires, OptionLeg
from engine.model import ExerciseStyle, Right

Expiration: TypeAlias = tuple[Expires, int]
"""Expiration and multiplier of the shorts of a spread."""
_COST_TO_CLOSE = 1.02


@dataclass(frozen=True, slots=True)
class Group:
    """So many times the same legs, by their place among the options of the book; one contract of each."""

    kind: GroupKind
    members: tuple[int, ...]
    count: int


@dataclass(frozen=True, slots=True)
class Spread:
    """Shorts of one expiration and longs that do not expire before them: (place, signed contracts)."""

    members: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """A book cut into groups; what is in none stands alone."""

    groups: tuple[Group, ...]
    spreads: tuple[Spread, ...]

    def times(self, factor: int) -> Plan:
        """The plan of so many times the book."""
        groups = tuple(Group(group.kind, group.members, group.count * factor) for group in self.groups)
        spreads = tuple(
            Spread(tuple((place, count * factor) for place, count in spread.members)) for spread in self.spreads
        )
        return Plan(groups, spreads)

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


def candidates(options: tuple[OptionLeg, ...], shares: int) -> Iterator[tuple[GroupKind, tuple[int, ...]]]:
    """Every group of one contract per leg, but for spreads; with shares only where some are held."""
    calls, puts = _sides(options, Right.CALL, -1), _sides(options, Right.PUT, -1)
    for place in (*calls, *puts):
        yield GroupKind.UNCOVERED, (place,)
    for call, put in _pairs(options, calls, puts):
        yield GroupKind.STRADDLE, (call, put)
    if shares > 0:
        long_puts = _sides(options, Right.PUT, 1)
        yield from ((GroupKind.COVERED_CALL, (place,)) for place in calls)
        yield from ((GroupKind.PROTECTIVE_PUT, (place,)) for place in long_puts)
        for call, put in _pairs(options, calls, long_puts):
            if options[put].strike <= options[call].strike and options[put].expires >= options[call].expires:
                yield GroupKind.COLLAR, (call, put)
                if _same_terms(options[call], options[put]):
                    yield GroupKind.CONVERSION, (call, put)
    if shares < 0:
        long_calls = _sides(options, Right.CALL, 1)
        yield from ((GroupKind.COVERED_PUT, (place,)) for place in puts)
        yield from ((GroupKind.PROTECTIVE_CALL, (place,)) for place in long_calls)
        for put, call in _pairs(options, puts, long_calls):
            if _same_terms(options[call], options[put]):
                yield GroupKind.REVERSE_CONVERSION, (put, call)


def _sides(options: tuple[OptionLeg, ...], right: Right, sign: int) -> list[int]:
    return [place for place, leg in enumerate(options) if leg.right == right and leg.quantity * sign > 0]


def _pairs(options: tuple[OptionLeg, ...], ones: list[int], others: list[int]) -> Iterator[tuple[int, int]]:
    for one in ones:
        for other in others:
            if options[one].multiplier == options[other].multiplier:
                yield one, other


def _same_terms(one: OptionLeg, other: OptionLeg) -> bool:
    return one.strike == other.strike and one.expires == other.expires


def charge(group: Group, options: tuple[OptionLeg, ...], spot: Spot) -> Charge:
    """Charge of a group, USD, for one contract of each of its legs."""
    legs = tuple(options[place] for place in group.members)
    size = legs[0].multiplier
    per_share = RULES[group.kind](legs, spot)
    return Charge(per_share.maintenance * size, per_share.initial * size, per_share.in_the_money * size)


def spread_requirement(spread: Spread, options: tuple[OptionLeg, ...]) -> float:
    """Largest intrinsic loss over all strikes, USD; a European short box at least 102 % of its cost (RULES 7.4, 7.6).

    The shorts of each right are matched by as many longs, so that no loss lies beyond the outermost strikes.
    """
    legs = [(options[place], count) for place, count in spread.members]
    worst = max(
        (-fsum(count * leg.multiplier * leg.intrinsic(at.strike) for leg, count in legs) for at, _ in legs), default=0.0
    )
    if is_european_short_box(legs):
        worst = max(worst, -_COST_TO_CLOSE * fsum(count * leg.value for leg, count in legs))
    return max(worst, 0.0)


def is_european_short_box(legs: Iterable[tuple[OptionLeg, int]]) -> bool:
    """Whether European legs of one expiration lose the same whatever the underlying does."""
    turns: dict[float, int] = {}
    slope, loss, expirations = 0, 0.0, set()
    for leg, count in legs:
        if leg.style is not ExerciseStyle.EUROPEAN:
            return False
        expirations.add(leg.expires)
        turns[leg.strike] = turns.get(leg.strike, 0) + count
        if leg.right == Right.CALL:
            slope += count
            loss += count * leg.strike
    return len(expirations) == 1 and slope == 0 and loss > 0.0 and not any(turns.values())
