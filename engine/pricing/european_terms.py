"""The parts that all Black-Scholes-Merton results are made of, for one block of contracts.

Both sides of a strike follow from the out-of-the-money option. With forward legs A = S exp(-qT) and B = K exp(-rT),
lo and hi the smaller and larger of them, h = |log(A / B)| / s, t = s / 2 and s = sigma sqrt(T), its value is

    lo N(t - h) - hi N(-t - h) = c (Y(h - t) - Y(h + t)),    c = lo n(h - t) = hi n(h + t),

where Y is Mills' ratio. The one exponential c carries the smallness of far options, so they keep their relative
accuracy (Jaeckel, "Let's Be Rational", 2015, section 6). The difference of ratios loses digits when t is small, which
is the usual case: there both come from the Taylor series of Y about h, whose terms follow Y'' = h Y' + Y.
"""

import math

import numpy as np

from engine.pricing.blocks import STRIDE, whole_vectors
from engine.pricing.compiling import inlined, loop
from engine.pricing.elementary import exp, expm1, log_ratio, mills
from engine.pricing.types import FloatArray

INVERSE_ROOT_TWO_PI = 0.3989422804014327
TINY, HUGE = 1e-300, 1e300

# Places of columns in the work area; the first seven are loaded.
SIDE, SPOT, STRIKE, YEARS, RATE, YIELD, SIGMA = (k * STRIDE for k in range(7))
VALUE, HELD, OWED, DENSITY, MONEYNESS, REST = (k * STRIDE for k in range(7, 13))
SPOT_LEG, STRIKE_LEG, INTRINSIC, DEVIATION, DISTANCE, RATIO, ROOT = (k * STRIDE for k in range(13, 20))
GREEKS = 19 * STRIDE  # its first column would be the price, which stays in VALUE
AREA = 29 * STRIDE
_SERIES, _DIRECT, _LIMIT = 0.0, 1.0, 2.0
_LONG = 34


@inlined
def mills_pair(h: float, t: float, product: float, ratio: float) -> tuple[float, float]:
    """Return (Y(h - t) + Y(h + t)) / 2 and (Y(h - t) - Y(h + t)) / 2 for t <= 1/2, product = h t <= 1, ratio = Y(h).

    d[n] = t**n Y[n](h), with d[n + 1] = h t d[n] + n t**2 d[n - 1].
    """
    w1 = t * t
    w2 = w1 + w1
    w3, w4 = w2 + w1, w2 + w2
    w5, w6, w7, w8 = w4 + w1, w4 + w2, w4 + w3, w4 + w4
    d1 = t * (h * ratio - 1.0)
    d2 = product * d1 + w1 * ratio
    d3 = product * d2 + w2 * d1
    d4 = product * d3 + w3 * d2
    d5 = product * d4 + w4 * d3
    d6 = product * d5 + w5 * d4
    d7 = product * d6 + w6 * d5
    d8 = product * d7 + w7 * d6
    d9 = product * d8 + w8 * d7
    d10 = product * d9 + (w8 + w1) * d8
    d11 = product * d10 + (w8 + w2) * d9
    d12 = product * d11 + (w8 + w3) * d10
    d13 = product * d12 + (w8 + w4) * d11
    d14 = product * d13 + (w8 + w5) * d12
    d15 = product * d14 + (w8 + w6) * d13
    d16 = product * d15 + (w8 + w7) * d14
    d17 = product * d16 + (w8 + w8) * d15
    d18 = product * d17 + (w8 + w8 + w1) * d16
    d19 = product * d18 + (w8 + w8 + w2) * d17
    # The coefficients are 1 / n!.
    odd = d17 * (1.0 / 355687428096000.0) + d19 * (1.0 / 121645100408832000.0)
    odd = d13 * (1.0 / 6227020800.0) + (d15 * (1.0 / 1307674368000.0) + odd)
    odd = d9 * (1.0 / 362880.0) + (d11 * (1.0 / 39916800.0) + odd)
    odd = d1 + (d3 * (1.0 / 6.0) + (d5 * (1.0 / 120.0) + (d7 * (1.0 / 5040.0) + odd)))
    even = d16 * (1.0 / 20922789888000.0) + d18 * (1.0 / 6402373705728000.0)
    even = d12 * (1.0 / 479001600.0) + (d14 * (1.0 / 87178291200.0) + even)
    even = d8 * (1.0 / 40320.0) + (d10 * (1.0 / 3628800.0) + even)
    return ratio + (d2 * 0.5 + (d4 * (1.0 / 24.0) + (d6 * (1.0 / 720.0) + even))), -odd


@loop
def long_mills_pair(h: float, t: float, product: float) -> tuple[float, float]:
    """Return the same as `mills_pair` for t <= 1, by more terms."""
    square, ratio = t * t, mills(h)
    # Terms t**n Y[n](h) / n!, with a[n + 1] = (h t a[n] + t**2 a[n - 1]) / (n + 1).
    before, now = ratio, t * (h * ratio - 1.0)
    even, odd = 0.0, 0.0
    terms = np.empty(_LONG)
    for n in range(1, _LONG):
        terms[n] = now
        before, now = now, (product * now + square * before) / (n + 1.0)
    for n in range(_LONG - 1, 1, -2):
        even += terms[n - 1]
        odd += terms[n]
    return ratio + even, -(odd + terms[1])


