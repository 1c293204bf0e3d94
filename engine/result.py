"""What a run leaves behind, in exact money and plain numbers; `api/mapping.py` turns it into the summary."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from engine.attribution.stretches import Booking, Stretches
from engine.depth import LegDepth
from engine.events import Event, SettlementSource
from engine.instants import Instant
from engine.marked_moves import MarkedMoves
from engine.model import Fill, Order, Position
from engine.money import Micros
from engine.records import record
from engine.tally import Declines

if TYPE_CHECKING:
    from engine.risk_rules.breakdown import ExposureBreakdown, ExposurePoint


class MarkSource(StrEnum):
    """What a mark rests on; everything but TWO_SIDED_QUOTE is counted as not quoted."""

    TWO_SIDED_QUOTE = "two_sided_quote"
    HALF_ASK = "half_ask"
    LAST_GOOD_QUOTE = "last_good_quote"
    INTRINSIC = "intrinsic"


class EquityPoint(NamedTuple):
    """The account after one market event; a named tuple because there is one per bar.

    Attributes:
        margin_requirement: exact requirement on the book; None when no amount would be enough.
    """

    at: Instant
    cash: Micros
    market_value: Micros
    margin_requirement: Micros | None

    @property
    def net_liquidation(self) -> Micros:
        """Cash plus marked value."""
        return self.cash + self.market_value


@record
class TradeLeg:
    """One instrument over the life of a trade.

    Attributes:
        quantity: contracts or shares at entry, negative when sold.
        entry_cash: exact cash at entry (negative: paid), before fees.
        exit_cash: exact cash of closing, settlement or exercise, before fees.
        exit_kind: how it ended: `closed`, `settled`, `exercised`, `assigned`, `given_up`, or `open`. Shares that came
            from an option have quantity 0 at entry, and all their cash in `exit_cash`.
    """

    symbol: str
    quantity: int
    entry_cash: Micros
    exit_cash: Micros
    fees: Micros
    exit_kind: str


@record
class TradeEntry:
    """What was known of a trade when it was opened.

    Attributes:
        underlying: symbol of the underlying of the first leg.
        spot: its last price.
        opened_on: exchange date.
        days_to_expiration: calendar days to the first expiration; None without options.
        delta: largest size of a delta per share among the options sold, or bought where none was sold; None where the
            data have none.
        maximum_loss: exact, at expiration, fees apart; None without bound.
        requirement: exact initial margin of the position on its own; None without bound.
        maximum_profit: exact, at expiration, fees apart; None without bound, or with several expirations.
        iv_rank: where the underlying's volatility stood, 0 to 1 (`engine/volatility_standing.py`); None where it is not
            known.
        vix: last price of VIX; None where the run has none.
    """

    underlying: str
    spot: float
    opened_on: date
    days_to_expiration: int | None
    delta: float | None
    maximum_loss: Micros | None
    requirement: Micros | None
    maximum_profit: Micros | None = None
    iv_rank: float | None = None
    vix: float | None = None


@record
class Trade:
    """A structure from its opening to its end (or to the end of the run, marked).

    Attributes:
        structure: canonical name of the legs that were opened, whatever the strategy called them.
        closed_at: None while anything is held at the end of the run.
        exit_reason: tag of the closing order, or `expiration`; `open_at_end` while more is held than what is left open.
        profit: exact profit after fees; of an open trade at its last mark.
        proxy_settled: a leg was settled on a proxy price.
        left_open: symbols of long legs that found no bid when the rest was closed.
        worst, best: lowest and highest exact profit before fees at any mark and at its end; 0 at its opening.
        last_marks: what the mark of each leg rests on that is still open at the end of the run.
    """

    position_id: int
    strategy: str
    structure: str
    quantity: int
    opened_at: Instant
    closed_at: Instant | None
    entry_tag: str
    exit_reason: str
    entry_cash: Micros
    exit_cash: Micros
    fees: Micros
    profit: Micros
    legs: tuple[TradeLeg, ...]
    proxy_settled: bool
    left_open: tuple[str, ...]
    entry: TradeEntry
    worst: Micros
    best: Micros
    last_marks: tuple[MarkSource, ...] = ()


@dataclass(frozen=True, slots=True)
class SettlementRecord:
    """One atomic settlement: all held contracts of one root and settlement instant, on one price."""

    root: str
    settles_at: Instant
    settled_at: Instant
    price: float
    source: SettlementSource
    priced_at: Instant
    contracts: int


class OrderEnd(StrEnum):
    """How an order ended; one that traded in part and was then withdrawn is cancelled."""

    FILLED = "filled"
    CANCELLED = "cancelled"
    REFUSED = "refused"


@record
class OrderRecord:
    """An order from its request to its end.

    Attributes:
        approved: packages that risk let pass; 0 where it was refused at its request.
        filled: packages that traded.
        fills: how often it traded.
        ended_at: instant of its end; None, as `end`, of an order that was requested when everything was over.
        reason: why it was cancelled or refused; empty where it filled.
    """

    order: Order
    approved: int = 0
    filled: int = 0
    fills: int = 0
    ended_at: Instant | None = None
    end: OrderEnd | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class RefusalTally:
    """How often a rule refused an order, and why the first time.

    Attributes:
        first_reason: one sentence with the numbers.
    """

    rule: str
    count: int
    first_at: Instant
    first_reason: str


@dataclass(frozen=True, slots=True)
class StrategyOutcome:
    """What one strategy made of the account; with interest the profits of all add up to the account's.

    Attributes:
        profit: exact profit of its trades after fees, open ones at their last mark, with dividends.
        max_margin: highest exact requirement of its positions as if they stood alone, after changes of the book; None:
            without bound.
        margin_share: its part of the requirements of all strategies, averaged over time; None where there were none.
    """

    trades: int
    profit: Micros
    fees: Micros
    dividends: Micros
    max_margin: Micros | None
    margin_share: float | None


@dataclass(frozen=True, slots=True)
class AccountTotals:
    """The parts whose sum is the change of net liquidation, exact."""

    initial_cash: Micros
    external_flows: Micros
    realised: Micros
    unrealised: Micros
    fees: Micros
    interest: Micros
    dividends: Micros
    final_cash: Micros
    final_market_value: Micros

    @property
    def net_liquidation(self) -> Micros:
        """Cash plus marked value at the end."""
        return self.final_cash + self.final_market_value


@dataclass(frozen=True, slots=True)
class BacktestResult:
    """Curves, trades, refusals, counts and the event-log hash of one run.

    Attributes:
        equity: one point per market event that marked the book.
        funnel: per strategy, counts per stage and reason: why there was no trade, or fewer than expected.
        marks: number of leg marks by source.
        blocked_fills: number of times a resting order waited, by reason.
        orders: every order with its end, in the order of their requests; positions that the end of the run closes at
            the touch have none.
        order_list_hash: hash of these.
        days: exchange dates that had market events, ascending.
        day_starts: instant of the first event of each of these days.
        levels: price of each market at the end of each of these days, splits left out; None before its first price.
        strategies: what each strategy made of the account, by its name.
        exposure: of everything held after the last event, before `open_at_end` is carried out.
        session_exposures: at the end of every session, where the configuration asks for it.
        declines: of each strategy by its name; `engine.funnel` says with the orders where every entry ended.
        stretches: every holding between two marks.
        bookings: every other part of the profit; together with the stretches they are its whole.
        event_log: every event but market data, in order.
        event_log_hash: hash of the whole event log, market data included.
        depths: what the market showed beside every leg of every fill, in their order.
        moves: of the account from mark to mark.
    """

    started_at: Instant
    finished_at: Instant
    interrupted: bool
    market_events: int
    days: tuple[date, ...]
    day_starts: tuple[Instant, ...]
    levels: Mapping[str, tuple[float | None, ...]]
    equity: Sequence[EquityPoint]
    fills: tuple[Fill, ...]
    trades: tuple[Trade, ...]
    open_positions: tuple[Position, ...]
    settlements: tuple[SettlementRecord, ...]
    refusals: tuple[RefusalTally, ...]
    funnel: Mapping[str, Mapping[str, int]]
    marks: Mapping[MarkSource, int]
    blocked_fills: Mapping[str, int]
    totals: AccountTotals
    stretches: Stretches
    bookings: tuple[Booking, ...]
    event_log: tuple[Event, ...]
    event_log_hash: str
    orders: tuple[OrderRecord, ...]
    order_list_hash: str
    strategies: Mapping[str, StrategyOutcome]
    exposure: ExposureBreakdown
    session_exposures: tuple[ExposurePoint, ...]
    declines: Mapping[str, Declines] = field(default_factory=dict)
    depths: tuple[tuple[LegDepth, ...], ...] = ()
    moves: MarkedMoves = MarkedMoves(0, 0, 0, 0)
