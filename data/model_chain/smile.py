"""Volatility by strike and expiration: a surface that no static arbitrage exists in.

The smile is the SSVI of Gatheral and Jacquier, "Arbitrage-free SVI volatility surfaces" (2014), with their power-law
curvature. Its level comes from the VIX of the day; the constants were fitted to 21 days of SPX and SPXW chains in 2019
(`data/model_chain/fitting.py`, docs/data.md). They satisfy theorems 4.1 and 4.2 of that paper for every level, so that
prices are convex in strike and total variance rises with time at every forward moneyness.
"""

from __future__ import annotations

from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from engine.pricing.elementwise import expm1, power

Numbers = NDArray[np.float64]

SESSIONS_PER_YEAR: Final = 252
_VIX_YEARS: Final = 30 / 365
_MOST_MEAN: Final = 2.0
"""Largest distant variance, as a multiple of that of the next 30 days."""


class Smile(NamedTuple):
    """Constants of a surface.

    Attributes:
        level: at-the-money volatility in 30 days, as a part of the VIX.
        mean_level: volatility that the distant future holds, whatever the VIX is ...
        mean_slope: ... and the part of the VIX that it holds besides.
        fall: speed, per year, at which volatility above that mean falls.
        rise: speed at which volatility below it rises.
        skew: correlation of SSVI; below zero puts cost more than calls.
        curvature: scale of SSVI's curvature ...
        decay: ... and its exponent, up to 0.5.
        calendar_share: part of a year's variance that passes with the calendar; the rest passes in sessions.
    """

    level: float
    mean_level: float
    mean_slope: float
    fall: float
    rise: float
    skew: float
    curvature: float
    decay: float
    calendar_share: float


INDEX_SMILE: Final = Smile(0.868, 0.122, 0.130, 39.0, 10.7, -0.69, 1.89, 0.374, 0.233)
STOCK_SMILE: Final = Smile(0.95, 0.06, 0.75, 8.0, 8.0, -0.40, 1.40, 0.40, 0.233)
"""Not fitted: flatter than the index's, as single stocks are."""


def volatility_time(years: Numbers, sessions: Numbers, smile: Smile = INDEX_SMILE) -> Numbers:
    """Years in which variance passes, from calendar years and sessions (with fractions) to settlement."""
    return smile.calendar_share * years + (1.0 - smile.calendar_share) * sessions / SESSIONS_PER_YEAR


def at_the_money_variance(vix: float, time: Numbers, smile: Smile = INDEX_SMILE) -> Numbers:
    """Total variance at the forward, rising in `time` (years of `volatility_time`); `vix` is a decimal."""
    near = (smile.level * vix) ** 2
    # Calmer than any fitted day, the mean comes down with the VIX, so that the variance of now stays above zero.
    mean = min((smile.mean_level + smile.mean_slope * vix) ** 2, _MOST_MEAN * near)
    speed = smile.fall if near > mean else smile.rise
    # The variance of now is that which has reverted to `near`, on average, over the 30 days of the VIX.
    excess = (near - mean) * speed * _VIX_YEARS / -expm1(-speed * _VIX_YEARS)
    return np.asarray(mean * time - excess * expm1(-speed * time) / speed)


def total_variance(log_moneyness: Numbers, at_the_money: Numbers, smile: Smile = INDEX_SMILE) -> Numbers:
    """Total variance at ln(strike / forward), given that at the forward; both broadcast."""
    wings = smile.curvature / (power(at_the_money, smile.decay) * power(1.0 + at_the_money, 1.0 - smile.decay))
    shifted = wings * log_moneyness + smile.skew
    root = np.sqrt(shifted**2 + 1.0 - smile.skew**2)
    return np.asarray(0.5 * at_the_money * (1.0 + smile.skew * wings * log_moneyness + root))
