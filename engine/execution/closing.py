"""Fills that close what a position holds without an order of a strategy: at the end of a run, at a margin call."""

from __future__ import annotations

from typing import NamedTuple

from engine.instants import Instant
from engine.model import Fill, Instrument, Intent, LegFill, OptionContract, Position


class Closed(NamedTuple):
    """What could be closed of a position.

    Attributes:
        legs: with their fees.
        left_open: symbols of the others.
    """

    legs: tuple[LegFill, ...]
    left_open: tuple[str, ...] = ()


def closing_fill(
    position: Position, closed: Closed, order_id: int, tag: str, decided_at: Instant, filled_at: Instant
) -> Fill:
    """The fill that closes a position, as far as it could be closed."""
    return Fill(
        order_id,
        position.position_id,
        position.strategy,
        Intent.CLOSE,
        position.structure,
        tag,
        position.quantity,
        closed.legs,
        decided_at,
        filled_at,
        closed.left_open,
    )


def stopped_trading(instrument: Instrument, now: Instant) -> bool:
    """Whether a contract's last trading instant is over; shares trade for ever."""
    return isinstance(instrument, OptionContract) and instrument.series.last_trades_at < now
