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
from engine.pricing.elementary import NEAR, exp, exp_normal, expm1, expm1_near, log_ratio
from engine.pricing.mills import NEAREST, mills, mills_pair, nearness
from engine.pricing.types import FloatArray

INVERSE_ROOT_TWO_PI = 0.3989422804014327
TINY, HUGE = 1e-300, 1e300

# Places of columns in the work area; the first seven are loaded.
SIDE, SPOT, STRIKE, YEARS, RATE, YIELD, SIGMA = (k * STRIDE for k in range(7))
VALUE, HELD, OWED, DENSITY, DISTANCE, RECIPROCAL, REST = (k * STRIDE for k in range(7, 14))
SPOT_LEG, STRIKE_LEG, FORWARD, HALF, ROOT, NEAR_PLACE, FAR_PLACE = (k * STRIDE for k in range(14, 21))
GREEKS = 20 * STRIDE  # its first column would be the price, which stays in VALUE
AREA = 30 * STRIDE
_FITS, _REST, LIMIT = 0.0, 1.0, 2.0
# Distances up to which the density is a normal number, and from which it is none.
_NORMAL, _VANISHED = 37.6, 38.7


@inlined
def otm_direct(low: float, h: float, t: float) -> tuple[float, float, float, float]:
    """Return value, lo N(t - h), hi N(-t - h) and c of the out-of-the-money option by the difference of the ratios."""
    near = h - t
    density = low * INVERSE_ROOT_TWO_PI * exp(-0.5 * near * near)
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
def legs(spot: float, strike: float, spot_change: float, strike_change: float) -> tuple[float, float, float]:
    """Return A, B and A - B, given exp(-qT) - 1 and exp(-rT) - 1.

    The difference is taken before discounting, so that it keeps its digits near the money.
    """
    growth, debt = spot * spot_change, strike * strike_change
    return spot + growth, strike + debt, (spot - strike) + (growth - debt)


@inlined
def both_sides(
    side: float, parts: tuple[float, float, float, float], legs: tuple[float, float, float]
) -> tuple[float, float, float]:
    """Return value, A N(w d1) and B N(w d2) for the side w, from the out-of-the-money option."""
    value, low_part, high_part, _ = parts
    spot_leg, strike_leg, forward = legs
    call_is_out = forward <= 0.0
    out = (side > 0.0) == call_is_out
    spot_part = low_part if call_is_out else high_part
    strike_part = high_part if call_is_out else low_part
    held = spot_part if out else spot_leg - spot_part
    owed = strike_part if out else strike_leg - strike_part
    return value + max(side * forward, 0.0), held, owed


@inlined
def fits(area: FloatArray, i: int, h: float, t: float) -> bool:
    """Tell whether the vector loops price contract i; comparisons with NaN are false."""
    spot, strike = area[SPOT + i], area[STRIKE + i]
    positive, bounded = min(spot, strike, t) > 1e-100, max(spot, strike) < 1e100
    near = (h - t >= NEAREST) & ((h + t <= _NORMAL) | ((h - t >= _VANISHED) & (h < HUGE)))
    fit: bool = positive & bounded & near & (abs(area[SIDE + i]) == 1.0)
    return fit


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
    area[DISTANCE + i] = gain if sane else math.nan


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
        years, side = gathered[YEARS + i], gathered[SIDE + i]
        changes = expm1(-gathered[YIELD + i] * years), expm1(-gathered[RATE + i] * years)
        sides = legs(gathered[SPOT + i], gathered[STRIKE + i], *changes)
        deviation = gathered[SIGMA + i] * math.sqrt(years)
        distance = log_moneyness(gathered, i) / deviation
        parts = otm_direct(min(sides[0], sides[1]), abs(distance), 0.5 * deviation)
        gathered[VALUE + i], gathered[HELD + i], gathered[OWED + i] = both_sides(side, parts, sides)
        gathered[DENSITY + i], gathered[DISTANCE + i], gathered[RECIPROCAL + i] = parts[3], distance, 1.0 / deviation
    for j in range(found):
        for column in range(VALUE, REST, STRIDE):
            area[column + places[j]] = gathered[column + j]


@inlined
def discount_block(area: FloatArray, count: int, near: bool) -> None:
    """Write the legs; near says that no rate or yield times years is beyond NEAR, and changes no bit."""
    for i in range(count):
        paid, owed = -area[YIELD + i] * area[YEARS + i], -area[RATE + i] * area[YEARS + i]
        changes = (expm1_near(paid), expm1_near(owed)) if near else (expm1(paid), expm1(owed))
        spot_leg, strike_leg, forward = legs(area[SPOT + i], area[STRIKE + i], *changes)
        area[SPOT_LEG + i], area[STRIKE_LEG + i], area[FORWARD + i] = spot_leg, strike_leg, forward


@inlined
def legs_block(area: FloatArray, count: int) -> int:
    """Write what the values are made of; return how many contracts the vector loops do not fit.

    Short loops one after the other keep several vectors in flight; a single loop would wait for its own results.
    """
    long = 0
    for i in range(count):
        years = area[YEARS + i]
        root = math.sqrt(years)
        deviation = area[SIGMA + i] * root
        reciprocal = 1.0 / deviation
        area[HALF + i], area[ROOT + i], area[RECIPROCAL + i] = 0.5 * deviation, root, reciprocal
        area[DISTANCE + i] = log_moneyness(area, i) * reciprocal
        long += 1 if max(abs(area[RATE + i] * years), abs(area[YIELD + i] * years)) > NEAR else 0
    if long == 0:
        discount_block(area, count, True)
    else:
        discount_block(area, count, False)
    rest = 0
    for i in range(count):
        h, t = abs(area[DISTANCE + i]), area[HALF + i]
        low = min(area[SPOT_LEG + i], area[STRIKE_LEG + i])
        density = low * INVERSE_ROOT_TWO_PI * exp_normal(-0.5 * (h - t) * (h - t))
        area[DENSITY + i] = 0.0 if h - t >= _VANISHED else density
        area[NEAR_PLACE + i], area[FAR_PLACE + i] = nearness(h - t), nearness(h + t)
        fit = fits(area, i, h, t)
        area[REST + i] = _FITS if fit else _REST
        rest += 0 if fit else 1
    return rest


@inlined
def vector_terms(area: FloatArray, i: int) -> tuple[float, float, float]:
    """Return VALUE, HELD and OWED of contract i by the divided difference."""
    density = area[DENSITY + i]
    ratio, odd = mills_pair(area[NEAR_PLACE + i], area[FAR_PLACE + i], area[HALF + i])
    value, low_part = 2.0 * density * odd, density * ratio
    parts = max(value, 0.0), low_part, low_part - value, density
    return both_sides(area[SIDE + i], parts, (area[SPOT_LEG + i], area[STRIKE_LEG + i], area[FORWARD + i]))


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
    """Write VALUE, HELD, OWED, DENSITY and DISTANCE for all contracts of the block; return how many are unusual."""
    rest = legs_block(area, count)
    for i in range(count):
        area[VALUE + i], area[HELD + i], area[OWED + i] = vector_terms(area, i)
    if rest > 0:
        rest_block(area, count)
    return rest
