"""The end of a contract: expiration, exercise and assignment, and what is asked of them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from engine.instants import Instant
from engine.model import OptionContract
from engine.money import Micros
from engine.records import record


@dataclass(frozen=True, slots=True)
class ExerciseRequested:
    """The holder of a long option wants to exercise it."""

    at: Instant
    position_id: int
    contract: OptionContract
    quantity: int


@dataclass(frozen=True, slots=True)
class ExerciseRefused:
    """An instruction to exercise cannot be carried out."""

    at: Instant
    position_id: int
    contract: OptionContract
    reason: str


@dataclass(frozen=True, slots=True)
class ExerciseWaived:
    """The holder of a long option does not want it exercised when it expires in the money (RULES 5.2)."""

    at: Instant
    position_id: int
    contract: OptionContract


class SettlementSource(StrEnum):
    """Where a settlement price came from; everything but OFFICIAL is a proxy and is counted."""

    OFFICIAL = "official"
    FIRST_PRINT_OF_SESSION = "first_print_of_session"
    LAST_BEFORE_SETTLEMENT = "last_before_settlement"
    LAST_KNOWN = "last_known"


@record
class ContractExpired:
    """A held contract reached its settlement and was settled in cash, or ended worthless.

    Attributes:
        quantity: contracts held, negative when short.
        settlement_price: settlement value of the underlying.
        source: where that value came from.
        priced_at: instant of that value.
        cash: exact cash received (negative: paid), before the fee; 0 when it ended worthless.
        fee: exact fee of the exercise, positive.
    """

    at: Instant
    position_id: int
    contract: OptionContract
    quantity: int
    settlement_price: float
    source: SettlementSource
    priced_at: Instant
    cash: Micros
    fee: Micros = 0


class ExerciseReason(StrEnum):
    """Why a contract was exercised."""

    EXPIRATION = "expiration"
    DIVIDEND = "dividend"
    NO_TIME_VALUE = "no_time_value"
    INSTRUCTION = "instruction"
    RANDOM = "random"


@dataclass(frozen=True, slots=True)
class ContractExercised:
    """A long contract was exercised; shares change hands at the strike.

    Attributes:
        quantity: contracts, as they were held: positive.
        shares: shares received, negative when delivered.
        cash: exact cash received (negative: paid): the strike, and the cash of an adjusted deliverable.
        price: price of the underlying at which option and shares are accounted for; profit does not depend on it.
        source: where that price came from.
        priced_at: instant of that price.
        fee: exact fee of the exercise, positive.
    """

    at: Instant
    position_id: int
    contract: OptionContract
    quantity: int
    shares: int
    cash: Micros
    price: float
    source: SettlementSource
    priced_at: Instant
    reason: ExerciseReason
    fee: Micros = 0


@dataclass(frozen=True, slots=True)
class ContractAssigned:
    """A short contract was assigned; shares change hands at the strike.

    Attributes:
        quantity: contracts, as they were held: negative.
        shares, cash, price, source, priced_at, reason, fee: as in `ContractExercised`.
    """

    at: Instant
    position_id: int
    contract: OptionContract
    quantity: int
    shares: int
    cash: Micros
    price: float
    source: SettlementSource
    priced_at: Instant
    reason: ExerciseReason
    fee: Micros = 0


@dataclass(frozen=True, slots=True)
class DeliveriesCompleted:
    """Everything that one expiration, or one morning's assignments, delivered is in the book.

    Attributes:
        decided_at: when it was decided: the settlement instant, or the close of the session before.
        position_ids: positions that received or delivered shares, ascending.
    """

    at: Instant
    decided_at: Instant
    position_ids: tuple[int, ...]
