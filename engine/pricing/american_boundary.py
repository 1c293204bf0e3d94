"""The early-exercise boundary of an American put (Andersen, Lake and Offengenden, 2016).

The boundary B(u), u the time left, of a put struck at 1 depends on rate, yield and volatility only, not on spot or the
option's own expiry. It is held as H(u) = log(B(u) / X)**2 at Chebyshev points of sqrt(u), with X = B(0+), and found by
their fixed point "A" (equations 33 to 35), here with a Newton correction in every sweep. Calls are puts with strike
and spot, rate and yield exchanged (McDonald and Schroder, 1998).
"""

import math
from functools import cache
from typing import NamedTuple

import numpy as np

from engine.pricing.compiling import inlined, kernel
from engine.pricing.elementary import chosen, exp, positive_part
from engine.pricing.elementwise import arccos, cos
from engine.pricing.lanes import lanes
from engine.pricing.mills import mills
from engine.pricing.types import FloatArray
from engine.pricing.vectors import LANES

_INVERSE_ROOT_TWO_PI = 0.3989422804014327
_STRIDE = 0.5


class Scheme(NamedTuple):
    """Numbers that decide accuracy and cost.

    points: Chebyshev points of the boundary on [-1, 1]; nodes, weights: quadrature of the fixed point;
    interpolate[i, k, j]: weight of point k in H at quadrature point j of the integral for point i + 1; to_series: from
    values at the points to Chebyshev coefficients; sweeps, tolerance: when to stop; volatilities: how many are
    tabulated (zero: none). Nodes are as many as whole vectors hold.
    """

    points: FloatArray
    nodes: FloatArray
    weights: FloatArray
    interpolate: FloatArray
    to_series: FloatArray
    premium_nodes: FloatArray
    premium_weights: FloatArray
    sweeps: int
    tolerance: float
    volatilities: int


@cache
def scheme(method: str) -> Scheme:
    """Return the scheme of a method: fast, accurate or converged."""
    count, quadrature, premium, tolerance, volatilities = {
        "fast": (10, 16, 16, 1e-4, 7),
        "accurate": (16, 32, 32, 1e-7, 11),
        "converged": (32, 64, 96, 1e-11, 0),
    }[method]
    angles = np.pi * np.arange(count + 1) / count
    points = -cos(angles)
    nodes, weights = np.polynomial.legendre.leggauss(quadrature)
    premium_nodes, premium_weights = np.polynomial.legendre.leggauss(premium)
    halves = np.full(count + 1, 1.0)
    halves[[0, -1]] = 0.5
    orders = np.arange(count + 1)
    to_series = 2.0 / count * cos(np.outer(orders, np.pi - angles)) * halves * halves[:, None]
    share = 0.5 * (1.0 + points)[1:, None] * np.sqrt(1.0 - (0.5 * (1.0 + nodes)) ** 2)
    at = cos(orders[:, None, None] * arccos(np.clip(2.0 * share - 1.0, -1.0, 1.0)))
    interpolate = np.ascontiguousarray(np.einsum("oij,ok->ikj", at, to_series))
    return Scheme(
        points=points,
        nodes=nodes,
        weights=weights,
        interpolate=interpolate,
        to_series=to_series,
        premium_nodes=premium_nodes,
        premium_weights=premium_weights,
        sweeps=100,
        tolerance=tolerance,
        volatilities=volatilities,
    )


@inlined
def normal(z: float, density: float) -> float:
    """Return the normal probability below z, given the density at z."""
    tail = density * mills(abs(z))
    return chosen(z, tail, 1.0 - tail)


@inlined
def first_distance(rate: float, carry: float, sigma: float, years: float, start: float) -> float:
    """Return a rough -log(B / X): the shape of Bjerksund and Stensland (1993), in logarithms, to the perpetual one."""
    variance = sigma * sigma
    drift = (rate - carry) / variance - 0.5
    exponent = -drift - math.sqrt(drift * drift + 2.0 * max(rate, 1e-9) / variance)
    final = math.log(start) - math.log(exponent / (exponent - 1.0))
    final = max(final, 1e-6)
    return final * (1.0 - math.exp(-2.4 * sigma * math.sqrt(years) / final))


@kernel
def boundary_kernel(market: FloatArray, sigmas: FloatArray, how: Scheme, results: FloatArray) -> None:
    """Write H / sigma**2 at the points, a row for each sigma; market holds rate, yield and the horizon in years."""
    for k in range(sigmas.size):
        _boundary(np.array([market[0], market[1], sigmas[k], market[2]]), how, results[k])


