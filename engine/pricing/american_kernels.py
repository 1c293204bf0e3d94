"""American puts side by side: what each asks for, and premiums from a family of boundaries over volatilities.

The premium is an integral over the time s that has run (Kim, 1990; Andersen, Lake and Offengenden, 2016, equation 12),

    int_0^T r K exp(-r s) N(-d-(s, S / B(T - s))) - q S exp(-q s) N(-d+(s, S / B(T - s))) ds,

taken by Gauss-Legendre points in the square root of s. Everything is for a strike of 1.
"""

import math

import numpy as np
import numpy.typing as npt

from engine.pricing.american_boundary import Nodes, normal
from engine.pricing.compiling import inlined, kernel
from engine.pricing.elementary import exp, positive_part
from engine.pricing.lanes import bits, many_lanes, union
from engine.pricing.mills import mills
from engine.pricing.types import Columns, FloatArray
from engine.pricing.vectors import MANY

Places = npt.NDArray[np.intp]

SPOT, STRIKE, YEARS, RATE, YIELD, SIGMA, CELL, PLACE = range(8)
"""Rows of puts; in the end the cell of log sigma, of width 1, whose boundaries are tabulated together, and the place in
it, from -1 to 1."""
PLAIN, EARLY, CALM, STILL, TWICE = range(5)
"""What a put asks for: nothing, or an unusable one; a premium; the same where little happens; the best time of a spot
that moves for certain; and the grid, where it has two boundaries."""
_EXPIRED_DEVIATION = 1e-9
_CALM_DEVIATION = 0.02
_INVERSE_ROOT_TWO_PI = 0.3989422804014327


@kernel
def puts_kernel(columns: Columns, values: FloatArray, puts: FloatArray, kinds: Places) -> None:
    """Write puts that are worth the same (McDonald and Schroder, 1998), and the kind of each.

    columns are (right, spot, strike, years, rate, yield, sigma), of one element or as many as the European values.
    """
    for c in range(values.size):
        for row in range(SIGMA + 1):
            column = columns[row + 1]
            puts[row, c] = column[c if column.size > 1 else 0]
        if columns[0][c if columns[0].size > 1 else 0] > 0.0:
            puts[SPOT, c], puts[STRIKE, c] = puts[STRIKE, c], puts[SPOT, c]
            puts[RATE, c], puts[YIELD, c] = puts[YIELD, c], puts[RATE, c]
        kinds[c] = _kind(puts, values[c], c)
        logarithm = math.log(puts[SIGMA, c]) if kinds[c] in (EARLY, CALM) else 0.0
        puts[CELL, c] = math.floor(logarithm)
        puts[PLACE, c] = 2.0 * (logarithm - puts[CELL, c]) - 1.0


@inlined
def _kind(puts: FloatArray, value: float, c: int) -> int:
    rate, carry = puts[RATE, c], puts[YIELD, c]
    if not (math.isfinite(value) and puts[SPOT, c] > 0.0 and puts[STRIKE, c] > 0.0):
        return PLAIN
    deviation = puts[SIGMA, c] * math.sqrt(puts[YEARS, c])
    if deviation <= _EXPIRED_DEVIATION:
        return STILL
    if rate > 0.0 or (rate == 0.0 and carry < 0.0):
        return CALM if deviation <= _CALM_DEVIATION else EARLY
    return TWICE if rate < 0.0 and carry < rate else PLAIN


@kernel
def premium_kernel(
    puts: FloatArray, places: Places, market: FloatArray, table: FloatArray, nodes: Nodes, values: FloatArray
) -> None:
    """Turn European values of the puts at these places into American ones.

    market holds rate, yield and horizon; table the Chebyshev coefficients of H / sigma**2, by the place in the cell and
    by the square root of time.
    """
    rate, carry, horizon = market[0], market[1], market[2]
    start = math.log(rate / carry) if carry > rate else 0.0
    series, work = np.empty(table.shape[1]), np.empty(nodes.roots.size)
    for c in places:
        spot, years, sigma = math.log(puts[SPOT, c] / puts[STRIKE, c]), puts[YEARS, c], puts[SIGMA, c]
        _series_at(table, puts[PLACE, c], sigma * sigma, series)
        reach = math.sqrt(years / horizon)
        square = _clenshaw(series, 4.0 * reach - 2.0)
        distance = spot - start + math.sqrt(max(square, 0.0))
        intrinsic = max(puts[STRIKE, c] - puts[SPOT, c], 0.0)
        if distance > 0.0:
            _flows((rate, carry, sigma, years), spot - start, math.exp(spot), (series, reach), nodes, work)
            # Apart from the loop that computes them: a running sum would keep that loop from vectorising.
            total = 0.0
            for j in range(work.size):
                total += work[j]
            values[c] = max(values[c] + puts[STRIKE, c] * max(years * total, 0.0), intrinsic)
        else:
            values[c] = intrinsic


@inlined
def _series_at(table: FloatArray, middle: float, scale: float, series: FloatArray) -> None:
    """Contract the table over its volatility polynomials."""
    before, now = 1.0, middle
    for k in range(table.shape[1]):
        series[k] = table[0, k] * scale
    for order in range(1, table.shape[0]):
        for k in range(table.shape[1]):
            series[k] += table[order, k] * (now * scale)
        before, now = now, 2.0 * middle * now - before


@inlined
def _clenshaw(series: FloatArray, twice: float) -> float:
    """Sum a Chebyshev series at a place, or at many side by side, given doubled."""
    b1, b2 = 0.0 * twice, 0.0 * twice
    for order in range(series.size - 1, 0, -1):
        b1, b2 = twice * b1 - b2 + series[order], b1
    value: float = 0.5 * twice * b1 - b2 + series[0]
    return value


@inlined
def _flows(
    terms: tuple[float, float, float, float],
    spot: float,
    price: float,
    boundary: tuple[FloatArray, float],
    nodes: Nodes,
    flows: FloatArray,
) -> None:
    """Write the weighed integrand; the boundary is a series, and the root of the share of the horizon that is left."""
    rate, carry, sigma, years = terms
    series, reach = boundary
    drift = (rate - carry) / sigma - 0.5 * sigma
    root_years = math.sqrt(years)
    for k in range(nodes.roots.size // MANY):
        j = many_lanes(k)
        root = root_years * nodes.roots[j]
        run = root * root
        apart = spot + math.sqrt(positive_part(_clenshaw(series, 4.0 * reach * nodes.left[j] - 2.0)))
        minus = apart * nodes.inverses[j] * (1.0 / (sigma * root_years)) + drift * root
        plus = minus + sigma * root
        if union(bits(minus)) >= 0:
            # Mostly only tails are asked for: then a density and a discount are one exponential.
            lower = exp(-0.5 * minus * minus - rate * run) * _INVERSE_ROOT_TWO_PI * mills(minus)
            upper = exp(-0.5 * plus * plus - carry * run) * _INVERSE_ROOT_TWO_PI * mills(plus)
        else:
            lower = exp(-rate * run) * normal(-minus, exp(-0.5 * minus * minus) * _INVERSE_ROOT_TWO_PI)
            upper = exp(-carry * run) * normal(-plus, exp(-0.5 * plus * plus) * _INVERSE_ROOT_TWO_PI)
        flows[j] = nodes.weights[j] * nodes.roots[j] * (rate * lower - carry * price * upper)
