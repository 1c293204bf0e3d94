"""The parts that all Black-Scholes-Merton results are made of, for one block of contracts.

Both sides of a strike follow from the out-of-the-money option. With forward legs A = S exp(-qT) and B = K exp(-rT),
lo and hi the smaller and larger of them, h = |log(A / B)| / s, t = s / 2 and s = sigma sqrt(T), its value is

    lo N(t - h) - hi N(-t - h) = c (Y(h - t) - Y(h + t)),    c = lo n(h - t) = hi n(h + t),

where Y is Mills' ratio. The one exponential c carries the smallness of far options, so they keep their relative
accuracy (Jaeckel, "Let's Be Rational", 2015, section 6). The difference of ratios would lose digits when t is small, as
it usually is: `mills_pair` takes it as a divided difference.
"""

import math

import numpy as np

from engine.pricing.blocks import STRIDE, whole_vectors
from engine.pricing.compiling import inlined, loop
from engine.pricing.elementary import exp, expm1, log_ratio
from engine.pricing.mills import FARTHEST, NEAREST, mills, mills_pair
from engine.pricing.types import FloatArray

INVERSE_ROOT_TWO_PI = 0.3989422804014327
TINY, HUGE = 1e-300, 1e300

# Places of columns in the work area; the first seven are loaded.
SIDE, SPOT, STRIKE, YEARS, RATE, YIELD, SIGMA = (k * STRIDE for k in range(7))
VALUE, HELD, OWED, DENSITY, MONEYNESS, RECIPROCAL, REST = (k * STRIDE for k in range(7, 14))
SPOT_LEG, STRIKE_LEG, INTRINSIC, DEVIATION, DISTANCE, ROOT = (k * STRIDE for k in range(14, 20))
GREEKS = 19 * STRIDE  # its first column would be the price, which stays in VALUE
AREA = 29 * STRIDE
_FITS, _REST, LIMIT = 0.0, 1.0, 2.0
_FAR = 64.0


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
def log_moneyness(area: FloatArray, i: int) -> float:
    """Return log(A / B) of contract i."""
    drift: float = (area[RATE + i] - area[YIELD + i]) * area[YEARS + i]
    return log_ratio(area[SPOT + i], area[STRIKE + i]) + drift


@inlined
def legs(area: FloatArray, i: int) -> tuple[float, float, float]:
    """Return A, B and |A - B| of contract i.

    The difference is taken before discounting, so that it keeps its digits near the money.
    """
    spot, strike, years = area[SPOT + i], area[STRIKE + i], area[YEARS + i]
    growth, debt = spot * expm1(-area[YIELD + i] * years), strike * expm1(-area[RATE + i] * years)
    return spot + growth, strike + debt, abs((spot - strike) + (growth - debt))


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
def way(area: FloatArray, i: int, h: float, t: float, density: float) -> float:
    """Tell whether the vector loops price contract i; comparisons with NaN are false."""
    spot, strike, side = area[SPOT + i], area[STRIKE + i], area[SIDE + i]
    spot_fits, strike_fits = (spot > 1e-100) & (spot < 1e100), (strike > 1e-100) & (strike < 1e100)
    normal = spot_fits & strike_fits & (t > 1e-100) & (h < HUGE) & (side * side == 1.0)
    near = _FITS if (h - t >= NEAREST) & ((h + t <= FARTHEST) | (density == 0.0)) else _REST
    return near if normal else _REST


@inlined
def is_limit(area: FloatArray, i: int) -> bool:
    """Tell whether contract i has only limits: zeros, huge numbers, NaN."""
    spot, strike, years, sigma = area[SPOT + i], area[STRIKE + i], area[YEARS + i], area[SIGMA + i]
    positive = min(spot, strike, years, sigma, sigma * math.sqrt(years)) > TINY
    bounded = max(spot, strike, years, sigma) < HUGE and abs(area[RATE + i]) + abs(area[YIELD + i]) < HUGE
    return not (positive and bounded and abs(area[SIDE + i]) == 1.0)


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


