"""The parts that all Black-Scholes-Merton results are made of, for one block of contracts.

Both sides of a strike follow from the out-of-the-money option. With forward legs A = S exp(-qT) and B = K exp(-rT),
lo and hi the smaller and larger of them, h = |log(A / B)| / s, t = s / 2 and s = sigma sqrt(T), its value is

    lo N(t - h) - hi N(-t - h) = c (Y(h - t) - Y(h + t)),    c = lo n(h - t) = hi n(h + t),

where Y is Mills' ratio. The one exponential c carries the smallness of far options, so they keep their relative
accuracy (Jaeckel, "Let's Be Rational", 2015, section 6). The difference of ratios would lose digits when t is small, as
it usually is: `mills_pair` takes it as a divided difference.
"""

import math
from typing import NamedTuple

from engine.pricing.compiling import apart, inlined
from engine.pricing.elementary import (
    NEAR,
    chosen,
    exp,
    expm1,
    expm1_near_pair,
    log_ratio,
    normal_density,
    positive_part,
    signed,
)
from engine.pricing.lanes import ask_for, bits, lanes, many_lanes, shifted_right, union, words_of, zero_from
from engine.pricing.mills import NEAREST, mills, mills_pair, nearness
from engine.pricing.types import FloatArray
from engine.pricing.windows import BLOCK, STRIDE, VECTOR, vectors_of


class Terms(NamedTuple):
    """A block of the inputs of a European formula."""

    side: FloatArray
    spot: FloatArray
    strike: FloatArray
    years: FloatArray
    rate: FloatArray
    carry: FloatArray
    sigma: FloatArray


INVERSE_ROOT_TWO_PI = 0.3989422804014327
TINY, HUGE = 1e-300, 1e300

# Places of columns in the work area; the first three are what `rest_block` replaces.
VALUE, NEAR_PART, DENSITY, DISTANCE, HALF, ROOT, RECIPROCAL = (k * STRIDE for k in range(7))
SPOT_LEG, STRIKE_LEG, FORWARD, NEAR_PLACE, FAR_PLACE, REST, GATHERED = (k * STRIDE for k in range(7, 14))
AREA = 16 * STRIDE
# Distances up to which the density is a normal number, and from which it is none.
_NORMAL, _VANISHED = 37.6, 38.7
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


@inlined
def log_moneyness(terms: Terms, i: int) -> float:
    """Return log(A / B) of contract i."""
    drift: float = (terms.rate[i] - terms.carry[i]) * terms.years[i]
    return log_ratio(terms.spot[i], terms.strike[i]) + drift


@inlined
def legs(spot: float, strike: float, spot_change: float, strike_change: float) -> tuple[float, float, float]:
    """Return A, B and A - B, given exp(-qT) - 1 and exp(-rT) - 1.

    The difference is taken before discounting, so that it keeps its digits near the money.
    """
    growth, debt = spot * spot_change, strike * strike_change
    return spot + growth, strike + debt, (spot - strike) + (growth - debt)


@inlined
def carried(terms: Terms, area: FloatArray, i: int) -> float:
    """Return the intrinsic value of contract i at the forward, discounted."""
    return positive_part(signed(area[FORWARD + i], terms.side[i]))


@inlined
def both_sides(terms: Terms, area: FloatArray, i: int) -> tuple[float, float]:
    """Return w A N(w d1) and w B N(w d2) for the side w of contract i, from its out-of-the-money option."""
    side, distance, low_part = terms.side[i], area[DISTANCE + i], area[NEAR_PART + i]
    high_part = low_part - area[VALUE + i]
    spot_part, strike_part = chosen(distance, low_part, high_part), chosen(distance, high_part, low_part)
    out = signed(distance, side)  # negative for the option that is out of the money
    held = chosen(out, spot_part, area[SPOT_LEG + i] - spot_part)
    owed = chosen(out, strike_part, area[STRIKE_LEG + i] - strike_part)
    return signed(held, side), signed(owed, side)


@inlined
def strangeness(terms: Terms, area: FloatArray, i: int) -> int:
    """Return a negative number if the vector loops do not fit contract i."""
    h, t = abs(area[DISTANCE + i]), area[HALF + i]
    near, far = h - t, h + t
    out_of_range = -shifted_right(_beyond(terms, i) | (bits(t) - _LEAST), _RANGE)
    unwritable = bits(_NORMAL - far) & bits(near - _VANISHED)
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


