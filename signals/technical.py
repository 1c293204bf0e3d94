"""Signals from the price of the underlying; the arithmetic is TA-Lib's."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, ClassVar

import talib
from annotated_types import Interval

from engine.instants import Instant
from engine.model import Bar, ChainSnapshot, SessionTable
from engine.shapes import FORBID_UNKNOWN
from signals.base import MarketSignal
from signals.observations import SessionObservations


@dataclass(frozen=True, slots=True, kw_only=True)
class MovingAverageTrendParameters:
    """Lengths of the two averages, in exchange sessions.

    Raises:
        ValueError: when the fast average is not shorter than the slow one.
    """

    __pydantic_config__: ClassVar = FORBID_UNKNOWN

    fast_sessions: Annotated[int, Interval(ge=2, le=2_520)] = 20
    slow_sessions: Annotated[int, Interval(ge=3, le=2_520)] = 50

    def __post_init__(self) -> None:
        if self.fast_sessions >= self.slow_sessions:
            raise ValueError(f"fast_sessions {self.fast_sessions} must be less than slow_sessions {self.slow_sessions}")


class MovingAverageTrend(MarketSignal):
    """Fast simple moving average over slow one, minus 1; as a fraction, above 0 in an upward trend.

    One price per exchange session: its last, raw, or in the unit of the present where the run adjusts. The present
    session counts with its latest price so far (of a bar's close or of a chain's underlying), so the value moves within
    the day and never knows the close before the close.
    Undefined until `slow_sessions` sessions have been seen.
    """

    kind: ClassVar[str] = "moving_average_trend"
    Parameters: ClassVar[type] = MovingAverageTrendParameters

    def __init__(
        self, name: str, underlying: str, parameters: MovingAverageTrendParameters, sessions: SessionTable
    ) -> None:
        super().__init__(name, underlying, parameters, sessions)
        self._prices = SessionObservations(parameters.slow_sessions, sessions)

    def on_bar(self, at: Instant, bar: Bar) -> float | None:
        return self._value(at, bar.close)

    def on_snapshot(self, snapshot: ChainSnapshot) -> float | None:
        return self._value(snapshot.at, snapshot.underlying_price)

    def on_adjustment(self, factor: float) -> None:
        self._prices.scale(factor)

    def _value(self, at: Instant, price: float) -> float | None:
        self._prices.record(at, price)
        if not self._prices.complete:
            return None
        prices = self._prices.values
        fast = talib.SMA(prices[-self.parameters.fast_sessions :], self.parameters.fast_sessions)[-1]
        slow = talib.SMA(prices, self.parameters.slow_sessions)[-1]
        return float(fast / slow - 1.0)
