"""The shape of returns. Quantiles are linear between ranks; a number that is not defined is None."""

from __future__ import annotations

from collections.abc import Sequence
from math import fsum

import numpy as np


def value_at_risk(returns: Sequence[float], level: float = 0.05) -> float | None:
    """Signed return at the lower quantile: negative for a loss; None of nothing."""
    return float(np.quantile(returns, level)) if returns else None


def expected_shortfall(returns: Sequence[float], level: float = 0.05) -> float | None:
    """Mean of the returns at or below the value at risk, signed; None of nothing."""
    limit = value_at_risk(returns, level)
    if limit is None:
        return None
    tail = [value for value in returns if value <= limit]
    return fsum(tail) / len(tail)


def standardised_moment(returns: Sequence[float], order: int) -> float | None:
    """Central moment over the biased deviation to its power: 3 skewness, 4 raw kurtosis; None without a spread."""
    if not returns or min(returns) == max(returns):
        return None
    mean, count = fsum(returns) / len(returns), len(returns)
    variance = fsum((value - mean) ** 2 for value in returns) / count
    return float(fsum((value - mean) ** order for value in returns) / count / variance ** (order / 2))
