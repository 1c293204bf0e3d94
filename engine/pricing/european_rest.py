"""European contracts that the vector loops leave over: far out, out of range, or with limits only.

They are found by a loop over all of a block, which is cheap, and computed apart, which is rare (method:
`european_terms`).
"""

import math

from engine.pricing.compiling import apart, inlined
from engine.pricing.elementary import exp
from engine.pricing.european_area import (
    DISTANCE,
    GATHERED,
    HALF,
    HUGE,
    INVERSE_ROOT_TWO_PI,
    NORMAL,
    REST,
    SPOT_LEG,
    STRIKE_LEG,
    TINY,
    VALUE,
    VANISHED,
    Terms,
)
from engine.pricing.lanes import bits, lanes, shifted_right, union, words_of
from engine.pricing.mills import NEAREST, mills
from engine.pricing.types import FloatArray
from engine.pricing.windows import STRIDE, VECTOR, vectors_of

# Bits of 2**-256 and of 2**256, between which the difference from the former is below 2**61.
_LEAST, _LARGEST, _RANGE = 767 << 52, 1279 << 52, 61


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


@apart
def any_strange(terms: Terms, area: FloatArray, vectors: int) -> bool:
    """Tell whether there may be contracts that the vector loops do not fit.

    Comparisons take the place of multiply-adds and integers do not, so what is unusual leaves a bit in what the loop
    gathers: bits read as integers are ordered like the numbers, and a difference below zero has the sign bit.
    """
    ranges, signs, sides = words_of(0), words_of(0), words_of(0)
    for k in range(vectors):
        i = lanes(k)
        h, t = abs(area[DISTANCE + i]), area[HALF + i]
        ranges |= _beyond(terms, i) | (bits(t) - _LEAST)
        signs |= bits(h - t - NEAREST) | (bits(NORMAL) - bits(h + t))
        sides |= _no_side(terms, i)
    return (union(ranges) >> _RANGE != 0) | (union(signs) < 0) | (union(sides) != 0)


@inlined
def strangeness(terms: Terms, area: FloatArray, i: int) -> int:
    """Return a negative number if the vector loops do not fit contract i."""
    h, t = abs(area[DISTANCE + i]), area[HALF + i]
    near, far = h - t, h + t
    out_of_range = -shifted_right(_beyond(terms, i) | (bits(t) - _LEAST), _RANGE)
    unwritable = bits(NORMAL - far) & bits(near - VANISHED)
    return out_of_range | unwritable | -_no_side(terms, i) | bits(near - NEAREST) | (_LARGEST - bits(h))


@inlined
def _beyond(terms: Terms, i: int) -> int:
    """Return a number with one of the highest three bits if spot or strike is out of the range of the vector loops."""
    return (bits(terms.spot[i]) - _LEAST) | (bits(terms.strike[i]) - _LEAST)


@inlined
def _no_side(terms: Terms, i: int) -> int:
    """Return a positive number if a contract is no call and no put, else zero."""
    return bits(abs(terms.side[i])) ^ bits(1.0)


@inlined
def is_limit(terms: Terms, i: int) -> bool:
    """Tell whether contract i has only limits: zeros, huge numbers, NaN, with which comparisons are false."""
    spot, strike, years, sigma = terms.spot[i], terms.strike[i], terms.years[i], terms.sigma[i]
    positive = spot > TINY and strike > TINY and years > TINY and sigma > TINY and sigma * math.sqrt(years) > TINY
    bounded = spot < HUGE and strike < HUGE and years < HUGE and sigma < HUGE
    moderate = abs(terms.rate[i]) + abs(terms.carry[i]) < HUGE
    return not (positive and bounded and moderate and abs(terms.side[i]) == 1.0)


@inlined
def limit(terms: Terms, area: FloatArray, i: int) -> tuple[float, float, float, float]:
    """Return value, legs held and owed, and 0 at zero deviation, spot or strike.

    The value is the carried intrinsic one; elsewhere than at the kink one leg or none is held. In the place of the
    zero a NaN marks the kink; bad input makes it and the value NaN.
    """
    spot, strike, years, sigma = terms.spot[i], terms.strike[i], terms.years[i], terms.sigma[i]
    rate, carry, side = terms.rate[i], terms.carry[i], terms.side[i]
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


@apart
def rest_block(terms: Terms, area: FloatArray, vectors: int) -> int:
    """Write the parts of the contracts that the vector loops do not fit, and their places to REST; return how many.

    They are gathered, computed together, and scattered.
    """
    for i in range(VECTOR * vectors):
        area[REST + i] = 1.0 if strangeness(terms, area, i) < 0 else 0.0
    found = 0
    for i in range(VECTOR * vectors):
        if area[REST + i] != 0.0:
            area[REST + found] = i
            area[GATHERED + found] = min(area[SPOT_LEG + i], area[STRIKE_LEG + i])
            area[GATHERED + STRIDE + found] = abs(area[DISTANCE + i])
            area[GATHERED + 2 * STRIDE + found] = area[HALF + i]
            found += 1
    for i in range(VECTOR * vectors_of(found)):
        low, h, t = area[GATHERED + i], area[GATHERED + STRIDE + i], area[GATHERED + 2 * STRIDE + i]
        area[GATHERED + i], area[GATHERED + STRIDE + i], area[GATHERED + 2 * STRIDE + i] = otm_direct(low, h, t)
    for j in range(found):
        for k in range(3):
            area[VALUE + k * STRIDE + unusual(area, j)] = area[GATHERED + k * STRIDE + j]
    return found
