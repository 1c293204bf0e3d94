"""What a structure can lose and earn at its first expiration, and where it breaks even, as formulas of its strikes.

Between strikes the worth of a structure is a straight line, so its extremes lie at zero, at a strike, or without end.
Worths are held as multiples of the distances between strikes (the first strike's from zero): these are positive
whatever the strikes, so a worth that is nowhere below another one is seen in its multiples, and left out.

`D` is the net debit per share of one package, shares included, negative for a credit. Where options outlive the first
expiration they are worth at least what they would pay at once (rates and dividends zero; the time value of a call and
a put of one strike is the same): this gives the extreme on one side, and the other one has no closed form.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from functools import cache
from itertools import pairwise
from typing import TypeAlias

from engine.model import Right
from engine.money import Micros, to_micros
from engine.structures.patterns import LegPattern, Structure


class RiskClass(StrEnum):
    """Where a structure loses most.

    `OUTLASTING`: a sold option outlives the first expiration; what it can cost then is no matter of the structure.
    """

    LOCKED = "locked"
    DEFINED = "defined"
    DOWN_TO_ZERO = "down_to_zero"
    UNLIMITED = "unlimited"
    OUTLASTING = "outlasting"


@dataclass(frozen=True, slots=True)
class Worth:
    """A sum of distances between neighbouring strikes.

    Attributes:
        multiples: of the first strike, then of each strike's distance from the one below.
    """

    multiples: tuple[int, ...]

    def at(self, widths: Sequence[Micros]) -> Micros:
        """Exact money per share."""
        return sum(many * width for many, width in zip(self.multiples, widths, strict=True))

    def nowhere_above(self, other: Worth) -> bool:
        """Whether it is at most the other one for any strikes."""
        return all(mine <= theirs for mine, theirs in zip(self.multiples, other.multiples, strict=True))

    def __neg__(self) -> Worth:
        return Worth(tuple(-many for many in self.multiples))

    def __str__(self) -> str:
        """As strikes: the multiple of a strike is that of the distance below it less that of the one above."""
        terms = [mine - above for mine, above in pairwise((*self.multiples, 0))]
        return sum_of([(many, f"K{rank}") for rank, many in enumerate(terms, 1)][::-1])


Extreme: TypeAlias = tuple[Worth, ...] | None
"""The least (or largest) of these; none of them: unlimited; None: no closed form."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A straight line of worth from one strike rank (0: a price of zero) to the next."""

    rank: int
    start: Worth
    slope: int


def sum_of(terms: Sequence[tuple[int, str]]) -> str:
    """Terms with their multiples as a person writes them, positive ones first: `K2 - K1`."""
    written = ""
    for many, what in sorted((term for term in terms if term[0]), key=lambda term: term[0] < 0):
        size = what if abs(many) == 1 else f"{abs(many)} {what}"
        sign = "-" if many < 0 else "+"
        written += f" {sign} {size}" if written else (f"-{size}" if many < 0 else size)
    return written or "0"


@dataclass(frozen=True, slots=True)
class Formulas:
    """Least and largest worth of one package per share, and the lines it consists of.

    Attributes:
        lines: None where options outlive the first expiration.
    """

    lowest: Extreme
    highest: Extreme
    lines: tuple[Piece, ...] | None
    risk: RiskClass

    def maximum_loss(self, strikes: Sequence[float], debit: Micros) -> Micros | float | None:
        """Exact loss per share, at least 0; infinite when unlimited, None without a closed form."""
        worth = _extreme(self.lowest, strikes, min)
        return worth if worth is None else max(debit - worth, 0)

    def maximum_profit(self, strikes: Sequence[float], debit: Micros) -> Micros | float | None:
        """Exact profit per share, negative when there is none; infinite or None as `maximum_loss`."""
        worth = _extreme(self.highest, strikes, max)
        return worth if worth is None else worth - debit

    def breakevens(self, strikes: Sequence[float], debit: Micros) -> tuple[Fraction, ...] | None:
        """Prices in USD at which nothing is won or lost, ascending, without those at an end of a stretch of them.

        None without a closed form.
        """
        if self.lines is None:
            return None
        kinks = [0, *(to_micros(strike) for strike in strikes)]
        widths = _widths(strikes)
        zeros: set[Fraction] = set()
        flat: set[Fraction] = set()
        for line in self.lines:
            low = kinks[line.rank]
            high = kinks[line.rank + 1] if line.rank + 1 < len(kinks) else None
            missing = debit - line.start.at(widths)
            if line.slope:
                zero = low + Fraction(missing, line.slope)
                zeros |= {zero} if low <= zero and (high is None or zero <= high) else set()
            elif not missing:
                flat |= {Fraction(low)} if high is None else {Fraction(low), Fraction(high)}
        return tuple(zero / 1_000_000 for zero in sorted(zeros - flat))


