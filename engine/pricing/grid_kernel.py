"""A finite-difference solver for what formulas do not reach: cash dividends, and puts with two exercise boundaries.

Backward in time on a uniform grid of y = log(spot) - (rate - yield) t, in which the drift has gone: Crank-Nicolson with
four implicit half-steps after every kink (Rannacher, 1984), early exercise by operator splitting (Ikonen and Toivanen,
2004). At an ex-date the value at spot S is the value at S - D behind it, by cubic interpolation; a holder may exercise
before the drop.
"""

import math

import numpy as np

from engine.pricing.compiling import inlined, kernel, loop
from engine.pricing.types import FloatArray

_SMOOTH_STEPS = 4
_WIDTH = 6.5


@kernel
def grid_kernel(
    contracts: FloatArray, times: FloatArray, amounts: FloatArray, space: int, steps: int, results: FloatArray
) -> None:
    """Write values of contracts, columns of (right, spot, strike, years, rate, yield, sigma, 1 if American else 0).

    times ascend; space is the number of intervals of the grid and steps the number of steps to expiry.
    """
    for c in range(contracts.shape[1]):
        results[c] = _value(contracts[:, c], times, amounts, space, steps)


@loop
def _value(contract: FloatArray, times: FloatArray, amounts: FloatArray, space: int, steps: int) -> float:
    spot, years = contract[1], contract[3]
    due = 0
    while due < times.size and times[due] <= years:
        due += 1
    low, step = _range(contract, times[:due], amounts[:due], space)
    values, pull, work = np.empty(space + 1), np.zeros(space + 1), np.empty((5, space + 1))
    for i in range(space + 1):
        work[4, i] = math.exp(low + step * i)
    _start(contract, step, values, work)
    after = years
    for k in range(due, -1, -1):
        before = times[k - 1] if k > 0 else 0.0
        later = (times[k:due], amounts[k:due])
        if after > before:
            _march(
                contract, values, pull, work, (after, before, step, math.ceil(steps * (after - before) / years)), later
            )
        if k > 0:
            _drop(contract, values, work, (before, low, step), amounts[k - 1], later)
            pull[:] = 0.0
        after = before
    value = _cubic(values, (math.log(spot) - low) / step)
    return max(value, _exercise(contract, spot))


@inlined
def _exercise(contract: FloatArray, spot: float) -> float:
    """Value of exercise where it is allowed, zero otherwise."""
    value: float = contract[7] * contract[0] * (spot - contract[2])
    return value


@inlined
def _range(contract: FloatArray, times: FloatArray, amounts: FloatArray, space: int) -> tuple[float, float]:
    """Return the lowest y and the step; spot lies on a point of the grid."""
    spot, strike, years, sigma = contract[1], contract[2], contract[3], contract[6]
    rate, carry = contract[4], contract[5]
    paid = 0.0
    for k in range(times.size):
        paid += amounts[k] * math.exp(-(rate - carry) * times[k])
    width = _WIDTH * sigma * math.sqrt(years)
    target = math.log(strike) - (rate - carry) * years
    centre = math.log(spot)
    left = max(spot - paid, 0.05 * spot)
    low = min(math.log(left) - width, target - 0.25 * width)
    high = max(centre + width, target + 0.25 * width)
    step = (high - low) / space
    return centre - step * math.ceil((centre - low) / step), step


@inlined
def _start(contract: FloatArray, step: float, values: FloatArray, work: FloatArray) -> None:
    """Write the payoff, averaged over each cell, so that the strike need not be a point of the grid."""
    right, strike = contract[0], contract[2]
    growth = math.exp((contract[4] - contract[5]) * contract[3])
    half = math.exp(0.5 * step)
    for i in range(values.size):
        spot = work[4, i] * growth
        low, high = spot / half, spot * half
        if low < strike < high:
            inner, outer = (strike, high) if right > 0.0 else (low, strike)
            values[i] = right * ((outer - inner) - strike * math.log(outer / inner)) / step
        else:
            values[i] = max(right * (spot - strike), 0.0)


@loop
def _edge(contract: FloatArray, spot: float, now: float, later: tuple[FloatArray, FloatArray]) -> float:
    """Value far from the strike: the forward, or immediate exercise."""
    right, strike, left = contract[0], contract[2], contract[3] - now
    times, amounts = later
    worth = spot * math.exp(-contract[5] * left) - strike * math.exp(-contract[4] * left)
    for k in range(times.size):
        worth -= amounts[k] * math.exp(-contract[4] * (times[k] - now) - contract[5] * (contract[3] - times[k]))
    value: float = max(right * worth, 0.0, _exercise(contract, spot))
    return value


