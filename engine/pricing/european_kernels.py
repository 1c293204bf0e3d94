"""European prices and sensitivities over columns, block by block (method: `european_terms`)."""

import math

import numpy as np

from engine.pricing.blocks import BLOCK, STRIDE, Columns, load_seven, store, whole_vectors
from engine.pricing.compiling import inlined, kernel
from engine.pricing.european_terms import (
    AREA,
    DENSITY,
    DISTANCE,
    GREEKS,
    HALF,
    RATE,
    RECIPROCAL,
    ROOT,
    SIDE,
    SIGMA,
    SPOT,
    VALUE,
    YEARS,
    YIELD,
    both_sides,
    is_limit,
    limit,
    parts_block,
    unusual,
    value_block,
)
from engine.pricing.types import FloatArray


@kernel
def price_kernel(columns: Columns, results: FloatArray, first: int, last: int) -> None:
    """Write the value of (right, spot, strike, years, rate, yield, sigma) to the only row of results."""
    area = np.empty(AREA)
    for start in range(first, last, BLOCK):
        count = min(BLOCK, last - start)
        load_seven(columns, start, count, area, first)
        value_block(area, whole_vectors(count))
        store(area, VALUE, results, 0, start, count)


@kernel
def first_order_kernel(columns: Columns, results: FloatArray, first: int, last: int) -> None:
    """Write price, delta, gamma, vega, theta and rho to the rows of results."""
    area = np.empty(AREA)
    for start in range(first, last, BLOCK):
        count = min(BLOCK, last - start)
        load_seven(columns, start, count, area, first)
        rest = parts_block(area, whole_vectors(count))
        first_order_block(area, whole_vectors(count))
        if rest > 0:
            limits_block(area, rest)
        store_all(area, results, start, count)


@kernel
def greeks_kernel(columns: Columns, results: FloatArray, first: int, last: int) -> None:
    """Write price and the nine sensitivities, in the order of `Greeks`, to the rows of results."""
    area = np.empty(AREA)
    for start in range(first, last, BLOCK):
        count = min(BLOCK, last - start)
        load_seven(columns, start, count, area, first)
        rest = parts_block(area, whole_vectors(count))
        first_order_block(area, whole_vectors(count))
        higher_order_block(area, whole_vectors(count))
        if rest > 0:
            limits_block(area, rest)
        store_all(area, results, start, count)


@inlined
def store_all(area: FloatArray, results: FloatArray, start: int, count: int) -> None:
    """Copy the block's results out."""
    store(area, VALUE, results, 0, start, count)
    for k in range(1, results.shape[0]):
        store(area, GREEKS + k * STRIDE, results, k, start, count)


@inlined
def first_order_block(area: FloatArray, count: int) -> None:
    """Write the price, delta, gamma, vega, theta and rho from the parts."""
    for i in range(count):
        side, years, density = area[SIDE + i], area[YEARS + i], area[DENSITY + i]
        inverse_spot, inverse_deviation = 1.0 / area[SPOT + i], area[RECIPROCAL + i]
        decay = 0.5 * density * area[SIGMA + i] * (area[SIGMA + i] * inverse_deviation)
        area[VALUE + i], held, owed = both_sides(area, i)
        area[GREEKS + STRIDE + i] = side * held * inverse_spot
        area[GREEKS + 2 * STRIDE + i] = density * inverse_spot * inverse_spot * inverse_deviation
        area[GREEKS + 3 * STRIDE + i] = density * area[ROOT + i]
        area[GREEKS + 4 * STRIDE + i] = side * (area[YIELD + i] * held - area[RATE + i] * owed) - decay
        area[GREEKS + 5 * STRIDE + i] = side * years * owed


@inlined
def higher_order_block(area: FloatArray, count: int) -> None:
    """Write dividend rho, vanna, volga and charm from the terms."""
    for i in range(count):
        years, sigma, carry = area[YEARS + i], area[SIGMA + i], area[YIELD + i]
        density, delta = area[DENSITY + i], area[GREEKS + STRIDE + i]
        root = area[ROOT + i]
        inverse_deviation = area[RECIPROCAL + i]
        inverse_sigma, inverse_root = root * inverse_deviation, sigma * inverse_deviation
        d1, d2 = area[DISTANCE + i] + area[HALF + i], area[DISTANCE + i] - area[HALF + i]
        spot = area[SPOT + i]
        slope = density / spot
        turn = (area[RATE + i] - carry) * inverse_deviation - 0.5 * d2 * inverse_root * inverse_root
        area[GREEKS + 6 * STRIDE + i] = -delta * spot * years
        area[GREEKS + 7 * STRIDE + i] = -slope * d2 * inverse_sigma
        area[GREEKS + 8 * STRIDE + i] = density * root * d1 * d2 * inverse_sigma
        area[GREEKS + 9 * STRIDE + i] = carry * delta - slope * turn


@inlined
def limits_block(area: FloatArray, rest: int) -> None:
    """Replace values and sensitivities where only limits exist: one-sided away from the kink, NaN on it."""
    for j in range(rest):
        i = unusual(area, j)
        if is_limit(area, i):
            side, years, carry = area[SIDE + i], area[YEARS + i], area[YIELD + i]
            area[VALUE + i], held, owed, undefined = limit(area, i)
            delta = side * math.exp(-carry * years) if held > 0.0 else 0.0
            for k in range(1, 10):
                area[GREEKS + k * STRIDE + i] = undefined
            area[GREEKS + STRIDE + i] += delta
            area[GREEKS + 4 * STRIDE + i] += side * (carry * held - area[RATE + i] * owed)
            area[GREEKS + 5 * STRIDE + i] += side * years * owed
            area[GREEKS + 6 * STRIDE + i] -= side * years * held
            area[GREEKS + 9 * STRIDE + i] += carry * delta
