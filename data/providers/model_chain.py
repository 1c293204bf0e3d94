"""Provider of model prices: chains that are computed from the embedded market instead of read from a file.

It reads no vendor's file and has no units to normalise: it makes canonical chains, a year at a time.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from functools import lru_cache
from typing import Final

import numpy as np

from data.calendar import session_table
from data.chain_rows import ChainRows, NormalizedFile
from data.datasets import SourceFile
from data.embedded_market import EmbeddedMarket, embedded_market
from data.model_chain.chains import make_chain
from data.model_chain.listing import ListedSeries, index_series, share_series
from data.model_chain.markets import INDEX, model_underlying
from data.model_chain.states import HALF_HOUR, MarketState, Quoting, SessionClock, states
from data.model_chain.strikes import listed_strikes
from data.quality import QuoteSideValidator
from engine.model import SessionTable

MODEL_PRICES: Final = "model prices"
"""Name of the format, by which everything made here is told from what was quoted."""
MODEL_VERSION: Final = 2
"""Part of the identity of every chain: raise it when the same inputs make other chains."""

_VALIDATOR: Final = QuoteSideValidator()
_INTRADAY_DAYS: Final = 9
"""The intraday mode quotes series that expire within so many days: with thirteen chains a session, no more."""


class ModelChainProvider:
    """Makes the chains of one seed."""

    def __init__(self, seed: int = 0) -> None:
        self._seed = seed
        self._market = embedded_market()

    @property
    def name(self) -> str:
        """Name of the format."""
        return MODEL_PRICES

    def identity(self, underlying: str, resolution: str, year: int) -> str:
        """SHA-256 of everything that decides the chains of a year, hexadecimal."""
        decides = (MODEL_VERSION, self._market.sha256, self._seed, underlying, resolution, year)
        return hashlib.sha256("|".join(map(str, decides)).encode()).hexdigest()

    def year(self, underlying: str, resolution: str, year: int) -> NormalizedFile:
        """All chains of a year.

        Raises:
            NotCovered: for an underlying, a resolution or a year that the model market has not.
        """
        chains = tuple(self.chains(underlying, resolution, date(year, 1, 1), date(year, 12, 31)))
        name = f"{underlying}-{resolution}-{year}-seed{self._seed}"
        rows = sum(map(len, chains))
        source = SourceFile(name, self.name, self.identity(underlying, resolution, year), rows)
        return NormalizedFile(source, resolution, chains, ())

    def chains(self, underlying: str, resolution: str, first: date, last: date) -> Iterator[ChainRows]:
        """Chains of the sessions from `first` to `last`, in time order; the same whatever range is asked for.

        Raises:
            NotCovered: as `year`.
        """
        market = self._market
        first, last = max(first, market.first), min(last, market.last)
        market.position(first)
        market.position(last)
        quoting = Quoting(market, model_underlying(underlying, market, self._seed), resolution, self._seed)
        sessions = session_table(market.first, market.last)
        clock = SessionClock(sessions)
        listed = _series(underlying, market, sessions)
        for state in states(quoting, sessions.between(first, last)):
            series = _quoted(listed, state, resolution)
            strikes = [_strikes(one, state, quoting) for one in series]
            chain = make_chain(state, series, strikes, quoting, clock)
            yield replace(chain, flags=_VALIDATOR.flags(chain))


@lru_cache(maxsize=8)
def _series(underlying: str, market: EmbeddedMarket, sessions: SessionTable) -> tuple[ListedSeries, ...]:
    if underlying == INDEX:
        return index_series(market.first, market.last, sessions)
    return share_series(underlying, market.first, market.last, sessions)


def _quoted(listed: Sequence[ListedSeries], state: MarketState, resolution: str) -> list[ListedSeries]:
    quoted = [one for one in listed if one.trades_at(state.day, state.at)]
    if resolution == HALF_HOUR:
        quoted = [one for one in quoted if (one.key.expires_on - state.day).days <= _INTRADAY_DAYS]
    return quoted


def _strikes(one: ListedSeries, state: MarketState, quoting: Quoting) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    """Strikes listed for the prices since the series was, those of this session included."""
    market, underlying = quoting.market, quoting.underlying
    since = 0 if one.listed_from <= market.first else market.position(one.listed_from) + 1
    earlier = slice(min(since, state.position), state.position)
    lowest = min((state.lowest, *np.minimum(underlying.open[earlier], underlying.close[earlier])))
    highest = max((state.highest, *np.maximum(underlying.open[earlier], underlying.close[earlier])))
    return listed_strikes(one.ladder_on(state.day), float(lowest), float(highest))
