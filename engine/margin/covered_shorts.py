"""Books in which every expiration covers its own shorts: vertical spreads and iron condors of any expirations.

The plan is one spread of each expiration, and prices of cover prove that none is cheaper. The price of cover of a
contract is its intrinsic value at a price of the underlying where its spread loses most, and a premium on top, one for
all puts of the spread and one for all calls, which is 0 where the spread has longs of that right to spare. Summed over
shorts and subtracted over longs, prices of cover are the cost of the plan. No plan costs less where

* no long has a higher price of cover in an earlier spread, which it might stand in instead: the premiums are the least
  that make it so, expiration after expiration;
* no short costs less uncovered, and no call and put as a strangle, than their prices of cover.

For whatever a plan puts into a spread, the spread costs at least what it loses at the price that its prices of cover
look at, and its longs are no fewer than its shorts, so that premiums only lower the sum. Every spread, uncovered short
and strangle of any plan therefore costs at least the prices of cover of its shorts less those of its longs; longs that
stand nowhere make that no more. Boxes may be charged more than they lose, never less.

A spread of puts loses as much at any price below the one where it begins to lose most: to look at a lower price gives
all its contracts the same premium, but promises none to a long that is worthless there. Calls likewise.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from math import fsum, inf
from typing import Final, NamedTuple

import numpy as np

from engine.margin.charges import Spot
from engine.margin.groups import Plan, Spread, candidates
from engine.margin.legs import LegColumns, OptionLeg

_EQUAL: Final = 1e-9
"""Charges in units of their size that differ by less are the same."""


class Contracts(NamedTuple):
    """Contracts of one kind, sold where negative; `right` is 1 for calls and -1 for puts."""

    right: int
    strike: float
    quantity: int


class _Side(NamedTuple):
    """The puts or the calls of a spread, by intrinsic values per share where it loses most.

    Attributes:
        longs: strike and intrinsic value of each long.
        spare: longs beyond the shorts.
        loses_beyond: the spread loses as much at any lower (puts) or higher price (calls), but for spare longs.
        deepest: highest intrinsic value of a short; -inf where there is none.
        room: how far the least charge of every short put lies above its intrinsic value; inf for calls.
    """

    longs: list[tuple[float, float]]
    spare: int
    loses_beyond: bool
    deepest: float
    room: float


class CoveredExpiration(NamedTuple):
    """Options of one expiration and multiplier, no right of which has more shorts than longs.

    Attributes:
        loss: largest over all prices of the underlying, USD.
        worst: strike at which it loses that; None where it never loses.
    """

    options: Sequence[Contracts]
    loss: float
    worst: float | None
    puts: _Side
    calls: _Side

    @classmethod
    def of(cls, options: Sequence[Contracts], multiplier: int, minimum: float) -> CoveredExpiration | None:
        """None where a short lacks a long, or where they may be a box, which has a charge of its own.

        Args:
            minimum: least charge of an uncovered short, of the underlying (calls) or of the strike (puts).
        """
        ordered = sorted(options, key=_strike)
        worst = _worst_price(ordered)
        loss = multiplier * fsum([-one.quantity * _inside(one, worst) for one in options])
        at = worst if loss > 0.0 else None
        puts = _side(ordered, -1, at, at == ordered[0].strike, minimum)
        calls = _side(ordered, 1, at, at == ordered[-1].strike, inf)
        if puts.spare < 0 or calls.spare < 0 or _is_flat(options):
            return None
        return cls(options, max(loss, 0.0), at, puts, calls)

    @property
    def has_shorts(self) -> bool:
        """Whether it is a spread."""
        return max(self.puts.deepest, self.calls.deepest) > -inf


def _strike(one: Contracts) -> float:
    return one.strike


def _inside(one: Contracts, price: float | None) -> float:
    """Intrinsic value per share; nothing where no price is looked at."""
    return 0.0 if price is None else max(one.right * (price - one.strike), 0.0)


def _worst_price(ordered: Sequence[Contracts]) -> float:
    """The highest of the strikes at which the value of options ordered by strike is least."""
    lowest = worst = price = ordered[0].strike
    value, slope = 0.0, 0
    for right, strike, quantity in ordered:
        if right < 0:
            value += quantity * (strike - lowest)
            slope -= quantity
    least = value
    for _, strike, quantity in ordered:
        value += slope * (strike - price)
        price, slope = strike, slope + quantity
        if value <= least:
            worst, least = strike, value
    return worst


def _side(options: Sequence[Contracts], right: int, worst: float | None, loses_beyond: bool, minimum: float) -> _Side:
    longs, spare, deepest, room = [], 0, -inf, inf
    for one in options:
        if one.right == right:
            inside = _inside(one, worst)
            spare += one.quantity
            if one.quantity > 0:
                longs.append((one.strike, inside))
            else:
                deepest = max(deepest, inside)
                room = min(room, minimum * one.strike - inside)
    return _Side(longs, spare, loses_beyond, deepest, room)


def _is_flat(options: Sequence[Contracts]) -> bool:
    """Whether the value never changes its slope, as that of a box."""
    turns: dict[float, int] = {}
    for _, strike, quantity in options:
        turns[strike] = turns.get(strike, 0) + quantity
    return not any(turns.values())


@dataclass(frozen=True, slots=True)
class CoveredShorts:
    """One spread of each expiration and multiplier.

    Attributes:
        premiums: of the puts and of the calls of each, USD a share.
        proved_from: price of the underlying from which on the plan is the cheapest at any price of the options.
    """

    expirations: Sequence[CoveredExpiration]
    premiums: list[tuple[float, float]]
    proved_from: float

    @classmethod
    def of(cls, expirations: Sequence[CoveredExpiration], minimum: float) -> CoveredShorts | None:
        """From the first to the last; None where one has longs to spare that are worth more in an earlier one.

        Longs are kept even from spreads of another multiplier, in which they could not stand: more than is needed.
        """
        puts = _premiums(-1, [(one.worst, one.puts) for one in expirations])
        calls = _premiums(1, [(one.worst, one.calls) for one in expirations])
        if puts is None or calls is None:
            return None
        premiums = list(zip(puts, calls, strict=True))
        return cls(expirations, premiums, _proved_from(expirations, premiums, minimum))

    @classmethod
    def of_book(cls, options: Sequence[OptionLeg], minimum: float) -> CoveredShorts | None:
        """Of options in the order of their keys; None also where one of their expirations is not covered."""
        expirations = []
        for (_, multiplier), legs in groupby(options, lambda leg: (leg.expires, leg.multiplier)):
            kinds = [Contracts(int(leg.right), leg.strike, leg.quantity) for leg in legs]
            one = CoveredExpiration.of(kinds, multiplier, minimum)
            if one is None:
                return None
            expirations.append(one)
        return cls.of(expirations, minimum)

    @property
    def cost(self) -> float:
        """What the spreads cost together, USD."""
        return fsum([one.loss for one in self.expirations])

    def hold(self, options: LegColumns, spot: Spot) -> bool:
        """Whether no uncovered short and no strangle costs less than its cover with the options at these prices."""
        covers = np.array([*self._covers()]) * options.multiplier
        return all(
            (covers[alike.members].sum(axis=1) <= (1.0 + _EQUAL) * alike.charges(options, spot).maintenance).all()
            for alike in candidates(options, 0)
        )

    def plan(self) -> Plan:
        """Longs of expirations without shorts stand alone."""
        spreads, first = [], 0
        for one in self.expirations:
            members = tuple([(place, leg.quantity) for place, leg in enumerate(one.options, first)])
            first += len(members)
            if one.has_shorts:
                spreads.append(Spread(members))
        return Plan((), tuple(spreads))

    def _covers(self) -> Iterator[float]:
        """Price of cover of each option, USD a share."""
        for one, (of_puts, of_calls) in zip(self.expirations, self.premiums, strict=True):
            for leg in one.options:
                yield _inside(leg, one.worst) + (of_puts if leg.right < 0 else of_calls)


def _premiums(right: int, sides: Sequence[tuple[float | None, _Side]]) -> list[float] | None:
    """Least premiums that keep all longs of a right where they are; None where a side with spare longs needs one.

    The highest price of cover of a long in any spread so far is `level - right * strike`, but at least `least`.
    """
    if not any(side.longs for _, side in sides):
        return [0.0] * len(sides)
    premiums, level, least = [], -inf, 0.0
    for worst, side in sides:
        premium = 0.0
        for strike, inside in side.longs:
            premium = max(premium, max(level - right * strike, least) - inside)
        if premium > 0.0 and side.spare:
            return None
        premiums.append(premium)
        level = level if worst is None else max(level, right * worst + premium)
        least = least if side.loses_beyond else max(least, premium)
    return premiums


def _proved_from(
    expirations: Sequence[CoveredExpiration], premiums: Sequence[tuple[float, float]], minimum: float
) -> float:
    """Price of the underlying from which on even the least charges are no less than prices of cover.

    A strangle costs no less than either side uncovered.
    """
    calls = [one.calls.deepest + of_calls for one, (_, of_calls) in zip(expirations, premiums, strict=True)]
    dearest = dearest_call = max(calls, default=-inf)
    for one, (of_puts, _) in zip(expirations, premiums, strict=True):
        if of_puts > one.puts.room:
            return inf
        if of_puts + dearest_call > one.puts.room:
            dearest = max(dearest, one.puts.deepest + of_puts + dearest_call)
    return max(dearest, 0.0) / minimum
