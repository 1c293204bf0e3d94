"""A strategy's read-only view of the run, and its requests."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from math import gcd
from typing import TYPE_CHECKING, Final

from engine.book import Book, OrderDesk
from engine.events import (
    CashMoved,
    ExerciseRequested,
    ExerciseWaived,
    OrderCancelRequested,
    OrderReplaceRequested,
    OrderRequested,
)
from engine.instants import Instant
from engine.market import Market
from engine.model import (
    AT_MARKET,
    AccountView,
    ChainSnapshot,
    ClosedPosition,
    Instrument,
    Intent,
    Leg,
    OptionContract,
    Order,
    OrderTerms,
    Position,
    PositionValue,
    TimeInForce,
)
from engine.money import Micros

if TYPE_CHECKING:
    from engine.events import Event

_OPEN: Final = Intent.OPEN


@dataclass(frozen=True, slots=True)
class StrategyContext:
    """The run as one strategy sees it: everything published so far, nothing later; and its requests.

    Requests are published at once and handled as soon as the strategy's method returns.
    """

    strategy: str
    market: Market
    book: Book
    desk: OrderDesk
    publish: Callable[[Event], None]
    decline: Callable[[str, str], None]
    """`decline(stage, reason)`: say why an entry that was due did not happen; the summary counts it."""
    passed: Callable[[str], None]
    """`passed(stage)`: an entry got this far; with the declines it makes the funnel of the summary."""
    named: Mapping[str, Instrument] = field(default_factory=dict)
    """What the strategy named by itself (`Strategy.named_symbols`), by symbol."""

    @property
    def now(self) -> Instant:
        """The present instant."""
        return self.market.now

    @property
    def today(self) -> date:
        """The present exchange date."""
        return self.market.sessions.date_of(self.market.now)

    @property
    def account(self) -> AccountView:
        """The whole account."""
        return self.book.view()

    @property
    def positions(self) -> tuple[Position, ...]:
        """Open positions of this strategy."""
        return self.book.positions_of(self.strategy)

    @property
    def closed(self) -> Sequence[ClosedPosition]:
        """Positions of this strategy that are over, in the order in which they ended; grows as the run goes on."""
        return self.book.closed_of(self.strategy)

    @property
    def pending(self) -> tuple[Order, ...]:
        """Orders of this strategy that are still under way."""
        return self.desk.pending_of(self.strategy)

    def chain(self, underlying: str) -> ChainSnapshot | None:
        """The last chain of an underlying, or None before the first."""
        return self.market.snapshots.get(underlying)

    def instrument(self, symbol: str) -> Instrument | None:
        """The contract of an OSI symbol, blanks in it or not, or the shares of a symbol; None if unknown.

        A contract is known from its first quote on (T21), or from the start when the strategy named it by itself.
        """
        return self.named.get(symbol) or self.market.instrument(symbol)

    def signal(self, name: str) -> float | None:
        """The last value of a signal, or None while it warms up."""
        return self.market.signals.get(name)

    def days_to_expiration(self, contract: OptionContract) -> int:
        """Exchange dates from today to the contract's expiration."""
        return (contract.series.expires_on - self.today).days

    def value_of(self, position: Position) -> PositionValue:
        """A position at its present marks."""
        return self.book.value_of(position)

    def open(
        self,
        legs: Sequence[Leg],
        *,
        structure: str = "custom",
        quantity: int | None = None,
        tag: str = "entry",
        time_in_force: TimeInForce | date = TimeInForce.DAY,
        terms: OrderTerms = AT_MARKET,
    ) -> int:
        """Request a new position; without a quantity the strategy's sizer decides. Returns the order's number.

        Args:
            time_in_force: a date makes the order good till the end of that date.
            terms: `Limit.usd(...)`, `Stop.usd(...)`, `StopLimit.usd(...)` or `MarketOnClose()`, else at the market;
                prices are net, per share, a credit negative.
        """
        now = self.now
        lasting, good_until = _lasting(time_in_force)
        order = Order(
            self.desk.next_order_id(),
            self.strategy,
            _OPEN,
            tuple(legs),
            quantity,
            now,
            None,
            lasting,
            structure,
            tag,
            terms,
            good_until,
        )
        self.publish(OrderRequested(now, order))
        return order.order_id

    def close(
        self,
        position: Position,
        *,
        tag: str,
        time_in_force: TimeInForce | date = TimeInForce.DAY,
        terms: OrderTerms = AT_MARKET,
    ) -> int:
        """Request to close all legs of a position as one package; arguments as in `open`. Returns the order's number.

        The package is the position's in lowest terms: its net price is that of one of them, a credit negative.
        """
        packages = gcd(*(leg.quantity for leg in position.legs))
        now = self.now
        lasting, good_until = _lasting(time_in_force)
        order = Order(
            order_id=self.desk.next_order_id(),
            strategy=self.strategy,
            intent=Intent.CLOSE,
            legs=tuple(Leg(leg.instrument, -leg.quantity // packages) for leg in position.legs),
            quantity=packages,
            submitted_at=now,
            position_id=position.position_id,
            structure=position.structure,
            tag=tag,
            time_in_force=lasting,
            terms=terms,
            good_until=good_until,
        )
        self.publish(OrderRequested(now, order))
        return order.order_id

    def adjust(
        self,
        position: Position,
        legs: Sequence[Leg],
        *,
        tag: str,
        structure: str | None = None,
        time_in_force: TimeInForce | date = TimeInForce.DAY,
        terms: OrderTerms = AT_MARKET,
    ) -> int:
        """Request to change a position by so many contracts and shares, as one package: all legs trade or none.

        Legs that take away what the position holds close it, the others open; the book after the change is held to all
        limits. The position goes on, with the cost of what it keeps, and so does its trade. Returns the order's number.

        Args:
            legs: changes of the whole position, bought when positive; the package is these in lowest terms, and its
                net price that of one of them, a credit negative.
            structure: what the position is called afterwards, where that changes.
        """
        held = {leg.instrument: leg.quantity for leg in position.legs}
        packages = gcd(*(leg.ratio for leg in legs))
        now = self.now
        lasting, good_until = _lasting(time_in_force)
        order = Order(
            order_id=self.desk.next_order_id(),
            strategy=self.strategy,
            intent=Intent.ADJUST,
            legs=tuple(
                Leg(leg.instrument, leg.ratio // packages, takes_away(held.get(leg.instrument, 0), leg.ratio))
                for leg in legs
            ),
            quantity=packages,
            submitted_at=now,
            position_id=position.position_id,
            structure=structure or position.structure,
            tag=tag,
            time_in_force=lasting,
            terms=terms,
            good_until=good_until,
        )
        self.publish(OrderRequested(now, order))
        return order.order_id

    def replace(self, order: Order, *, terms: OrderTerms, quantity: int | None = None) -> int:
        """Request other terms for an order of `pending`, for what is left of it unless a quantity is named.

        The replacement passes risk anew, and has no effect where the order is over by then. Returns its number.
        """
        replacement = replace(
            order,
            order_id=self.desk.next_order_id(),
            terms=terms,
            quantity=quantity,
            submitted_at=self.now,
        )
        self.publish(OrderReplaceRequested(self.now, order.order_id, replacement))
        return replacement.order_id

    def exercise(self, position: Position, contract: OptionContract, quantity: int) -> None:
        """Instruct to exercise a long option now."""
        self.publish(ExerciseRequested(self.now, position.position_id, contract, quantity))

    def waive_exercise(self, position: Position, contract: OptionContract) -> None:
        """Instruct that a long option is not exercised when it expires in the money."""
        self.publish(ExerciseWaived(self.now, position.position_id, contract))

    def move_cash(self, amount: Micros, reason: str) -> None:
        """Deposit, or (negative) withdraw, an exact amount."""
        self.publish(CashMoved(self.now, amount, reason))

    def cancel(self, order_id: int, reason: str) -> None:
        """Withdraw an order that has not filled."""
        self.publish(OrderCancelRequested(self.now, order_id, reason))


def takes_away(held: int, change: int) -> bool:
    """Whether a change of a holding leaves less of it and nothing on the other side."""
    return held * change < 0 and abs(change) <= abs(held)


def _lasting(time_in_force: TimeInForce | date) -> tuple[TimeInForce, date | None]:
    """How long an order rests, and the last date of one that is good till date."""
    if isinstance(time_in_force, TimeInForce):
        return time_in_force, None
    return TimeInForce.GTD, time_in_force
