"""Strikes that stand in a relation, to another leg or to the money: found in all that is listed (T27).

Nothing is moved to a strike that happens to trade better: a wing is where it is wanted, or there is none.
"""

from __future__ import annotations

import numpy as np

from engine.model.chain import Column
from engine.strategies.selectors.listing import Listing, Mask
from engine.strategies.selectors.nearest import SAME
from engine.strategies.spec.strikes import StrikeOf, Width


def at_width(listing: Listing, strike: float, wanted: Width, free: Mask | None = None) -> int | str:
    """Entry that lies as far beyond a strike as wanted, or nearest to that within bounds; or why there is none.

    Args:
        free: entries that may be chosen; None: all.
    """
    if wanted.strikes is not None:
        return counted(listing, strike, wanted.strikes, free)
    first, stop = listing.beyond(strike)
    widths = listing.outward * (listing.strike - strike)
    if wanted.percent is not None:
        widths = widths / strike * 100
    low, high = wanted.bounds
    allowed = (widths >= low - SAME) & (widths <= high + SAME)
    allowed[:first] = allowed[stop:] = False
    index = _nearest(np.abs(widths - wanted.target), allowed, free, listing.outward)
    return "none_within_width" if index is None else index


def at_strike_of(listing: Listing, strike: float, wanted: StrikeOf, free: Mask | None = None) -> int | str:
    """Entry at a strike or at a signed distance from it; or why there is none. `free` as in `at_width`."""
    if wanted.strikes:
        return counted(listing, strike, wanted.strikes, free)
    distance = np.abs(listing.strike - (strike + listing.outward * wanted.points))
    index = _nearest(distance, distance <= wanted.tolerance + SAME, free, listing.outward)
    return "strike_not_listed" if index is None else index


def counted(listing: Listing, strike: float, strikes: int, free: Mask | None = None) -> int | str:
    """Entry so many listed strikes away from a strike, listed itself or not; out of the money when positive."""
    steps = listing.outward * strikes
    if steps > 0:
        index = int(listing.strike.searchsorted(strike, "right")) + steps - 1
    else:
        index = int(listing.strike.searchsorted(strike, "left")) + steps
    return _free_from(listing, index, free)


def from_the_money(listing: Listing, strikes: int, free: Mask | None = None) -> int | str:
    """Entry so many listed strikes away from the one at the money, out of the money when positive."""
    return _free_from(listing, listing.at_the_money() + listing.outward * strikes, free)


def _free_from(listing: Listing, index: int, free: Mask | None) -> int | str:
    """The entry, or the next one further out that is free."""
    while 0 <= index < len(listing):
        if free is None or free[index]:
            return index
        index += listing.outward
    return "too_few_strikes_listed"


def _nearest(distance: Column, allowed: Mask, free: Mask | None, outward: int) -> int | None:
    """Index of the least distance, further out of the money on ties; None where nothing is allowed."""
    distance = np.where(allowed if free is None else allowed & free, distance, np.inf)
    least = distance.min(initial=np.inf)
    if least == np.inf:
        return None
    same = np.flatnonzero(distance <= least + SAME)
    return int(same[-1] if outward > 0 else same[0])
