"""What a profit is the sum of, exactly: holdings between two marks, and amounts that were booked."""

from __future__ import annotations

from dataclasses import dataclass, fields
from enum import StrEnum
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from engine.instants import Instant
from engine.model import Instrument
from engine.money import Micros
from engine.records import record

Integers: TypeAlias = NDArray[np.int64]
Floats: TypeAlias = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Stretches:
    """Holdings of positions, each from one mark to another, as columns of shape (stretches,).

    Attributes:
        instruments: what was held, each once.
        instrument: of each stretch, its place among these.
        quantity: contracts or shares, negative when short.
        start_price: exact mark per share at the start.
        end_value: exact value of the holding at the end: at its mark, or as it was settled.
        start_spot, end_spot: price of the underlying beside these marks.
        sessions: ends of sessions that a stretch spans, its own end included; more than one after a gap in the data.
    """

    instruments: tuple[Instrument, ...]
    instrument: NDArray[np.intp]
    position_id: Integers
    quantity: Integers
    start_at: Integers
    end_at: Integers
    start_price: Integers
    end_value: Integers
    start_spot: Floats
    end_spot: Floats
    sessions: Integers

    def __len__(self) -> int:
        return len(self.instrument)

    @property
    def shares(self) -> Integers:
        """Shares that each holding stands for, negative when short."""
        multipliers = np.array([one.multiplier for one in self.instruments], np.int64)
        return self.quantity * multipliers[self.instrument]

    @property
    def profit(self) -> Integers:
        """Exact change of the value of each holding."""
        return self.end_value - self.shares * self.start_price

    def where(self, chosen: NDArray[np.bool_]) -> Stretches:
        """Those that are chosen, in their order."""
        columns = {one.name: getattr(self, one.name)[chosen] for one in fields(self) if one.name != "instruments"}
        return Stretches(self.instruments, **columns)


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


@record
class Booking:
    """An exact amount, negative when it cost; of no position where the account as a whole bears it."""

    at: Instant
    kind: BookingKind
    amount: Micros
    position_id: int | None
