"""What one margin group costs: one row of the table per kind of group (RULES 7.1 to 7.8).

A charge is per share of the underlying and counts what the group adds to shares that stand alone, so that a group
with shares is charged less than nothing where it protects them. `initial` leaves out what is paid for long options.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Final, NamedTuple, TypeAlias

import numpy as np

from engine.margin.classes import ClassTerms
from engine.margin.legs import Floats, LegColumns


class GroupKind(StrEnum):
    """Kinds of margin groups."""

    UNCOVERED = "uncovered"
    STRADDLE = "short straddle or strangle"
    COVERED_CALL = "covered call"
    COVERED_PUT = "covered put"
    PROTECTIVE_PUT = "protective put"
    PROTECTIVE_CALL = "protective call"
    COLLAR = "collar"
    CONVERSION = "conversion"
    REVERSE_CONVERSION = "reverse conversion"
    SPREAD = "spread"
    LONG = "long option"
    SHARES = "shares"


@dataclass(frozen=True, slots=True)
class Spot:
    """Price of the underlying and the rates of its class."""

    price: float
    terms: ClassTerms


@dataclass(frozen=True, slots=True)
class Charge:
    """Per share, of groups of one kind; `in_the_money` is the part of `initial` that the premium received pays for."""

    maintenance: Floats
    initial: Floats
    in_the_money: Floats


ChargeRule: TypeAlias = Callable[[tuple[LegColumns, ...], Spot], Charge]
"""From the first legs of the groups, their second ones, and so on."""


def uncovered(leg: LegColumns, spot: Spot) -> Floats:
    """Requirement of a short option without cover, its present value included (RULES 7.1)."""
    terms = spot.terms
    floor = terms.minimum * leg.strike
    floor[leg.right > 0.0] = terms.minimum * spot.price
    return leg.price + np.maximum(terms.uncovered * spot.price - leg.out_of_the_money(spot.price), floor)


class Side(NamedTuple):
    """The calls or the puts of straddles, per share: what each requires uncovered, and its present price."""

    required: Floats
    price: Floats


def straddled(one: Side, other: Side) -> Floats:
    """The greater side and the other side's premium (RULES 7.3)."""
    by_one, by_other = one.required + other.price, other.required + one.price
    required: Floats = np.where(one.required > other.required, by_one, by_other)
    equal = one.required == other.required
    if np.count_nonzero(equal):
        required[equal] = np.maximum(by_one, by_other)[equal]
    return required


def _uncovered(legs: tuple[LegColumns, ...], spot: Spot) -> Charge:
    required = uncovered(legs[0], spot)
    return Charge(required, required, np.zeros_like(required))


def _straddle(legs: tuple[LegColumns, ...], spot: Spot) -> Charge:
    one, other = legs
    required = straddled(Side(uncovered(one, spot), one.price), Side(uncovered(other, spot), other.price))
    return Charge(required, required, np.zeros_like(required))


def _covered_call(legs: tuple[LegColumns, ...], spot: Spot) -> Charge:
    """Shares count at no more than the strike."""
    inside = legs[0].intrinsic(spot.price)
    return Charge((1.0 - spot.terms.long_shares) * inside, inside, inside)


def _covered_put(legs: tuple[LegColumns, ...], spot: Spot) -> Charge:
    inside = legs[0].intrinsic(spot.price)
    return Charge(inside, inside, inside)


def _protective(legs: tuple[LegColumns, ...], spot: Spot) -> Charge:
    """A tenth of the strike and the way to it, where that is less than the rate on the shares alone."""
    rate = np.where(legs[0].right > 0.0, spot.terms.short_shares, spot.terms.long_shares)
    to_strike = 0.1 * legs[0].strike + legs[0].out_of_the_money(spot.price)
    nothing = np.zeros_like(to_strike)
    return Charge(np.minimum(to_strike - rate * spot.price, 0.0), nothing, nothing)


def _collar(legs: tuple[LegColumns, ...], spot: Spot) -> Charge:
    """Short call and long put with shares; shares count at no more than the call's strike."""
    call, put = legs
    inside, rate = call.intrinsic(spot.price), spot.terms.long_shares
    required = np.minimum(0.1 * put.strike + put.out_of_the_money(spot.price), rate * call.strike) + inside
    return Charge(required - rate * spot.price, inside, inside)


def _conversion(legs: tuple[LegColumns, ...], spot: Spot) -> Charge:
    """Short option first; the other right of the same strike and expiration makes the sale price certain."""
    short = legs[0]
    inside = short.intrinsic(spot.price)
    rate = np.where(short.right > 0.0, spot.terms.long_shares, spot.terms.short_shares)
    return Charge(0.1 * short.strike + inside - rate * spot.price, inside, inside)


RULES: Final[Mapping[GroupKind, ChargeRule]] = MappingProxyType(
    {
        GroupKind.UNCOVERED: _uncovered,
        GroupKind.STRADDLE: _straddle,
        GroupKind.COVERED_CALL: _covered_call,
        GroupKind.COVERED_PUT: _covered_put,
        GroupKind.PROTECTIVE_PUT: _protective,
        GroupKind.PROTECTIVE_CALL: _protective,
        GroupKind.COLLAR: _collar,
        GroupKind.CONVERSION: _conversion,
        GroupKind.REVERSE_CONVERSION: _conversion,
    }
)
WITH_LONG_SHARES: Final = frozenset(
    {
        GroupKind.COVERED_CALL,
        GroupKind.PROTECTIVE_PUT,
        GroupKind.COLLAR,
        GroupKind.CONVERSION,
    }
)
WITH_SHORT_SHARES: Final = frozenset(
    {
        GroupKind.COVERED_PUT,
        GroupKind.PROTECTIVE_CALL,
        GroupKind.REVERSE_CONVERSION,
    }
)
