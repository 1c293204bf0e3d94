"""European implied volatility over arrays.

The out-of-the-money value in units of sqrt(A B), with forward legs A and B, depends on x = |log(A / B)| and the total
deviation s only (Jaeckel, "Let's Be Rational", 2015). A first guess from the Bachelier model is good to 0.1 %, and two
of Jaeckel's third-order Householder steps on log b(s) bring it to the last bits; contracts for which they do not are
solved one by one. The steps form short loops over blocks, which vectorise.
"""

import math

import numpy as np

from engine.pricing.arguments import ColumnsKernel, Inputs, columns_of, rows_of, usable
from engine.pricing.blocks import apply
from engine.pricing.compiling import apart
from engine.pricing.elementary import exp, expm1, log_ratio
from engine.pricing.european_area import INVERSE_ROOT_TWO_PI, TINY
from engine.pricing.implied_vol_rest import Quotes, solve_rest
from engine.pricing.mills import mills_pair, nearness
from engine.pricing.types import FloatArray, Numbers, StatusArray
from engine.pricing.windows import (
    ASIDE,
    BLOCK,
    STRIDE,
    VECTOR,
    put_off,
    row_at,
    sources_of,
    terms_at,
    vectors_of,
    write_from,
)

_STATUS = np.dtype(np.int8)
_BETA, _DISTANCE, _DEVIATION, _SLOPE = (k * STRIDE for k in range(4))
_AREA = 4 * STRIDE
_ROOT_HALF_PI = 1.2533141373155003
_EPSILON = 2.220446049250313e-16
_LARGEST, _LEFT_OVER = 1e150, 1.0


def implied_volatility(quotes: tuple[Numbers, ...]) -> tuple[FloatArray, StatusArray]:
    """European volatilities of (price, right, spot, strike, years, rate, dividend_yield); see `engine.pricing`."""
    results = apply(implied_kernel, quotes, 2)
    return results[0], results[1].astype(_STATUS)


@ColumnsKernel
def implied_kernel(inputs: Inputs, written: FloatArray, first: int, last: int) -> bool:
    """Write volatility and status of (price, right, spot, strike, years, rate, yield) to the rows of results."""
    columns, results = columns_of(inputs, written), rows_of(written)
    if not usable(columns, results[2]):
        return False
    area, aside = np.empty(_AREA), np.empty(ASIDE)
    sources = sources_of(columns, aside)
    for start in range(first, last, BLOCK):
        count = min(BLOCK, last - start)
        quotes = Quotes(*terms_at(sources, start, count, aside))
        rows = row_at(results, 0, start, count, aside), row_at(results, 1, start, count, aside)
        _solve(quotes, rows, area, vectors_of(count))
        write_from(put_off(results, start, count, aside), 0)
    return True


@apart
def _solve(quotes: Quotes, rows: tuple[FloatArray, FloatArray], area: FloatArray, vectors: int) -> None:
    volatilities, statuses = rows
    _normalise(quotes, statuses, area, vectors)
    _guess(area, vectors)
    _prepare_step(area, vectors)
    _step(statuses, area, vectors, 0.1)
    _prepare_step(area, vectors)
    left_over = _step(statuses, area, vectors, 1e-4)
    for i in range(VECTOR * vectors):
        volatilities[i] = area[_DEVIATION + i] / math.sqrt(quotes.years[i])
    if left_over > 0:
        for i in range(VECTOR * vectors):
            if statuses[i] == _LEFT_OVER:
                solve_rest(quotes, volatilities, statuses, i)


@apart
def _normalise(quotes: Quotes, statuses: FloatArray, area: FloatArray, vectors: int) -> None:
    """Write x, b and whether the contract is one for the vector loops.

    Growth of the legs enters by exp - 1, so that the time value keeps its digits near the money and near expiry.
    """
    for i in range(VECTOR * vectors):
        target, side, spot, strike = quotes.price[i], quotes.side[i], quotes.spot[i], quotes.strike[i]
        years, rate, carry = quotes.years[i], quotes.rate[i], quotes.carry[i]
        moneyness = log_ratio(spot, strike) + (rate - carry) * years
        growth, debt = spot * expm1(-carry * years), strike * expm1(-rate * years)
        intrinsic = abs((spot - strike) + (growth - debt))
        out = (side > 0.0) == (moneyness <= 0.0)
        time_value = target if out else target - intrinsic
        spot_leg, strike_leg = spot + growth, strike + debt
        resolution = 0.0 if out else _EPSILON * (spot_leg + strike_leg)
        low = spot_leg if moneyness <= 0.0 else strike_leg
        area[_BETA + i] = time_value / math.sqrt(spot_leg * strike_leg)
        area[_DISTANCE + i] = abs(moneyness)
        small = (time_value > resolution) & (time_value > TINY) & (time_value < low) & (abs(moneyness) <= 2.0)
        normal = (spot > TINY) & (strike > TINY) & (spot < _LARGEST) & (strike < _LARGEST) & (years > TINY)
        bounded = (abs(rate) * years < 700.0) & (abs(carry) * years < 700.0) & (years < _LARGEST)
        statuses[i] = 0.0 if small & normal & bounded & (side * side == 1.0) else _LEFT_OVER


