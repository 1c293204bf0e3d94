"""Black-Scholes-Merton over arrays: price, sensitivities, implied volatility.

Everything rests on the value of the out-of-the-money option, written with the scaled complementary error function so
that far strikes keep their relative accuracy; the other side follows by put-call parity.
"""

import numpy as np
from scipy.special import erfcx

from engine.pricing.errors import PricingInputError
from engine.pricing.types import FloatArray, IvStatus, Numbers, StatusArray

_ROOT_HALF = np.sqrt(0.5)
_ROOT_TWO_PI = np.sqrt(2.0 * np.pi)
_BISECTIONS = 60
_NEWTON_STEPS = 6


def implied_volatility(quotes: tuple[Numbers, ...]) -> tuple[FloatArray, StatusArray]:
    """European volatilities of (price, right, spot, strike, years, rate, dividend_yield); see `engine.pricing`."""
    target, side, spots, strikes, time, rates, yields = _broadcast(quotes)
    with np.errstate(all="ignore"):
        spot_leg, strike_leg = spots * np.exp(-yields * time), strikes * np.exp(-rates * time)
        carried = spots * np.expm1(-yields * time) - strikes * np.expm1(-rates * time)
        time_value = target - np.maximum(side * ((spots - strikes) + carried), 0.0)
        status = _status(target, side, time, time_value, (spot_leg, strike_leg))
        beta = time_value / np.sqrt(spot_leg * strike_leg)
        ratio, excess = spots / strikes, (spots - strikes) / strikes
        logarithm = np.where(np.abs(excess) < 0.5, np.log1p(excess), np.log(ratio))
        moneyness = -np.abs(logarithm + (rates - yields) * time)
        deviation = _implied_deviation(beta, moneyness)
        volatility = np.where(status == IvStatus.OK, deviation / np.sqrt(time), np.nan)
    return volatility, status


def _broadcast(values: tuple[Numbers, ...]) -> tuple[FloatArray, ...]:
    try:
        return tuple(np.broadcast_arrays(*(np.asarray(value, dtype=np.float64) for value in values)))
    except ValueError as error:
        raise PricingInputError(f"pricing inputs must be numbers of shapes that broadcast: {error}") from error


def _mills(z: FloatArray) -> FloatArray:
    """Return the normal tail beyond z divided by the density at z."""
    return np.asarray(erfcx(z * _ROOT_HALF) * np.sqrt(np.pi / 2.0))


def _otm_value(spot_leg: FloatArray, strike_leg: FloatArray, d1: FloatArray, d2: FloatArray) -> FloatArray:
    """Value of the out-of-the-money option; d1, d2 signed for it, so the leg it may buy is the smaller one."""
    lower, near, far = np.minimum(spot_leg, strike_leg), np.maximum(d1, d2), np.minimum(d1, d2)
    scale = lower * np.exp(-0.5 * near * near) / _ROOT_TWO_PI
    inner = np.where(near > 0.0, lower - scale * _mills(near), scale * _mills(-near))
    value = inner - scale * _mills(-far)
    return np.where(np.isfinite(d1) & (lower > 0.0), value, np.where(near > 0.0, lower, 0.0))


def _status(
    target: FloatArray,
    side: FloatArray,
    years: FloatArray,
    time_value: FloatArray,
    legs: tuple[FloatArray, FloatArray],
) -> StatusArray:
    spot_leg, strike_leg = legs
    largest = np.where(side > 0.0, spot_leg, strike_leg)
    resolution = np.where(time_value < target, 4.0 * np.finfo(np.float64).eps * (spot_leg + strike_leg), 0.0)
    usable = (np.abs(side) == 1.0) & (spot_leg > 0.0) & (strike_leg > 0.0)
    finite = np.isfinite(target) & np.isfinite(years) & np.isfinite(spot_leg) & np.isfinite(strike_leg)
    status = np.select(
        [~(usable & finite), years <= 0.0, target >= largest, time_value < -resolution, time_value <= resolution],
        [
            IvStatus.INVALID_INPUT,
            IvStatus.EXPIRED,
            IvStatus.AT_OR_ABOVE_MAXIMUM,
            IvStatus.BELOW_INTRINSIC,
            IvStatus.UNRECOVERABLE,
        ],
        IvStatus.OK,
    )
    return status.astype(np.int8)


def _implied_deviation(beta: FloatArray, moneyness: FloatArray) -> FloatArray:
    """Total deviation s with normalised value beta: bisection to a safe start, then Newton steps."""
    lower, upper = np.full(beta.shape, 1e-12), np.full(beta.shape, 80.0)
    for _ in range(_BISECTIONS):
        middle = np.sqrt(lower * upper)
        below = _normalised_value(moneyness, middle) < beta
        lower, upper = np.where(below, middle, lower), np.where(below, upper, middle)
    deviation = np.sqrt(lower * upper)
    for _ in range(_NEWTON_STEPS):
        slope = np.exp(-0.5 * ((moneyness / deviation) ** 2 + 0.25 * deviation**2)) / _ROOT_TWO_PI
        step = (beta - _normalised_value(moneyness, deviation)) / slope
        deviation = np.where(np.abs(step) < 0.01 * deviation, deviation + step, deviation)
    return np.asarray(deviation)


def _normalised_value(moneyness: FloatArray, deviation: FloatArray) -> FloatArray:
    ratio, half = moneyness / deviation, 0.5 * deviation
    return _otm_value(np.exp(0.5 * moneyness), np.exp(-0.5 * moneyness), ratio + half, ratio - half)