@loop
def _march(
    contract: FloatArray,
    values: FloatArray,
    pull: FloatArray,
    work: FloatArray,
    plan: tuple[float, float, float, int],
    later: tuple[FloatArray, FloatArray],
) -> None:
    """Step back from one kink to the next: plan holds both times, the step of y and the number of steps."""
    after, before, step, count = plan
    interval = (after - before) / count
    drift = contract[4] - contract[5]
    now = after
    halves = min(_SMOOTH_STEPS, 2 * count)
    for smooth in (True, False):
        length = 0.5 * interval if smooth else interval
        theta = 1.0 if smooth else 0.5
        number = halves if smooth else count - halves // 2
        _factor(contract, step, theta * length, work)
        for k in range(number):
            now = before if not smooth and k == number - 1 else now - length
            growth = math.exp(drift * now)
            last = values.size - 1
            low = _edge(contract, work[4, 0] * growth, now, later)
            high = _edge(contract, work[4, last] * growth, now, later)
            _step(contract, values, pull, work, (step, length, theta), (low, high))
            if contract[7] > 0.0:
                _split(contract, values, pull, work[4], growth, length)


@inlined
def _factor(contract: FloatArray, step: float, weight: float, work: FloatArray) -> None:
    """Eliminate the constant tridiagonal matrix 1 - weight L, L = sigma**2 / 2 (d2/dy2 - d/dy) - rate."""
    half = 0.5 * contract[6] * contract[6]
    lower, upper = half * (1.0 / (step * step) + 0.5 / step), half * (1.0 / (step * step) - 0.5 / step)
    middle = -(lower + upper) - contract[4]
    work[0, 0], work[1, 0] = 0.0, 1.0
    for i in range(1, work.shape[1] - 1):
        pivot = 1.0 / (1.0 - weight * middle - (-weight * lower) * work[0, i - 1])
        work[1, i] = pivot
        work[0, i] = -weight * upper * pivot


@inlined
def _step(
    contract: FloatArray,
    values: FloatArray,
    pull: FloatArray,
    work: FloatArray,
    plan: tuple[float, float, float],
    ends: tuple[float, float],
) -> None:
    """Solve one step of the theta scheme, with the pull of early exercise as a source."""
    step, length, theta = plan
    half = 0.5 * contract[6] * contract[6]
    lower, upper = half * (1.0 / (step * step) + 0.5 / step), half * (1.0 / (step * step) - 0.5 / step)
    middle = -(lower + upper) - contract[4]
    old = (1.0 - theta) * length
    last = values.size - 1
    for i in range(1, last):
        flow = lower * values[i - 1] + middle * values[i] + upper * values[i + 1]
        work[2, i] = values[i] + old * flow + length * pull[i]
    values[0], values[last] = ends
    previous = ends[0]
    for i in range(1, last):
        previous = (work[2, i] + theta * length * lower * previous) * work[1, i]
        work[3, i] = previous
    following = ends[1]
    for i in range(last - 1, 0, -1):
        following = work[3, i] - work[0, i] * following
        values[i] = following


@inlined
def _split(
    contract: FloatArray, values: FloatArray, pull: FloatArray, base: FloatArray, growth: float, length: float
) -> None:
    """Lift values to the exercise value and remember how hard that pulled."""
    right, strike = contract[0], contract[2]
    for i in range(1, values.size - 1):
        exercise = right * (base[i] * growth - strike)
        free = values[i] - length * pull[i]
        lifted = free if free > exercise else exercise
        pull[i] = pull[i] + (lifted - values[i]) / length
        values[i] = lifted


@loop
def _drop(
    contract: FloatArray,
    values: FloatArray,
    work: FloatArray,
    plan: tuple[float, float, float],
    amount: float,
    later: tuple[FloatArray, FloatArray],
) -> None:
    """Let spot drop by the dividend: plan holds the ex-date, the lowest y and the step."""
    now, low, step = plan
    growth = math.exp((contract[4] - contract[5]) * now)
    for i in range(values.size):
        work[3, i] = values[i]
    for i in range(values.size):
        spot = work[4, i] * growth
        rest = spot - amount
        place = (math.log(rest / growth) - low) / step if rest > 0.0 else -1.0
        # A stock that has paid out all it was worth stays at zero.
        value = _edge(contract, max(rest, 0.0), now, later) if place < 0.0 else _cubic(work[3], place)
        values[i] = max(value, _exercise(contract, spot)) if contract[7] > 0.0 else value


@inlined
def _cubic(values: FloatArray, place: float) -> float:
    """Interpolate by the cubic through four neighbours."""
    first = min(max(int(place) - 1, 0), values.size - 4)
    t = place - first
    a, b, c, d = values[first], values[first + 1], values[first + 2], values[first + 3]
    value: float = (
        -a * (t - 1.0) * (t - 2.0) * (t - 3.0) / 6.0
        + b * t * (t - 2.0) * (t - 3.0) / 2.0
        - c * t * (t - 1.0) * (t - 3.0) / 2.0
        + d * t * (t - 1.0) * (t - 2.0) / 6.0
    )
    return value
