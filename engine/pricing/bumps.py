"""Sensitivities of values that have no formula for them: differences of one stack of bumped valuations.

All bumped contracts are valued in one call, so that they share boundaries and tables and the differences are smooth.
Spot uses five points (fourth order for delta and gamma), the other parameters two. Theta and charm follow from the
pricing equation, theta = r V - (r - q) S delta - sigma**2 S**2 gamma / 2, and are zero where exercise is immediate.
"""

from collections.abc import Callable

import numpy as np
import numpy.typing as npt

from engine.pricing.blocks import flatten
from engine.pricing.types import FloatArray, Greeks, Numbers

Valuer = Callable[[tuple[Numbers, ...]], FloatArray]

_SIDE, _SPOT, _STRIKE, _YEARS, _RATE, _YIELD, _SIGMA = range(7)
_LARGEST_RATE_BUMP = 1e-4
# Where spot is near the boundary, points this much closer mostly stay on its side.
_CLOSER = 0.05
_CORNER = 0.4
_SMALLEST_SPOT_BUMP, _LARGEST_SPOT_BUMP = 1e-5, 0.02


def greeks(contracts: tuple[Numbers, ...], valuer: Valuer, higher_order: bool) -> Greeks:
    """Value and sensitivities of (right, spot, strike, years, rate, dividend_yield, volatility) as valuer sees them."""
    columns, shape, size = flatten(contracts)
    rows = np.array([np.broadcast_to(column, size) for column in columns])
    with np.errstate(all="ignore"):
        width = rows[_SIGMA] * np.sqrt(np.maximum(rows[_YEARS], 0.0))
        spot_bump = rows[_SPOT] * np.clip(0.05 * width, _SMALLEST_SPOT_BUMP, _LARGEST_SPOT_BUMP)
        sigma_bump = np.minimum(0.01 * rows[_SIGMA], 0.005)
        # Drift counts against variance: a small one feels a small change of rate.
        rate_bump = np.clip(0.1 * rows[_SIGMA] ** 2, 1e-6, _LARGEST_RATE_BUMP)
        steps = np.array([spot_bump, sigma_bump, rate_bump])
        found, crossed = _differences(rows, steps, valuer, higher_order)
        if crossed.any():
            finer = steps[:, crossed] * np.array([[_CLOSER], [1.0], [1.0]])
            again, _ = _differences(rows[:, crossed], finer, valuer, higher_order)
            for column, better in zip(found, again, strict=True):
                column[crossed] = better
        found = [column.reshape(shape) for column in found]
    value, delta, gamma, vega, theta, rho = found[:6]
    if not higher_order:
        return Greeks(value, delta, gamma, vega, theta, rho, None, None, None, None)
    return Greeks(value, delta, gamma, vega, theta, rho, *found[6:])


def _differences(
    rows: FloatArray, steps: FloatArray, valuer: Valuer, higher_order: bool
) -> tuple[list[FloatArray], npt.NDArray[np.bool_]]:
    """Return the sensitivities, and for which contracts the points of spot lie on both sides of the boundary."""
    spot_bump, sigma_bump, rate_bump = steps
    spot, rate, carry = rows[_SPOT], rows[_RATE], rows[_YIELD]
    stack = [_bumped(rows, spot=far * spot_bump) for far in (0.0, -2.0, -1.0, 1.0, 2.0)]
    stack += [_bumped(rows, sigma=sign * sigma_bump) for sign in (-1.0, 1.0)]
    stack += [_bumped(rows, rate=sign * rate_bump) for sign in (-1.0, 1.0)]
    if higher_order:
        stack += [_bumped(rows, carry=sign * rate_bump) for sign in (-1.0, 1.0)]
        corners = ((-1.0, -1.0), (-1.0, 1.0), (1.0, -1.0), (1.0, 1.0))
        stack += [_bumped(rows, spot=_CORNER * a * spot_bump, sigma=b * sigma_bump) for a, b in corners]
    values = valuer(tuple(np.concatenate(stack, axis=1))).reshape(len(stack), -1)
    base, low2, low, high, high2 = values[:5]
    delta = (8.0 * (high - low) - (high2 - low2)) / (12.0 * spot_bump)
    gamma = (16.0 * (high + low) - (high2 + low2) - 30.0 * base) / (12.0 * spot_bump**2)
    vega = (values[6] - values[5]) / (2.0 * sigma_bump)
    rho = (values[8] - values[7]) / (2.0 * rate_bump)
    spread = 0.5 * (rows[_SIGMA] * spot) ** 2
    exercised, *around = (_is_intrinsic(values[k], stack[k]) for k in range(5))
    crossed = ~exercised & np.any(around, axis=0)
    theta = np.where(exercised, 0.0, rate * base - (rate - carry) * spot * delta - spread * gamma)
    found = [base, delta, gamma, vega, theta, rho]
    if higher_order:
        speed = (high2 - low2 - 2.0 * (high - low)) / (2.0 * spot_bump**3)
        bend = 2.0 * spread / spot * gamma + spread * speed
        charm = np.where(exercised, 0.0, rate * delta - (rate - carry) * (delta + spot * gamma) - bend)
        vanna = (values[14] - values[13] - values[12] + values[11]) / (4.0 * _CORNER * spot_bump * sigma_bump)
        volga = (values[6] + values[5] - 2.0 * base) / sigma_bump**2
        found += [(values[10] - values[9]) / (2.0 * rate_bump), vanna, volga, charm]
    return found, crossed


def _is_intrinsic(values: FloatArray, rows: FloatArray) -> npt.NDArray[np.bool_]:
    intrinsic: FloatArray = rows[_SIDE] * (rows[_SPOT] - rows[_STRIKE])
    return np.asarray((values > 0.0) & (values <= intrinsic))


def _bumped(
    rows: FloatArray,
    spot: FloatArray | float = 0.0,
    sigma: FloatArray | float = 0.0,
    rate: FloatArray | float = 0.0,
    carry: FloatArray | float = 0.0,
) -> FloatArray:
    bumped = rows.copy()
    bumped[_SPOT] += spot
    bumped[_SIGMA] += sigma
    bumped[_RATE] += rate
    bumped[_YIELD] += carry
    return bumped