@inlined
def otm_direct(low: float, h: float, t: float) -> tuple[float, float, float, float]:
    """Return value, lo N(t - h), hi N(-t - h) and c of the out-of-the-money option by the difference of the ratios."""
    near = h - t
    density = low * exp(-0.5 * near * near) * INVERSE_ROOT_TWO_PI
    near_part = density * mills(abs(near))
    low_part = low - near_part if near < 0.0 else near_part
    high_part = density * mills(h + t)
    value = low_part - high_part
    return (value if value > 0.0 else 0.0), low_part, high_part, density


@inlined
def legs(area: FloatArray, i: int) -> tuple[float, float, float, float, float]:
    """Return A, B, |A - B|, log(A / B) and sqrt(T) of contract i.

    The difference is taken before discounting, so that it keeps its digits near the money.
    """
    spot, strike, years = area[SPOT + i], area[STRIKE + i], area[YEARS + i]
    moneyness = log_ratio(spot, strike) + (area[RATE + i] - area[YIELD + i]) * years
    growth, debt = spot * expm1(-area[YIELD + i] * years), strike * expm1(-area[RATE + i] * years)
    intrinsic = abs((spot - strike) + (growth - debt))
    return spot + growth, strike + debt, intrinsic, moneyness, math.sqrt(years)


@inlined
def both_sides(
    side: float, parts: tuple[float, float, float, float], legs: tuple[float, float, float], moneyness: float
) -> tuple[float, float, float]:
    """Return value, A N(w d1) and B N(w d2) for the side w, from the out-of-the-money option."""
    value, low_part, high_part, _ = parts
    spot_leg, strike_leg, intrinsic = legs
    call_is_out = moneyness <= 0.0
    out = (side > 0.0) == call_is_out
    spot_part = low_part if call_is_out else high_part
    strike_part = high_part if call_is_out else low_part
    held = spot_part if out else spot_leg - spot_part
    owed = strike_part if out else strike_leg - strike_part
    return value + (0.0 if out else intrinsic), held, owed


@inlined
def treatment(area: FloatArray, i: int, h: float, t: float) -> float:
    """Tell how to price contract i: by the series, by the difference, or as a limit (zeros, huge numbers, NaN)."""
    spot, strike, years, sigma = area[SPOT + i], area[STRIKE + i], area[YEARS + i], area[SIGMA + i]
    smallest = spot if spot < strike else strike
    largest = spot if spot > strike else strike
    normal = (smallest > TINY) & (largest < HUGE) & (years > TINY) & (sigma > 0.0) & (t > TINY)
    # The product is zero for finite numbers and NaN otherwise.
    finite = 0.0 * (area[RATE + i] + area[YIELD + i] + years + sigma) == 0.0
    usual = normal & finite & (area[SIDE + i] * area[SIDE + i] == 1.0)
    way = _SERIES if (t <= 0.5) & (h * t <= 1.0) else _DIRECT
    return way if usual else _LIMIT


@inlined
def write_limit(area: FloatArray, i: int) -> None:
    """Write the terms at zero deviation, spot or strike; a NaN density marks the kink, a NaN value bad input.

    The value is the carried intrinsic one, the density zero; elsewhere than at the kink one leg or none is held.
    """
    spot, strike, years, sigma = area[SPOT + i], area[STRIKE + i], area[YEARS + i], area[SIGMA + i]
    rate, carry, side = area[RATE + i], area[YIELD + i], area[SIDE + i]
    sane = abs(side) == 1.0 and 0.0 <= spot < HUGE and 0.0 <= strike < HUGE and 0.0 <= years < HUGE
    sane = sane and 0.0 <= sigma < HUGE and abs(rate) < HUGE and abs(carry) < HUGE
    spot_leg, strike_leg = spot * math.exp(-carry * years), strike * math.exp(-rate * years)
    gain = side * (spot_leg - strike_leg)
    kink = spot > 0.0 and strike > 0.0 and math.log(spot / strike) + (rate - carry) * years == 0.0
    area[VALUE + i] = (gain if gain > 0.0 else 0.0) if sane else math.nan
    area[HELD + i] = spot_leg if gain > 0.0 else 0.0
    area[OWED + i] = strike_leg if gain > 0.0 else 0.0
    area[DENSITY + i] = math.nan if kink else 0.0
    area[MONEYNESS + i] = gain if sane else math.nan


