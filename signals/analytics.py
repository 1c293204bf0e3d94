"""What a signal was worth: its values against the returns that followed. Pure functions over arrays.

Everything here looks ahead on purpose; nothing of it may reach a strategy.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from math import nan
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy import stats

Values = NDArray[np.float64]

_FEWEST_PAIRS: Final = 3
"""Of two pairs every correlation is 1 or -1."""


@dataclass(frozen=True, slots=True)
class HitRate:
    """How often a signal and the return that followed had the same sign.

    Attributes:
        rate: as a fraction; NaN where nothing was counted.
        count: pairs of which neither is 0 or undefined.
    """

    rate: float
    count: int


@dataclass(frozen=True, slots=True)
class HorizonScore:
    """What a signal was worth at one horizon.

    Attributes:
        horizon: in observations, i.e. sessions where the arrays have one entry per session.
        count: pairs of a value and a return.
        pearson: correlation of values and returns.
        rank: correlation of their ranks (Spearman 1904).
        hit_rate: of the signs.
    """

    horizon: int
    count: int
    pearson: float
    rank: float
    hit_rate: HitRate


def forward_returns(prices: Values, horizon: int) -> Values:
    """Simple return from each observation to the one `horizon` later; NaN for the last ones.

    Args:
        prices: of shape (n,), positive.
        horizon: at least 1.

    Raises:
        ValueError: for a horizon below 1.
    """
    if horizon < 1:
        raise ValueError(f"horizon {horizon}: a return needs at least one observation ahead")
    returns = np.full(len(prices), nan)
    returns[:-horizon] = prices[horizon:] / prices[:-horizon] - 1.0
    return returns


def hit_rate(values: Values, returns: Values) -> HitRate:
    """How often a value and its return have the same sign.

    Args:
        values: of shape (n,); subtract first what is neutral where that is not 0, e.g. 50 of an RSI.
        returns: of shape (n,), as from `forward_returns`.

    Raises:
        ValueError: when the lengths differ.
    """
    values, returns = _pairs(values, returns)
    counted = (values != 0.0) & (returns != 0.0)
    count = int(np.count_nonzero(counted))
    hits = int(np.count_nonzero(counted & (np.sign(values) == np.sign(returns))))
    return HitRate(hits / count if count else nan, count)


def pearson(values: Values, returns: Values) -> float:
    """Linear correlation; NaN below three pairs, and where one side does not vary.

    Raises:
        ValueError: when the lengths differ.
    """
    values, returns = _pairs(values, returns)
    if not _can_correlate(values, returns):
        return nan
    return float(stats.pearsonr(values, returns).statistic)


def rank_correlation(values: Values, returns: Values) -> float:
    """Spearman's correlation of ranks, ties at their mean rank; NaN as in `pearson`.

    Raises:
        ValueError: when the lengths differ.
    """
    values, returns = _pairs(values, returns)
    if not _can_correlate(values, returns):
        return nan
    return float(stats.spearmanr(values, returns).statistic)


def decay(values: Values, prices: Values, horizons: Iterable[int]) -> tuple[HorizonScore, ...]:
    """How the worth of a signal changes with the horizon.

    Returns of horizons above 1 overlap: neighbouring pairs say nearly the same, so that `count` overstates how much was
    observed by about the horizon.

    Args:
        values: of shape (n,), one per observation; NaN where the signal is undefined.
        prices: of shape (n,), of the same observations.

    Raises:
        ValueError: when the lengths differ, or for a horizon below 1.
    """
    scores = []
    for horizon in horizons:
        returns = forward_returns(prices, horizon)
        count = len(_pairs(values, returns)[0])
        found = pearson(values, returns), rank_correlation(values, returns), hit_rate(values, returns)
        scores.append(HorizonScore(horizon, count, *found))
    return tuple(scores)


def _pairs(values: Values, returns: Values) -> tuple[Values, Values]:
    """Those of which both sides are defined."""
    if len(values) != len(returns):
        raise ValueError(f"{len(values)} values for {len(returns)} returns; bring both to the same observations")
    both = np.isfinite(values) & np.isfinite(returns)
    return values[both], returns[both]


def _can_correlate(values: Values, returns: Values) -> bool:
    return len(values) >= _FEWEST_PAIRS and bool(np.ptp(values) > 0.0) and bool(np.ptp(returns) > 0.0)
