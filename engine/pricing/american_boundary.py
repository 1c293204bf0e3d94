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


class Nodes(NamedTuple):
    """Gauss-Legendre points of an integral over the time that has run, in the root y of its share of all time.

    roots: y between 0 and 1; inverses: 1 / y; left: roots of the shares of time that are left; weights: of 2 y. There
    are as many as whole vectors hold.
    """

    roots: FloatArray
    inverses: FloatArray
    left: FloatArray
    weights: FloatArray


class Scheme(NamedTuple):
    """Numbers that decide accuracy and cost.

    points: Chebyshev points of the boundary, roots of shares of the horizon; nodes: quadrature of the fixed point;
    interpolate[i, k, j]: weight of point k in H at quadrature point j of the integral for point i + 1; to_series: from
    values at the points to Chebyshev coefficients; premium: quadrature of the premium; sweeps, tolerance: when to stop;
    volatilities: how many are tabulated (zero: none).
    """

    points: FloatArray
    nodes: Nodes
    interpolate: FloatArray
    to_series: FloatArray
    premium: Nodes
    sweeps: int
    tolerance: float
    volatilities: int


@cache
def scheme(method: str) -> Scheme:
    """Return the scheme of a method: fast, accurate or converged."""
    count, quadrature, premium, tolerance, volatilities = {
        "fast": (8, 8, 16, 1e-4, 6),
        "accurate": (16, 32, 32, 1e-7, 11),
        "converged": (32, 64, 96, 1e-11, 0),
    }[method]
    angles = np.pi * np.arange(count + 1) / count
    points, nodes = 0.5 * (1.0 - cos(angles)), _nodes(quadrature)
    halves = np.full(count + 1, 1.0)
    halves[[0, -1]] = 0.5
    orders = np.arange(count + 1)
    to_series = 2.0 / count * cos(np.outer(orders, np.pi - angles)) * halves * halves[:, None]
    share = points[1:, None] * nodes.left
    at = cos(orders[:, None, None] * arccos(np.clip(2.0 * share - 1.0, -1.0, 1.0)))
    interpolate = np.ascontiguousarray(np.einsum("oij,ok->ikj", at, to_series))
    return Scheme(points, nodes, interpolate, to_series, _nodes(premium), 100, tolerance, volatilities)


def _nodes(count: int) -> Nodes:
    places, weights = np.polynomial.legendre.leggauss(count)
    roots = 0.5 * (1.0 + places)
    return Nodes(roots, 1.0 / roots, np.sqrt(1.0 - roots**2), weights)


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
def boundary_kernel(
    market: FloatArray, sigmas: FloatArray, to_orders: FloatArray, how: Scheme, table: FloatArray
) -> None:
    """Write the Chebyshev coefficients of H / sigma**2, by log sigma and by the root of time.

    market holds rate, yield and the horizon in years; to_orders makes coefficients of values at the sigmas.
    """
    count = how.points.size
    squares, series = np.empty(count), np.empty(count)
    table[:] = 0.0
    for k in range(sigmas.size):
        _boundary(np.array([market[0], market[1], sigmas[k], market[2]]), how, squares)
        for order in range(count):
            total = 0.0
            for i in range(count):
                total += how.to_series[order, i] * squares[i]
            series[order] = total
        for order in range(sigmas.size):
            for place in range(count):
                table[order, place] += to_orders[order, k] * series[place]


@inlined
def _boundary(market: FloatArray, how: Scheme, result: FloatArray) -> None:
    """Write H / sigma**2 at the points; market holds rate, yield, sigma and the horizon in years."""
    points, interpolate = how.points, how.interpolate
    rate, carry, sigma, horizon = market[0], market[1], market[2], market[3]
    start = rate / carry if carry > rate else 1.0
    count, quadrature = points.size, how.nodes.roots.size
    squares, following = np.zeros(count), np.zeros(count)
    work, sums = np.empty((6, quadrature)), np.empty(5)
    for i in range(1, count):
        guess = first_distance(rate, carry, sigma, horizon * points[i] * points[i], start)
        squares[i] = guess * guess
    for _ in range(how.sweeps):
        change = 0.0
        for i in range(1, count):
            years = horizon * points[i] * points[i]
            logs, weights = work[0], interpolate[i - 1]
            for k in range(quadrature // LANES):
                j = lanes(k)
                total = weights[0][j] * squares[0]
                for point in range(1, count):
                    total = total + weights[point][j] * squares[point]
                logs[j] = total
            level = math.log(start) - math.sqrt(squares[i])
            _integrals(market, years, math.sqrt(squares[i]), how.nodes, work, sums)
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
    market: FloatArray, years: float, distance: float, nodes: Nodes, work: FloatArray, sums: FloatArray
) -> None:
    """Write the five integrals of the fixed point over the time that has run of these years."""
    rate, carry, sigma = market[0], market[1], market[2]
    drift = (rate - carry) / sigma - 0.5 * sigma
    root_years = math.sqrt(years)
    for k in range(nodes.roots.size // LANES):
        j = lanes(k)
        root, inverse = root_years * nodes.roots[j], nodes.inverses[j] * (1.0 / root_years)
        left = nodes.left[j] * nodes.left[j] * years
        # Distance of the boundaries at the two times, in logarithms.
        apart = math.sqrt(positive_part(work[0][j])) - distance
        minus = apart * inverse * (1.0 / sigma) + drift * root
        plus = minus + sigma * root
        lower = nodes.weights[j] * exp(rate * left - 0.5 * minus * minus) * _INVERSE_ROOT_TWO_PI
        density = exp(-0.5 * plus * plus) * _INVERSE_ROOT_TWO_PI
        growth = nodes.weights[j] * exp(carry * left)
        work[1][j] = lower
        work[2][j] = lower * minus * inverse
        work[3][j] = growth * root * normal(plus, density)
        work[4][j] = growth * density
        work[5][j] = growth * density * minus * inverse
    for k in range(5):
        # Apart from the loop above: a running sum would keep it from vectorising.
        total = 0.0
        for j in range(nodes.roots.size):
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
