"""Where implied volatility stands among its last sessions: rank and percentile."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import Annotated, ClassVar, Final, Literal

import numpy as np
from annotated_types import Interval
from numpy.typing import NDArray

from engine.implied import at_the_money_iv, constant_maturity_iv
from engine.instants import Instant
from engine.model import Bar, ChainSnapshot, SessionTable
from engine.shapes import FORBID_UNKNOWN
from signals.base import MarketSignal
from signals.observations import SessionObservations
from signals.volatility import AtMaturity, measure_of

_SAME: Final = 1e-12
"""Volatilities that differ by less are equal: interpolation rounds."""

_PERCENT: Final = 100.0


@dataclass(frozen=True, slots=True, kw_only=True)
class IvRankParameters(AtMaturity):
    """How far to look back, and what at.

    Attributes:
        lookback_sessions: exchange sessions.
        of: `atm_iv`, the chain's at-the-money volatility at the maturity; or `price`, the price of the underlying
            itself, where that is an index of volatility such as VIX.
        scale: of the value: `fraction`, 0 to 1, or `percent`, 0 to 100.
    """

    __pydantic_config__: ClassVar = FORBID_UNKNOWN

    lookback_sessions: Annotated[int, Interval(ge=2, le=2_520)] = 252
    of: Literal["atm_iv", "price"] = "atm_iv"
    scale: Literal["fraction", "percent"] = "fraction"


class _Standing(MarketSignal, ABC):
    """One observation per exchange session, its last; the present session counts with its latest so far.

    A chain that implies no volatility at the maturity is no observation.
    """

    def __init__(self, name: str, underlying: str, parameters: IvRankParameters, sessions: SessionTable) -> None:
        super().__init__(name, underlying, parameters, sessions)
        self._years = measure_of(parameters.time, sessions)
        self._of_prices = parameters.of == "price"
        self._unit = _PERCENT if parameters.scale == "percent" else 1.0
        self._observed = SessionObservations(self._sessions_needed(parameters.lookback_sessions), sessions)

    def on_bar(self, at: Instant, bar: Bar) -> float | None:
        return self._after(at, bar.close) if self._of_prices else None

    def on_snapshot(self, snapshot: ChainSnapshot) -> float | None:
        if self._of_prices:
            return self._after(snapshot.at, snapshot.underlying_price)
        return self._after(
            snapshot.at,
            constant_maturity_iv(snapshot, self.parameters.maturity_days, at_the_money_iv, self._years),
        )

    def on_adjustment(self, factor: float) -> None:
        if self._of_prices:
            self._observed.scale(factor)

    def _after(self, at: Instant, observation: float | None) -> float | None:
        if observation is None:
            return None
        self._observed.record(at, observation)
        if not self._observed.complete:
            return None
        standing = self._standing(self._observed.values)
        return None if standing is None else self._unit * standing

    def _sessions_needed(self, lookback: int) -> int:
        return lookback

    @abstractmethod
    def _standing(self, observed: NDArray[np.float64]) -> float | None:
        """The present among what was observed; None where that says nothing."""


class IvRank(_Standing):
    """Where the volatility stands between its low (0) and its high (1) of the last sessions.

    The present session belongs to the range. Undefined until `lookback_sessions` sessions have an observation, and
    while low and high are equal.
    """

    kind: ClassVar[str] = "iv_rank"
    Parameters: ClassVar[type] = IvRankParameters

    def _standing(self, observed: NDArray[np.float64]) -> float | None:
        low, high = float(observed.min()), float(observed.max())
        return (float(observed[-1]) - low) / (high - low) if high - low > _SAME else None


class IvPercentile(_Standing):
    """The share of the `lookback_sessions` sessions before the present one whose volatility was lower.

    Undefined until so many sessions and one more have an observation.
    """

    kind: ClassVar[str] = "iv_percentile"
    Parameters: ClassVar[type] = IvRankParameters

    def _sessions_needed(self, lookback: int) -> int:
        return lookback + 1

    def _standing(self, observed: NDArray[np.float64]) -> float | None:
        return int(np.count_nonzero(observed[:-1] < observed[-1])) / (len(observed) - 1)
