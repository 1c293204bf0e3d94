"""The shape of returns. Quantiles are linear between ranks; losses are negative; what is not defined is None."""

from __future__ import annotations

from collections.abc import Sequence
from math import fsum

import numpy as np
from scipy.special import ndtri

from engine.metrics.returns import standard_deviation


def value_at_risk(returns: Sequence[float], level: float = 0.05) -> float | None:
    """Signed return at the lower quantile: negative for a loss; None of nothing."""
    return float(np.quantile(returns, level)) if returns else None


def gaussian_value_at_risk(returns: Sequence[float], level: float = 0.05) -> float | None:
    """The same of a normal distribution with the mean and the sample deviation of the returns."""
    deviation = standard_deviation(returns)
    return None if deviation is None else fsum(returns) / len(returns) + float(ndtri(level)) * deviation


def expected_shortfall(returns: Sequence[float], level: float = 0.05) -> float | None:
    """Mean of the returns at or below the value at risk, signed; None of nothing."""
    limit = value_at_risk(returns, level)
    if limit is None:
        return None
    tail = [value for value in returns if value <= limit]
    return fsum(tail) / len(tail)


def tail_ratio(returns: Sequence[float], level: float = 0.05) -> float | None:
    """Size of the upper quantile over that of the lower one; None where the lower one is 0."""
    lower = value_at_risk(returns, level)
    return abs(float(np.quantile(returns, 1.0 - level))) / abs(lower) if lower else None


def standardised_moment(returns: Sequence[float], order: int) -> float | None:
    """Central moment over the biased deviation to its power: 3 skewness, 4 raw kurtosis; None without a spread."""
    if not returns or min(returns) == max(returns):
        return None
    mean, count = fsum(returns) / len(returns), len(returns)
    variance = fsum((value - mean) ** 2 for value in returns) / count
    return float(fsum((value - mean) ** order for value in returns) / count / variance ** (order / 2))
