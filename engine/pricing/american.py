"""American options over arrays.

A call is the put with spot and strike, rate and yield exchanged. Contracts that share rate and yield share boundaries,
whatever their spot, strike and expiry: they are computed for a few volatilities, on the longest time, and interpolated;
each contract then costs one short quadrature. Where waiting and exercising pay in turn (rate below zero and yield below
rate), a put has two boundaries and is priced on a grid.
"""

import math
from functools import cache

import numpy as np
import numpy.typing as npt

from engine.pricing import european
from engine.pricing.american_boundary import Scheme, boundary_kernel, scheme
from engine.pricing.american_kernels import premium_kernel
from engine.pricing.blocks import flatten
from engine.pricing.elementwise import cos, exp, log
from engine.pricing.grid import grid_values
from engine.pricing.types import FloatArray, Numbers

_EXPIRED_DEVIATION = 1e-9
_CALM_DEVIATION = 0.02
# Width of the cells of log volatility over which boundaries are tabulated, each on its own.
_CELL = 1.0
_SPOT, _STRIKE, _YEARS, _RATE, _YIELD, _SIGMA = range(6)

Places = npt.NDArray[np.intp]


def price(contracts: tuple[Numbers, ...], method: str, shared_years: float = 0.0) -> FloatArray:
    """American values of (right, spot, strike, years, rate, dividend_yield, volatility); see `engine.pricing.price`.

    shared_years: let boundaries reach this far and always share them, so that values of repeated calls are comparable
    to the last digit whatever else is in the call.
    """
    columns, shape, size = flatten(contracts)
    values = np.broadcast_to(european.price(columns), size).copy()
    put = as_puts(columns, size)
    spot, strike, years, rate, carry, sigma = put
    usable = np.isfinite(values) & (spot > 0.0) & (strike > 0.0)
    still = usable & (sigma * np.sqrt(years) <= _EXPIRED_DEVIATION)
    moving = usable & ~still
    early = moving & ((rate > 0.0) | ((rate == 0.0) & (carry < 0.0)))
    twice = moving & (rate < 0.0) & (carry < rate)
    values[still] = certain_value(put[:, still])
    _add_premiums(values, put, np.flatnonzero(early), scheme(method), shared_years)
    calm = early & (sigma * np.sqrt(years) <= _CALM_DEVIATION)
    if calm.any():
        # A bound that the fast boundaries can miss: they have hardly any points where little happens.
        values[calm] = np.maximum(values[calm], certain_value(put[:, calm]))
    if twice.any():
        values[twice] = grid_values(np.vstack([np.full((1, size), -1.0), put])[:, twice], (), True, method)
    return values.reshape(shape)


def as_puts(columns: tuple[FloatArray, ...], size: int) -> FloatArray:
    """Return rows spot, strike, years, rate, yield and sigma of puts worth the same (McDonald and Schroder, 1998)."""
    right, spot, strike, years, rate, carry, sigma = (np.broadcast_to(column, size) for column in columns)
    call = right > 0.0
    swapped = np.where(call, (strike, spot), (spot, strike)), np.where(call, (carry, rate), (rate, carry))
    return np.vstack([swapped[0], years[None], swapped[1], sigma[None]])


def certain_value(put: FloatArray) -> FloatArray:
    """Value of puts when spot moves for certain: the best of now, expiry, and the time when waiting stops paying."""
    spot, strike, years, rate, carry, _ = put
    with np.errstate(all="ignore"):
        turn = log(rate * strike / (carry * spot)) / (rate - carry)
    turn = np.clip(np.where(np.isfinite(turn), turn, 0.0), 0.0, years)
    times = np.array([np.zeros_like(years), turn, years])
    gains = strike * exp(-rate * times) - spot * exp(-carry * times)
    return np.asarray(np.maximum(gains.max(axis=0), 0.0))


def longest(years: Numbers) -> float:
    """Return the longest finite time, for sharing boundaries between calls."""
    times = np.asarray(years, dtype=np.float64).reshape(-1)
    times = times[np.isfinite(times)]
    return float(times.max()) if times.size else 0.0


