"""How else the run could have come out: its daily returns drawn again, in blocks, many times.

The stationary bootstrap (Politis and Romano, 1994): a path is put together from stretches of the run's own returns,
which begin anywhere, go on past the end at the beginning, and are of random length, so that good and bad times stay
together. What never happened in the run, happens on no path.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

from engine.metrics.returns import growth_rate

PATHS: Final = 1_000
LEAST_RETURNS: Final = 60
"""Fewer returns say nothing of how they come together."""
HALVED: Final = -0.5

Floats: TypeAlias = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Spread:
    """5th, 50th and 95th percentile over the paths, linear between ranks."""

    low: float
    median: float
    high: float


@dataclass(frozen=True, slots=True)
class Robustness:
    """What became of the paths.

    Attributes:
        mean_block_sessions: expected length of a stretch.
        cagr, max_drawdown: of the paths, each over the time of the run.
        probability_of_loss: paths that end below their start.
        probability_of_halving: paths that ever fall to half of a peak, the start among the peaks.
        p_value: how often returns with a mean of 0, drawn alike, have a mean as high as the run's (one-sided; White,
            2000, of a single rule).
    """

    paths: int
    mean_block_sessions: int
    cagr: Spread | None
    max_drawdown: Spread
    probability_of_loss: float
    probability_of_halving: float
    p_value: float


def robustness(returns: Sequence[float], days: int, seed: int) -> Robustness | None:
    """Draw paths as long as the run.

    Args:
        returns: simple daily returns.
        days: calendar days that they took.
        seed: the same one draws the same paths.

    Returns:
        None for fewer than `LEAST_RETURNS`.
    """
    own = np.array(returns, np.float64)
    if len(own) < LEAST_RETURNS:
        return None
    block = max(round(len(own) ** (1 / 3)), 1)  # the rate that is best for means (Politis and White, 2004)
    drawn = own[_draws(len(own), block, np.random.default_rng(seed))]
    worth = np.cumprod(np.maximum(1.0 + drawn, 0.0), axis=1)
    deepest = (worth / np.maximum(np.maximum.accumulate(worth, axis=1), 1.0)).min(axis=1) - 1.0
    ends = worth[:, -1].tolist()
    rates = [rate for end in ends if (rate := growth_rate(1.0, end, days)) is not None]
    means = drawn.mean(axis=1)
    return Robustness(
        paths=PATHS,
        mean_block_sessions=block,
        cagr=_spread(np.array(rates)) if rates else None,
        max_drawdown=_spread(deepest),
        probability_of_loss=sum(end < 1.0 for end in ends) / PATHS,
        probability_of_halving=int((deepest <= HALVED).sum()) / PATHS,
        p_value=(1 + int((means - own.mean() >= own.mean()).sum())) / (1 + PATHS),
    )


def _draws(length: int, block: int, random: np.random.Generator) -> NDArray[np.int64]:
    """Places of the returns of each path, shape (paths, length): on from the one before, or anywhere anew."""
    places = np.arange(length)
    anew = random.random((PATHS, length)) < 1.0 / block
    anew[:, 0] = True
    began = np.maximum.accumulate(np.where(anew, places, 0), axis=1)
    starts = random.integers(length, size=(PATHS, length))
    return (np.take_along_axis(starts, began, axis=1) + places - began) % length


def _spread(values: Floats) -> Spread:
    low, median, high = np.percentile(values, (5, 50, 95)).tolist()
    return Spread(low, median, high)