@inlined
def _write_long(area: FloatArray, i: int) -> None:
    """Write VALUE, HELD and OWED of contract i by the long series, where the difference loses digits."""
    moneyness, deviation, density = area[MONEYNESS + i], area[DEVIATION + i], area[DENSITY + i]
    distance = abs(moneyness)
    even, odd = long_mills_pair(distance / deviation, 0.5 * deviation, 0.5 * distance)
    parts = 2.0 * density * odd, density * (even + odd), density * (even - odd), density
    legs = area[SPOT_LEG + i], area[STRIKE_LEG + i], area[INTRINSIC + i]
    area[VALUE + i], area[HELD + i], area[OWED + i] = both_sides(area[SIDE + i], parts, legs, moneyness)


@loop
def rest_block(area: FloatArray, count: int) -> None:
    """Write the terms of the contracts that the series does not price: gathered, priced together, scattered."""
    places = np.empty(STRIDE, np.int64)
    gathered = np.ones(AREA)
    found = 0
    for i in range(count):
        if area[REST + i] == _DIRECT:
            places[found] = i
            for k in range(7):
                gathered[k * STRIDE + found] = area[k * STRIDE + i]
            found += 1
        elif area[REST + i] == _LIMIT:
            write_limit(area, i)
    for i in range(whole_vectors(found)):
        spot_leg, strike_leg, intrinsic, moneyness, root = legs(gathered, i)
        deviation = gathered[SIGMA + i] * root
        low = spot_leg if moneyness <= 0.0 else strike_leg
        parts = otm_direct(low, abs(moneyness) / deviation, 0.5 * deviation)
        value, held, owed = both_sides(gathered[SIDE + i], parts, (spot_leg, strike_leg, intrinsic), moneyness)
        gathered[VALUE + i], gathered[HELD + i], gathered[OWED + i] = value, held, owed
        gathered[DENSITY + i], gathered[MONEYNESS + i] = parts[3], moneyness
        gathered[DEVIATION + i], gathered[INTRINSIC + i] = deviation, intrinsic
        gathered[SPOT_LEG + i], gathered[STRIKE_LEG + i] = spot_leg, strike_leg
    for j in range(found):
        if gathered[DEVIATION + j] <= 2.0 and abs(gathered[MONEYNESS + j]) <= 2.0:
            _write_long(gathered, j)
        for column in range(VALUE, REST, STRIDE):
            area[column + places[j]] = gathered[column + j]


@inlined
def legs_block(area: FloatArray, count: int) -> int:
    """Write legs, log(A / B), s, Y(h) and c; return how many contracts the series does not fit.

    Short loops one after the other keep several vectors in flight; a single loop would wait for its own results.
    """
    for i in range(count):
        spot_leg, strike_leg, intrinsic, moneyness, root = legs(area, i)
        deviation = area[SIGMA + i] * root
        area[SPOT_LEG + i], area[STRIKE_LEG + i], area[INTRINSIC + i] = spot_leg, strike_leg, intrinsic
        area[MONEYNESS + i], area[DEVIATION + i], area[ROOT + i] = moneyness, deviation, root
        area[DISTANCE + i] = abs(moneyness) / deviation
    rest = 0
    for i in range(count):
        moneyness, deviation = area[MONEYNESS + i], area[DEVIATION + i]
        h, t = area[DISTANCE + i], 0.5 * deviation
        spot_leg, strike_leg = area[SPOT_LEG + i], area[STRIKE_LEG + i]
        low = spot_leg if moneyness <= 0.0 else strike_leg
        area[DENSITY + i] = low * exp(-0.5 * (h - t) * (h - t)) * INVERSE_ROOT_TWO_PI
        area[RATIO + i] = mills(h)
        way = treatment(area, i, h, t)
        area[REST + i] = way
        rest += 0 if way == _SERIES else 1
    return rest


@inlined
def series_terms(area: FloatArray, i: int) -> tuple[float, float, float]:
    """Return VALUE, HELD and OWED of contract i by the series."""
    moneyness, deviation, density = area[MONEYNESS + i], area[DEVIATION + i], area[DENSITY + i]
    even, odd = mills_pair(area[DISTANCE + i], 0.5 * deviation, 0.5 * abs(moneyness), area[RATIO + i])
    value = 2.0 * density * odd
    parts = (value if value > 0.0 else 0.0), density * (even + odd), density * (even - odd), density
    legs = area[SPOT_LEG + i], area[STRIKE_LEG + i], area[INTRINSIC + i]
    return both_sides(area[SIDE + i], parts, legs, moneyness)


@inlined
def value_block(area: FloatArray, count: int) -> None:
    """Write VALUE for all contracts of the block."""
    rest = legs_block(area, count)
    for i in range(count):
        area[VALUE + i] = series_terms(area, i)[0]
    if rest > 0:
        rest_block(area, count)


@inlined
def terms_block(area: FloatArray, count: int) -> int:
    """Write VALUE, HELD, OWED, DENSITY and MONEYNESS for all contracts of the block; return how many are unusual."""
    rest = legs_block(area, count)
    for i in range(count):
        area[VALUE + i], area[HELD + i], area[OWED + i] = series_terms(area, i)
    if rest > 0:
        rest_block(area, count)
    return rest
