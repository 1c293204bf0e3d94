"""Returns of a curve and how much they vary.

252 periods a year, sample standard deviation (ddof 1), downside deviation over all returns, calendar growth on days /
365.25. Returns are decimals: 0.01 is one percent. A number that is not defined is None, never 0.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from math import fsum, sqrt
from typing import Final

PERIODS_PER_YEAR: Final = 252
DAYS_PER_YEAR: Final = 365.25


def simple_returns(values: Sequence[float]) -> list[float]:
    """Return of each value over the one before; the last is that of the first value that is not positive.

    Nothing can be earned on nothing: after a total loss there are values, but no returns.
    """
    returns: list[float] = []
    for earlier, later in pairwise(values):
        if earlier <= 0:
            break
        returns.append(later / earlier - 1.0)
    return returns


def total_return(values: Sequence[float]) -> float:
    """Last value over the first one, less 1; the first must be positive."""
    return values[-1] / values[0] - 1.0


def growth_rate(first: float, last: float, days: int) -> float | None:
    """Compound annual growth rate over calendar days / 365.25; None over no time, -1 after a total loss."""
    if days <= 0:
        return None
    return (last / first) ** (DAYS_PER_YEAR / days) - 1.0 if last > 0 else -1.0


def growth_rate_by_periods(first: float, last: float, periods: int) -> float | None:
    """The same over periods / 252, as programs reckon that know no dates; None over no time."""
    if periods <= 0:
        return None
    return (last / first) ** (PERIODS_PER_YEAR / periods) - 1.0 if last > 0 else -1.0


def rate_per_period(annual: float) -> float:
    """Risk-free rate per trading day that compounds to an annual one."""
    return float((1.0 + annual) ** (1.0 / PERIODS_PER_YEAR) - 1.0)


def mean(values: Sequence[float]) -> float | None:
    """Arithmetic mean; None of nothing."""
    return fsum(values) / len(values) if values else None


def standard_deviation(returns: Sequence[float]) -> float | None:
    """Sample standard deviation (ddof 1); None for fewer than two returns."""
    if len(returns) < 2:
        return None
    centre = fsum(returns) / len(returns)
    return sqrt(fsum((value - centre) ** 2 for value in returns) / (len(returns) - 1))


def annual_volatility(returns: Sequence[float]) -> float | None:
    """Standard deviation of daily returns, per year."""
    deviation = standard_deviation(returns)
    return None if deviation is None else deviation * sqrt(PERIODS_PER_YEAR)


def downside_deviation(returns: Sequence[float], target_per_day: float = 0.0) -> float | None:
    """Root of the mean square of what all returns lack of the target, per year; None of nothing."""
    if not returns:
        return None
    squares = fsum(min(value - target_per_day, 0.0) ** 2 for value in returns)
    return sqrt(squares / len(returns)) * sqrt(PERIODS_PER_YEAR)


def autocorrelation(returns: Sequence[float]) -> float | None:
    """Sum of the products of neighbours' deviations from the mean, by the sum of its squares: of lag 1, -1 to 1.

    None for fewer than two returns, or without a spread.
    """
    if len(returns) < 2 or min(returns) == max(returns):
        return None
    centre = fsum(returns) / len(returns)
    deviations = [value - centre for value in returns]
    products = fsum(one * other for one, other in pairwise(deviations))
    return products / fsum(value**2 for value in deviations)
