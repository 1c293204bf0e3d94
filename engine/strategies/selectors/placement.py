"""Strikes that stand in a relation, to another leg or to the money: found in all that is listed (T27).

Nothing is moved to a strike that happens to trade better: a wing is where it is wanted, or there is none.
"""

from __future__ import annotations

import numpy as np

from engine.model.chain import Column
from engine.strategies.selectors.listing import Listing
from engine.strategies.selectors.nearest import SAME
from engine.strategies.spec.strikes import StrikeOf, Width


def at_width(listing: Listing, strike: float, wanted: Width) -> int | str:
    """Entry that lies as far beyond a strike as wanted, or nearest to that within bounds; or why there is none."""
    if wanted.strikes is not None:
        return counted(listing, strike, wanted.strikes)
    first, stop = listing.beyond(strike)
    widths = listing.outward * (listing.strike[first:stop] - strike)
    if wanted.percent is not None:
        widths = widths / strike * 100
    low, high = wanted.bounds
    distance = np.where((widths >= low - SAME) & (widths <= high + SAME), np.abs(widths - wanted.target), np.inf)
    index = _nearest(distance, listing.outward)
    return "none_within_width" if index is None else first + index


def at_strike_of(listing: Listing, strike: float, wanted: StrikeOf) -> int | str:
    """Entry at a strike or at a signed distance from it; or why there is none."""
    if wanted.strikes:
        return counted(listing, strike, wanted.strikes)
    target = strike + listing.outward * wanted.points
    distance = np.abs(listing.strike - target)
    index = _nearest(np.where(distance <= wanted.tolerance + SAME, distance, np.inf), listing.outward)
    return "strike_not_listed" if index is None else index


def counted(listing: Listing, strike: float, strikes: int) -> int | str:
    """Entry so many listed strikes away from a strike, out of the money when positive, whether that one is listed."""
    steps = listing.outward * strikes
    if steps > 0:
        index = int(listing.strike.searchsorted(strike, "right")) + steps - 1
    else:
        index = int(listing.strike.searchsorted(strike, "left")) + steps
    return index if 0 <= index < len(listing) else "too_few_strikes_listed"


def from_the_money(listing: Listing, strikes: int) -> int | str:
    """Entry so many listed strikes away from the one at the money, out of the money when positive."""
    index = listing.at_the_money() + listing.outward * strikes
    return index if 0 <= index < len(listing) else "too_few_strikes_listed"


def _nearest(distance: Column, outward: int) -> int | None:
    """Index of the least distance, further out of the money on ties; None where all are infinite."""
    least = distance.min(initial=np.inf)
    if least == np.inf:
        return None
    same = np.flatnonzero(distance <= least + SAME)
    return int(same[-1] if outward > 0 else same[0])