@loop
def rest_block(area: FloatArray, count: int) -> None:
    """Write the terms of the contracts that the vector loops do not fit: gathered, priced together, scattered."""
    places = np.empty(STRIDE, np.int64)
    gathered = np.ones(AREA)
    found = 0
    for i in range(count):
        if area[REST + i] != 0.0 and is_limit(area, i):
            area[REST + i] = LIMIT
            write_limit(area, i)
        elif area[REST + i] != 0.0:
            places[found] = i
            for k in range(7):
                gathered[k * STRIDE + found] = area[k * STRIDE + i]
            found += 1
    for i in range(whole_vectors(found)):
        spot_leg, strike_leg, intrinsic = legs(gathered, i)
        moneyness, deviation = log_moneyness(gathered, i), gathered[SIGMA + i] * math.sqrt(gathered[YEARS + i])
        low = spot_leg if moneyness <= 0.0 else strike_leg
        parts = otm_direct(low, abs(moneyness) / deviation, 0.5 * deviation)
        value, held, owed = both_sides(gathered[SIDE + i], parts, (spot_leg, strike_leg, intrinsic), moneyness)
        gathered[VALUE + i], gathered[HELD + i], gathered[OWED + i] = value, held, owed
        gathered[DENSITY + i], gathered[MONEYNESS + i] = parts[3], moneyness
        gathered[RECIPROCAL + i] = 1.0 / deviation
    for j in range(found):
        for column in range(VALUE, REST, STRIDE):
            area[column + places[j]] = gathered[column + j]


@inlined
def legs_block(area: FloatArray, count: int) -> int:
    """Write legs, log(A / B), s, 1 / s and c; return how many contracts the vector loops do not fit.

    Short loops one after the other keep several vectors in flight; a single loop would wait for its own results.
    """
    for i in range(count):
        root, moneyness = math.sqrt(area[YEARS + i]), log_moneyness(area, i)
        deviation = area[SIGMA + i] * root
        reciprocal = 1.0 / deviation
        area[MONEYNESS + i], area[DEVIATION + i], area[ROOT + i] = moneyness, deviation, root
        area[RECIPROCAL + i], area[DISTANCE + i] = reciprocal, abs(moneyness) * reciprocal
    for i in range(count):
        spot_leg, strike_leg, intrinsic = legs(area, i)
        area[SPOT_LEG + i], area[STRIKE_LEG + i], area[INTRINSIC + i] = spot_leg, strike_leg, intrinsic
    rest = 0
    for i in range(count):
        h, t = area[DISTANCE + i], 0.5 * area[DEVIATION + i]
        # Both are read, because a choice of places would keep the loop scalar.
        spot_leg, strike_leg = area[SPOT_LEG + i], area[STRIKE_LEG + i]
        low = spot_leg if area[MONEYNESS + i] <= 0.0 else strike_leg
        density = low * exp(-0.5 * (h - t) * (h - t)) * INVERSE_ROOT_TWO_PI
        area[DENSITY + i] = density
        fit = way(area, i, h, t, density)
        area[REST + i] = fit
        rest += 0 if fit == _FITS else 1
        # Where the density has vanished, the distance no longer matters, but must not overflow.
        area[DISTANCE + i] = h if h < _FAR else _FAR
    return rest


@inlined
def vector_terms(area: FloatArray, i: int) -> tuple[float, float, float]:
    """Return VALUE, HELD and OWED of contract i by the divided difference."""
    moneyness, deviation, density = area[MONEYNESS + i], area[DEVIATION + i], area[DENSITY + i]
    h, t = area[DISTANCE + i], 0.5 * deviation
    ratio, odd = mills_pair(h - t, h + t, t)
    value, low_part = 2.0 * density * odd, density * ratio
    parts = (value if value > 0.0 else 0.0), low_part, low_part - value, density
    legs = area[SPOT_LEG + i], area[STRIKE_LEG + i], area[INTRINSIC + i]
    return both_sides(area[SIDE + i], parts, legs, moneyness)


@inlined
def value_block(area: FloatArray, count: int) -> None:
    """Write VALUE for all contracts of the block."""
    rest = legs_block(area, count)
    for i in range(count):
        area[VALUE + i] = vector_terms(area, i)[0]
    if rest > 0:
        rest_block(area, count)


@inlined
def terms_block(area: FloatArray, count: int) -> int:
    """Write VALUE, HELD, OWED, DENSITY and MONEYNESS for all contracts of the block; return how many are unusual."""
    rest = legs_block(area, count)
    for i in range(count):
        area[VALUE + i], area[HELD + i], area[OWED + i] = vector_terms(area, i)
    if rest > 0:
        rest_block(area, count)
    return rest
