"""Dividends, splits and new symbols: as they become known, and as they reach what is held."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final, TypeAlias

from engine.instants import Instant
from engine.model import Instrument
from engine.money import Micros

LEAST_ADJUSTED_DIVIDEND: Final[Micros] = 125_000
"""Special dividends per share from which on strikes are cut (RULES 6.1)."""


@dataclass(frozen=True, slots=True)
class DividendDeclared:
    """A cash dividend became known; who holds the shares before the open of `ex_date` receives it, or owes it.

    Attributes:
        amount: exact, per share.
        pay_date: None where the data does not say: it counts as paid on the ex-date.
        special: not one of the company's ordinary dividends; from 0.125 USD per share on it cuts strikes (RULES 6.1).
    """

    at: Instant
    symbol: str
    ex_date: date
    amount: Micros
    pay_date: date | None = None
    special: bool = False

    @property
    def cuts_strikes(self) -> bool:
        """Whether options are adjusted for it, so that their holders lose nothing."""
        return self.special and self.amount >= LEAST_ADJUSTED_DIVIDEND


@dataclass(frozen=True, slots=True)
class SplitAnnounced:
    """A split became known; it takes effect before the open of `ex_date`.

    Attributes:
        ratio: shares after per shares before, as (numerator, denominator) in lowest terms.
    """

    at: Instant
    symbol: str
    ex_date: date
    ratio: tuple[int, int]


@dataclass(frozen=True, slots=True)
class SymbolChanged:
    """It became known that a company's shares have another symbol from the open of `effective_on` on."""

    at: Instant
    before: str
    after: str
    effective_on: date


CorporateNews: TypeAlias = DividendDeclared | SplitAnnounced | SymbolChanged


class AdjustmentReason(StrEnum):
    """Why an instrument was adjusted."""

    SPLIT = "split"
    SPECIAL_DIVIDEND = "special_dividend"
    NEW_SYMBOL = "new_symbol"


@dataclass(frozen=True, slots=True)
class CorporateActionApplied:
    """A split, a special dividend or a new symbol turned what a position held of one instrument into another one.

    Attributes:
        quantity_before, quantity_after: contracts or shares, negative when short; after 0 when only cash is left.
        cash: exact cash received (negative: paid) for a fraction of a share.
    """

    at: Instant
    position_id: int
    before: Instrument
    after: Instrument
    quantity_before: int
    quantity_after: int
    cash: Micros
    reason: AdjustmentReason


@dataclass(frozen=True, slots=True)
class DividendPaid:
    """Cash dividend on shares held; negative on short shares."""

    at: Instant
    symbol: str
    amount: Micros
    position_id: int
