"""Implied volatility of values without a formula for it: all contracts search side by side.

The European volatility of the price is the first guess, a Newton step with the European vega follows, then secant
steps, inside a bracket that every valuation narrows and that is halved where a step leaves it.
"""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from engine.pricing import european
from engine.pricing.blocks import flatten
from engine.pricing.types import FloatArray, IvStatus, Numbers, StatusArray

Valuer = Callable[[tuple[Numbers, ...]], FloatArray]

_LOWEST, _HIGHEST = 1e-3, 12.0
_STEPS = 80


class Search(NamedTuple):
    """What to solve: rows (right, spot, strike, years, rate, yield), prices, first guesses, price errors to stop at."""

    terms: FloatArray
    target: FloatArray
    start: FloatArray
    accuracy: FloatArray


def implied_volatility(
    quotes: tuple[Numbers, ...],
    valuer: Valuer,
    limits: Callable[[FloatArray], tuple[FloatArray, FloatArray]],
    accuracy: float,
) -> tuple[FloatArray, StatusArray]:
    """Volatilities of (price, right, spot, strike, years, rate, dividend_yield) as valuer sees them, and statuses.

    limits returns lowest and highest values over all volatilities; accuracy is the price error per strike to stop at.
    """
    columns, shape, size = flatten(quotes)
    rows = np.array([np.broadcast_to(column, size) for column in columns])
    target, terms = rows[0], rows[1:]
    status = _first_status(target, terms)
    volatility = np.full(size, np.nan)
    chosen = np.flatnonzero(status == IvStatus.OK)
    terms, target = terms[:, chosen], target[chosen]
    lowest, highest = limits(terms)
    error = np.maximum(accuracy * terms[2], 4.0 * np.spacing(target))
    codes = np.where(target <= lowest + error, IvStatus.UNRECOVERABLE, IvStatus.OK)
    codes = np.where(target < lowest - error, IvStatus.BELOW_INTRINSIC, codes)
    codes = np.where(target >= highest, IvStatus.AT_OR_ABOVE_MAXIMUM, codes)
    good = codes == IvStatus.OK
    guess = european.implied_volatility((target, *terms))[0]
    found = _solve(Search(terms[:, good], target[good], guess[good], error[good]), valuer)
    codes[good] = np.where(np.isfinite(found), IvStatus.OK, IvStatus.UNRECOVERABLE)
    volatility[chosen[good]] = found
    status[chosen] = codes
    return volatility.reshape(shape), status.reshape(shape)


def _first_status(target: FloatArray, terms: FloatArray) -> StatusArray:
    side, spot, strike, years = terms[:4]
    sane = np.isfinite(target) & np.isfinite(terms).all(axis=0)
    sane &= (np.abs(side) == 1.0) & (spot > 0.0) & (strike > 0.0) & (years >= 0.0)
    status = np.where(sane, np.where(years > 0.0, IvStatus.OK, IvStatus.EXPIRED), IvStatus.INVALID_INPUT)
    return status.astype(np.int8)


def _solve(search: Search, valuer: Valuer) -> FloatArray:
    size = search.target.size
    low, high = np.full(size, _LOWEST), np.full(size, _HIGHEST)
    found, before, before_error = np.full(size, np.nan), np.full(size, np.nan), np.full(size, np.nan)
    usable = np.isfinite(search.start) & (search.start > _LOWEST) & (search.start < _HIGHEST)
    now = np.where(usable, search.start, 0.25)
    left = np.arange(size)
    for step in range(_STEPS):
        if not left.size:
            break
        at = now[left]
        error = valuer((*search.terms[:, left], at)) - search.target[left]
        under = error < 0.0
        low[left], high[left] = np.where(under, at, low[left]), np.where(under, high[left], at)
        with np.errstate(all="ignore"):
            if step == 0:
                slope = european.greeks((*search.terms[:, left], at), False).vega
            else:
                slope = (error - before_error[left]) / (at - before[left])
            following = at - error / slope
        inside = (following > low[left]) & (following < high[left])
        now[left] = np.where(inside, following, np.sqrt(low[left] * high[left]))
        before[left], before_error[left] = at, error
        settled = np.abs(error) <= search.accuracy[left]
        found[left[settled]] = at[settled]
        left = left[~settled & (high[left] - low[left] > 1e-15)]
    return found
