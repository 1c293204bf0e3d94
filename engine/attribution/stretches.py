"""What a profit is the sum of, exactly: holdings between two marks, and amounts that were booked."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from engine.instants import Instant
from engine.model import Instrument
from engine.money import Micros


class Stretch(NamedTuple):
    """One holding of a position from one mark to another; a named tuple because there is one per leg and session.

    Attributes:
        quantity: contracts or shares, negative when short.
        start_price: exact mark per share at the start.
        end_value: exact value of the holding at the end: at its mark, or as it was settled.
        start_spot, end_spot: price of the underlying beside these marks.
        sessions: ends of sessions that it spans, its own end included; more than one after a gap in the data.
    """

    position_id: int
    instrument: Instrument
    quantity: int
    start_at: Instant
    end_at: Instant
    start_price: Micros
    end_value: Micros
    start_spot: float
    end_spot: float
    sessions: int

    @property
    def profit(self) -> Micros:
        """Exact change of the holding's value."""
        return self.end_value - self.quantity * self.instrument.multiplier * self.start_price


class BookingKind(StrEnum):
    """Why an amount is part of a profit although no mark moved.

    SPREAD_COST: a fill away from the middle of its quote. ASSIGNMENT: what early exercise was worth more or less than
    the mark. ADJUSTMENT: rounding when a corporate action turned one holding into another.
    """

    SPREAD_COST = "spread_cost"
    FEES = "fees"
    DIVIDENDS = "dividends"
    FINANCING = "financing"
    ASSIGNMENT = "assignment"
    ADJUSTMENT = "adjustment"


@dataclass(frozen=True, slots=True)
class Booking:
    """An exact amount, negative when it cost; of no position where the account as a whole bears it."""

    at: Instant
    kind: BookingKind
    amount: Micros
    position_id: int | None


class Lot(NamedTuple):
    """What is held of one instrument since the last mark that was looked at; a named tuple as `Stretch`.

    Attributes:
        sessions: ends of sessions since then at which there was no trustworthy mark.
    """

    quantity: int
    at: Instant
    price: Micros
    spot: float
    sessions: int = 0


def closed(lots: list[Lot], quantity: int) -> Iterator[Lot]:
    """Take so much of the opposite sign out of lots, the oldest first, and yield what was taken."""
    while quantity and lots and (lots[0].quantity > 0) != (quantity > 0):
        oldest = lots[0]
        taken = min(abs(oldest.quantity), abs(quantity)) * (1 if oldest.quantity > 0 else -1)
        yield oldest._replace(quantity=taken)
        quantity += taken
        if taken == oldest.quantity:
            del lots[0]
        else:
            lots[0] = oldest._replace(quantity=oldest.quantity - taken)