def limits(terms: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Return lowest and highest value over all volatilities of rows (right, spot, strike, years, rate, yield)."""
    put = as_puts((*terms, np.zeros(terms.shape[1])), terms.shape[1])
    return certain_value(put), put[_STRIKE] * exp(np.maximum(-put[_RATE], 0.0) * put[_YEARS])


def _add_premiums(values: FloatArray, put: FloatArray, chosen: Places, how: Scheme, shared_years: float) -> None:
    cells = np.floor(np.where(put[_SIGMA] > 0.0, log(put[_SIGMA]), 0.0) / _CELL)
    for group in _groups(put, cells, chosen, how, shared_years > 0.0):
        spot, strike, years, rate, carry, sigma = put[:, group]
        low = float(cells[group[0]]) * _CELL
        span = (low, low + _CELL) if np.any(sigma != sigma[0]) or shared_years > 0.0 else None
        horizon = max(shared_years, float(years.max()))
        market, table = boundaries((float(rate[0]), float(carry[0]), horizon), span, float(sigma[0]), how)
        results = np.empty((2, group.size))
        rows = np.array([log(spot / strike), years, sigma])
        premium_kernel(rows, market, table, how.premium_nodes, how.premium_weights, results)
        intrinsic = np.maximum(strike - spot, 0.0)
        held = np.maximum(values[group] + strike * np.maximum(results[0], 0.0), intrinsic)
        values[group] = np.where(results[1] > 0.0, held, intrinsic)


def _groups(put: FloatArray, cells: FloatArray, chosen: Places, how: Scheme, always_share: bool) -> list[Places]:
    """Split contracts into those that share a table over a cell of volatilities, or a single volatility if few do."""
    found: list[Places] = []
    if how.volatilities == 0:
        return _split(chosen, put[_RATE], put[_YIELD], put[_SIGMA], put[_YEARS])
    for part in _split(chosen, put[_RATE], put[_YIELD], cells):
        few = part.size <= how.volatilities or np.unique(put[_SIGMA, part]).size <= how.volatilities
        found += _split(part, put[_SIGMA]) if few and not always_share else [part]
    return found


def _split(places: Places, *keys: FloatArray) -> list[Places]:
    """Split places into runs of equal keys."""
    for key in keys[: 1 if places.size else 0]:
        values = key[places]
        order = np.argsort(values, kind="stable")
        cuts = np.flatnonzero(np.diff(values[order])) + 1
        parts = np.split(places[order], cuts) if cuts.size else [places]
        return [piece for part in parts for piece in _split(part, *keys[1:])]
    return [places] if places.size else []


def boundaries(
    market: tuple[float, float, float], span: tuple[float, float] | None, sigma: float, how: Scheme
) -> tuple[FloatArray, FloatArray]:
    """Return the description of market and volatilities, and the boundary series, that `premium_kernel` takes.

    market is rate, yield and the longest time in years; span a range of log volatility, or None for one volatility.
    """
    count = 1 if span is None else max(1, how.volatilities)
    low, high = span if span is not None and count > 1 else (math.log(sigma), math.log(sigma))
    cosines, to_orders = _volatility_series(count)
    described = np.array([*market, low, high])
    squares = np.empty((count, how.points.size))
    boundary_kernel(described, exp(0.5 * (low + high) + 0.5 * (high - low) * cosines), how, squares)
    return described, _product(_product(to_orders, squares), how.to_series.T)


def _product(left: FloatArray, right: FloatArray) -> FloatArray:
    """Return the matrix product, summed in the same order on every processor."""
    return np.asarray((left[:, :, None] * right).sum(axis=1))


@cache
def _volatility_series(count: int) -> tuple[FloatArray, FloatArray]:
    """Return places in [-1, 1] of so many volatilities, and what makes Chebyshev coefficients of values there."""
    angles = np.pi * (np.arange(count) + 0.5) / count
    to_orders = 2.0 / count * cos(np.outer(np.arange(count), angles))
    to_orders[0] *= 0.5
    return cos(angles), to_orders
