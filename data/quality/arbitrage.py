"""Quotes that together cost less than they must bring, at their asks and bids: what a trader could really take.

Middles that cross are no arbitrage. Chains are not always of one moment, so a violation says that some quotes do not go
together, not which of them is wrong: all that take part are marked.
"""

from __future__ import annotations

from typing import Final

import numpy as np

from data.chain_rows import ChainRows
from data.contract_facts import contract_facts
from data.quality.ladder import Ladder, Mask, Rows
from engine.model import ExerciseStyle

_MOST_CARRY_PER_YEAR: Final = 0.10
"""European options of a later expiration may cost less by what rates and dividends explain, up to this."""
_LEAST_USD: Final = 1e-6
"""Sums of decimals are not exact."""


def arbitrages(chain: ChainRows, ladder: Ladder) -> Rows:
    """Rows of the chain that take part in a violation.

    Verticals, butterflies and boxes are looked for between neighbouring strikes, calendars between neighbouring
    expirations.

    Args:
        ladder: quotes with bid and ask that nothing else is wrong with.
    """
    european = _is_european(chain)[ladder.series]
    found = [
        ladder.rows[_verticals(ladder) | _butterflies(ladder)],
        _boxes(ladder.take(european)),
        _calendars(chain, ladder, european),
    ]
    return np.concatenate(found)


def _verticals(ladder: Ladder) -> Mask:
    """A spread that can be bought for less than nothing, or sold for more than the distance of its strikes."""
    low, high = slice(None, -1), slice(1, None)
    width = ladder.strike[high] - ladder.strike[low]
    # What the higher strike can be sold for above the price of the lower one, and the other way round.
    falls = ladder.bid[high] - ladder.ask[low]
    rises = ladder.bid[low] - ladder.ask[high]
    call = ladder.is_call[low]
    # A call loses up to the distance from strike to strike, a put gains it.
    most_up, most_down = np.where(call, 0.0, width), np.where(call, width, 0.0)
    violated = (falls > most_up + _LEAST_USD) | (rises > most_down + _LEAST_USD)
    violated &= ladder.side[low] == ladder.side[high]
    return _spread_out(violated, len(ladder), 2)


def _butterflies(ladder: Ladder) -> Mask:
    """A middle strike that can be sold for more than the two around it cost, in the proportion of the distances."""
    if len(ladder) < 3:
        return np.zeros(len(ladder), np.bool_)
    low, middle, high = slice(None, -2), slice(1, -1), slice(2, None)
    span = ladder.strike[high] - ladder.strike[low]
    share = (ladder.strike[high] - ladder.strike[middle]) / np.where(span > 0, span, 1.0)
    cost = share * ladder.ask[low] + (1 - share) * ladder.ask[high]
    violated = (ladder.bid[middle] - cost > _LEAST_USD) & (ladder.side[low] == ladder.side[high])
    return _spread_out(violated, len(ladder), 3)


def _boxes(ladder: Ladder) -> Rows:
    """Parity at two strikes: calls and puts that make a certain payment cost less than nothing, or more than it is.

    Args:
        ladder: of European options; early exercise lets American boxes cost more.
    """
    puts, calls = np.flatnonzero(~ladder.is_call), np.flatnonzero(ladder.is_call)
    if not len(puts) or not len(calls):
        return ladder.rows[:0]
    pair = ladder.pair
    place = np.minimum(np.searchsorted(pair[puts], pair[calls]), len(puts) - 1)
    both = pair[puts][place] == pair[calls]
    put, call = puts[place[both]], calls[both]
    bought, sold = ladder.ask[call] - ladder.bid[put], ladder.bid[call] - ladder.ask[put]
    width = np.diff(ladder.strike[call])
    violated = (sold[:-1] - bought[1:] > width + _LEAST_USD) | (sold[1:] - bought[:-1] > _LEAST_USD)
    violated &= np.diff(ladder.side[call]) == 0
    legs = _spread_out(violated, len(call), 2)
    positions = np.concatenate([call[legs], put[legs]])
    return np.asarray(ladder.rows[positions], np.intp)


def _calendars(chain: ChainRows, ladder: Ladder, european: Mask) -> Rows:
    """A contract that can be sold for more than the same one of a later date costs."""
    expires = np.array([key.expires_on for key in chain.contracts.series], "datetime64[D]").astype(np.int64)
    # Contracts of one right and strike stand together, their expirations ascending.
    order = np.argsort(ladder.across_expirations, kind="stable")
    near, far = order[:-1], order[1:]
    dearer = ladder.bid[near] - ladder.ask[far] > _LEAST_USD
    near, far = near[dearer], far[dearer]
    years = (expires[ladder.series[far]] - expires[ladder.series[near]]) / 365
    same = (ladder.strike[near] == ladder.strike[far]) & (ladder.is_call[near] == ladder.is_call[far])
    notional = np.maximum(ladder.strike[near], np.nan_to_num(chain.underlying_price))
    carry = np.where(european[near], notional * _MOST_CARRY_PER_YEAR * years, 0.0)
    # AM and PM contracts of one date are hours apart, which dates do not say.
    violated = same & (years > 0) & (ladder.bid[near] - ladder.ask[far] > carry + _LEAST_USD)
    positions = np.concatenate([near[violated], far[violated]])
    return np.asarray(ladder.rows[positions], np.intp)


def _spread_out(violated: Mask, length: int, legs: int) -> Mask:
    """All legs of violations, each given at its first leg."""
    found = np.zeros(length, np.bool_)
    if violated.any():
        for leg in range(legs):
            found[leg : leg + len(violated)] |= violated
    return found


def _is_european(chain: ChainRows) -> Mask:
    styles = [contract_facts(key.root, chain.underlying, chain.market).style for key in chain.contracts.series]
    return np.array([style is ExerciseStyle.EUROPEAN for style in styles], np.bool_)
