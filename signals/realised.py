"""How much prices did move: estimators of volatility from session bars, and what implied volatility pays above it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from math import log, sqrt
from types import MappingProxyType
from typing import Annotated, ClassVar, Final, Literal, TypeAlias

import numpy as np
from annotated_types import Interval
from numpy.typing import NDArray

from engine.implied import at_the_money_iv, constant_maturity_iv
from engine.instants import Instant
from engine.model import Bar, ChainSnapshot, SessionTable
from engine.pricing import elementwise
from engine.shapes import FORBID_UNKNOWN
from signals.base import MarketSignal
from signals.session_bars import SessionBars
from signals.trading_time import SESSIONS_PER_YEAR

LogPrices: TypeAlias = NDArray[np.float64]
"""Shape (4, sessions): logarithms of open, high, low and close by row, oldest session first."""

Estimator: TypeAlias = Callable[[LogPrices], float]
"""Variance per session; those of `_NEED_THE_CLOSE_BEFORE` take the first session for its close only."""

_CLOSE: Final = 3
_PRICES: Final = 4

EstimatorName: TypeAlias = Literal[
    "close_to_close", "close_to_close_zero_mean", "parkinson", "garman_klass", "rogers_satchell", "yang_zhang"
]

# --- variance per session ---------------------------------------------------------------------------------------


def close_to_close(logs: LogPrices) -> float:
    """Sample variance (n - 1) of the log returns of the closes."""
    return _variance(logs[_CLOSE, 1:] - logs[_CLOSE, :-1])


def close_to_close_zero_mean(logs: LogPrices) -> float:
    """Mean squared log return of the closes: the mean return is taken as 0, as variance swaps do."""
    return _mean((logs[_CLOSE, 1:] - logs[_CLOSE, :-1]) ** 2)


def parkinson(logs: LogPrices) -> float:
    """From high and low (Parkinson 1980, J. Business 53, 61-65); knows no night."""
    _, high, low, _ = logs
    return _mean((high - low) ** 2) / (4.0 * log(2.0))


def garman_klass(logs: LogPrices) -> float:
    """From open, high, low and close (Garman and Klass 1980, J. Business 53, 67-78); knows no night and no drift."""
    opened, high, low, close = logs
    return _mean(0.5 * (high - low) ** 2 - (2.0 * log(2.0) - 1.0) * (close - opened) ** 2)


def rogers_satchell(logs: LogPrices) -> float:
    """From open, high, low and close, whatever the drift (Rogers and Satchell 1991, Ann. Appl. Prob. 1, 504-512)."""
    opened, high, low, close = logs
    return _mean((high - close) * (high - opened) + (low - close) * (low - opened))


def yang_zhang(logs: LogPrices) -> float:
    """Night, open to close and range, whatever the drift (Yang and Zhang 2000, J. Business 73, 477-491).

    The weight k is the paper's, with alpha 1.34.
    """
    opened, close = logs[0, 1:], logs[_CLOSE, 1:]
    count = len(opened)
    weight = 0.34 / (1.34 + (count + 1) / (count - 1))
    night, day = _variance(opened - logs[_CLOSE, :-1]), _variance(close - opened)
    return night + weight * day + (1.0 - weight) * rogers_satchell(logs[:, 1:])


def _mean(values: NDArray[np.float64]) -> float:
    return float(np.add.reduce(values)) / len(values)


def _variance(values: NDArray[np.float64]) -> float:
    deviations = values - _mean(values)
    return float(np.add.reduce(deviations**2)) / (len(values) - 1)


ESTIMATORS: Final[Mapping[EstimatorName, Estimator]] = MappingProxyType(
    {
        "close_to_close": close_to_close,
        "close_to_close_zero_mean": close_to_close_zero_mean,
        "parkinson": parkinson,
        "garman_klass": garman_klass,
        "rogers_satchell": rogers_satchell,
        "yang_zhang": yang_zhang,
    }
)
_NEED_THE_CLOSE_BEFORE: Final = frozenset({"close_to_close", "close_to_close_zero_mean", "yang_zhang"})

# --- signals ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class RealisedVolatilityParameters:
    """How it is estimated.

    Attributes:
        lookback_sessions: returns, or ranges, that are looked at.
        estimator: all but the close-to-close ones need bars that have a high and a low.
    """

    __pydantic_config__: ClassVar = FORBID_UNKNOWN

    lookback_sessions: Annotated[int, Interval(ge=2, le=2_520)] = 20
    estimator: EstimatorName = "close_to_close"


class RealisedVolatility(MarketSignal):
    """Volatility of the last sessions as a fraction per year of 252 sessions.

    The present session counts with its bar so far, whose range is smaller in the morning than it will be at the close.
    Undefined until the sessions have been seen (one more where the close before the first one counts), and where a
    price is not positive.
    """

    kind: ClassVar[str] = "realised_volatility"
    Parameters: ClassVar[type] = RealisedVolatilityParameters

    def __init__(
        self, name: str, underlying: str, parameters: RealisedVolatilityParameters, sessions: SessionTable
    ) -> None:
        super().__init__(name, underlying, parameters, sessions)
        self._estimator = RollingEstimator(parameters, sessions)

    def on_bar(self, at: Instant, bar: Bar) -> float | None:
        return _root(self._estimator.variance()) if self._estimator.bars.on_bar(at, bar) else None

    def on_snapshot(self, snapshot: ChainSnapshot) -> float | None:
        seen = self._estimator.bars.on_price(snapshot.at, snapshot.underlying_price)
        return _root(self._estimator.variance()) if seen else None

    def on_adjustment(self, factor: float) -> None:
        self._estimator.bars.scale(factor)


class RollingEstimator:
    """An estimator over the last sessions of the bars that it is given."""

    def __init__(self, parameters: RealisedVolatilityParameters, sessions: SessionTable) -> None:
        self.bars = SessionBars(sessions)
        self._estimate = ESTIMATORS[parameters.estimator]
        self._lookback = parameters.lookback_sessions
        self._before = int(parameters.estimator in _NEED_THE_CLOSE_BEFORE)

    def variance(self) -> float | None:
        """Variance per year; None until enough sessions were seen or where a price is not positive."""
        if len(self.bars) < self._lookback + self._before:
            return None
        prices = self.bars.last(self._lookback + self._before)[:_PRICES]
        return SESSIONS_PER_YEAR * self._estimate(elementwise.log(prices)) if prices.min() > 0.0 else None


def _root(variance: float | None) -> float | None:
    return None if variance is None else sqrt(max(variance, 0.0))


@dataclass(frozen=True, slots=True, kw_only=True)
class VarianceRiskPremiumParameters(RealisedVolatilityParameters):
    """What is compared.

    Attributes:
        maturity_days: of the implied volatility, in calendar days.
        measure: difference of variances, or of volatilities.
    """

    __pydantic_config__: ClassVar = FORBID_UNKNOWN

    maturity_days: Annotated[int, Interval(ge=1, le=365)] = 30
    measure: Literal["variance", "volatility"] = "variance"


class VarianceRiskPremium(MarketSignal):
    """Implied less realised variance per year, of the month to come and the sessions that were.

    Bollerslev, Tauchen and Zhou 2009 (Rev. Financ. Stud. 22, 4463-4492), with the at-the-money volatility in place of
    the model-free one. Above 0, options cost more than the underlying lately moved.
    """

    kind: ClassVar[str] = "variance_risk_premium"
    Parameters: ClassVar[type] = VarianceRiskPremiumParameters

    def __init__(
        self, name: str, underlying: str, parameters: VarianceRiskPremiumParameters, sessions: SessionTable
    ) -> None:
        super().__init__(name, underlying, parameters, sessions)
        self._estimator = RollingEstimator(parameters, sessions)

    def on_bar(self, at: Instant, bar: Bar) -> float | None:
        """The price counts; what is implied is known with the next chain."""
        self._estimator.bars.on_bar(at, bar)
        return None

    def on_snapshot(self, snapshot: ChainSnapshot) -> float | None:
        if not self._estimator.bars.on_price(snapshot.at, snapshot.underlying_price):
            return None
        implied = constant_maturity_iv(snapshot, self.parameters.maturity_days, at_the_money_iv)
        realised = self._estimator.variance()
        if implied is None or realised is None:
            return None
        if self.parameters.measure == "variance":
            return implied**2 - realised
        return implied - sqrt(max(realised, 0.0))

    def on_adjustment(self, factor: float) -> None:
        self._estimator.bars.scale(factor)
