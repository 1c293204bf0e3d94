"""Which position of a strategy hedges the others."""

from __future__ import annotations

from typing import Final

from engine.model import Position

HEDGE_TAG: Final = "delta_hedge"
"""Tag of all orders that hedge, and of the position that hedges a whole strategy."""


def is_hedge(position: Position) -> bool:
    """Whether a position is the hedge of all others of its strategy; no entry counts it and no exit closes it."""
    return position.tag == HEDGE_TAG
