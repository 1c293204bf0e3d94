"""One expiration in which every short has a long of its right: what it loses, and where it loses most."""

from __future__ import annotations

from collections.abc import Sequence
from math import fsum, inf
from operator import itemgetter
from typing import Final, TypeAlias

from engine.records import record

Contracts: TypeAlias = tuple[int, float, int]
"""Contracts of one kind: right (1 for calls and -1 for puts), strike, and how many, sold where negative."""
_STRIKE: Final = itemgetter(1)


@record
class Side:
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


_EMPTY: Final = Side([], 0, False, -inf, inf)
"""Of a right that the spread has no contracts of."""


@record
class CoveredExpiration:
    """Options of one expiration and multiplier, no right of which has more shorts than longs.

    Attributes:
        loss: largest over all prices of the underlying, USD.
        worst: strike at which it loses that; None where it never loses.
    """

    options: Sequence[Contracts]
    loss: float
    worst: float | None
    puts: Side
    calls: Side

    @classmethod
    def of(cls, options: Sequence[Contracts], multiplier: int, minimum: float) -> CoveredExpiration | None:
        """None where a short lacks a long, or where they may be a box, which has a charge of its own.

        Args:
            minimum: least charge of an uncovered short, of the underlying (calls) or of the strike (puts).
        """
        ordered = sorted(options, key=_STRIKE)
        if _is_flat(ordered):
            return None
        worst = _worst_price(ordered)
        puts: list[Contracts] = []
        calls: list[Contracts] = []
        losses = []
        for one in ordered:
            right, strike, quantity = one
            (calls if right > 0 else puts).append(one)
            inside = right * (worst - strike)
            if inside > 0.0:
                losses.append(-quantity * inside)
        loss = multiplier * fsum(losses)
        at = worst if loss > 0.0 else None
        of_puts = _side(puts, at, at == ordered[0][1], minimum) if puts else _EMPTY
        of_calls = _side(calls, at, at == ordered[-1][1], inf) if calls else _EMPTY
        if of_puts.spare < 0 or of_calls.spare < 0:
            return None
        return cls(options, loss if loss > 0.0 else 0.0, at, of_puts, of_calls)

    @property
    def has_shorts(self) -> bool:
        """Whether it is a spread."""
        return max(self.puts.deepest, self.calls.deepest) > -inf


def _worst_price(ordered: Sequence[Contracts]) -> float:
    """The highest of the strikes at which the value of options ordered by strike is least."""
    lowest = worst = price = ordered[0][1]
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


def _side(options: Sequence[Contracts], worst: float | None, loses_beyond: bool, minimum: float) -> Side:
    """From the puts or the calls of a spread, at the price where it loses most."""
    longs, spare, deepest, room = [], 0, -inf, inf
    for right, strike, quantity in options:
        inside = 0.0 if worst is None else right * (worst - strike)
        inside = inside if inside > 0.0 else 0.0
        spare += quantity
        if quantity > 0:
            longs.append((strike, inside))
        else:
            deepest = inside if inside > deepest else deepest
            beyond = minimum * strike - inside
            room = beyond if beyond < room else room
    return Side(longs, spare, loses_beyond, deepest, room)


def _is_flat(ordered: Sequence[Contracts]) -> bool:
    """Whether the value of options ordered by strike never changes its slope, as that of a box."""
    here, turn = ordered[0][1], 0
    for _, strike, quantity in ordered:
        if strike != here and turn:
            return False
        here, turn = strike, turn + quantity
    return not turn
