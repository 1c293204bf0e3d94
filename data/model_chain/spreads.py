"""Bid and ask around a value: as wide as real ones, on the ticks of the root, and around the value for certain.

Bids are rounded down and asks up, so that every value lies between its quotes: where values admit no static
arbitrage, quotes admit none either. A value that leaves less than one tick for the bid has none, as real far wings.
"""

from __future__ import annotations

from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from engine.model import TickRule

Numbers = NDArray[np.float64]

_BOUNDARY: Final = 3.0
_SLACK: Final = 1e-9
"""Prices that are a tick up to rounding are that tick."""


class SpreadShape(NamedTuple):
    """Width before rounding, in USD, of a quote: `base + per_root * sqrt(value)`, and more in the money.

    Attributes:
        scale: of all of it.
        delta: absolute deltas, ascending ...
        extra: ... and what is added there, linear in between.
    """

    scale: float
    base: float
    per_root: float
    delta: tuple[float, ...]
    extra: tuple[float, ...]


INDEX_SPREADS: Final = SpreadShape(
    1.0, 0.07, 0.088, (0.5, 0.65, 0.75, 0.85, 0.95, 1.0), (0.0, 0.15, 0.6, 1.3, 1.7, 2.4)
)
"""Medians of the 2019 chains; see docs/data.md."""
FUND_SPREADS: Final = SpreadShape(0.1, 0.10, 0.10, (0.5, 0.65, 0.85, 1.0), (0.0, 0.1, 0.5, 2.0))
STOCK_SPREADS: Final = SpreadShape(0.5, 0.06, 0.10, (0.5, 0.65, 0.85, 1.0), (0.0, 0.1, 0.3, 1.0))


def quotes(
    value: Numbers, delta: Numbers, wider: Numbers, ticks: TickRule, shape: SpreadShape
) -> tuple[Numbers, Numbers]:
    """Bids (0: none) and asks, in USD per share.

    Args:
        wider: factor on the width, e.g. of a day and an expiration.
    """
    tick = np.where(value < _BOUNDARY, ticks.below_3_usd, ticks.from_3_usd)
    wanted = shape.base + shape.per_root * np.sqrt(value) + np.interp(np.abs(delta), shape.delta, shape.extra)
    # Rounding outward adds one tick on average.
    half = 0.5 * np.maximum(wanted * shape.scale * wider - tick, 0.2 * tick)
    return _down(np.maximum(value - half, 0.0), ticks), _up(value + half, ticks)


def _down(price: Numbers, ticks: TickRule) -> Numbers:
    return np.where(
        price < _BOUNDARY - _SLACK,
        _on_grid(np.floor(price / ticks.below_3_usd + _SLACK), ticks.below_3_usd),
        _on_grid(np.floor(price / ticks.from_3_usd + _SLACK), ticks.from_3_usd),
    )


def _up(price: Numbers, ticks: TickRule) -> Numbers:
    low = _on_grid(np.ceil(price / ticks.below_3_usd - _SLACK), ticks.below_3_usd)
    high = _on_grid(np.ceil(price / ticks.from_3_usd - _SLACK), ticks.from_3_usd)
    return np.where(low < _BOUNDARY, np.maximum(low, ticks.below_3_usd), high)


def _on_grid(count: Numbers, tick: float) -> Numbers:
    """Whole cents, each the float nearest to its decimal."""
    return np.asarray(count * round(tick * 100) / 100.0)