@apart
def clock_block(terms: Terms, area: FloatArray, vectors: int, near: bool) -> bool:
    """Write what rates and years make; tell whether a contract needs near to be false.

    near is the quick way, for rates and yields times years up to NEAR: there both ways give the same bits.
    """
    long = words_of(0)
    for k in range(vectors):
        i = lanes(k)
        years = terms.years[i]
        root = math.sqrt(years)
        deviation = terms.sigma[i] * root
        area[HALF + i], area[ROOT + i], area[RECIPROCAL + i] = 0.5 * deviation, root, 1.0 / deviation
        paid, owed = -terms.carry[i] * years, -terms.rate[i] * years
        changes = expm1_near_pair(paid, owed) if near else (expm1(paid), expm1(owed))
        spot_leg, strike_leg, forward = legs(terms.spot[i], terms.strike[i], *changes)
        area[SPOT_LEG + i], area[STRIKE_LEG + i], area[FORWARD + i] = spot_leg, strike_leg, forward
        long |= (bits(NEAR) - bits(abs(paid))) | (bits(NEAR) - bits(abs(owed)))
    return union(long) < 0


@inlined
def distance(terms: Terms, area: FloatArray, i: int) -> float:
    """Return log(A / B) / s of contract i."""
    away: float = log_moneyness(terms, i) * area[RECIPROCAL + i]
    return away


@apart
def distance_block(terms: Terms, area: FloatArray, vectors: int) -> None:
    """Write the distances: many lanes, because a logarithm waits for itself; the inputs end with an odd vector."""
    for k in range(vectors // 2):
        i = many_lanes(k)
        area[DISTANCE + i] = distance(terms, area, i)
    if vectors % 2:
        i = lanes(vectors - 1)
        area[DISTANCE + i] = distance(terms, area, i)


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
        signs |= bits(h - t - NEAREST) | (bits(_NORMAL) - bits(h + t))
        sides |= _no_side(terms, i)
    return (union(ranges) >> _RANGE != 0) | (union(signs) < 0) | (union(sides) != 0)


@apart
def density_block(area: FloatArray, vectors: int) -> None:
    """Write the densities and the places of both Mills' ratios; divisions and multiply-adds run side by side.

    Many lanes, as in `pairs_block`.
    """
    for k in range((vectors + 1) // 2):
        i = many_lanes(k)
        h, t = abs(area[DISTANCE + i]), area[HALF + i]
        near, far = h - t, h + t
        area[NEAR_PLACE + i], area[FAR_PLACE + i] = nearness(near), nearness(far)
        # Far out the density has no exponent that can be written.
        density = chosen(area[DISTANCE + i], area[SPOT_LEG + i], area[STRIKE_LEG + i]) * normal_density(near * near)
        area[DENSITY + i] = zero_from(density, near, _VANISHED)


@apart
def legs_block(terms: Terms, area: FloatArray, vectors: int) -> bool:
    """Write what the values are made of; tell whether there may be contracts that the vector loops do not fit.

    Short loops one after the other keep several vectors in flight; a single loop would wait for its own results.
    """
    if clock_block(terms, area, vectors, True):
        clock_block(terms, area, vectors, False)
    distance_block(terms, area, vectors)
    density_block(area, vectors)
    return any_strange(terms, area, vectors)


@apart
def pairs_block(terms: Terms, area: FloatArray, vectors: int) -> None:
    """Write VALUE and NEAR_PART of the out-of-the-money options by the divided difference.

    Many lanes, because the polynomial is one chain of multiply-adds; an odd vector has nothing beside it. Nothing is
    read here but what the block before left, so it is the time to ask for the next block of the inputs.
    """
    for k in range((vectors + 1) // 2):
        for ahead in (BLOCK + 2 * VECTOR * k, BLOCK + 2 * VECTOR * k + VECTOR):
            ask_for(terms.side, ahead)
            ask_for(terms.spot, ahead)
            ask_for(terms.strike, ahead)
            ask_for(terms.years, ahead)
            ask_for(terms.rate, ahead)
            ask_for(terms.carry, ahead)
            ask_for(terms.sigma, ahead)
        i = many_lanes(k)
        density = area[DENSITY + i]
        ratio, odd = mills_pair(area[NEAR_PLACE + i], area[FAR_PLACE + i], area[HALF + i])
        area[VALUE + i], area[NEAR_PART + i] = positive_part(2.0 * density * odd), density * ratio


@apart
def parts_block(terms: Terms, area: FloatArray, vectors: int) -> int:
    """Write VALUE and NEAR_PART of the out-of-the-money options; return how many contracts are unusual."""
    strange = legs_block(terms, area, vectors)
    pairs_block(terms, area, vectors)
    return rest_block(terms, area, vectors) if strange else 0


@apart
def value_block(terms: Terms, values: FloatArray, area: FloatArray, vectors: int) -> None:
    """Write the values of all contracts of the block."""
    rest = parts_block(terms, area, vectors)
    for k in range(vectors):
        i = lanes(k)
        values[i] = area[VALUE + i] + carried(terms, area, i)
    for j in range(rest):
        place = unusual(area, j)
        if is_limit(terms, place):
            values[place] = limit(terms, area, place)[0]
