"""The parts that all Black-Scholes-Merton results are made of, for one block of contracts.

Both sides of a strike follow from the out-of-the-money option. With forward legs A = S exp(-qT) and B = K exp(-rT),
lo and hi the smaller and larger of them, h = |log(A / B)| / s, t = s / 2 and s = sigma sqrt(T), its value is

    lo N(t - h) - hi N(-t - h) = c (Y(h - t) - Y(h + t)),    c = lo n(h - t) = hi n(h + t),

where Y is Mills' ratio. The one exponential c carries the smallness of far options, so they keep their relative
accuracy (Jaeckel, "Let's Be Rational", 2015, section 6). The difference of ratios would lose digits when t is small, as
it usually is: `mills_pair` takes it as a divided difference.
"""

import math

from engine.pricing.blocks import STRIDE, whole_vectors
from engine.pricing.compiling import inlined, loop
from engine.pricing.elementary import NEAR, exp, expm1, expm1_near, log_ratio, normal_density
from engine.pricing.mills import NEAREST, mills, mills_pair, nearness
from engine.pricing.types import FloatArray

INVERSE_ROOT_TWO_PI = 0.3989422804014327
TINY, HUGE = 1e-300, 1e300

# Places of columns in the work area; the first seven are loaded, the next three are what `rest_block` replaces.
SIDE, SPOT, STRIKE, YEARS, RATE, YIELD, SIGMA = (k * STRIDE for k in range(7))
VALUE, NEAR_PART, DENSITY, DISTANCE, HALF, ROOT, RECIPROCAL = (k * STRIDE for k in range(7, 14))
SPOT_LEG, STRIKE_LEG, FORWARD, NEAR_PLACE, FAR_PLACE, REST = (k * STRIDE for k in range(14, 20))
GREEKS = 19 * STRIDE  # its first column would be the price, which stays in VALUE
AREA = 29 * STRIDE
GATHERED = GREEKS + STRIDE  # three of the columns of the sensitivities, which come later
# Distances up to which the density is a normal number, and from which it is none.
_NORMAL, _VANISHED = 37.6, 38.7


@inlined
def otm_direct(low: float, h: float, t: float) -> tuple[float, float, float]:
    """Return value, lo N(t - h) and c of the out-of-the-money option by the difference of the ratios."""
    near = h - t
    density = low * INVERSE_ROOT_TWO_PI * exp(-0.5 * near * near)
    ratio, far_ratio = mills(abs(near)), mills(h + t)
    if near < 0.0:
        low_part, value = low - density * ratio, low - density * (ratio + far_ratio)
    else:
        low_part, value = density * ratio, density * (ratio - far_ratio)
    return max(value, 0.0), low_part, density


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
def carried(area: FloatArray, i: int) -> float:
    """Return the intrinsic value of contract i at the forward, discounted."""
    value: float = max(area[SIDE + i] * area[FORWARD + i], 0.0)
    return value


@inlined
def both_sides(area: FloatArray, i: int) -> tuple[float, float, float]:
    """Return value, A N(w d1) and B N(w d2) for the side w of contract i, from its out-of-the-money option."""
    value, low_part = area[VALUE + i], area[NEAR_PART + i]
    high_part = low_part - value
    call_is_out = area[DISTANCE + i] <= 0.0
    out = (area[SIDE + i] > 0.0) == call_is_out
    spot_part = low_part if call_is_out else high_part
    strike_part = high_part if call_is_out else low_part
    held = spot_part if out else area[SPOT_LEG + i] - spot_part
    owed = strike_part if out else area[STRIKE_LEG + i] - strike_part
    return value + carried(area, i), held, owed


@inlined
def fits(area: FloatArray, i: int) -> bool:
    """Tell whether the vector loops price contract i; comparisons with NaN are false."""
    spot, strike, h, t = area[SPOT + i], area[STRIKE + i], abs(area[DISTANCE + i]), area[HALF + i]
    near = h - t
    # Compares cost a multiply-add each, minima and maxima nothing; of these, a NaN that comes first is the result.
    above, below = min(spot, strike, t, near - NEAREST) > 1e-100, max(strike, spot, h) < 1e100
    fit: bool = above & below & ((h + t <= _NORMAL) | (near >= _VANISHED)) & (abs(area[SIDE + i]) == 1.0)
    return fit


@inlined
def is_limit(area: FloatArray, i: int) -> bool:
    """Tell whether contract i has only limits: zeros, huge numbers, NaN, with which comparisons are false."""
    spot, strike, years, sigma = area[SPOT + i], area[STRIKE + i], area[YEARS + i], area[SIGMA + i]
    positive = spot > TINY and strike > TINY and years > TINY and sigma > TINY and sigma * math.sqrt(years) > TINY
    bounded = spot < HUGE and strike < HUGE and years < HUGE and sigma < HUGE
    moderate = abs(area[RATE + i]) + abs(area[YIELD + i]) < HUGE
    return not (positive and bounded and moderate and abs(area[SIDE + i]) == 1.0)