@inlined
def _boundary(market: FloatArray, how: Scheme, result: FloatArray) -> None:
    """Write H / sigma**2 at the points; market holds rate, yield, sigma and the horizon in years."""
    points, nodes, interpolate = how.points, how.nodes, how.interpolate
    rate, carry, sigma, horizon = market[0], market[1], market[2], market[3]
    start = rate / carry if carry > rate else 1.0
    count, quadrature = points.size, nodes.size
    squares, following = np.zeros(count), np.zeros(count)
    work, sums = np.empty((6, quadrature)), np.empty(5)
    for i in range(1, count):
        years = horizon * (0.5 * (1.0 + points[i])) ** 2
        guess = first_distance(rate, carry, sigma, years, start)
        squares[i] = guess * guess
    for _ in range(how.sweeps):
        change = 0.0
        for i in range(1, count):
            years = horizon * (0.5 * (1.0 + points[i])) ** 2
            logs, weights = work[0], interpolate[i - 1]
            for k in range(quadrature // LANES):
                j = lanes(k)
                total = weights[0][j] * squares[0]
                for point in range(1, count):
                    total = total + weights[point][j] * squares[point]
                logs[j] = total
            level = math.log(start) - math.sqrt(squares[i])
            _integrals(market, years, math.sqrt(squares[i]), how, work, sums)
            moved = _newton(market, years, level, sums)
            distance = min(0.0, min(max(moved, level - _STRIDE), level + _STRIDE) - math.log(start))
            following[i] = distance * distance
        for i in range(1, count):
            change = max(change, abs(math.sqrt(following[i]) - math.sqrt(squares[i])))
            squares[i] = following[i]
        if change < how.tolerance * sigma * math.sqrt(horizon):
            break
    for i in range(count):
        result[i] = squares[i] / (sigma * sigma)


@inlined
def _integrals(
    market: FloatArray, years: float, distance: float, how: Scheme, work: FloatArray, sums: FloatArray
) -> None:
    """Write the five integrals of the fixed point over the time s = years ((1 + y) / 2)**2 that has run."""
    rate, carry, sigma = market[0], market[1], market[2]
    nodes, weights = how.nodes, how.weights
    drift = rate - carry - 0.5 * sigma * sigma
    root_years = math.sqrt(years)
    for k in range(nodes.size // LANES):
        j = lanes(k)
        root = 0.5 * root_years * (1.0 + nodes[j])
        left = years - root * root
        # Distance of the boundaries at the two times, in logarithms.
        apart = math.sqrt(positive_part(work[0][j])) - distance
        minus = (apart + drift * root * root) / (sigma * root)
        plus = minus + sigma * root
        lower = weights[j] * exp(rate * left - 0.5 * minus * minus) * _INVERSE_ROOT_TWO_PI
        density = exp(-0.5 * plus * plus) * _INVERSE_ROOT_TWO_PI
        growth = weights[j] * exp(carry * left)
        work[1][j] = lower
        work[2][j] = lower * minus / root
        work[3][j] = growth * root * normal(plus, density)
        work[4][j] = growth * density
        work[5][j] = growth * density * minus / root
    for k in range(5):
        # Apart from the loop above: a running sum would keep it from vectorising.
        total = 0.0
        for j in range(nodes.size):
            total += work[k + 1, j]
        sums[k] = total


@inlined
def _newton(market: FloatArray, years: float, level: float, sums: FloatArray) -> float:
    """Return the corrected log of the boundary at one point."""
    rate, carry, sigma = market[0], market[1], market[2]
    root = math.sqrt(years)
    deviation = sigma * root
    minus = (level + (rate - carry - 0.5 * sigma * sigma) * years) / deviation
    plus = minus + deviation
    lower = exp(-0.5 * minus * minus) * _INVERSE_ROOT_TWO_PI
    density = exp(-0.5 * plus * plus) * _INVERSE_ROOT_TWO_PI
    scale, steep = root / sigma, root / (sigma * sigma)
    upper = lower / deviation + rate * scale * sums[0]
    below = density / deviation + normal(plus, density) + carry * (root * sums[2] + scale * sums[3])
    # Times B: the slopes with the rest of the boundary held.
    upper_slope = -(minus * lower / (deviation * deviation) + rate * steep * sums[1])
    below_slope = -(minus * density / (deviation * deviation) + carry * steep * sums[4])
    boundary = exp(level)
    image = exp(-(rate - carry) * years) * upper / below
    slope = image * (upper_slope / upper - below_slope / below) / boundary
    # A positive slope only occurs far from the solution, where it must not decide the direction.
    moved = boundary + (boundary - image) / (min(slope, 0.0) - 1.0)
    return math.log(moved) if moved > 0.0 else level - 1.0
