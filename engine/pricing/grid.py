"""Values on the finite-difference grid, extrapolated over its resolution, and options on dividends paid in cash."""

import numpy as np

from engine.pricing import european
from engine.pricing.blocks import flatten
from engine.pricing.elementwise import exp
from engine.pricing.errors import PricingInputError
from engine.pricing.grid_kernel import grid_kernel
from engine.pricing.types import Dividends, FloatArray, Numbers

# Space intervals and time steps of the finer of two grids.
_SIZES = {"fast": (400, 200), "accurate": (800, 400), "converged": (1600, 800)}
_EXPIRED_DEVIATION = 1e-7


def price(contracts: tuple[Numbers, ...], dividends: Dividends, american: bool, method: str) -> FloatArray:
    """Values with cash dividends by which spot drops; see `engine.pricing.price`."""
    schedule = checked(dividends)
    columns, shape, size = flatten(contracts)
    plain = european.price(columns)
    rows = np.array([np.broadcast_to(column, size) for column in columns])
    values = np.broadcast_to(plain, size).copy()
    usable = np.isfinite(values) & (rows[1] > 0.0) & (rows[2] > 0.0) & (rows[3] > 0.0)
    still = usable & (rows[6] * np.sqrt(rows[3]) <= _EXPIRED_DEVIATION)
    moving = usable & ~still
    values[moving] = grid_values(rows[:, moving], schedule, american, method)
    for place in np.flatnonzero(still):
        values[place] = _certain(rows[:, place], schedule, american)
    return values.reshape(shape)


def checked(dividends: Dividends, horizon: float = np.inf) -> Dividends:
    """Return the dividends after now and up to the horizon, in order of time.

    Raises `PricingInputError` for what is not a schedule.
    """
    try:
        schedule = sorted((float(years), float(amount)) for years, amount in dividends)
    except (TypeError, ValueError) as error:
        raise PricingInputError("dividends are pairs (years, amount)") from error
    if not all(np.isfinite(years) and 0.0 <= amount < np.inf for years, amount in schedule):
        raise PricingInputError("dividends have finite years and finite amounts of zero or more")
    return tuple((years, amount) for years, amount in schedule if 0.0 < years <= horizon and amount > 0.0)


def grid_values(rows: FloatArray, schedule: Dividends, american: bool, method: str) -> FloatArray:
    """Values of columns of rows right, spot, strike, years, rate, yield, sigma, by Richardson's extrapolation."""
    times = np.array([years for years, _ in schedule])
    amounts = np.array([amount for _, amount in schedule])
    described = np.vstack([rows, np.full((1, rows.shape[1]), float(american))])
    space, steps = _SIZES[method]
    fine, coarse = np.empty(rows.shape[1]), np.empty(rows.shape[1])
    grid_kernel(described, times, amounts, space, steps, fine)
    grid_kernel(described, times, amounts, space // 2, steps // 2, coarse)
    values = np.maximum((4.0 * fine - coarse) / 3.0, 0.0)
    return np.maximum(values, rows[0] * (rows[1] - rows[2])) if american else values


def limits(terms: FloatArray, dividends: Dividends, american: bool) -> tuple[FloatArray, FloatArray]:
    """Return lowest and highest value over all volatilities of rows (right, spot, strike, years, rate, yield)."""
    schedule = checked(dividends)
    still = np.vstack([terms, np.zeros((1, terms.shape[1]))])
    lowest = np.array([_certain(row, schedule, american) for row in still.T])
    side, spot, strike, years, rate, carry = terms
    later = np.where(side > 0.0, spot * exp(-carry * years), strike * exp(-rate * years))
    return lowest, np.maximum(later, np.where(side > 0.0, spot, strike)) if american else later


def _certain(row: FloatArray, schedule: Dividends, american: bool) -> float:
    """Value when spot moves for certain; an American holder looks at every ex-date and at a fine clock between."""
    right, spot, strike, years, rate, carry, _ = (float(value) for value in row)
    due = [(when, amount) for when, amount in schedule if when <= years]
    best, now = 0.0, 0.0
    for when, amount in [*due, (years, 0.0)]:
        if american:
            run = np.linspace(0.0, when - now, 2001)
            gains = right * (spot * exp((rate - carry) * run) - strike) * exp(-rate * (now + run))
            best = max(best, float(gains.max()))
        spot = max(spot * float(exp((rate - carry) * (when - now))) - amount, 0.0)
        now = when
    return max(best, right * (spot - strike) * float(exp(-rate * years)), 0.0)