@inlined
def limit(area: FloatArray, i: int) -> tuple[float, float, float, float]:
    """Return value, legs held and owed, and 0 at zero deviation, spot or strike.

    The value is the carried intrinsic one; elsewhere than at the kink one leg or none is held. In the place of the
    zero a NaN marks the kink; bad input makes it and the value NaN.
    """
    spot, strike, years, sigma = area[SPOT + i], area[STRIKE + i], area[YEARS + i], area[SIGMA + i]
    rate, carry, side = area[RATE + i], area[YIELD + i], area[SIDE + i]
    sane = abs(side) == 1.0 and 0.0 <= spot < HUGE and 0.0 <= strike < HUGE and 0.0 <= years < HUGE
    if not (sane and 0.0 <= sigma < HUGE and abs(rate) < HUGE and abs(carry) < HUGE):
        return math.nan, 0.0, 0.0, math.nan
    spot_leg, strike_leg = area[SPOT_LEG + i], area[STRIKE_LEG + i]
    gain = side * (spot_leg - strike_leg)
    kink = spot > 0.0 and strike > 0.0 and math.log(spot / strike) + (rate - carry) * years == 0.0
    undefined = math.nan if kink else 0.0
    return (gain, spot_leg, strike_leg, undefined) if gain > 0.0 else (0.0, 0.0, 0.0, undefined)


@inlined
def unusual(area: FloatArray, j: int) -> int:
    """Return the place of the j-th contract that the vector loops do not fit."""
    return int(area[REST + j])


@loop
def rest_block(area: FloatArray, count: int) -> int:
    """Write the parts of the contracts that the vector loops do not fit, and their places to REST; return how many.

    They are gathered, computed together, and scattered.
    """
    for i in range(count):
        area[REST + i] = 0.0 if fits(area, i) else 1.0
    found = 0
    for i in range(count):
        if area[REST + i] != 0.0:
            area[REST + found] = i
            area[GATHERED + found] = min(area[SPOT_LEG + i], area[STRIKE_LEG + i])
            area[GATHERED + STRIDE + found] = abs(area[DISTANCE + i])
            area[GATHERED + 2 * STRIDE + found] = area[HALF + i]
            found += 1
    for i in range(whole_vectors(found)):
        low, h, t = area[GATHERED + i], area[GATHERED + STRIDE + i], area[GATHERED + 2 * STRIDE + i]
        area[GATHERED + i], area[GATHERED + STRIDE + i], area[GATHERED + 2 * STRIDE + i] = otm_direct(low, h, t)
    for j in range(found):
        for k in range(3):
            area[VALUE + k * STRIDE + unusual(area, j)] = area[GATHERED + k * STRIDE + j]
    return found


@inlined
def clock_block(area: FloatArray, count: int, near: bool) -> int:
    """Write what rates and years make; return how many contracts need near to be false.

    near is the quick way, for rates and yields times years up to NEAR: there both ways give the same bits.
    """
    long = 0
    for i in range(count):
        years = area[YEARS + i]
        root = math.sqrt(years)
        deviation = area[SIGMA + i] * root
        area[HALF + i], area[ROOT + i], area[RECIPROCAL + i] = 0.5 * deviation, root, 1.0 / deviation
        paid, owed = -area[YIELD + i] * years, -area[RATE + i] * years
        changes = (expm1_near(paid), expm1_near(owed)) if near else (expm1(paid), expm1(owed))
        spot_leg, strike_leg, forward = legs(area[SPOT + i], area[STRIKE + i], *changes)
        area[SPOT_LEG + i], area[STRIKE_LEG + i], area[FORWARD + i] = spot_leg, strike_leg, forward
        long += 1 if max(abs(paid), abs(owed)) > NEAR else 0
    return long


@inlined
def legs_block(area: FloatArray, count: int) -> int:
    """Write what the values are made of; return how many contracts the vector loops do not fit.

    Short loops one after the other keep several vectors in flight; a single loop would wait for its own results.
    """
    if clock_block(area, count, True) > 0:
        clock_block(area, count, False)
    for i in range(count):
        area[DISTANCE + i] = log_moneyness(area, i) * area[RECIPROCAL + i]
    rest = 0
    for i in range(count):
        h, t = abs(area[DISTANCE + i]), area[HALF + i]
        # Far out the density has no exponent that can be written.
        density = min(area[SPOT_LEG + i], area[STRIKE_LEG + i]) * normal_density((h - t) * (h - t))
        area[DENSITY + i] = 0.0 if h - t >= _VANISHED else density
        area[NEAR_PLACE + i], area[FAR_PLACE + i] = nearness(h - t), nearness(h + t)
        rest += 0 if fits(area, i) else 1
    return rest


@inlined
def otm_by_pair(area: FloatArray, i: int) -> tuple[float, float]:
    """Return value and lo N(t - h) of the out-of-the-money option by the divided difference."""
    density = area[DENSITY + i]
    ratio, odd = mills_pair(area[NEAR_PLACE + i], area[FAR_PLACE + i], area[HALF + i])
    return max(2.0 * density * odd, 0.0), density * ratio


@inlined
def value_block(area: FloatArray, count: int) -> None:
    """Write VALUE for all contracts of the block."""
    rest = legs_block(area, count)
    for i in range(count):
        area[VALUE + i] = otm_by_pair(area, i)[0] + carried(area, i)
    if rest > 0:
        for j in range(rest_block(area, count)):
            i = unusual(area, j)
            area[VALUE + i] = limit(area, i)[0] if is_limit(area, i) else area[VALUE + i] + carried(area, i)


@inlined
def parts_block(area: FloatArray, count: int) -> int:
    """Write VALUE and NEAR_PART of the out-of-the-money options; return how many contracts are unusual."""
    rest = legs_block(area, count)
    for i in range(count):
        area[VALUE + i], area[NEAR_PART + i] = otm_by_pair(area, i)
    return rest_block(area, count) if rest > 0 else 0
