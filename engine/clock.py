"""Simulated time."""

from __future__ import annotations

from engine.errors import SourceOutOfOrder
from engine.instants import Instant, iso


class SimulatedClock:
    """The present instant of a run; only the bus moves it, and only forward."""

    __slots__ = ("now",)

    def __init__(self, now: Instant = 0) -> None:
        self.now = now

    def advance(self, at: Instant) -> None:
        """Move to an instant; raises `SourceOutOfOrder` when it lies in the past."""
        if at < self.now:
            raise SourceOutOfOrder(f"an event of {iso(at)} arrived after {iso(self.now)}; sort the source by time")
        self.now = at
