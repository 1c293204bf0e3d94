"""Strikes that stand in a relation, to another leg or to the money: found in all that is listed (T27).

Nothing is moved to a strike that happens to trade better: a wing is where it is wanted, or there is none.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

import numpy as np

from engine.model.chain import Column
from engine.strategies.selectors.listing import Listing, Mask
from engine.strategies.selectors.nearest import SAME, Aim, aim_at, nearest
from engine.strategies.spec.strikes import StrikeOf, Width

Place: TypeAlias = Callable[[Listing, float, Mask | None], int | str]
"""Entry of a listing by the strike of another leg (NaN where none is needed), or why there is none.

The mask names entries that are passed over; None: none is.
"""


def at_width(wanted: Width) -> Place:
    """As far beyond the other strike as wanted, or nearest to that within bounds."""
    if wanted.strikes is not None:
        return _counted(wanted.strikes)
    low, high = wanted.bounds
    aim = aim_at(wanted.target, max(low - SAME, SAME), high + SAME)  # the other strike itself is not beyond it
    in_percent = wanted.percent is not None

    def place(listing: Listing, strike: float, passed_over: Mask | None) -> int | str:
        widths = listing.outward * (listing.strike - strike)
        if in_percent:
            widths *= 100 / strike
        index = _nearest(listing, widths, aim, passed_over)
        return index if index >= 0 else "none_within_width"

    return place


def at_strike_of(wanted: StrikeOf) -> Place:
    """At the other strike, or at a signed distance from it."""
    if wanted.strikes:
        return _counted(wanted.strikes)
    aim = aim_at(wanted.points, wanted.points - wanted.tolerance - SAME, wanted.points + wanted.tolerance + SAME)

    def place(listing: Listing, strike: float, passed_over: Mask | None) -> int | str:
        distance = listing.outward * (listing.strike - strike)
        index = _nearest(listing, distance, aim, passed_over)
        return index if index >= 0 else "strike_not_listed"

    return place


def from_the_money(strikes: int) -> Place:
    """So many listed strikes away from the one at the money, out of it when positive."""

    def place(listing: Listing, strike: float, passed_over: Mask | None) -> int | str:
        return _onward(listing, listing.at_the_money() + listing.outward * strikes, passed_over)

    return place


def _counted(strikes: int) -> Place:
    """So many listed strikes away from a strike, listed itself or not; out of the money when positive."""

    def place(listing: Listing, strike: float, passed_over: Mask | None) -> int | str:
        steps = listing.outward * strikes
        if steps > 0:
            index = int(listing.strike.searchsorted(strike, "right")) + steps - 1
        else:
            index = int(listing.strike.searchsorted(strike, "left")) + steps
        return _onward(listing, index, passed_over)

    return place


def _onward(listing: Listing, index: int, passed_over: Mask | None) -> int | str:
    """The entry, or the next one further out that is not passed over."""
    while 0 <= index < len(listing):
        if passed_over is None or not passed_over[index]:
            return index
        index += listing.outward
    return "too_few_strikes_listed"


def _nearest(listing: Listing, values: Column, aim: Aim, passed_over: Mask | None) -> int:
    # No flag blocks here: what is listed is listed.
    flags, blocks = (listing.flags, 0) if passed_over is None else (passed_over.astype(np.uint16), 1)
    return nearest(values, flags, blocks, aim, listing.outward, False)
