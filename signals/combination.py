"""Signals of other signals: sums, changes that last, and crossings; `conditions.py` has those that are on or off."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from math import fsum
from typing import Annotated, ClassVar, Final

from annotated_types import Interval, MinLen

from engine.instants import NANOS_PER_SECOND, Instant
from engine.model import SessionTable
from engine.shapes import FORBID_UNKNOWN, Name
from signals.base import UNDEFINED, CombinedSignal

_NANOS_PER_MINUTE: Final = 60 * NANOS_PER_SECOND

# --- sums -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class WeightedSumParameters:
    """Signals by name, each with the number that it is multiplied by.

    Attributes:
        constant: added to the sum.
    """

    __pydantic_config__: ClassVar = FORBID_UNKNOWN

    weights: Annotated[Mapping[Name, float], MinLen(1)]
    constant: float = 0.0

    @property
    def signals_read(self) -> tuple[str, ...]:
        return tuple(self.weights)


class WeightedSum(CombinedSignal):
    """The sum of signals times their weights; undefined while one of them is."""

    kind: ClassVar[str] = "weighted_sum"
    Parameters: ClassVar[type] = WeightedSumParameters

    def on_signals(self, at: Instant, values: Mapping[str, float]) -> float:
        weights = self.parameters.weights
        if any(name not in values for name in weights):
            return UNDEFINED
        return fsum((self.parameters.constant, *(weight * values[name] for name, weight in weights.items())))


# --- changes that last ------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class DebounceParameters:
    """A signal, and how long a new value of it must stand.

    Attributes:
        sessions: in so many exchange sessions without interruption, the one in which it appeared included.
        minutes: for so long without interruption; instead of `sessions`.

    Raises:
        ValueError: when not one of `sessions` and `minutes` is given.
    """

    __pydantic_config__: ClassVar = FORBID_UNKNOWN

    signal: Name
    sessions: Annotated[int, Interval(ge=2, le=252)] | None = None
    minutes: Annotated[float, Interval(gt=0, le=1_440)] | None = None

    def __post_init__(self) -> None:
        if (self.sessions is None) == (self.minutes is None):
            raise ValueError(f"the debounce of signal {self.signal!r} needs either `sessions` or `minutes`")

    @property
    def signals_read(self) -> tuple[str, ...]:
        return (self.signal,)


class Debounce(CombinedSignal):
    """A signal that takes over a new value only when it has stood long enough; meant for signals of few values.

    Undefined until a first value has stood so long. Where the signal has no value, what was taken over stands, and the
    count begins anew.
    """

    kind: ClassVar[str] = "debounce"
    Parameters: ClassVar[type] = DebounceParameters

    def __init__(self, name: str, underlying: None, parameters: DebounceParameters, sessions: SessionTable) -> None:
        super().__init__(name, underlying, parameters, sessions)
        self._candidate: float | None = None
        self._since: Instant = 0
        self._days: list[date] = []
        self._taken: float | None = None
        self._minutes: float | None = parameters.minutes
        self._sessions_needed = parameters.sessions or 0

    def on_signals(self, at: Instant, values: Mapping[str, float]) -> float | None:
        value = values.get(self.parameters.signal)
        if value != self._candidate:
            self._candidate, self._since, self._days = value, at, []
        if value is not None and self._stood(at):
            self._taken = value
        return self._taken

    def _stood(self, at: Instant) -> bool:
        if self._minutes is not None:
            return at - self._since >= self._minutes * _NANOS_PER_MINUTE
        today = self.sessions.date_of(at)
        if not self._days or self._days[-1] != today:
            self._days.append(today)
        return len(self._days) >= self._sessions_needed


# --- crossings --------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class CrossParameters:
    """What crosses what.

    Attributes:
        signal: the one that crosses.
        over: the signal that is crossed.
        level: the number that is crossed; instead of `over`.

    Raises:
        ValueError: when not one of `over` and `level` is given.
    """

    __pydantic_config__: ClassVar = FORBID_UNKNOWN

    signal: Name
    over: Name | None = None
    level: float | None = None

    def __post_init__(self) -> None:
        if (self.over is None) == (self.level is None):
            raise ValueError(f"the crossing of signal {self.signal!r} needs either `over` or `level`")

    @property
    def signals_read(self) -> tuple[str, ...]:
        return (self.signal,) if self.over is None else (self.signal, self.over)


class Cross(CombinedSignal):
    """1 in a session in which a signal has crossed upward, -1 in one in which it has crossed downward, else 0.

    It has crossed when it lies on the other side than at the last event of the sessions before; equal is on neither
    side, and what touches and turns back has not crossed. Undefined until both have had a value in a session before.
    """

    kind: ClassVar[str] = "cross"
    Parameters: ClassVar[type] = CrossParameters

    def __init__(self, name: str, underlying: None, parameters: CrossParameters, sessions: SessionTable) -> None:
        super().__init__(name, underlying, parameters, sessions)
        self._day: date | None = None
        self._before = self._side = 0

    def on_signals(self, at: Instant, values: Mapping[str, float]) -> float:
        one = values.get(self.parameters.signal)
        other = self.parameters.level if self.parameters.over is None else values.get(self.parameters.over)
        if one is None or other is None:
            return UNDEFINED
        today = self.sessions.date_of(at)
        if today != self._day:
            self._day, self._before = today, self._side
        # On neither side: the side before is the one that counts.
        self._side = (one > other) - (one < other) or self._before
        if self._before == 0:
            return UNDEFINED
        return float((self._side - self._before) // 2)
