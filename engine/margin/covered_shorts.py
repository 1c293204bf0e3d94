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
from itertools import groupby
from math import fsum, inf
from typing import Final, TypeAlias

import numpy as np

from engine.margin.charges import Spot
from engine.margin.covered_expiration import CoveredExpiration, Side
from engine.margin.groups import Plan, Spread, candidates
from engine.margin.legs import LegColumns, OptionLeg
from engine.records import record

_EQUAL: Final = 1e-9
"""Charges in units of their size that differ by less are the same."""

_Premium: TypeAlias = tuple[float, float, float]
"""Premium of the longs of one right in one expiration, USD a share; the highest price of cover of a long in any spread
so far is the second figure less `right * strike`, but at least the third one."""
_NO_PREMIUM: Final = (0.0, -inf, 0.0)


@record
class _Cover:
    """Prices of cover of the expirations up to one of them.

    Attributes:
        dearest_call: highest price of cover of a short call.
        within: whether that of no short put is above the least charge that it can have uncovered.
    """

    puts: _Premium
    calls: _Premium
    dearest_call: float
    within: bool


_NO_COVER: Final = _Cover(_NO_PREMIUM, _NO_PREMIUM, -inf, True)


@record
class CoveredShorts:
    """One spread of each expiration and multiplier.

    Attributes:
        proved_from: price of the underlying from which on the plan is the cheapest at any price of the options.
    """

    expirations: Sequence[CoveredExpiration]
    proved_from: float
    _covers: list[_Cover]

    @classmethod
    def of(
        cls, expirations: Sequence[CoveredExpiration], minimum: float, before: CoveredShorts | None = None
    ) -> CoveredShorts | None:
        """From the first to the last; None where one has longs to spare that are worth more in an earlier one.

        Longs are kept even from spreads of another multiplier, in which they could not stand: more than is needed.

        Args:
            before: another book, of whose first expirations those that are the same objects need no second look.
        """
        covers = [] if before is None else before._covers[: _common(expirations, before.expirations)]
        last = covers[-1] if covers else _NO_COVER
        for one in expirations[len(covers) :]:
            puts, calls = _premium(-1, one.puts, one.worst, last.puts), _premium(1, one.calls, one.worst, last.calls)
            if puts is None or calls is None:
                return None
            dearest = one.calls.deepest + calls[0]
            dearest = dearest if dearest > last.dearest_call else last.dearest_call
            last = _Cover(puts, calls, dearest, last.within and puts[0] <= one.puts.room)
            covers.append(last)
        return cls(expirations, _proved_from(expirations, covers, minimum) if last.within else inf, covers)

    @classmethod
    def of_book(cls, options: Sequence[OptionLeg], minimum: float) -> CoveredShorts | None:
        """Of options in the order of their keys; None also where one of their expirations is not covered."""
        expirations = []
        for (_, multiplier), legs in groupby(options, lambda leg: (leg.expires, leg.multiplier)):
            kinds = [(int(leg.right), leg.strike, leg.quantity) for leg in legs]
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
        covers = np.array([*self._prices()]) * options.multiplier
        return all(
            (covers[alike.members].sum(axis=1) <= (1.0 + _EQUAL) * alike.charges(options, spot).maintenance).all()
            for alike in candidates(options, 0)
        )

    def plan(self) -> Plan:
        """Longs of expirations without shorts stand alone."""
        spreads, first = [], 0
        for one in self.expirations:
            members = tuple([(place, quantity) for place, (_, _, quantity) in enumerate(one.options, first)])
            first += len(members)
            if one.has_shorts:
                spreads.append(Spread(members))
        return Plan((), tuple(spreads))

    @property
    def premiums(self) -> list[tuple[float, float]]:
        """Of the puts and of the calls of each expiration, USD a share."""
        return [(one.puts[0], one.calls[0]) for one in self._covers]

    def _prices(self) -> Iterator[float]:
        """Price of cover of each option, USD a share."""
        for one, (of_puts, of_calls) in zip(self.expirations, self.premiums, strict=True):
            for right, strike, _ in one.options:
                inside = 0.0 if one.worst is None else max(right * (one.worst - strike), 0.0)
                yield inside + (of_puts if right < 0 else of_calls)


def _common(some: Sequence[CoveredExpiration], others: Sequence[CoveredExpiration]) -> int:
    """Number of first expirations that two books have in common."""
    count, most = 0, min(len(some), len(others))
    while count < most and some[count] is others[count]:
        count += 1
    return count


def _premium(right: int, side: Side, worst: float | None, before: _Premium) -> _Premium | None:
    """Least premium that keeps all longs of a right where they are; None where a side with spare longs needs one.

    Args:
        worst: price that the prices of cover of the spread look at.
        before: of the expiration before.
    """
    _, level, least = before
    premium = 0.0
    for strike, inside in side.longs:
        elsewhere = level - right * strike
        more = (elsewhere if elsewhere > least else least) - inside
        premium = more if more > premium else premium
    if premium > 0.0 and side.spare:
        return None
    here = -inf if worst is None else right * worst + premium
    least = premium if premium > least and not side.loses_beyond else least
    return premium, here if here > level else level, least


def _proved_from(expirations: Sequence[CoveredExpiration], covers: Sequence[_Cover], minimum: float) -> float:
    """Price of the underlying from which on even the least charges are no less than prices of cover.

    A strangle costs no less than either side uncovered.
    """
    dearest_call = covers[-1].dearest_call if covers else -inf
    if dearest_call == -inf:
        return 0.0
    dearest = dearest_call
    for one, cover in zip(expirations, covers, strict=True):
        usd = cover.puts[0]
        if usd + dearest_call > one.puts.room:
            dearest = max(dearest, one.puts.deepest + usd + dearest_call)
    return max(dearest, 0.0) / minimum
