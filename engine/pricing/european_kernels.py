"""European prices and sensitivities over columns, block by block (method: `european_terms`)."""

import math
from typing import TypeAlias

import numpy as np

from engine.pricing.arguments import ColumnsKernel, Inputs, Rows, columns_of, rows_of, usable
from engine.pricing.compiling import apart, inlined
from engine.pricing.european_area import AREA, DENSITY, DISTANCE, HALF, RECIPROCAL, ROOT, Terms
from engine.pricing.european_rest import is_limit, limit, rest_block, unusual
from engine.pricing.european_terms import both_sides, legs_block, out_of_the_money, value, value_block, value_limits
from engine.pricing.lanes import lanes
from engine.pricing.types import FloatArray
from engine.pricing.windows import (
    ASIDE,
    BLOCK,
    nothing_waits,
    put_off,
    row_at,
    sources_of,
    terms_at,
    vectors_of,
    write_from,
)

FirstOrder: TypeAlias = tuple[FloatArray, FloatArray, FloatArray, FloatArray, FloatArray, FloatArray]
HigherOrder: TypeAlias = tuple[FloatArray, FloatArray, FloatArray, FloatArray]


@ColumnsKernel
def price_kernel(inputs: Inputs, written: FloatArray, first: int, last: int) -> bool:
    """Write the value of (right, spot, strike, years, rate, yield, sigma) to the only row of results."""
    columns, results = columns_of(inputs, written), rows_of(written)
    if not usable(columns, results[2]):
        return False
    area, aside = np.empty(AREA), np.empty(ASIDE)
    sources, waiting = sources_of(columns, aside), nothing_waits(results, aside)
    for start in range(first, last, BLOCK):
        count = min(BLOCK, last - start)
        terms = Terms(*terms_at(sources, start, count, aside))
        values = row_at(results, 0, start, count, aside)
        strange = legs_block(terms, area, vectors_of(count), waiting)
        value_block(terms, values, area, vectors_of(count))
        if strange:
            value_limits(terms, values, area, vectors_of(count))
        waiting = put_off(results, start, count, aside)
    write_from(waiting, 0)
    return True


@ColumnsKernel
def first_order_kernel(inputs: Inputs, written: FloatArray, first: int, last: int) -> bool:
    """Write price, delta, gamma, vega, theta and rho to the rows of results."""
    columns, results = columns_of(inputs, written), rows_of(written)
    if not usable(columns, results[2]):
        return False
    area, aside = np.empty(AREA), np.empty(ASIDE)
    sources, waiting = sources_of(columns, aside), nothing_waits(results, aside)
    for start in range(first, last, BLOCK):
        count = min(BLOCK, last - start)
        terms = Terms(*terms_at(sources, start, count, aside))
        rows = first_order_rows(results, start, count, aside)
        strange = legs_block(terms, area, vectors_of(count), waiting)
        first_order_block(terms, rows, area, vectors_of(count))
        if strange:
            rest = rest_block(terms, area, vectors_of(count))
            first_order_limits(terms, rows, area, rest)
        waiting = put_off(results, start, count, aside)
    write_from(waiting, 0)
    return True


@ColumnsKernel
def greeks_kernel(inputs: Inputs, written: FloatArray, first: int, last: int) -> bool:
    """Write price and the nine sensitivities, in the order of `Greeks`, to the rows of results."""
    columns, results = columns_of(inputs, written), rows_of(written)
    if not usable(columns, results[2]):
        return False
    area, aside = np.empty(AREA), np.empty(ASIDE)
    sources, waiting = sources_of(columns, aside), nothing_waits(results, aside)
    for start in range(first, last, BLOCK):
        count = min(BLOCK, last - start)
        terms = Terms(*terms_at(sources, start, count, aside))
        rows = first_order_rows(results, start, count, aside)
        higher = higher_order_rows(results, start, count, aside)
        strange = legs_block(terms, area, vectors_of(count), waiting)
        first_order_block(terms, rows, area, vectors_of(count))
        higher_order_block(terms, rows[1], higher, area, vectors_of(count))
        if strange:
            rest = rest_block(terms, area, vectors_of(count))
            first_order_limits(terms, rows, area, rest)
            higher_order_limits(terms, rows[1], higher, area, rest)
        waiting = put_off(results, start, count, aside)
    write_from(waiting, 0)
    return True


@inlined
def first_order_rows(results: Rows, start: int, count: int, aside: FloatArray) -> FirstOrder:
    """Return where the block's price, delta, gamma, vega, theta and rho are to be written."""
    return (
        row_at(results, 0, start, count, aside),
        row_at(results, 1, start, count, aside),
        row_at(results, 2, start, count, aside),
        row_at(results, 3, start, count, aside),
        row_at(results, 4, start, count, aside),
        row_at(results, 5, start, count, aside),
    )


