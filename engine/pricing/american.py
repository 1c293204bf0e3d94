"""American options over arrays.

A call is the put with spot and strike, rate and yield exchanged. Contracts that share rate and yield share boundaries,
whatever their spot, strike and expiry: they are computed for a few volatilities, on the longest time, and interpolated;
each contract then costs one short quadrature. Where waiting and exercising pay in turn (rate below zero and yield below
rate), a put has two boundaries and is priced on a grid.
"""

from functools import cache

import numpy as np

from engine.pricing import european
from engine.pricing.american_boundary import Scheme, boundary_kernel, scheme
from engine.pricing.american_kernels import (
    CALM,
    CELL,
    EARLY,
    PLACE,
    RATE,
    SIGMA,
    STILL,
    STRIKE,
    TWICE,
    YEARS,
    YIELD,
    Places,
    premium_kernel,
    puts_kernel,
)
from engine.pricing.blocks import flatten
from engine.pricing.elementwise import cos, exp, log
from engine.pricing.grid import grid_values
from engine.pricing.groups import alike
from engine.pricing.types import Columns, FloatArray, Numbers


def price(contracts: tuple[Numbers, ...], method: str, shared_years: float = 0.0) -> FloatArray:
    """American values of (right, spot, strike, years, rate, dividend_yield, volatility); see `engine.pricing.price`.

    shared_years: let boundaries reach this far and always share them, so that values of repeated calls are comparable
    to the last digit whatever else is in the call.
    """
    columns, shape, _ = flatten(contracts)
    values = european.price(columns)
    puts, kinds = _as_puts(columns, values)
    early = np.flatnonzero((kinds == EARLY) | (kinds == CALM))
    _add_premiums(values, puts, early, scheme(method), shared_years)
    # Where little happens, a bound that the fast boundaries can miss: they have hardly any points there.
    for kind in (CALM, STILL):
        places = np.flatnonzero(kinds == kind)
        if places.size:
            values[places] = np.maximum(values[places] if kind == CALM else 0.0, certain_value(puts[:, places]))
    twice = np.flatnonzero(kinds == TWICE)
    if twice.size:
        values[twice] = grid_values(np.vstack([np.full((1, twice.size), -1.0), puts[:CELL, twice]]), (), True, method)
    return values.reshape(shape)


def _as_puts(columns: Columns, values: FloatArray) -> tuple[FloatArray, Places]:
    """Return rows of puts worth the same, and what each asks for."""
    puts, kinds = np.empty((PLACE + 1, values.size)), np.empty(values.size, np.intp)
    puts_kernel(columns, values, puts, kinds)
    return puts, kinds


def certain_value(puts: FloatArray) -> FloatArray:
    """Value of puts when spot moves for certain: the best of now, expiry, and the time when waiting stops paying."""
    spot, strike, years, rate, carry = puts[:SIGMA]
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
    columns, _, _ = flatten([*terms, 0.0])
    puts, _ = _as_puts(columns, np.zeros(terms.shape[1]))
    return certain_value(puts), puts[STRIKE] * exp(np.maximum(-puts[RATE], 0.0) * puts[YEARS])


def _add_premiums(values: FloatArray, puts: FloatArray, early: Places, how: Scheme, shared_years: float) -> None:
    for group, share in _groups(puts, early, how, shared_years > 0.0):
        horizon = max(shared_years, float(puts[YEARS, group].max()))
        market, table = boundaries(puts[:, group[0]], horizon, how, share)
        premium_kernel(puts, group, market, table, how.premium, values)


def _groups(puts: FloatArray, early: Places, how: Scheme, always_share: bool) -> list[tuple[Places, bool]]:
    """Split puts into those that share a table over a cell of volatilities, or a single volatility if few do."""
    if how.volatilities == 0:
        return [(part, False) for part in alike(puts, (RATE, YIELD, SIGMA, YEARS), early)]
    found: list[tuple[Places, bool]] = []
    for part in alike(puts, (RATE, YIELD, CELL), early):
        share = always_share or _are_more(puts[SIGMA, part], how.volatilities)
        found += [(part, True)] if share else [(alone, False) for alone in alike(puts, (SIGMA,), part)]
    return found


def _are_more(volatilities: FloatArray, limit: int) -> bool:
    """Whether there are more different ones; mostly the first few say it."""
    return any(np.unique(some).size > limit for some in (volatilities[: 2 * limit], volatilities))


def boundaries(put: FloatArray, horizon: float, how: Scheme, share: bool) -> tuple[FloatArray, FloatArray]:
    """Return rate, yield and horizon, and the boundary series that `premium_kernel` takes with them.

    They reach so many years, for the volatility of a put or shared by all of its cell.
    """
    cosines, to_orders = _volatility_series(how.volatilities if share else 1)
    sigmas = exp(put[CELL] + 0.5 + 0.5 * cosines) if share else np.array([put[SIGMA]])
    market, table = np.array([put[RATE], put[YIELD], horizon]), np.empty((sigmas.size, how.points.size))
    boundary_kernel(market, sigmas, to_orders, how, table)
    return market, table


@cache
def _volatility_series(count: int) -> tuple[FloatArray, FloatArray]:
    """Return places in [-1, 1] of so many volatilities, and what makes Chebyshev coefficients of values there."""
    angles = np.pi * (np.arange(count) + 0.5) / count
    to_orders = 2.0 / count * cos(np.outer(np.arange(count), angles))
    to_orders[0] *= 0.5
    return cos(angles), to_orders
