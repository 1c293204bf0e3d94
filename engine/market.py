"""The present state of the market, as far as it has been published: last chains, bars, prices and signal values."""

from __future__ import annotations

from dataclasses import dataclass, field

from engine.clock import SimulatedClock
from engine.events import BarArrived, SignalUpdated, SnapshotArrived
from engine.instants import Instant
from engine.model import Bar, ChainSnapshot, SessionTable, Underlying


@dataclass(slots=True)
class Market:
    """What anyone in the run may know at the present instant.

    Only the runner's market handler writes; everybody else reads.

    Attributes:
        snapshots: last chain by underlying.
        bars: last bar by symbol.
        prices: last price by underlying, with its instant.
        signals: last value by signal name; a signal that is warming up is absent.
    """

    sessions: SessionTable
    underlyings: dict[str, Underlying]
    clock: SimulatedClock = field(default_factory=SimulatedClock)
    snapshots: dict[str, ChainSnapshot] = field(default_factory=dict)
    bars: dict[str, Bar] = field(default_factory=dict)
    prices: dict[str, tuple[float, Instant]] = field(default_factory=dict)
    signals: dict[str, float] = field(default_factory=dict)

    @property
    def now(self) -> Instant:
        """Instant of the event that is being handled."""
        return self.clock.now

    async def on_bar(self, event: BarArrived) -> None:
        """Take over a bar."""
        bar = event.bar
        self.bars[bar.symbol] = bar
        self.prices[bar.symbol] = (bar.close, event.at)

    async def on_snapshot(self, event: SnapshotArrived) -> None:
        """Take over a chain."""
        snapshot = event.snapshot
        self.snapshots[snapshot.underlying] = snapshot
        self.prices[snapshot.underlying] = (snapshot.underlying_price, event.at)

    async def on_signal(self, event: SignalUpdated) -> None:
        """Take over a signal value."""
        self.signals[event.name] = event.value
