"""Every function of TA-Lib as a signal over session bars."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from math import isfinite
from typing import ClassVar

from engine.instants import Instant
from engine.model import Bar, ChainSnapshot, SessionTable
from engine.shapes import FORBID_UNKNOWN, Name
from signals.base import UNDEFINED, MarketSignal
from signals.session_bars import SessionBars
from signals.talib_functions import ChosenFunction, FunctionStream, InputColumns, Option, chosen_function


@dataclass(frozen=True, slots=True, kw_only=True)
class IndicatorParameters:
    """A function of TA-Lib; its periods count exchange sessions.

    Attributes:
        function: name, e.g. `RSI` or `BBANDS`.
        options: its parameters by TA-Lib's names, e.g. `{timeperiod: 14}`; those left out have TA-Lib's defaults.
        inputs: columns of the session's bar (open, high, low, close, volume) by TA-Lib's name of the input, e.g.
            `{price: high}`; those left out are TA-Lib's own.
        output: which one, of functions that have several, e.g. `upperband`.

    Raises:
        ValueError: when TA-Lib has no such function, parameter, input or output, or does not accept a value.
    """

    __pydantic_config__: ClassVar = FORBID_UNKNOWN

    function: Name
    options: Mapping[str, Option] = field(default_factory=dict)
    inputs: Mapping[str, InputColumns] = field(default_factory=dict)
    output: Name | None = None

    def __post_init__(self) -> None:
        self.chosen()

    def chosen(self) -> ChosenFunction:
        """The function with everything chosen."""
        return chosen_function(self.function, self.inputs, self.output, self.options)


class Indicator(MarketSignal):
    """The value of a TA-Lib function on the session bars so far.

    The present session counts with its latest price, so the value moves within the day and never knows the close
    before the close. The whole history that the run has seen counts, warm-up included: functions that remember
    everything (EMA, RSI, ATR, OBV, ...) begin with the first session of the warm-up, as TA-Lib does on the same bars.
    Finished sessions go into TA-Lib's own stream once, and an event only asks it for the value that the present bar
    would give, so that a long history costs nothing. Undefined until TA-Lib's look-back is over, and where its value
    is no finite number.
    """

    kind: ClassVar[str] = "indicator"
    Parameters: ClassVar[type] = IndicatorParameters

    def __init__(self, name: str, underlying: str, parameters: IndicatorParameters, sessions: SessionTable) -> None:
        super().__init__(name, underlying, parameters, sessions)
        self._function = parameters.chosen()
        self._bars = SessionBars(sessions)
        self._stream: FunctionStream | None = None
        self._streamed = 0

    def on_bar(self, at: Instant, bar: Bar) -> float | None:
        return self._value() if self._bars.on_bar(at, bar) else None

    def on_snapshot(self, snapshot: ChainSnapshot) -> float | None:
        return self._value() if self._bars.on_price(snapshot.at, snapshot.underlying_price) else None

    def on_adjustment(self, factor: float) -> None:
        self._bars.scale(factor)
        self._stream = None

    def _value(self) -> float | None:
        if len(self._bars) <= self._function.lookback:
            return None
        self._take_over_finished()
        if self._stream is None:
            value = self._function.last_value(self._bars.last(len(self._bars)))
        else:
            value = self._stream.value_with(self._bars.last(1)[:, 0])
        return value if isfinite(value) else UNDEFINED

    def _take_over_finished(self) -> None:
        finished = len(self._bars) - 1
        if self._stream is None and finished > self._function.lookback:
            self._stream = self._function.stream(self._bars.last(finished + 1)[:, :finished])
            self._streamed = finished
        while self._stream is not None and self._streamed < finished:
            self._stream.take(self._bars.last(len(self._bars) - self._streamed)[:, 0])
            self._streamed += 1
