"""Reward by risk. Returns are daily, rates of interest per day, ratios per year; what is not defined is None."""

from __future__ import annotations

from collections.abc import Sequence
from math import e, fsum, sqrt
from typing import Final

import numpy as np
from scipy.special import ndtr, ndtri

from engine.metrics.distribution import standardised_moment
from engine.metrics.returns import PERIODS_PER_YEAR, downside_deviation, standard_deviation

_EULER: Final = float(np.euler_gamma)


def sharpe_ratio(returns: Sequence[float], risk_free_per_day: float = 0.0) -> float | None:
    """Mean excess return over its standard deviation, per year; None where that is 0 or undefined."""
    daily = _daily_sharpe_ratio(returns, risk_free_per_day)
    return None if daily is None else daily * sqrt(PERIODS_PER_YEAR)


def sortino_ratio(returns: Sequence[float], risk_free_per_day: float = 0.0) -> float | None:
    """Mean excess return per year over the downside deviation of all returns; None without a downside."""
    downside = downside_deviation(returns, risk_free_per_day)
    if not downside:
        return None
    return fsum(value - risk_free_per_day for value in returns) / len(returns) * PERIODS_PER_YEAR / downside


def calmar_ratio(growth_rate: float | None, max_drawdown: float) -> float | None:
    """Compound annual growth rate over the size of the deepest drawdown of the whole curve; None without a fall."""
    return growth_rate / abs(max_drawdown) if growth_rate is not None and max_drawdown else None


def ulcer_performance_index(growth_rate: float | None, ulcer: float) -> float | None:
    """Compound annual growth rate over the ulcer index; None without a fall."""
    return growth_rate / ulcer if growth_rate is not None and ulcer else None


def omega_ratio(returns: Sequence[float], threshold_per_day: float = 0.0) -> float | None:
    """Sum of what returns exceed the threshold by over the sum of what they lack; None where they lack nothing."""
    lacking = fsum(max(threshold_per_day - value, 0.0) for value in returns)
    return fsum(max(value - threshold_per_day, 0.0) for value in returns) / lacking if lacking else None


def probabilistic_sharpe_ratio(
    returns: Sequence[float], risk_free_per_day: float = 0.0, benchmark_per_day: float = 0.0
) -> float | None:
    """Probability that the true daily Sharpe ratio exceeds a benchmark's, from 0 to 1; None where it has none.

    With biased skewness and raw kurtosis. Source: Bailey and Lopez de Prado, The Sharpe Ratio Efficient Frontier, 2012.
    """
    excess = [value - risk_free_per_day for value in returns]
    ratio = _daily_sharpe_ratio(returns, risk_free_per_day)
    skewness, kurtosis = standardised_moment(excess, 3), standardised_moment(excess, 4)
    if ratio is None or skewness is None or kurtosis is None:
        return None
    variance = 1.0 - skewness * ratio + (kurtosis - 1.0) / 4.0 * ratio**2
    return float(ndtr((ratio - benchmark_per_day) * sqrt(len(returns) - 1) / sqrt(variance))) if variance > 0 else None


def expected_best_sharpe_ratio(trials: int, variance: float) -> float:
    """Daily Sharpe ratio that the best of so many worthless trials is expected to show; needs two trials.

    Source: Bailey and Lopez de Prado, The Deflated Sharpe Ratio, 2014.

    Args:
        variance: of the daily ratios over the trials.
    """
    best, second = float(ndtri(1.0 - 1.0 / trials)), float(ndtri(1.0 - 1.0 / (trials * e)))
    return sqrt(variance) * ((1.0 - _EULER) * best + _EULER * second)


def deflated_sharpe_ratio(
    returns: Sequence[float], trials: int, variance: float, risk_free_per_day: float = 0.0
) -> float | None:
    """Probability that the true daily Sharpe ratio exceeds that of the best of so many worthless trials."""
    return probabilistic_sharpe_ratio(returns, risk_free_per_day, expected_best_sharpe_ratio(trials, variance))


def deflated_by_chance(returns: Sequence[float], trials: int) -> float | None:
    """The same where nothing is known of the trials: each of them worthless, as long as this one, and independent.

    The daily ratios of such trials vary by 1 over the number of days.
    """
    return deflated_sharpe_ratio(returns, trials, 1.0 / len(returns)) if returns else None


def _daily_sharpe_ratio(returns: Sequence[float], risk_free_per_day: float) -> float | None:
    excess = [value - risk_free_per_day for value in returns]
    deviation = standard_deviation(excess)
    return fsum(excess) / len(excess) / deviation if deviation else None
