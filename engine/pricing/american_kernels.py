"""Early-exercise premium of American puts from a family of boundaries over volatilities.

The premium is an integral over the time s that has run (Kim, 1990; Andersen, Lake and Offengenden, 2016, equation 12),

    int_0^T r K exp(-r s) N(-d-(s, S / B(T - s))) - q S exp(-q s) N(-d+(s, S / B(T - s))) ds,

taken by Gauss-Legendre points in the square root of s. Everything is for a strike of 1.
"""

import math

import numpy as np

from engine.pricing.american_boundary import normal
from engine.pricing.compiling import inlined, kernel
from engine.pricing.elementary import exp, positive_part
from engine.pricing.lanes import lanes
from engine.pricing.types import FloatArray
from engine.pricing.vectors import LANES

_INVERSE_ROOT_TWO_PI = 0.3989422804014327


@kernel
def premium_kernel(
    contracts: FloatArray,
    market: FloatArray,
    table: FloatArray,
    nodes: FloatArray,
    weights: FloatArray,
    results: FloatArray,
) -> None:
    """Write premium per strike and whether to hold (1) or exercise now (0), for rows log(S / K), years, sigma.

    market holds rate, yield, horizon and the range of log sigma; table the Chebyshev coefficients of H / sigma**2, by
    log sigma and by the square root of time.
    """
    rate, carry, horizon, low, high = market[0], market[1], market[2], market[3], market[4]
    start = math.log(rate / carry) if carry > rate else 0.0
    series, work = np.empty(table.shape[1]), np.empty((3, nodes.size))
    twice, flows = work[0], work[2]
    for c in range(contracts.shape[1]):
        spot, years, sigma = contracts[0, c], contracts[1, c], contracts[2, c]
        middle = 2.0 * (math.log(sigma) - low) / (high - low) - 1.0 if high > low else 0.0
        _series_at(table, middle, sigma * sigma, series)
        square = _clenshaw(series, 2.0 * math.sqrt(years / horizon) - 1.0)
        distance = spot - start + math.sqrt(max(square, 0.0))
        results[1, c] = 1.0 if distance > 0.0 else 0.0
        results[0, c] = 0.0
        if distance > 0.0:
            for k in range(nodes.size // LANES):
                j = lanes(k)
                share = 0.5 * (1.0 + nodes[j])
                twice[j] = 4.0 * math.sqrt(years * (1.0 - share * share) / horizon) - 2.0
            _clenshaws(series, twice, work[1])
            _flows((rate, carry, sigma, years), spot, start, nodes, work)
            # Apart from the loop that computes them: a running sum would keep that loop from vectorising.
            total = 0.0
            for j in range(nodes.size):
                total += weights[j] * flows[j]
            results[0, c] = math.sqrt(years) * total


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
def _clenshaw(series: FloatArray, z: float) -> float:
    """Sum a Chebyshev series."""
    b1, b2 = 0.0, 0.0
    for k in range(series.size - 1, 0, -1):
        b1, b2 = 2.0 * z * b1 - b2 + series[k], b1
    value: float = z * b1 - b2 + series[0]
    return value


@inlined
def _clenshaws(series: FloatArray, twice: FloatArray, sums: FloatArray) -> None:
    """Sum a Chebyshev series at many places side by side; twice holds the doubled places."""
    for k in range(twice.size // LANES):
        j = lanes(k)
        place = twice[j]
        b1, b2 = 0.0 * place, 0.0 * place
        for order in range(series.size - 1, 0, -1):
            b1, b2 = place * b1 - b2 + series[order], b1
        sums[j] = 0.5 * place * b1 - b2 + series[0]


@inlined
def _flows(
    terms: tuple[float, float, float, float], spot: float, start: float, nodes: FloatArray, work: FloatArray
) -> None:
    """Write the integrand, from H in the second row of the work array to its last."""
    rate, carry, sigma, years = terms
    logs, flows = work[1], work[2]
    drift = rate - carry - 0.5 * sigma * sigma
    root_years = math.sqrt(years)
    price = math.exp(spot)
    for k in range(nodes.size // LANES):
        j = lanes(k)
        root = 0.5 * root_years * (1.0 + nodes[j])
        run = root * root
        apart = spot - start + math.sqrt(positive_part(logs[j]))
        minus = (apart + drift * run) / (sigma * root)
        plus = minus + sigma * root
        lower = normal(-minus, exp(-0.5 * minus * minus) * _INVERSE_ROOT_TWO_PI)
        upper = normal(-plus, exp(-0.5 * plus * plus) * _INVERSE_ROOT_TWO_PI)
        flows[j] = root * (rate * exp(-rate * run) * lower - carry * price * exp(-carry * run) * upper)