@apart
def _guess(area: FloatArray, vectors: int) -> None:
    """Write the first deviation, for s <= 1 and x <= 2 to 0.1 %.

    The Bachelier deviation follows from the straddle and e = d / artanh(d), d = strike distance per straddle (a fit in
    the form of Choi, Kim and Kwak, 2009); the lognormal one from it by a fitted series in its square.
    """
    for i in range(VECTOR * vectors):
        beta, x = area[_BETA + i], area[_DISTANCE + i]
        square = x * x
        # 2 sinh(x / 2), and a distance that never vanishes, because only quotients matter.
        stretch = 1.0 + square * (1.0 / 24.0 + square * (1.0 / 1920.0 + square * (1.0 / 322560.0)))
        gap = x * stretch + 1e-9 * beta
        straddle = 2.0 * beta + gap
        e = 2.0 * gap / (straddle * log_ratio(beta + gap, beta))
        p = 26.870140551600723
        p = p * e - 129.6528698036245
        p = p * e + 264.5146859785869
        p = p * e - 297.0543516606128
        p = p * e + 200.20046973043208
        p = p * e - 82.63036920132603
        p = p * e + 20.316471698654574
        p = p * e - 2.884731098537772
        p = p * e + 0.9205103678834436
        p = p * e + 0.40005361343982637
        s = _ROOT_HALF_PI * straddle * math.sqrt(e) * p / stretch
        u = s * s
        slow = 0.041661351668998335 - 0.000326053773034138 * square
        fast = 0.003615651094500397 - 6.833730572429604e-05 * square + 0.00046985007284858384 * u
        area[_DEVIATION + i] = s * (1.0 + u * (slow + u * fast))


@apart
def _prepare_step(area: FloatArray, vectors: int) -> None:
    """Write db/ds."""
    for i in range(VECTOR * vectors):
        s, x = area[_DEVIATION + i], area[_DISTANCE + i]
        h = x / s
        area[_SLOPE + i] = exp(-0.5 * (h * h + 0.25 * s * s)) * INVERSE_ROOT_TWO_PI


@apart
def _step(statuses: FloatArray, area: FloatArray, vectors: int, largest: float) -> int:
    """Improve the deviation by a third-order Householder step on log b.

    Contracts out of the method's range, or with a relative step above the largest, are left over; they are counted.
    """
    left_over = 0
    for i in range(VECTOR * vectors):
        s, x, beta, slope = area[_DEVIATION + i], area[_DISTANCE + i], area[_BETA + i], area[_SLOPE + i]
        h, t = x / s, 0.5 * s
        _, odd = mills_pair(nearness(h - t), nearness(h + t), t)
        value = 2.0 * slope * odd
        inverse = 1.0 / s
        first = slope / value
        newton = log_ratio(beta, value) / first
        # b'' / b' and b''' / b' (Jaeckel 2015, equations 4.9 ff.), then those of the logarithm.
        bend = (h * h - t * t) * inverse
        twist = bend * bend - 3.0 * h * h * inverse * inverse - 0.25
        second = bend - first
        third = twist - 3.0 * first * bend + 2.0 * first * first
        step = newton * (1.0 + 0.5 * second * newton) / (1.0 + newton * (second + third * newton * (1.0 / 6.0)))
        area[_DEVIATION + i] = s + step
        settled = (abs(step) <= largest * s) & (s <= 1.0)
        statuses[i] = statuses[i] if settled else _LEFT_OVER
        left_over += 0 if settled & (statuses[i] == 0.0) else 1
    return left_over