@inlined
def higher_order_rows(results: Rows, start: int, count: int, aside: FloatArray) -> HigherOrder:
    """Return where the block's dividend rho, vanna, volga and charm are to be written."""
    return (
        row_at(results, 6, start, count, aside),
        row_at(results, 7, start, count, aside),
        row_at(results, 8, start, count, aside),
        row_at(results, 9, start, count, aside),
    )


@inlined
def first_order(terms: Terms, rows: FirstOrder, area: FloatArray, i: int) -> None:
    """Write the price, delta, gamma, vega, theta and rho of contract i."""
    prices, deltas, gammas, vegas, thetas, rhos = rows
    density, sigma = area[DENSITY + i], terms.sigma[i]
    inverse_spot, steepness = 1.0 / terms.spot[i], density * area[RECIPROCAL + i]
    held, owed = both_sides(terms, area, i)
    prices[i] = value(terms, area, i)
    deltas[i] = held * inverse_spot
    gammas[i] = steepness * inverse_spot * inverse_spot
    vegas[i] = density * area[ROOT + i]
    thetas[i] = terms.carry[i] * held - terms.rate[i] * owed - 0.5 * sigma * sigma * steepness
    rhos[i] = terms.years[i] * owed


@inlined
def higher_order(terms: Terms, deltas: FloatArray, rows: HigherOrder, area: FloatArray, i: int) -> None:
    """Write dividend rho, vanna, volga and charm of contract i."""
    dividend_rhos, vannas, volgas, charms = rows
    years, sigma, carry = terms.years[i], terms.sigma[i], terms.carry[i]
    density, delta = area[DENSITY + i], deltas[i]
    root = area[ROOT + i]
    inverse_deviation = area[RECIPROCAL + i]
    inverse_sigma, inverse_root = root * inverse_deviation, sigma * inverse_deviation
    d1, d2 = area[DISTANCE + i] + area[HALF + i], area[DISTANCE + i] - area[HALF + i]
    spot = terms.spot[i]
    slope = density / spot
    turn = (terms.rate[i] - carry) * inverse_deviation - 0.5 * d2 * inverse_root * inverse_root
    dividend_rhos[i] = -delta * spot * years
    vannas[i] = -slope * d2 * inverse_sigma
    volgas[i] = density * root * d1 * d2 * inverse_sigma
    charms[i] = carry * delta - slope * turn


@apart
def first_order_block(terms: Terms, rows: FirstOrder, area: FloatArray, vectors: int) -> None:
    """Write the price, delta, gamma, vega, theta and rho of contracts with legs."""
    for k in range(vectors):
        if k % 2 == 0:
            out_of_the_money(terms, area, k // 2)
        first_order(terms, rows, area, lanes(k))


@apart
def higher_order_block(terms: Terms, deltas: FloatArray, rows: HigherOrder, area: FloatArray, vectors: int) -> None:
    """Write dividend rho, vanna, volga and charm from the terms."""
    for k in range(vectors):
        higher_order(terms, deltas, rows, area, lanes(k))


@apart
def first_order_limits(terms: Terms, rows: FirstOrder, area: FloatArray, rest: int) -> None:
    """Write those of unusual contracts, of which some have only limits: one-sided away from the kink, NaN on it."""
    prices, deltas, gammas, vegas, thetas, rhos = rows
    for j in range(rest):
        i = unusual(area, j)
        if not is_limit(terms, i):
            first_order(terms, rows, area, i)
            continue
        side, years, carry = terms.side[i], terms.years[i], terms.carry[i]
        prices[i], held, owed, undefined = limit(terms, area, i)
        delta = side * math.exp(-carry * years) if held > 0.0 else 0.0
        deltas[i], gammas[i], vegas[i] = undefined + delta, undefined, undefined
        thetas[i] = undefined + side * (carry * held - terms.rate[i] * owed)
        rhos[i] = undefined + side * years * owed


@apart
def higher_order_limits(terms: Terms, deltas: FloatArray, rows: HigherOrder, area: FloatArray, rest: int) -> None:
    """Write those of unusual contracts, of which some have only limits."""
    dividend_rhos, vannas, volgas, charms = rows
    for j in range(rest):
        i = unusual(area, j)
        if not is_limit(terms, i):
            higher_order(terms, deltas, rows, area, i)
            continue
        side, years, carry = terms.side[i], terms.years[i], terms.carry[i]
        _, held, _, undefined = limit(terms, area, i)
        delta = side * math.exp(-carry * years) if held > 0.0 else 0.0
        dividend_rhos[i] = undefined - side * years * held
        vannas[i], volgas[i] = undefined, undefined
        charms[i] = undefined + carry * delta
