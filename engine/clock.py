"""Simulated time."""

from __future__ import annotations

from dataclasses import dataclass, field

from engine.errors import SourceOutOfOrder
from engine.instants import Instant, iso


@dataclass(slots=True)
class SimulatedClock:
    """Knows the present instant of a run.

    Attributes:
        now: instant of the event that is being handled; only the bus moves it, and only forward.
    """

    now: Instant = field(default=0, kw_only=True)

    def advance(self, at: Instant) -> None:
        """Move to an instant; raises `SourceOutOfOrder` when it lies in the past."""
        if at < self.now:
            raise SourceOutOfOrder(f"an event of {iso(at)} arrived after {iso(self.now)}; sort the source by time")
        self.now = at
