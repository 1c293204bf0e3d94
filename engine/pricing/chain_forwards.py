"""Forward and discount factor of every expiration of many chains at once, from put-call parity.

For European options C - P = D (F - K): the differences of calls and puts lie on a line over the strikes, whose slope is
the discount factor and whose zero is the forward. Where quotes or exercise style do not determine the slope, a given
discount factor takes its place and only the forward is estimated. The estimator of the forward is that of
`engine.pricing.forwards`, compiled, for a hundred thousand expirations instead of one.
"""

from __future__ import annotations

from enum import IntEnum
from typing import NamedTuple, TypeAlias

import numpy as np
import numpy.typing as npt

from engine.pricing.compiling import kernel, loop
from engine.pricing.errors import PricingInputError
from engine.pricing.types import FloatArray, Numbers

Rights: TypeAlias = npt.NDArray[np.int8]
Rows: TypeAlias = npt.NDArray[np.int64]
Flags: TypeAlias = npt.NDArray[np.bool_]

_REJECT = 3.5
_SWEEPS = 20
_MAD_TO_DEVIATION = 1.4826
_FINEST_RELATIVE = 1e-6
_LEAST_PAIRS = 2
_LEAST_PAIRS_OF_A_LINE = 8
# A line that leaves the rate less certain than this, per year, does not determine it.
_MOST_RATE_ERROR = 0.005
_MOST_RATE = 0.25
_OUTPUTS = 4
_FORWARD, _DISCOUNT, _ERROR, _PAIRS = range(_OUTPUTS)
_NEAR_THE_MONEY = 0.1


class ForwardSource(IntEnum):
    """What an expiration's forward rests on."""

    NONE = 0
    GIVEN_DISCOUNT = 1
    LINE = 2


class ExpirationQuotes(NamedTuple):
    """Columns of quotes, expiration by expiration: puts before calls, strikes ascending in both.

    right is +1 or -1; bid and ask are per share, NaN for a quote that must not be used.
    """

    right: Rights
    strike: FloatArray
    bid: FloatArray
    ask: FloatArray


class ChainForwards(NamedTuple):
    """One entry per expiration; NaN where there is no forward.

    standard_error is that of the forward, pairs the number of strikes it rests on.
    """

    forward: FloatArray
    discount: FloatArray
    standard_error: FloatArray
    pairs: FloatArray
    source: Rights


def chain_forwards(
    quotes: ExpirationQuotes,
    first_row: Rows,
    years: FloatArray,
    discount: Numbers,
    european: Flags,
) -> ChainForwards:
    """Estimate forward and discount factor of each expiration.

    Args:
        first_row: int64 of shape (n + 1,): the rows of expiration i are `first_row[i]:first_row[i + 1]`.
        years: time to expiration, shape (n,).
        discount: discount factors to use where the quotes determine none, broadcast to (n,).
        european: where false, parity holds only roughly: the given discount factor and the strikes near the money
            are used.

    Raises:
        PricingInputError: for shapes that do not fit.
    """
    count = len(first_row) - 1
    sizes = {len(column) for column in quotes}
    if len(sizes) != 1 or count < 0 or (count and first_row[-1] > sizes.pop()) or len(years) != count:
        raise PricingInputError("quotes, first rows and years of chain forwards do not fit each other")
    given = np.ascontiguousarray(np.broadcast_to(np.asarray(discount, np.float64), count))
    results = np.full((_OUTPUTS, count), np.nan)
    source = np.zeros(count, np.int8)
    _estimate(
        np.ascontiguousarray(quotes.right, np.int8),
        np.ascontiguousarray(quotes.strike, np.float64),
        np.ascontiguousarray(quotes.bid, np.float64),
        np.ascontiguousarray(quotes.ask, np.float64),
        np.ascontiguousarray(first_row, np.int64),
        np.ascontiguousarray(years, np.float64),
        given,
        np.ascontiguousarray(european, np.bool_),
        results,
        source,
    )
    return ChainForwards(results[_FORWARD], results[_DISCOUNT], results[_ERROR], results[_PAIRS], source)


@loop
def _pairs(  # noqa: PLR0913, PLR0917 - columns
    right: Rights, strike: FloatArray, bid: FloatArray, ask: FloatArray, first: int, last: int, pairs: FloatArray
) -> int:
    """Fill strike, difference of middles and half-width of every strike with both quotes; returns their number."""
    middle = first
    while middle < last and right[middle] < 0:
        middle += 1
    put, call, found = first, middle, 0
    while put < middle and call < last:
        if strike[put] < strike[call]:
            put += 1
        elif strike[put] > strike[call]:
            call += 1
        else:
            widths = (ask[call] - bid[call]) + (ask[put] - bid[put])
            if bid[call] > 0.0 and bid[put] > 0.0 and ask[call] >= bid[call] and ask[put] >= bid[put]:
                pairs[0, found] = strike[call]
                pairs[1, found] = 0.5 * ((bid[call] + ask[call]) - (bid[put] + ask[put]))
                pairs[2, found] = max(0.5 * widths, _FINEST_RELATIVE * strike[call])
                found += 1
            put += 1
            call += 1
    return found


