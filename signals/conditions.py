"""Signals of other signals that are on (1) or off (0): conditions joined, and thresholds."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Annotated, ClassVar, Final

from annotated_types import MinLen

from engine.instants import Instant
from engine.model import SessionTable
from engine.shapes import FORBID_UNKNOWN, Name
from engine.strategies.spec import SignalCondition
from signals.base import UNDEFINED, CombinedSignal

ON: Final = 1.0
OFF: Final = 0.0

# --- conditions joined ------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class ConditionsParameters:
    """Conditions on signals, as in the entry of a strategy."""

    __pydantic_config__: ClassVar = FORBID_UNKNOWN

    conditions: Annotated[tuple[SignalCondition, ...], MinLen(1)]

    @property
    def signals_read(self) -> tuple[str, ...]:
        return tuple(condition.signal for condition in self.conditions)


def _answers(conditions: Iterable[SignalCondition], values: Mapping[str, float]) -> list[bool | None]:
    """Whether each condition holds; None where its signal has no value."""
    return [_holds(condition, values.get(condition.signal)) for condition in conditions]


def _holds(condition: SignalCondition, value: float | None) -> bool | None:
    if value is None:
        return None
    above = condition.above is None or value > condition.above
    return above and (condition.below is None or value < condition.below)


class AllHold(CombinedSignal):
    """1 while all conditions hold, 0 while one does not; undefined where that depends on a signal without a value."""

    kind: ClassVar[str] = "all"
    Parameters: ClassVar[type] = ConditionsParameters

    def on_signals(self, at: Instant, values: Mapping[str, float]) -> float:
        answers = _answers(self.parameters.conditions, values)
        if False in answers:
            return OFF
        return UNDEFINED if None in answers else ON


class AnyHolds(CombinedSignal):
    """1 while one of the conditions holds, 0 while none does; undefined where that depends on one without a value."""

    kind: ClassVar[str] = "any"
    Parameters: ClassVar[type] = ConditionsParameters

    def on_signals(self, at: Instant, values: Mapping[str, float]) -> float:
        answers = _answers(self.parameters.conditions, values)
        if True in answers:
            return ON
        return UNDEFINED if None in answers else OFF


# --- thresholds -------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class ThresholdParameters:
    """A signal and where it switches.

    Attributes:
        above: on as soon as the signal is above.
        below: on as soon as the signal is below; instead of `above`.
        release: off only when the signal is back beyond this, so that it does not flicker; left out: `above` or
            `below` itself.

    Raises:
        ValueError: when not one of `above` and `below` is given, or `release` lies on the wrong side of it.
    """

    __pydantic_config__: ClassVar = FORBID_UNKNOWN

    signal: Name
    above: float | None = None
    below: float | None = None
    release: float | None = None

    def __post_init__(self) -> None:
        if (self.above is None) == (self.below is None):
            raise ValueError(f"the threshold on signal {self.signal!r} needs either `above` or `below`")
        if self.release is not None and self.above is not None and self.release > self.above:
            raise ValueError(f"release {self.release} must not lie above {self.above}, where it switches on")
        if self.release is not None and self.below is not None and self.release < self.below:
            raise ValueError(f"release {self.release} must not lie below {self.below}, where it switches on")

    @property
    def signals_read(self) -> tuple[str, ...]:
        return (self.signal,)

    @property
    def switch(self) -> float:
        """Where it switches on."""
        return self.above if self.above is not None else self.below or 0.0


class Threshold(CombinedSignal):
    """1 from the moment a signal passes its threshold until it is back beyond its release, 0 otherwise."""

    kind: ClassVar[str] = "threshold"
    Parameters: ClassVar[type] = ThresholdParameters

    def __init__(self, name: str, underlying: None, parameters: ThresholdParameters, sessions: SessionTable) -> None:
        super().__init__(name, underlying, parameters, sessions)
        # A threshold from above is one from below of the negative.
        self._sign = 1.0 if parameters.above is not None else -1.0
        self._switch = self._sign * parameters.switch
        self._release = self._switch if parameters.release is None else self._sign * parameters.release
        self._on = False

    def on_signals(self, at: Instant, values: Mapping[str, float]) -> float:
        value = values.get(self.parameters.signal)
        if value is None:
            return UNDEFINED
        self._on = self._sign * value > (self._release if self._on else self._switch)
        return ON if self._on else OFF
