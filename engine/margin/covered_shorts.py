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
from operator import attrgetter
from typing import Final, NamedTuple, TypeAlias

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
        ordered = sorted(options, key=attrgetter("strike"))
        worst = _worst_price(ordered)
        looked_at = [(one, max(one.right * (worst - one.strike), 0.0)) for one in ordered]
        loss = multiplier * fsum([-one.quantity * inside for one, inside in looked_at])
        at = worst if loss > 0.0 else None
        if at is None:
            looked_at = [(one, 0.0) for one in ordered]
        puts = _side(looked_at, -1, at == ordered[0].strike, minimum)
        calls = _side(looked_at, 1, at == ordered[-1].strike, inf)
        if puts.spare < 0 or calls.spare < 0 or _is_flat(ordered):
            return None
        return cls(options, max(loss, 0.0), at, puts, calls)

    @property
    def has_shorts(self) -> bool:
        """Whether it is a spread."""
        return max(self.puts.deepest, self.calls.deepest) > -inf


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


def _side(options: Sequence[tuple[Contracts, float]], right: int, loses_beyond: bool, minimum: float) -> _Side:
    """From all options with their intrinsic values per share."""
    longs, spare, deepest, room = [], 0, -inf, inf
    for (of_right, strike, quantity), inside in options:
        if of_right == right:
            spare += quantity
            if quantity > 0:
                longs.append((strike, inside))
            else:
                deepest = max(deepest, inside)
                room = min(room, minimum * strike - inside)
    return _Side(longs, spare, loses_beyond, deepest, room)


def _is_flat(ordered: Sequence[Contracts]) -> bool:
    """Whether the value of options ordered by strike never changes its slope, as that of a box."""
    here, turn = ordered[0].strike, 0
    for _, strike, quantity in ordered:
        if strike != here and turn:
            return False
        here, turn = strike, turn + quantity
    return not turn


_Premium: TypeAlias = tuple[float, float, float]
"""Premium of the longs of one right in one expiration, USD a share; the highest price of cover of a long in any spread
so far is the second figure less `right * strike`, but at least the third one."""
_NO_PREMIUM: Final = (0.0, -inf, 0.0)


@dataclass(frozen=True, slots=True)
class CoveredShorts:
    """One spread of each expiration and multiplier.

    Attributes:
        proved_from: price of the underlying from which on the plan is the cheapest at any price of the options.
    """

    expirations: Sequence[CoveredExpiration]
    proved_from: float
    _puts: list[_Premium]
    _calls: list[_Premium]

    @classmethod
    def of(
        cls, expirations: Sequence[CoveredExpiration], minimum: float, before: CoveredShorts | None = None
    ) -> CoveredShorts | None:
        """From the first to the last; None where one has longs to spare that are worth more in an earlier one.

        Longs are kept even from spreads of another multiplier, in which they could not stand: more than is needed.

        Args:
            before: another book, of whose first expirations those that are the same objects need no second look.
        """
        same = 0 if before is None else _common(expirations, before.expirations)
        puts = _premiums(-1, [one.puts for one in expirations], expirations, before._puts[:same] if before else [])
        calls = _premiums(1, [one.calls for one in expirations], expirations, before._calls[:same] if before else [])
        if puts is None or calls is None:
            return None
        return cls(expirations, _proved_from(expirations, puts, calls, minimum), puts, calls)

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

    @property
    def premiums(self) -> list[tuple[float, float]]:
        """Of the puts and of the calls of each expiration, USD a share."""
        none = [_NO_PREMIUM] * len(self.expirations)
        return [
            (of_puts[0], of_calls[0]) for of_puts, of_calls in zip(self._puts or none, self._calls or none, strict=True)
        ]

    def _covers(self) -> Iterator[float]:
        """Price of cover of each option, USD a share."""
        for one, (of_puts, of_calls) in zip(self.expirations, self.premiums, strict=True):
            for leg in one.options:
                yield _inside(leg, one.worst) + (of_puts if leg.right < 0 else of_calls)


def _common(some: Sequence[CoveredExpiration], others: Sequence[CoveredExpiration]) -> int:
    """Number of first expirations that two books have in common."""
    count = 0
    for one, other in zip(some, others, strict=False):
        if one is not other:
            break
        count += 1
    return count


def _premiums(
    right: int, sides: Sequence[_Side], expirations: Sequence[CoveredExpiration], known: list[_Premium]
) -> list[_Premium] | None:
    """Least premiums that keep all longs of a right where they are; None where a side with spare longs needs one.

    Args:
        known: those of the first expirations.

    Returns:
        Nothing where there are no longs of the right.
    """
    if not any(map(attrgetter("longs"), sides)):
        return []
    premiums = known
    _, level, least = known[-1] if known else _NO_PREMIUM
    for one, side in zip(expirations[len(known) :], sides[len(known) :], strict=True):
        premium = 0.0
        for strike, inside in side.longs:
            premium = max(premium, max(level - right * strike, least) - inside)
        if premium > 0.0 and side.spare:
            return None
        level = level if one.worst is None else max(level, right * one.worst + premium)
        least = least if side.loses_beyond else max(least, premium)
        premiums.append((premium, level, least))
    return premiums


def _proved_from(
    expirations: Sequence[CoveredExpiration], puts: Sequence[_Premium], calls: Sequence[_Premium], minimum: float
) -> float:
    """Price of the underlying from which on even the least charges are no less than prices of cover.

    A strangle costs no less than either side uncovered. Where there are no longs, there are no shorts.
    """
    deepest_calls = [one.calls.deepest + usd for one, (usd, _, _) in zip(expirations, calls, strict=False)]
    dearest = dearest_call = max(deepest_calls, default=-inf)
    for one, (usd, _, _) in zip(expirations, puts, strict=False):
        if usd > one.puts.room:
            return inf
        if usd + dearest_call > one.puts.room:
            dearest = max(dearest, one.puts.deepest + usd + dearest_call)
    return max(dearest, 0.0) / minimum