@loop
def _near_the_money(pairs: FloatArray, found: int) -> int:
    """Keep the strikes near the one where call and put cost the same; returns their number."""
    closest = 0
    for i in range(found):
        if abs(pairs[1, i]) < abs(pairs[1, closest]):
            closest = i
    centre, kept = pairs[0, closest], 0
    for i in range(found):
        if abs(pairs[0, i] - centre) <= _NEAR_THE_MONEY * centre:
            for row in range(3):
                pairs[row, kept] = pairs[row, i]
            kept += 1
    return kept


@loop
def _weighted_median(values: FloatArray, weights: FloatArray, count: int) -> float:
    order = np.argsort(values[:count])
    total = 0.0
    for i in range(count):
        total += weights[i]
    reached = 0.0
    for i in range(count):
        reached += weights[order[i]]
        if reached >= 0.5 * total:
            return float(values[order[i]])
    return float(values[order[count - 1]])


@loop
def _kept_now(found: int, centre: float, kept: Flags, work: FloatArray) -> tuple[int, float, float, bool]:
    """Keep the votes within so many deviations of the centre; returns their number, weight and sum, and any change."""
    for i in range(found):
        work[3, i] = abs(work[0, i] - centre)
    scatter = _MAD_TO_DEVIATION * _weighted_median(work[3], work[2], found)
    used, weight, total, changed = 0, 0.0, 0.0, False
    for i in range(found):
        now = work[3, i] <= _REJECT * max(work[1, i], scatter)
        changed |= now != kept[i]
        kept[i] = now
        if now:
            used += 1
            weight += work[2, i]
            total += work[2, i] * work[0, i]
    return used, weight, total, changed


@loop
def _robust_forward(
    pairs: FloatArray, found: int, discount: float, kept: Flags, work: FloatArray
) -> tuple[float, float, int]:
    """Weighted mean of the votes that agree; marks them in `kept`. Returns forward, standard error and their number."""
    for i in range(found):
        work[0, i] = pairs[0, i] + pairs[1, i] / discount
        work[1, i] = pairs[2, i] / discount
        work[2, i] = 1.0 / work[1, i] ** 2
        kept[i] = True
    centre, used, weight = _weighted_median(work[0], work[2], found), found, 1.0
    for _ in range(_SWEEPS):
        used, weight, total, changed = _kept_now(found, centre, kept, work)
        if used == 0:
            return np.nan, np.nan, 0
        centre = total / weight
        if not changed:
            break
    spreads, residuals = 0.0, 0.0
    for i in range(found):
        if kept[i]:
            share = work[2, i] / weight
            spreads += (share * work[1, i]) ** 2
            residuals += (share * (work[0, i] - centre)) ** 2
    return centre, np.sqrt(max(spreads, residuals)), used


@loop
def _line_discount(pairs: FloatArray, found: int, kept: Flags, years: float) -> float:
    """Discount factor that the slope says, or NaN where the kept pairs do not determine it."""
    weight, mean, count = 0.0, 0.0, 0
    for i in range(found):
        if kept[i]:
            one = 1.0 / pairs[2, i] ** 2
            weight += one
            mean += one * pairs[0, i]
            count += 1
    if count < _LEAST_PAIRS_OF_A_LINE:
        return np.nan
    mean /= weight
    spread, covariance = 0.0, 0.0
    for i in range(found):
        if kept[i]:
            one = (pairs[0, i] - mean) / pairs[2, i] ** 2
            spread += one * (pairs[0, i] - mean)
            covariance += one * pairs[1, i]
    if not spread > 0.0:
        return np.nan
    discount = -covariance / spread
    determined = 1.0 / np.sqrt(spread) <= _MOST_RATE_ERROR * years and abs(discount - 1.0) <= _MOST_RATE * years
    return discount if determined else np.nan


@kernel
def _estimate(  # noqa: PLR0913, PLR0917 - columns
    right: Rights,
    strike: FloatArray,
    bid: FloatArray,
    ask: FloatArray,
    first_row: Rows,
    years: FloatArray,
    given: FloatArray,
    european: Flags,
    results: FloatArray,
    source: Rights,
) -> None:
    longest = 1
    for i in range(len(years)):
        longest = max(longest, first_row[i + 1] - first_row[i])
    pairs, work, kept = np.empty((3, longest)), np.empty((4, longest)), np.empty(longest, np.bool_)
    for i in range(len(years)):
        found = _pairs(right, strike, bid, ask, first_row[i], first_row[i + 1], pairs)
        if found and not european[i]:
            found = _near_the_money(pairs, found)
        if found < _LEAST_PAIRS or not years[i] > 0.0:
            continue
        discount, said = given[i], ForwardSource.GIVEN_DISCOUNT
        forward, error, used = _robust_forward(pairs, found, discount, kept, work)
        if european[i] and used >= _LEAST_PAIRS_OF_A_LINE:
            # All pairs that lie on the line count, also those that the given discount factor had moved off it.
            line = _line_discount(pairs, found, kept, years[i])
            if not np.isnan(line):
                forward, error, used = _robust_forward(pairs, found, line, kept, work)
                again = _line_discount(pairs, found, kept, years[i])
                discount, said = line if np.isnan(again) else again, ForwardSource.LINE
                forward, error, used = _robust_forward(pairs, found, discount, kept, work)
        if used < _LEAST_PAIRS:
            continue
        results[_FORWARD, i], results[_DISCOUNT, i] = forward, discount
        results[_ERROR, i], results[_PAIRS, i] = error, used
        source[i] = said
