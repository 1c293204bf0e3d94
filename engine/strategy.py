"""The contract of a strategy."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

from engine.events import ContractAssigned, ContractExercised, SignalUpdated
from engine.instants import Instant
from engine.model import Bar, ChainSnapshot, Fill, SessionTable
from engine.strategy_context import StrategyContext

__all__ = ["NoParameters", "Strategy", "StrategyContext"]


@dataclass(frozen=True, slots=True)
class NoParameters:
    """Parameters of a strategy that has none."""


class Strategy:
    """Base of all strategies: override what you need; every method may send requests through the context.

    `Parameters` is a frozen dataclass with typed, bounded fields; it is validated before the run starts.
    """

    Parameters: ClassVar[type] = NoParameters

    def __init__(self, name: str, parameters: object) -> None:
        self.name = name
        self.parameters = parameters

    def wake_times(self, sessions: SessionTable) -> Sequence[Instant]:
        """Instants at which `on_time` is to be called, asked for once before the run; none unless overridden."""
        return ()

    def named_symbols(self) -> Mapping[str, str]:
        """Symbols that the strategy names by itself, e.g. those of a script, and where it names each; else none.

        It can use these before their first quote. The run does not begin where the data never quote one of them, so
        that nothing is learnt about the future from naming it.
        """
        return {}

    def on_start(self, context: StrategyContext) -> None:
        """Before the first event after the warm-up."""

    def on_time(self, context: StrategyContext) -> None:
        """One of the strategy's own times has come; what the market published at that instant is known."""

    def on_bar(self, context: StrategyContext, bar: Bar) -> None:
        """A bar ended."""

    def on_snapshot(self, context: StrategyContext, snapshot: ChainSnapshot) -> None:
        """A chain was quoted; orders resting from earlier have already filled on it or waited."""

    def on_signal(self, context: StrategyContext, signal: SignalUpdated) -> None:
        """A signal has a new value."""

    def on_fill(self, context: StrategyContext, fill: Fill) -> None:
        """One of this strategy's orders filled; the position already holds it."""

    def on_assignment(self, context: StrategyContext, event: ContractAssigned | ContractExercised) -> None:
        """Shares changed hands through one of this strategy's options; they are already in the position."""

    def on_finish(self, context: StrategyContext) -> None:
        """After the last event."""