@cache
def formulas(structure: Structure) -> Formulas:
    """The formulas of a structure, from its legs."""
    lines = tuple(_line(structure, rank) for rank in range(structure.strikes + 1))
    outliving = _outliving(structure.legs)
    last = lines[-1].slope
    worths = [line.start for line in lines]
    lowest = () if last < 0 else _least(worths)
    highest = () if last > 0 else tuple(-worth for worth in _least([-worth for worth in worths]))
    return Formulas(
        lowest=None if lowest and min(outliving) < 0 else lowest,
        highest=None if highest and max(outliving) > 0 else highest,
        lines=lines if structure.expirations <= 1 else None,
        risk=_risk(structure, lines),
    )


def _line(structure: Structure, rank: int) -> Piece:
    """Worth at a kink and the slope above it."""
    multiples = [0] * max(structure.strikes, 1)
    slope = structure.shares
    for below in range(rank):
        multiples[below] += structure.shares
    for leg in structure.legs:
        in_money = range(leg.strike, rank) if leg.right is Right.CALL else range(rank, leg.strike)
        for distance in in_money:
            multiples[distance] += leg.signed_ratio
        if leg.right is Right.CALL and rank >= leg.strike:
            slope += leg.signed_ratio
        elif leg.right is Right.PUT and rank < leg.strike:
            slope -= leg.signed_ratio
    if structure.widths == "equal":
        multiples[1:] = [sum(multiples[1:]), *([0] * (len(multiples) - 2))]
    return Piece(rank, Worth(tuple(multiples)), slope)


def _outliving(legs: Sequence[LegPattern]) -> list[int]:
    """Options held beyond the first expiration, per strike and expiration, calls and puts together."""
    held: dict[tuple[int, int], int] = {}
    for leg in legs:
        if leg.expiration > 1:
            key = leg.strike, leg.expiration
            held[key] = held.get(key, 0) + leg.signed_ratio
    return [*held.values(), 0]


def _least(worths: Sequence[Worth]) -> tuple[Worth, ...]:
    distinct = list(dict.fromkeys(worths))
    return tuple(one for one in distinct if not any(other != one and other.nowhere_above(one) for other in distinct))


def _risk(structure: Structure, lines: Sequence[Piece]) -> RiskClass:
    if any(leg.expiration > 1 and leg.side == "sell" for leg in structure.legs):
        return RiskClass.OUTLASTING
    if all(line.slope == 0 for line in lines) and structure.expirations == 1:
        return RiskClass.LOCKED
    if lines[-1].slope < 0:
        return RiskClass.UNLIMITED
    return RiskClass.DOWN_TO_ZERO if lines[0].slope > 0 else RiskClass.DEFINED


def _widths(strikes: Sequence[float]) -> list[Micros]:
    exact = [0, *(to_micros(strike) for strike in strikes)]
    return [above - below for below, above in pairwise(exact)] or [0]


def _extreme(
    worths: Extreme, strikes: Sequence[float], choose: Callable[[list[Micros]], Micros]
) -> Micros | float | None:
    if worths is None:
        return None
    if not worths:
        return float("-inf") if choose is min else float("inf")
    widths = _widths(strikes)
    return choose([worth.at(widths) for worth in worths])
