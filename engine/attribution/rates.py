"""The rate of interest that a mark is read at: one for the whole run, or by the instant from which each was known."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from engine.attribution.stretches import Floats, Integers
from engine.instants import Instant


@dataclass(frozen=True, slots=True)
class KnownRates:
    """Rates per year, continuously compounded.

    Attributes:
        first: rate before the first step, and the only one without any.
        steps: (instant from which it was known, rate), ascending.
    """

    first: float
    steps: tuple[tuple[Instant, float], ...] = ()

    def at(self, instants: Integers) -> Floats | float:
        """Rate at each instant, in their shape; a number where there is only one."""
        if not self.steps:
            return self.first
        known = np.array([at for at, _ in self.steps], np.int64)
        rates = np.array([self.first, *(rate for _, rate in self.steps)])
        found: Floats = rates[known.searchsorted(instants, side="right")]
        return found
