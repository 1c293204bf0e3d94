"""Every message on the bus. Facts are in the past tense, requests in the imperative; none ever changes.

`at` is the simulated instant (see `engine.instants`); whatever a market event causes carries the same `at`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final, TypeAlias

from engine.instants import Instant
from engine.model import ApprovedOrder, Bar, ChainSnapshot, Fill, Instrument, OptionContract, Order, Refusal
from engine.money import Micros
from engine.protection_events import ProtectionLifted, ProtectionTriggered

LEAST_ADJUSTED_DIVIDEND: Final[Micros] = 125_000
"""Special dividends per share from which on strikes are cut (RULES 6.1)."""

# --- the market -------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class BarArrived:
    """A bar of an underlying or an index ended; `at` is its end."""

    at: Instant
    bar: Bar


@dataclass(frozen=True, slots=True)
class SharesQuoted:
    """Bid and ask of shares, USD; `at` is their instant."""

    at: Instant
    symbol: str
    bid: float
    ask: float


@dataclass(frozen=True, slots=True)
class SnapshotArrived:
    """The whole chain of one underlying was quoted."""

    at: Instant
    snapshot: ChainSnapshot


@dataclass(frozen=True, slots=True)
class SettlementPublished:
    """The settlement value of all series of a root that settle at `settles_at` became known."""

    at: Instant
    root: str
    settles_at: Instant
    price: float
    source: str


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


@dataclass(frozen=True, slots=True)
class TimeReached:
    """A time came that a strategy had asked for."""

    at: Instant
    strategy: str


# --- signals ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class SignalUpdated:
    """A signal has a value; one that is still warming up publishes nothing. NaN: it has none any more."""

    at: Instant
    name: str
    value: float


# --- orders -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class OrderRequested:
    """A strategy wants to trade."""

    at: Instant
    order: Order


@dataclass(frozen=True, slots=True)
class OrderCancelRequested:
    """A strategy withdraws a resting order."""

    at: Instant
    order_id: int
    reason: str


@dataclass(frozen=True, slots=True)
class OrderReplaceRequested:
    """A strategy replaces a resting order by another one, which passes risk anew."""

    at: Instant
    order_id: int
    replacement: Order


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


@dataclass(frozen=True, slots=True)
class OrderApproved:
    """Risk let an order pass."""

    at: Instant
    approved: ApprovedOrder


@dataclass(frozen=True, slots=True)
class OrderRefused:
    """Risk refused an order, at approval or when it was about to fill."""

    at: Instant
    order: Order
    refusal: Refusal


@dataclass(frozen=True, slots=True)
class OrderCancelled:
    """A resting order ended without a fill."""

    at: Instant
    order: Order
    reason: str


@dataclass(frozen=True, slots=True)
class OrderFilled:
    """An order traded."""

    at: Instant
    fill: Fill


# --- the life of a contract -------------------------------------------------------------------------------------


class SettlementSource(StrEnum):
    """Where a settlement price came from; everything but OFFICIAL is a proxy and is counted."""

    OFFICIAL = "official"
    FIRST_PRINT_OF_SESSION = "first_print_of_session"
    LAST_BEFORE_SETTLEMENT = "last_before_settlement"
    LAST_KNOWN = "last_known"


@dataclass(frozen=True, slots=True)
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


# --- the account ------------------------------------------------------------------------------------------------


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


@dataclass(frozen=True, slots=True)
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


@dataclass(frozen=True, slots=True)
class RunFinished:
    """No event comes after this one."""

    at: Instant
    interrupted: bool


CorporateNews: TypeAlias = DividendDeclared | SplitAnnounced | SymbolChanged
MarketEvent: TypeAlias = BarArrived | SharesQuoted | SnapshotArrived | SettlementPublished | CorporateNews
Event: TypeAlias = (
    MarketEvent
    | CorporateActionApplied
    | DividendPaid
    | TimeReached
    | SignalUpdated
    | OrderRequested
    | OrderCancelRequested
    | OrderReplaceRequested
    | ExerciseRequested
    | ExerciseRefused
    | ExerciseWaived
    | OrderApproved
    | OrderRefused
    | OrderCancelled
    | OrderFilled
    | ContractExpired
    | ContractExercised
    | ContractAssigned
    | DeliveriesCompleted
    | InterestAccrued
    | CashMoved
    | MarginCalled
    | MarginCallMet
    | LiquidationOrdered
    | ProtectionTriggered
    | ProtectionLifted
    | PortfolioMarked
    | RunFinished
)
REQUESTS = (OrderRequested, OrderCancelRequested, OrderReplaceRequested, ExerciseRequested, ExerciseWaived)
"""Messages that somebody must answer; publishing one without a subscriber is an error."""
