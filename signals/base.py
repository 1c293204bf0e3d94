"""What signals are derived from: one class for those that watch a market, one for those that read other signals."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, Final, Protocol

from engine.instants import Instant
from engine.model import Bar, ChainSnapshot, SessionTable
from engine.shapes import FORBID_UNKNOWN

UNDEFINED: Final = float("nan")
"""What a signal returns that had a value and has none any more, e.g. this morning's gap before the first print."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NoParameters:
    """Of a signal that has nothing to set."""

    __pydantic_config__: ClassVar = FORBID_UNKNOWN


class MarketSignal:
    """A signal of one market; derive from it and answer what concerns you.

    `Parameters` is a frozen dataclass bounded with `annotated_types`; what a configuration sets arrives as
    `self.parameters`, checked. `registry.SignalGenerator` says what the methods return.
    """

    kind: ClassVar[str] = "python"
    Parameters: ClassVar[type] = NoParameters

    def __init__(self, name: str, underlying: str, parameters: Any, sessions: SessionTable) -> None:
        self.name = name
        self.underlying = underlying
        self.parameters = parameters
        self.sessions = sessions

    def on_bar(self, at: Instant, bar: Bar) -> float | None:
        return None

    def on_snapshot(self, snapshot: ChainSnapshot) -> float | None:
        return None

    def on_adjustment(self, factor: float) -> None:
        """Nothing that is kept has a unit of price."""


class ReadsSignals(Protocol):
    """Parameters of a signal that reads others."""

    @property
    def signals_read(self) -> tuple[str, ...]:
        """Names of the signals whose values it needs."""


class CombinedSignal:
    """A signal of other signals of the run, which are declared before it; derive from it and answer `on_signals`.

    `Parameters` is as in `MarketSignal`, and says which signals it reads (`ReadsSignals`).
    """

    kind: ClassVar[str] = "python"
    Parameters: ClassVar[type] = NoParameters

    def __init__(self, name: str, underlying: None, parameters: Any, sessions: SessionTable) -> None:
        self.name = name
        self.parameters = parameters
        self.sessions = sessions

    @property
    def inputs(self) -> tuple[str, ...]:
        names: tuple[str, ...] = self.parameters.signals_read
        return names

    def on_signals(self, at: Instant, values: Mapping[str, float]) -> float | None:
        raise NotImplementedError(f"{type(self).__name__} does not say what it makes of {', '.join(self.inputs)}")
