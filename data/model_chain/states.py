"""The moments that are quoted: one per session, at its close, or one every half hour."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from data.embedded_market import EmbeddedMarket
from data.errors import NotCovered
from data.model_chain.markets import ModelUnderlying
from data.model_chain.randomness import normals
from data.model_chain.smile import SESSIONS_PER_YEAR
from data.planning import EOD
from engine.instants import NANOS_PER_SECOND, Instant
from engine.model import Session, SessionTable
from engine.naming import unknown_name
from engine.pricing.elementwise import exp, log

HALF_HOUR: Final = "half_hour"
RESOLUTIONS: Final = (EOD, HALF_HOUR)

_HALF_HOUR: Final = 1_800 * NANOS_PER_SECOND
_VOLATILITY_OF_VOLATILITY: Final = 0.9
"""Of the VIX, per year: its usual daily change is some 6 %."""

Path = NDArray[np.float64]


class MarketState(NamedTuple):
    """What decides all quotes of an underlying at one instant.

    Attributes:
        position: of the session in the embedded market.
        volatility: what stands for the VIX, a decimal.
        lowest: lowest price by which strikes of this session are listed, with `highest`.
        rate: per year, continuously compounded.
    """

    at: Instant
    day: date
    position: int
    price: float
    volatility: float
    lowest: float
    highest: float
    rate: float


class SessionClock:
    """Counts sessions, with fractions, between instants."""

    def __init__(self, sessions: SessionTable) -> None:
        self._instants = np.array([side for one in sessions.sessions for side in (one.opens_at, one.closes_at)])
        self._elapsed = (np.arange(len(self._instants)) + 1) // 2

    def elapsed(self, at: NDArray[np.int64]) -> NDArray[np.float64]:
        """Sessions since the clock began."""
        return np.asarray(np.interp(at, self._instants, self._elapsed))


class Quoting(NamedTuple):
    """What is quoted when: an underlying of a market, at a resolution, with a seed."""

    market: EmbeddedMarket
    underlying: ModelUnderlying
    resolution: str
    seed: int


def states(quoting: Quoting, sessions: tuple[Session, ...]) -> Iterator[MarketState]:
    """States of sessions of the embedded market, in time order.

    Raises:
        NotCovered: for a resolution that it has not.
    """
    if quoting.resolution not in RESOLUTIONS:
        raise NotCovered(unknown_name("resolution of the model market", quoting.resolution, RESOLUTIONS))
    for session in sessions:
        position = quoting.market.position(session.on)
        yield from (
            _daily(quoting, session, position) if quoting.resolution == EOD else _intraday(quoting, session, position)
        )


def _daily(quoting: Quoting, session: Session, position: int) -> Iterator[MarketState]:
    underlying = quoting.underlying
    opened, closed = float(underlying.open[position]), float(underlying.close[position])
    yield MarketState(
        at=session.closes_at,
        day=session.on,
        position=position,
        price=closed,
        volatility=float(underlying.volatility[position]),
        lowest=min(opened, closed),
        highest=max(opened, closed),
        rate=float(quoting.market.rate[position]),
    )


def _intraday(quoting: Quoting, session: Session, position: int) -> Iterator[MarketState]:
    underlying, key = quoting.underlying, (quoting.underlying.symbol, session.on)
    count = (session.closes_at - session.opens_at) // _HALF_HOUR
    opened, before = float(underlying.open[position]), max(position - 1, 0)
    volatility, previous = float(underlying.volatility[position]), float(underlying.volatility[before])
    a_day = 1.0 / np.sqrt(SESSIONS_PER_YEAR)
    prices = _bridge(opened, float(underlying.close[position]), volatility * a_day, normals(count, quoting.seed, *key))
    levels = _bridge(
        previous, volatility, _VOLATILITY_OF_VOLATILITY * a_day, normals(count, quoting.seed, *key, "volatility")
    )
    prices = np.round(np.minimum(np.maximum(prices, underlying.low[position]), underlying.high[position]), 2)
    for step in range(count):
        yield MarketState(
            at=session.opens_at + (step + 1) * _HALF_HOUR,
            day=session.on,
            position=position,
            price=float(prices[step]),
            volatility=float(levels[step]),
            lowest=opened,
            highest=opened,
            rate=float(quoting.market.rate[position]),
        )


def _bridge(start: float, end: float, deviation: float, noise: Path) -> Path:
    """A path in logarithms from start to end, without the start: a Brownian bridge of that deviation."""
    count = len(noise)
    walk = np.cumsum(noise) * deviation / np.sqrt(count)
    passed = np.arange(1, count + 1) / count
    return np.asarray(start * exp(log(end / start) * passed + walk - passed * walk[-1]))
