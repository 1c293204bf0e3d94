"""How far the market expects the underlying to move until an expiration."""

from __future__ import annotations

from math import sqrt
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from engine.instants import years_between
from engine.model import BLOCKS_BUY, BLOCKS_SELL, ChainSnapshot, Right

_ONE_SIDED = np.uint16(BLOCKS_BUY | BLOCKS_SELL)


def expected_move(snapshot: ChainSnapshot, series: int, measured_by: Literal["straddle", "volatility"]) -> float | None:
    """Points that the underlying is expected to move, up or down, until a series settles.

    At the money is the strike nearest to the underlying's price (the lower one of two) among those whose call and put
    both have a bid and an ask that can be trusted.

    * `straddle`: middle of the call plus middle of the put, the mean absolute move that is priced in;
    * `volatility`: price x mean of the two implied volatilities x root of the years to settlement (calendar days
      / 365), one standard deviation, about 1.25 times the straddle.

    Args:
        series: position of the series in `snapshot.contracts.series`.

    Returns:
        None where no strike has such quotes, or these have no volatility, or nothing is left to move.
    """
    rows = _straddle_rows(snapshot, series)
    if rows is None:
        return None
    if measured_by == "straddle":
        move = sum(float(snapshot.bid[row] + snapshot.ask[row]) / 2 for row in rows)
    else:
        years = years_between(snapshot.at, snapshot.contracts.series[series].settles_at)
        volatility = sum(float(snapshot.implied_volatility[row]) for row in rows) / 2
        move = snapshot.underlying_price * volatility * sqrt(max(years, 0.0))
    return move if move > 0 else None  # also where it is NaN


def _straddle_rows(snapshot: ChainSnapshot, series: int) -> tuple[int, int] | None:
    calls, puts = (_two_sided(snapshot, series, right) for right in (Right.CALL, Right.PUT))
    strikes = snapshot.strike
    both, of_calls, of_puts = np.intersect1d(strikes[calls], strikes[puts], assume_unique=True, return_indices=True)
    if not len(both):
        return None
    nearest = int(np.abs(both - snapshot.underlying_price).argmin())
    return int(calls[of_calls[nearest]]), int(puts[of_puts[nearest]])


def _two_sided(snapshot: ChainSnapshot, series: int, right: Right) -> NDArray[np.intp]:
    rows = snapshot.rows_of_series(series, right)
    free = (snapshot.flags[rows] & _ONE_SIDED) == 0
    two_sided: NDArray[np.intp] = np.arange(rows.start, rows.stop)[free]
    return two_sided
