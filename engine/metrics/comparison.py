"""A curve beside a benchmark's: daily returns of the same days, in the same order.

Alpha and ratios are per year of 252 days; a number that is not defined is None.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import fsum, sqrt

from engine.benchmark import Benchmark
from engine.metrics.returns import PERIODS_PER_YEAR, simple_returns, standard_deviation


def beta(returns: Sequence[float], benchmark: Sequence[float]) -> float | None:
    """Sample covariance with the benchmark over the benchmark's variance; None where that has no spread."""
    deviation = standard_deviation(benchmark)
    return _covariance(returns, benchmark) / deviation**2 if deviation else None


def alpha(returns: Sequence[float], benchmark: Sequence[float], risk_free_per_day: float = 0.0) -> float | None:
    """Mean excess return less beta times the benchmark's, times 252 (arithmetic)."""
    daily = _daily_alpha(returns, benchmark, risk_free_per_day)
    return None if daily is None else daily * PERIODS_PER_YEAR


def compounded_alpha(
    returns: Sequence[float], benchmark: Sequence[float], risk_free_per_day: float = 0.0
) -> float | None:
    """The same daily alpha, compounded over 252 days."""
    daily = _daily_alpha(returns, benchmark, risk_free_per_day)
    return None if daily is None else float((1.0 + daily) ** PERIODS_PER_YEAR - 1.0)


def correlation(returns: Sequence[float], benchmark: Sequence[float]) -> float | None:
    """Pearson's, from -1 to 1; its square is R squared; None where one of them has no spread."""
    one, other = standard_deviation(returns), standard_deviation(benchmark)
    if not one or not other:
        return None
    return min(max(_covariance(returns, benchmark) / (one * other), -1.0), 1.0)


def tracking_error(returns: Sequence[float], benchmark: Sequence[float]) -> float | None:
    """Sample standard deviation of the differences, per year; None for fewer than two days."""
    daily = standard_deviation(_differences(returns, benchmark))
    return None if daily is None else daily * sqrt(PERIODS_PER_YEAR)


def information_ratio(returns: Sequence[float], benchmark: Sequence[float]) -> float | None:
    """Mean difference over its standard deviation, per day (times the root of 252 per year); None without a spread."""
    differences = _differences(returns, benchmark)
    deviation = standard_deviation(differences)
    return fsum(differences) / len(differences) / deviation if deviation else None


def treynor_ratio(returns: Sequence[float], benchmark: Sequence[float], risk_free_per_day: float = 0.0) -> float | None:
    """Mean excess return per year (times 252) over beta; None where that is 0 or undefined."""
    sensitivity = beta(returns, benchmark)
    if not sensitivity:
        return None
    return fsum(value - risk_free_per_day for value in returns) / len(returns) * PERIODS_PER_YEAR / sensitivity


def capture(returns: Sequence[float], benchmark: Sequence[float], direction: int) -> float | None:
    """Mean return over the benchmark's on the days on which that rose (1) or fell (-1); None without such a day."""
    days = [(own, other) for own, other in zip(returns, benchmark, strict=True) if other * direction > 0]
    return fsum(own for own, _ in days) / fsum(other for _, other in days) if days else None


@dataclass(frozen=True, slots=True)
class Comparison:
    """Everything said of a curve beside a benchmark; conventions as in the functions of this module.

    Attributes:
        days: daily returns compared.
        total_return: the benchmark's, as a decimal.
    """

    name: str
    days: int
    total_return: float
    alpha: float | None
    beta: float | None
    correlation: float | None
    r_squared: float | None
    tracking_error: float | None
    information_ratio: float | None
    treynor: float | None
    up_capture: float | None
    down_capture: float | None


def compare(benchmark: Benchmark, values: Sequence[float]) -> Comparison | None:
    """A curve beside a benchmark, from the first session's end on; None for fewer than two common values.

    Sessions of which the benchmark has no value are passed over; after a total loss there are no returns.

    Args:
        values: shape (1 + sessions,): the starting capital, and the value at the end of each session.
    """
    both = [(own, other) for own, other in zip(values[1:], benchmark.values, strict=True) if other is not None]
    own = simple_returns([value for value, _ in both])
    other = simple_returns([value for _, value in both])[: len(own)]
    if not own:
        return None
    related, per_day = correlation(own, other), information_ratio(own, other)
    return Comparison(
        name=benchmark.name,
        days=len(own),
        total_return=both[len(own)][1] / both[0][1] - 1.0,
        alpha=alpha(own, other),
        beta=beta(own, other),
        correlation=related,
        r_squared=None if related is None else related**2,
        tracking_error=tracking_error(own, other),
        information_ratio=None if per_day is None else per_day * sqrt(PERIODS_PER_YEAR),
        treynor=treynor_ratio(own, other),
        up_capture=capture(own, other, 1),
        down_capture=capture(own, other, -1),
    )


def _daily_alpha(returns: Sequence[float], benchmark: Sequence[float], risk_free_per_day: float) -> float | None:
    sensitivity = beta(returns, benchmark)
    if sensitivity is None:
        return None
    own = fsum(value - risk_free_per_day for value in returns) / len(returns)
    return own - sensitivity * fsum(value - risk_free_per_day for value in benchmark) / len(benchmark)


def _covariance(one: Sequence[float], other: Sequence[float]) -> float:
    centre, middle = fsum(one) / len(one), fsum(other) / len(other)
    return fsum((a - centre) * (b - middle) for a, b in zip(one, other, strict=True)) / (len(one) - 1)


def _differences(returns: Sequence[float], benchmark: Sequence[float]) -> list[float]:
    return [own - other for own, other in zip(returns, benchmark, strict=True)]
