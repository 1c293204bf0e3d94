"""Statistics as they are published."""

from __future__ import annotations

from typing import Final

SIGNIFICANT_DIGITS: Final = 12
"""Statistics are rounded to these before they are hashed: their last bits depend on the processor."""


def figure(value: float | None) -> float | None:
    """A statistic as it is published: rounded; None where it is not a finite number."""
    if value is None or not abs(value) < float("inf"):
        return None
    return float(f"{value:.{SIGNIFICANT_DIGITS}g}") + 0.0  # + 0.0 turns -0.0 into 0.0
