"""Quotes at a moment, or of an expiration, at which there can be none."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

from data.calendar import option_series, session_table
from data.chain_rows import ChainRows
from data.contract_facts import contract_facts
from data.contract_list import SeriesKey
from data.markets import US, Market
from engine.instants import NANOS_PER_SECOND
from engine.model import QuoteFlag

_OVERTIME: Final = 15 * 60 * NANOS_PER_SECOND
"""Options on indices and some funds trade a quarter of an hour longer than shares."""
_SATURDAY, _SUNDAY = 5, 6
_LAST_SATURDAY: Final = date(2015, 1, 31)
"""Symbols of standard monthlies carried the Saturday until then (RULES 1.3)."""


def date_flags(chain: ChainRows) -> NDArray[np.uint16]:
    """EXPIRED, OFF_HOURS and UNLISTED_DATE, one entry per quote."""
    series = chain.contracts.series
    of_series = np.zeros(len(series), np.uint16)
    for position, key in enumerate(series):
        # A series that expires on a later day trades still, on whatever morning it settles.
        if key.expires_on <= chain.day and chain.at > _last_trade(chain.underlying, key, chain.market):
            of_series[position] |= QuoteFlag.EXPIRED
        if not can_expire_on(key.symbol_date, chain.market):
            of_series[position] |= QuoteFlag.UNLISTED_DATE
    flags = of_series[chain.contracts.series_index]
    return flags | np.uint16(QuoteFlag.OFF_HOURS) if is_off_hours(chain) else flags


def is_off_hours(chain: ChainRows) -> bool:
    """Whether a chain is stamped outside of its session: most often its clock was read in a wrong time zone."""
    session = session_table(chain.day, chain.day, chain.market).on(chain.day)
    return session is None or not session.opens_at <= chain.at <= session.closes_at + _OVERTIME


def can_expire_on(symbol_date: date, market: Market) -> bool:
    """Whether symbols carry that date at all: in America no Sunday, and no Saturday since February 2015."""
    if market is not US:
        return True
    weekday = symbol_date.weekday()
    return weekday != _SUNDAY and (weekday != _SATURDAY or symbol_date <= _LAST_SATURDAY)


def is_adjusted(chain: ChainRows) -> NDArray[np.bool_]:
    """Quotes of roots that mark a deliverable of their own (`SPY1`), which the symbol does not tell."""
    adjusted = [contract_facts(key.root, chain.underlying, chain.market).adjusted for key in chain.contracts.series]
    return np.array(adjusted, np.bool_)[chain.contracts.series_index]


@lru_cache(maxsize=4096)
def _last_trade(underlying: str, key: SeriesKey, market: Market) -> int:
    sessions = session_table(key.expires_on, key.symbol_date, market)
    return option_series(underlying, key.root, key.symbol_date, sessions, market).last_trades_at
