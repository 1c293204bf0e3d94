"""What the account pays, owes and is worth."""

from __future__ import annotations

from dataclasses import dataclass

from engine.instants import Instant
from engine.money import Micros
from engine.records import record


@dataclass(frozen=True, slots=True)
class InterestAccrued:
    """Interest on cash, or (negative) on a debit or for borrowed shares.

    Attributes:
        reason: `cash`, `debit`, or `borrowed` with a symbol.
    """

    at: Instant
    amount: Micros
    reason: str


@dataclass(frozen=True, slots=True)
class CashMoved:
    """An external flow: a deposit, or (negative) a withdrawal."""

    at: Instant
    amount: Micros
    reason: str


@dataclass(frozen=True, slots=True)
class MarginCalled:
    """The requirement (None: without bound) exceeds what covers it.

    Attributes:
        cash: exact cash of the account, or its net liquidation where the configuration measures that.
    """

    at: Instant
    requirement: Micros | None
    cash: Micros


@dataclass(frozen=True, slots=True)
class MarginCallMet:
    """The requirement is covered again; `cash` as in `MarginCalled`."""

    at: Instant
    requirement: Micros
    cash: Micros


@dataclass(frozen=True, slots=True)
class LiquidationOrdered:
    """A margin call closes a position at the touch of the next chain or bar.

    Attributes:
        requirement: exact requirement of the position on its own; None: without bound.
    """

    at: Instant
    position_id: int
    requirement: Micros | None


@record
class PortfolioMarked:
    """The book was valued.

    Attributes:
        cash: exact cash.
        market_value: exact value of all legs at their marks.
        unquoted_legs: legs whose mark is no two-sided trustworthy quote.
    """

    at: Instant
    cash: Micros
    market_value: Micros
    unquoted_legs: int
