"""The price of an underlying that its vendor does not name, from the chain itself.

Calls and puts of one expiration imply a forward (`engine.pricing.forwards`). The nearest two that do are drawn back to
the moment of the quotes along a constant carry; with one alone, its forward stands for the price.
"""

from __future__ import annotations

from datetime import date
from math import exp, isnan, log, nan
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from data.contract_list import ContractList
from engine.pricing.forwards import ParityQuotes, parity_forward

_LEAST_PAIRS: Final = 3
_MOST_ERROR: Final = 0.005
"""Largest standard error, relative to the forward, of an expiration that is believed."""
_NEAR_THE_MONEY: Final = 0.1
"""Strikes are used within this distance of the one where call and put cost the same: the rate, which is unknown here,
discounts the distance from it, and American puts deep in the money know no parity."""
_LEAST_GAP_YEARS: Final = 5 / 365
"""Two forwards nearer to each other tell the carry too badly."""
_FARTHEST_YEARS: Final = 0.5


class _Forward(NamedTuple):
    years: float
    forward: float


def parity_price(contracts: ContractList, bid: NDArray[np.float64], ask: NDArray[np.float64], day: date) -> float:
    """Estimate the underlying's price from one chain, rounded to the cent; NaN where no expiration tells it.

    Args:
        contracts: the quoted contracts; row i of `bid` and `ask` (per share, NaN where absent) is contract i.
        day: exchange date of the quotes.
    """
    found: list[_Forward] = []
    for position, series in enumerate(contracts.series):
        years = (series.expires_on - day).days / 365
        if not 0 < years <= _FARTHEST_YEARS or (found and years - found[0].years < _LEAST_GAP_YEARS):
            continue
        forward = _forward(contracts, bid, ask, position, years)
        if not isnan(forward):
            found.append(_Forward(years, forward))
        if len(found) == 2:
            break
    return round(_at_once(found), 2) if found else nan


def _at_once(found: list[_Forward]) -> float:
    """Forward of no time at all."""
    if len(found) == 1:
        return found[0].forward
    near, far = found
    carry = log(far.forward / near.forward) / (far.years - near.years)
    return near.forward * exp(-carry * near.years)


def _forward(
    contracts: ContractList, bid: NDArray[np.float64], ask: NDArray[np.float64], series: int, years: float
) -> float:
    rows = np.flatnonzero(contracts.series_index == series)
    right, strike = contracts.right[rows], contracts.strike[rows]
    calls, puts = rows[right > 0], rows[right < 0]
    shared, of_calls, of_puts = np.intersect1d(strike[right > 0], strike[right < 0], return_indices=True)
    calls, puts = calls[of_calls], puts[of_puts]
    gap = np.abs(bid[calls] + ask[calls] - bid[puts] - ask[puts])
    quoted = np.isfinite(gap) & (bid[calls] > 0) & (bid[puts] > 0)
    if not quoted.any():
        return nan
    at_money = shared[quoted][np.argmin(gap[quoted])]
    near = quoted & (np.abs(shared - at_money) <= _NEAR_THE_MONEY * at_money)
    calls, puts = calls[near], puts[near]
    quotes = ParityQuotes(shared[near], bid[calls], ask[calls], bid[puts], ask[puts])
    estimate = parity_forward(quotes, years=years, rate=0.0, fallback=nan, least_pairs=_LEAST_PAIRS)
    believed = estimate.source == "parity" and estimate.standard_error <= _MOST_ERROR * estimate.forward
    return estimate.forward if believed else nan
