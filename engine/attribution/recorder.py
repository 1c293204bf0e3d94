"""Follows every holding while a run goes on, from mark to mark: at fills, at the ends of sessions, at its end.

Only trustworthy marks of the day are looked at; a holding without one is followed on to its next.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from engine.attribution.lives import Life, Lot, MarkHistory, Seen, closed, stretches_of
from engine.attribution.stretches import Booking, BookingKind, Stretches
from engine.bus import Handler
from engine.events import (
    ContractAssigned,
    ContractExercised,
    ContractExpired,
    CorporateActionApplied,
    DividendPaid,
    ExerciseReason,
    InterestAccrued,
    OrderFilled,
)
from engine.instants import Instant
from engine.market import Market
from engine.metrics.sensitivity import middle_of
from engine.model import ChainSnapshot, Instrument, OptionContract, Stock, underlying_of
from engine.money import Micros, to_micros
from engine.portfolio import PortfolioManager


class AttributionRecorder:
    """What stretches are made of, and bookings, of one run; together they are its profit, to the micro-dollar.

    Attributes:
        bookings: in the order in which they were booked.
    """

    def __init__(self, portfolio: PortfolioManager, market: Market) -> None:
        self.bookings: list[Booking] = []
        self._portfolio, self._market = portfolio, market
        self._lives: list[Life] = []
        self._lots: dict[tuple[int, Instrument], list[Lot]] = {}
        self._histories: dict[Instrument, MarkHistory] = {}
        self._held: dict[int, MarkHistory] = {}
        self._sessions = 0
        self._chains_seen: dict[str, tuple[ChainSnapshot, Seen]] = {}

    @property
    def stretches(self) -> Stretches:
        """Every holding that has ended, from mark to mark."""
        return stretches_of(self._lives, tuple(self._histories.values()))

    def handlers(self) -> Mapping[type[Any], Handler]:
        """What it follows; the book has to know of each before."""
        return {
            OrderFilled: self.on_filled,
            ContractExpired: self.on_expired,
            ContractExercised: self.on_delivered,
            ContractAssigned: self.on_delivered,
            CorporateActionApplied: self.on_adjusted,
            DividendPaid: self.on_dividend,
            InterestAccrued: self.on_interest,
        }

    # --- what changes a holding ------------------------------------------------------------------------------------

    def on_filled(self, event: OrderFilled) -> None:
        """Legs begin and end in the middle of their quotes; the rest of their price is the cost of the spread."""
        fill = event.fill
        for leg in fill.legs:
            middle = middle_of(leg)
            crossing = -leg.quantity * leg.instrument.multiplier * (leg.price - middle)
            self._book(BookingKind.SPREAD_COST, crossing, fill.position_id)
            self._book(BookingKind.FEES, -leg.fee, fill.position_id)
            self._trade(fill.position_id, leg.instrument, leg.quantity, middle)

    def on_expired(self, event: ContractExpired) -> None:
        """A holding ends at the value of its settlement."""
        self._book(BookingKind.FEES, -event.fee, event.position_id)
        self._settle(event.position_id, event.contract, event.cash, event.settlement_price)

    def on_delivered(self, event: ContractExercised | ContractAssigned) -> None:
        """An option ends at the value of its exercise, and the shares begin at the price that this value rests on."""
        price = to_micros(event.price)
        value = event.cash + event.shares * price
        self._book(BookingKind.FEES, -event.fee, event.position_id)
        if event.reason is ExerciseReason.EXPIRATION:
            self._settle(event.position_id, event.contract, value, event.price)
        else:
            self._hand_over(event, value)
        self._trade(event.position_id, Stock(event.contract.series.underlying), event.shares, price)

    def on_adjusted(self, event: CorporateActionApplied) -> None:
        """A holding goes on as what a corporate action made of it, at its old worth."""
        lots = self._taken(event.position_id, event.before)
        worth = self._leave(event.position_id, event.before, lots) - event.cash
        size = event.quantity_after * event.after.multiplier
        price = round(worth / size) if size else 0
        self._book(BookingKind.ADJUSTMENT, size * price - worth, event.position_id)
        if size:
            self._begin(event.position_id, event.after, event.quantity_after, price, self._seen(event.after))

    def on_dividend(self, event: DividendPaid) -> None:
        """A dividend was paid or owed."""
        self._book(BookingKind.DIVIDENDS, event.amount, event.position_id)

    def on_interest(self, event: InterestAccrued) -> None:
        """Interest was earned or owed by the account."""
        self._book(BookingKind.FINANCING, event.amount, None)

    # --- marks -----------------------------------------------------------------------------------------------------

    def end_session(self, began_at: Instant) -> None:
        """Note the mark of every instrument held, where it has had a trustworthy one since the session began."""
        self._sessions += 1
        mark_of, seen_of = self._portfolio.mark_of, self._seen
        for history in self._held.values():
            instrument = history.instrument
            mark = mark_of(instrument)
            if mark.trusted and mark.at >= began_at:
                history.add(mark.price, seen_of(instrument))

    def finish(self) -> None:
        """Everything that is left ends at whatever mark the run ends with."""
        for (position_id, instrument), lots in self._lots.items():
            size = instrument.multiplier * self._portfolio.mark_of(instrument).price
            self._end(position_id, instrument, lots, [lot.quantity * size for lot in lots], self._next(instrument))
        self._lots.clear()

    # --- inside ----------------------------------------------------------------------------------------------------

    def _trade(self, position_id: int, instrument: Instrument, quantity: int, price: Micros) -> None:
        """So much was bought (sold when negative) at a price: what it closes ends there, and the rest begins."""
        gone = self._closed(position_id, instrument, quantity)
        if gone:
            size = instrument.multiplier * price
            self._end(position_id, instrument, gone, [lot.quantity * size for lot in gone], self._next(instrument))
        left = quantity + sum(lot.quantity for lot in gone)
        if left:
            self._begin(position_id, instrument, left, price, self._seen(instrument))

    def _settle(self, position_id: int, contract: OptionContract, value: Micros, price: float) -> None:
        """A holding ends at its settlement, worth so much altogether."""
        lots = self._taken(position_id, contract)
        held, left, parts = sum(lot.quantity for lot in lots), value, []
        for lot in lots:
            parts.append(left * lot.quantity // held)
            left, held = left - parts[-1], held - lot.quantity
        seen = Seen(contract.series.settles_at, price, self._sessions + 1)
        self._end(position_id, contract, lots, parts, seen)

    def _hand_over(self, event: ContractExercised | ContractAssigned, value: Micros) -> None:
        """A holding ends before its expiration; what this brings beside the last mark is booked."""
        gone = self._closed(event.position_id, event.contract, -event.quantity)
        marked = self._leave(event.position_id, event.contract, gone)
        self._book(BookingKind.ASSIGNMENT, value - marked, event.position_id)

    def _begin(self, position_id: int, instrument: Instrument, quantity: int, price: Micros, seen: Seen) -> None:
        history = self._histories.get(instrument)
        if history is None:
            history = self._histories[instrument] = MarkHistory(instrument, len(self._histories))
        lots = self._lots.setdefault((position_id, instrument), [])
        if not lots:
            history.holders += 1
            self._held[history.number] = history
        lots.append(Lot(quantity, price, seen, len(history)))

    def _end(
        self, position_id: int, instrument: Instrument, lots: list[Lot], values: Sequence[Micros | None], seen: Seen
    ) -> None:
        """Lots end, each worth so much; None: they go on as something else."""
        history = self._histories[instrument]
        for lot, value in zip(lots, values, strict=True):
            self._lives.append(Life(position_id, history.number, lot, len(history), value, seen))

    def _leave(self, position_id: int, instrument: Instrument, lots: list[Lot]) -> Micros:
        """Lots end at their last mark; what they were worth there."""
        if not lots:
            return 0
        history = self._histories[instrument]
        self._end(position_id, instrument, lots, [None] * len(lots), lots[-1].seen)
        return sum(lot.quantity * instrument.multiplier * lot.latest_price(history) for lot in lots)

    def _closed(self, position_id: int, instrument: Instrument, quantity: int) -> list[Lot]:
        """What of a holding such a trade closes; it is taken out of it."""
        key = position_id, instrument
        lots = self._lots.get(key)
        if lots is None:
            return []
        gone = list(closed(lots, quantity))
        if gone and not lots:
            self._let_go(key)
        return gone

    def _taken(self, position_id: int, instrument: Instrument) -> list[Lot]:
        """All of a holding; it is taken away."""
        key = position_id, instrument
        lots = self._lots.get(key, [])
        if lots:
            self._let_go(key)
        return lots

    def _let_go(self, key: tuple[int, Instrument]) -> None:
        """A position has nothing more of an instrument."""
        del self._lots[key]
        history = self._histories[key[1]]
        history.holders -= 1
        if not history.holders:
            del self._held[history.number]

    def _book(self, kind: BookingKind, amount: Micros, position_id: int | None) -> None:
        if amount:
            self.bookings.append(Booking(self._market.now, kind, amount, position_id))

    def _seen(self, instrument: Instrument) -> Seen:
        """Where the market that an instrument's present quote goes with stands."""
        underlying = underlying_of(instrument)
        snapshot = self._market.snapshots.get(underlying)
        if not isinstance(instrument, OptionContract) or snapshot is None:
            price, at = self._market.price_of(underlying)
            return Seen(at, price, self._sessions)
        known = self._chains_seen.get(underlying)
        if known is not None and known[0] is snapshot and known[1].sessions == self._sessions:
            return known[1]
        seen = Seen(snapshot.at, snapshot.underlying_price, self._sessions)
        self._chains_seen[underlying] = snapshot, seen
        return seen

    def _next(self, instrument: Instrument) -> Seen:
        """The same, for what ends in the session under way."""
        return self._seen(instrument)._replace(sessions=self._sessions + 1)
