"""The parts that all Black-Scholes-Merton results are made of, for one block of contracts.

Both sides of a strike follow from the out-of-the-money option. With forward legs A = S exp(-qT) and B = K exp(-rT),
lo and hi the smaller and larger of them, h = |log(A / B)| / s, t = s / 2 and s = sigma sqrt(T), its value is

    lo N(t - h) - hi N(-t - h) = c (Y(h - t) - Y(h + t)),    c = lo n(h - t) = hi n(h + t),

where Y is Mills' ratio. The one exponential c carries the smallness of far options, so they keep their relative
accuracy (Jaeckel, "Let's Be Rational", 2015, section 6). The difference of ratios would lose digits when t is small, as
it usually is: `mills_pair` takes it as a divided difference.
"""

import math

from engine.pricing.compiling import apart, inlined
from engine.pricing.elementary import (
    NEAR,
    chosen,
    expm1,
    expm1_near_pair,
    log_ratio,
    normal_density,
    positive_part,
    signed,
)
from engine.pricing.european_area import (
    DENSITY,
    DISTANCE,
    FAR_PLACE,
    FORWARD,
    HALF,
    NEAR_PART,
    NEAR_PLACE,
    RECIPROCAL,
    ROOT,
    SPOT_LEG,
    STRIKE_LEG,
    VALUE,
    VANISHED,
    Terms,
)
from engine.pricing.european_rest import any_strange, is_limit, limit, rest_block, unusual
from engine.pricing.lanes import ask_for, bits, lanes, many_lanes, union, words_of, zero_from
from engine.pricing.mills import mills_pair, nearness
from engine.pricing.types import FloatArray
from engine.pricing.windows import BLOCK, VECTOR, Waiting, write_from, write_lines


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


@inlined
def _ask_ahead(column: FloatArray, k: int) -> None:
    """Ask for the lines of the next block that are where wide vector k is in this one."""
    place = BLOCK + 2 * VECTOR * k
    ask_for(column, place)
    ask_for(column, place + VECTOR)


@apart
def density_block(terms: Terms, area: FloatArray, vectors: int, waiting: Waiting) -> None:
    """Write the densities and the places of both Mills' ratios; divisions and multiply-adds run side by side.

    Many lanes, as in `out_of_the_money`; an odd vector has nothing beside it. Memory has nothing to do meanwhile, so it
    is the time to write the results of the block before, and to ask for the next block.
    """
    wide = (vectors + 1) // 2
    for k in range(wide):
        write_lines(waiting, 2 * VECTOR * k)
        write_lines(waiting, 2 * VECTOR * k + VECTOR)
        _ask_ahead(terms.side, k)
        _ask_ahead(terms.spot, k)
        _ask_ahead(terms.years, k)
        _ask_ahead(terms.sigma, k)
        i = many_lanes(k)
        h, t = abs(area[DISTANCE + i]), area[HALF + i]
        near, far = h - t, h + t
        area[NEAR_PLACE + i], area[FAR_PLACE + i] = nearness(near), nearness(far)
        # Far out the density has no exponent that can be written.
        density = chosen(area[DISTANCE + i], area[SPOT_LEG + i], area[STRIKE_LEG + i]) * normal_density(near * near)
        area[DENSITY + i] = zero_from(density, near, VANISHED)
    write_from(waiting, 2 * VECTOR * wide)


@apart
def legs_block(terms: Terms, area: FloatArray, vectors: int, waiting: Waiting) -> bool:
    """Write what the values are made of; tell whether there may be contracts that the vector loops do not fit.

    Short loops one after the other keep several vectors in flight; a single loop would wait for its own results.
    """
    if clock_block(terms, area, vectors, True):
        clock_block(terms, area, vectors, False)
    distance_block(terms, area, vectors)
    density_block(terms, area, vectors, waiting)
    return any_strange(terms, area, vectors)


@inlined
def out_of_the_money(terms: Terms, area: FloatArray, k: int) -> None:
    """Write VALUE and NEAR_PART of the out-of-the-money options of wide vector k by the divided difference.

    Many lanes, because the polynomial is one chain of multiply-adds.
    """
    _ask_ahead(terms.strike, k)
    _ask_ahead(terms.rate, k)
    _ask_ahead(terms.carry, k)
    i = many_lanes(k)
    density = area[DENSITY + i]
    ratio, odd = mills_pair(area[NEAR_PLACE + i], area[FAR_PLACE + i], area[HALF + i])
    area[VALUE + i], area[NEAR_PART + i] = positive_part(2.0 * density * odd), density * ratio


@inlined
def value(terms: Terms, area: FloatArray, i: int) -> float:
    """Return the value of contract i, of which the value out of the money is known."""
    found: float = area[VALUE + i] + carried(terms, area, i)
    return found


@apart
def value_block(terms: Terms, values: FloatArray, area: FloatArray, vectors: int) -> None:
    """Write the values of contracts with legs."""
    for k in range(vectors):
        if k % 2 == 0:
            out_of_the_money(terms, area, k // 2)
        i = lanes(k)
        values[i] = value(terms, area, i)


@apart
def value_limits(terms: Terms, values: FloatArray, area: FloatArray, vectors: int) -> None:
    """Replace the values that the vector loops do not fit."""
    for j in range(rest_block(terms, area, vectors)):
        i = unusual(area, j)
        values[i] = limit(terms, area, i)[0] if is_limit(terms, i) else value(terms, area, i)
