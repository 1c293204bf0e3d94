"""Quotes that their neighbours contradict: the nearest strikes of the same expiration and right.

Both checks compare a quote with what stands beside it, so a chain that is wide, or wrong, as a whole is not told from
one that is right. Thresholds were set on real chains (docs/data.md, section "Quality").
"""

from __future__ import annotations

from typing import Final

import numpy as np

from data.chain_rows import Column
from data.quality.ladder import Ladder, Mask

_STUB_LEAST_WIDTH_USD: Final = 1.0
_STUB_LEAST_SHARE: Final = 0.5
_STUB_TIMES_NEIGHBOURS: Final = 10.0
"""A stub is wider than this many widths of its neighbours, than half its ask, and than a dollar."""
_PLACEHOLDER_LEAST_ASK_USD: Final = 5.0
_PLACEHOLDER_MOST_SHARE: Final = 0.02
"""0.05 x 10.00: an ask of five dollars and a bid of two per cent of it is a stub whatever its neighbours are."""

_OUTLIER_TIMES_SLACK: Final = 1.5
_OUTLIER_LEAST_USD: Final = 0.05


def stubs(ladder: Ladder) -> Mask:
    """Quotes whose ask is absurdly far from the bid.

    Args:
        ladder: quotes with an ask, with or without a bid.
    """
    width = ladder.ask - ladder.bid
    wide = (width > _STUB_LEAST_WIDTH_USD) & (width > _STUB_LEAST_SHARE * ladder.ask)
    placeholder = (ladder.ask >= _PLACEHOLDER_LEAST_ASK_USD) & (ladder.bid <= _PLACEHOLDER_MOST_SHARE * ladder.ask)
    if not wide.any():
        return wide
    return (wide & (width > _STUB_TIMES_NEIGHBOURS * _usual_width(ladder, width))) | placeholder


def outliers(ladder: Ladder) -> Mask:
    """Quotes whose middle is far from what the two quotes on either side make of it.

    Three straight lines predict it: through the two quotes below, through the two above, and between the nearest on
    both sides. Where these agree and the quote does not, the quote is the odd one; where a neighbour is odd they
    disagree, and nothing is said. Prices are convex in the strike, so the lines disagree a little about every good
    quote too: how much, and the spreads of all five quotes, are the slack that it has. The outermost two quotes
    of a side are not judged.

    Args:
        ladder: quotes with bid and ask, strikes of a side ascending.
    """
    found = np.zeros(len(ladder), np.bool_)
    if len(ladder) < 5:
        return found
    middle, half_width = (ladder.bid + ladder.ask) / 2, (ladder.ask - ladder.bid) / 2
    low, high = _predictions(ladder.strike, middle)
    beyond = np.maximum(middle[2:-2] - high, low - middle[2:-2])
    nearby = np.maximum(half_width[:-1], half_width[1:])
    spreads = half_width[2:-2] + np.maximum(nearby[:-3], nearby[3:])
    limit = _OUTLIER_TIMES_SLACK * (high - low + spreads) + _OUTLIER_LEAST_USD
    found[2:-2] = (beyond > limit) & (ladder.side[:-4] == ladder.side[4:])
    return found


def _predictions(strike: Column, middle: Column) -> tuple[Column, Column]:
    """Lowest and highest of the three predictions of all but the outermost two; meaningless across sides."""
    gap, rise = np.diff(strike), np.diff(middle)
    slope = rise / np.where(gap > 0, gap, 1.0)
    below, above = gap[1:-2], gap[2:-1]
    from_below = middle[1:-3] + slope[:-3] * below
    from_above = middle[3:-1] - slope[3:] * above
    span = below + above
    between = middle[1:-3] + (middle[3:-1] - middle[1:-3]) * below / np.where(span > 0, span, 1.0)
    low = np.minimum(np.minimum(from_below, from_above), between)
    return low, np.maximum(np.maximum(from_below, from_above), between)


def _usual_width(ladder: Ladder, width: Column) -> Column:
    """Second smallest width of the four nearest quotes of the same side; infinite where there are less than two."""
    first, second, third, fourth = (_beside(ladder, width, steps) for steps in (-2, -1, 1, 2))
    lower, upper = np.minimum(first, second), np.minimum(third, fourth)
    return np.minimum(np.maximum(lower, upper), np.minimum(np.maximum(first, second), np.maximum(third, fourth)))


def _beside(ladder: Ladder, values: Column, steps: int) -> Column:
    """Values of the quotes some steps further up the ladder, infinite where the side has ended."""
    moved = np.full(len(values), np.inf)
    here, there = (slice(-steps, None), slice(None, steps)) if steps < 0 else (slice(None, -steps), slice(steps, None))
    moved[here] = np.where(ladder.side[here] == ladder.side[there], values[there], np.inf)
    return moved
