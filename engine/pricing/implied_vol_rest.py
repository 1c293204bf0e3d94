"""Implied volatility of the contracts that the vector loop leaves over: far, long, or without a solution."""

import math
from typing import NamedTuple

from engine.pricing.compiling import inlined, loop
from engine.pricing.elementary import exp, expm1
from engine.pricing.european_area import HUGE, INVERSE_ROOT_TWO_PI, TINY
from engine.pricing.mills import FARTHEST, NEAREST, mills, mills_pair, nearness
from engine.pricing.types import FloatArray

_EPSILON = 2.220446049250313e-16
_OK, _BELOW, _ABOVE, _EXPIRED, _INVALID, _UNRECOVERABLE = 0.0, 1.0, 2.0, 3.0, 4.0, 5.0
_STEPS = 120


class Quotes(NamedTuple):
    """A block of prices and of the contracts that they are for."""

    price: FloatArray
    side: FloatArray
    spot: FloatArray
    strike: FloatArray
    years: FloatArray
    rate: FloatArray
    carry: FloatArray


@inlined
def normalised(distance: float, deviation: float) -> tuple[float, float, float]:
    """Return b, exp(-x / 2) - b and db/ds of the out-of-the-money value in units of sqrt(A B); x = |log(A / B)|."""
    h, t = distance / deviation, 0.5 * deviation
    slope = exp(-0.5 * (h * h + t * t)) * INVERSE_ROOT_TWO_PI
    largest = exp(-0.5 * distance)
    if h - t >= NEAREST and h + t <= FARTHEST:
        _, odd = mills_pair(nearness(h - t), nearness(h + t), t)
        value = 2.0 * slope * odd
        return value, largest - value, slope
    near = slope * mills(abs(h - t))
    far = slope * mills(h + t)
    if h < t:
        return largest - (near + far), near + far, slope
    return near - far, largest - (near - far), slope


@loop
def solve_deviation(distance: float, beta: float, gap: float) -> float:
    """Return s with normalised value beta, by Newton steps inside a shrinking bracket; NaN when it does not settle.

    The objective is log b in the lower half and -log(exp(-x / 2) - b), of which gap is the target, in the upper one:
    concave and nearly straight, as in Jaeckel (2015), section 4.
    """
    lower_half = beta < gap
    aim = beta if lower_half else gap
    low, high = 0.0, 1e5
    s = math.sqrt(2.0 * distance) if distance > 0.0 else 2.5 * beta
    if lower_half and distance > 0.0:
        s = min(s, distance / math.sqrt(2.0 * max(1e-3, -0.5 * distance - math.log(beta))) + 2.5 * beta)
    for _ in range(_STEPS):
        value, rest, slope = normalised(distance, s)
        reached = value if lower_half else rest
        # The quotient, not a difference of logarithms: that would lose the last digits.
        logarithm = math.log(reached / aim) if reached > 0.0 else -math.inf
        error = logarithm if lower_half else -logarithm
        if error < 0.0:
            low = s
        else:
            high = s
        step = -error * reached / slope if slope > 0.0 and reached > 0.0 else math.nan
        following = s + step
        if not low < following < high:
            following = math.sqrt(max(low, 1e-3 * s) * min(high, 1e3 * s))
        if abs(following - s) <= 2.0 * _EPSILON * s or high - low <= 2.0 * _EPSILON * s:
            return following
        s = following
    return math.nan


@loop
def solve_rest(quotes: Quotes, volatilities: FloatArray, statuses: FloatArray, i: int) -> None:
    """Write the volatility and status of contract i, whatever it is."""
    target, side, spot, strike = quotes.price[i], quotes.side[i], quotes.spot[i], quotes.strike[i]
    years, rate, carry = quotes.years[i], quotes.rate[i], quotes.carry[i]
    volatilities[i] = math.nan
    statuses[i] = _INVALID
    sane = abs(side) == 1.0 and TINY < spot < HUGE and TINY < strike < HUGE and 0.0 <= years < HUGE
    if not (sane and abs(target) < HUGE and abs(rate * years) < 700.0 and abs(carry * years) < 700.0):
        return
    if years < TINY:
        statuses[i] = _EXPIRED
        return
    growth, debt = spot * expm1(-carry * years), strike * expm1(-rate * years)
    spot_leg, strike_leg = spot + growth, strike + debt
    intrinsic = side * ((spot - strike) + (growth - debt))
    time_value = target - intrinsic if intrinsic > 0.0 else target
    resolution = _EPSILON * (spot_leg + strike_leg) if intrinsic > 0.0 else TINY
    largest = spot_leg if side > 0.0 else strike_leg
    if target >= largest * (1.0 - 2.0 * _EPSILON):
        statuses[i] = _ABOVE
    elif time_value < -resolution or target < 0.0:
        statuses[i] = _BELOW
    elif time_value <= resolution:
        statuses[i] = _UNRECOVERABLE
    else:
        scale = math.sqrt(spot_leg) * math.sqrt(strike_leg)
        excess = (spot - strike) / strike
        distance = math.log1p(excess) if abs(excess) < 0.5 else math.log(spot / strike)
        distance = abs(distance + (rate - carry) * years)
        s = solve_deviation(distance, time_value / scale, (largest - target) / scale)
        volatilities[i] = s / math.sqrt(years) if s > 0.0 else math.nan
        statuses[i] = _OK if s > 0.0 else _UNRECOVERABLE
