"""Follows every holding while a run goes on, from mark to mark: at fills, at the ends of sessions, at its end.

Only trustworthy marks of the day are looked at; a holding without one is followed on to its next.
"""

from __future__ import annotations

from array import array
from collections.abc import Mapping
from typing import Any, Final

from engine.attribution.lives import Family, History, Lot, Seen, closed, stretches_of
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
from engine.holdings import HeldContract
from engine.instants import Instant
from engine.market import Market
from engine.metrics.sensitivity import middle_of
from engine.model import Instrument, OptionContract, Stock
from engine.money import Micros, to_micros
from engine.portfolio import PortfolioManager

_SPREAD_COST: Final = BookingKind.SPREAD_COST
_FEES: Final = BookingKind.FEES


class AttributionRecorder:
    """What stretches are made of, and bookings, of one run; together they are its profit, to the micro-dollar.

    Attributes:
        bookings: in the order in which they were booked.
    """

    def __init__(self, portfolio: PortfolioManager, market: Market) -> None:
        self.bookings: list[Booking] = []
        self._portfolio, self._market = portfolio, market
        self._lives: list[Lot] = []
        """Lots that have ended."""
        self._histories: dict[Instrument, History] = {}
        self._held: dict[Family, dict[int, HeldContract | None]] = {}
        """What is held by the number of its history, contracts with their present marks."""
        self._marks: array[int] = array("q")
        self._marked = 0
        self._seen: list[Seen] = []
        self._sessions = 0

    @property
    def stretches(self) -> Stretches:
        """Every holding that has ended, from mark to mark."""
        return stretches_of(self._lives, tuple(self._histories), self._marks, self._seen)

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
        position_id, beside_middle, fees = event.fill.position_id, 0, 0
        for leg in event.fill.legs:
            instrument, quantity, middle = leg.instrument, leg.quantity, middle_of(leg)
            beside_middle += quantity * instrument.multiplier * (leg.price - middle)
            fees += leg.fee
            self._trade(position_id, instrument, quantity, middle)
        self._book(_SPREAD_COST, -beside_middle, position_id)
        self._book(_FEES, -fees, position_id)

    def on_expired(self, event: ContractExpired) -> None:
        """A holding ends at the value of its settlement."""
        self._book(_FEES, -event.fee, event.position_id)
        self._settle(event.position_id, event.contract, event.cash, event.settlement_price)

    def on_delivered(self, event: ContractExercised | ContractAssigned) -> None:
        """An option ends at the value of its exercise, and the shares begin at the price that this value rests on."""
        price = to_micros(event.price)
        value = event.cash + event.shares * price
        self._book(_FEES, -event.fee, event.position_id)
        if event.reason is ExerciseReason.EXPIRATION:
            self._settle(event.position_id, event.contract, value, event.price)
        else:
            self._hand_over(event, value)
        if event.shares:
            self._trade(event.position_id, Stock(event.contract.series.underlying), event.shares, price)

    def on_adjusted(self, event: CorporateActionApplied) -> None:
        """A holding goes on as what a corporate action made of it, at its old worth."""
        history = self._histories[event.before]
        worth = self._leave(history, self._taken(event.position_id, history)) - event.cash
        size = event.quantity_after * event.after.multiplier
        price = round(worth / size) if size else 0
        self._book(BookingKind.ADJUSTMENT, size * price - worth, event.position_id)
        if size:
            self._begin(event.position_id, self._history(event.after), event.quantity_after, price)

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
        for family, held in self._held.items():
            if held:
                self._mark(family, held, began_at)

    def _mark(self, family: Family, held: Mapping[int, HeldContract | None], began_at: Instant) -> None:
        seen, note = self._seen_of(family, self._sessions), self._marks.append
        for number, contract in held.items():
            if contract is None:
                price, at = self._share_price(family)
            else:
                price, at = contract.price, contract.trusted_at
            if at >= began_at:
                note(number)
                note(price)
                note(seen)
        self._marked = len(self._marks) // 3

    def _share_price(self, family: Family) -> tuple[Micros, Instant]:
        mark = self._portfolio.mark_of(Stock(family[0]))
        return mark.price, mark.at

    def finish(self) -> None:
        """Everything that is left ends at whatever mark the run ends with."""
        for history in self._histories.values():
            for position_id in tuple(history.lots):
                instrument, lots = history.instrument, self._taken(position_id, history)
                size, seen = instrument.multiplier * self._portfolio.mark_of(instrument).price, self._at_end(history)
                for lot in lots:
                    self._end(lot, lot.quantity * size, seen)

    # --- inside ----------------------------------------------------------------------------------------------------

    def _trade(self, position_id: int, instrument: Instrument, quantity: int, price: Micros) -> None:
        """So much was bought (sold when negative) at a price: what it closes ends there, and the rest begins."""
        history, left = self._history(instrument), quantity
        if position_id in history.lots:
            size, seen = instrument.multiplier * price, self._at_end(history)
            for lot in self._closed(position_id, history, quantity):
                left += lot.quantity
                self._end(lot, lot.quantity * size, seen)
        if left:
            self._begin(position_id, history, left, price)

    def _settle(self, position_id: int, contract: OptionContract, value: Micros, price: float) -> None:
        """A holding ends at its settlement, worth so much altogether."""
        history = self._histories[contract]
        lots = self._taken(position_id, history)
        seen = self._number((contract.series.settles_at, price, self._sessions + 1))
        held, left = 0, value
        for lot in lots:
            held += lot.quantity
        for lot in lots:
            part = left * lot.quantity // held
            left, held = left - part, held - lot.quantity
            self._end(lot, part, seen)

    def _hand_over(self, event: ContractExercised | ContractAssigned, value: Micros) -> None:
        """A holding ends before its expiration; what this brings beside the last mark is booked."""
        history = self._histories[event.contract]
        gone = self._closed(event.position_id, history, -event.quantity)
        self._book(BookingKind.ASSIGNMENT, value - self._leave(history, gone), event.position_id)

    def _begin(self, position_id: int, history: History, quantity: int, price: Micros) -> None:
        instrument, family = history.instrument, history.family
        if not history.lots:
            held = self._portfolio.held(instrument) if isinstance(instrument, OptionContract) else None
            self._held.setdefault(family, {})[history.number] = held
        seen = self._seen_of(family, self._sessions)
        lot = Lot(position_id, history.number, quantity, price, seen, self._marked)
        history.lots.setdefault(position_id, []).append(lot)

    def _end(self, lot: Lot, value: Micros, seen: int) -> None:
        """A lot ends, worth so much."""
        lot.last, lot.valued, lot.value, lot.ended = self._marked, True, value, seen
        self._lives.append(lot)

    def _leave(self, history: History, lots: list[Lot]) -> Micros:
        """Lots end at their last mark and go on as something else; what they were worth there."""
        for lot in lots:
            lot.last, lot.ended = self._marked, lot.begun
        self._lives += lots
        return sum(lot.quantity * history.instrument.multiplier * self._latest_price(history, lot) for lot in lots)

    def _latest_price(self, history: History, lot: Lot) -> Micros:
        """Exact mark per share that a lot was last looked at."""
        marks = self._marks
        for place in range(len(marks) - 3, 3 * lot.first - 1, -3):
            if marks[place] == history.number:
                return marks[place + 1]
        return lot.price

    def _closed(self, position_id: int, history: History, quantity: int) -> list[Lot]:
        """What of a holding such a trade closes; it is taken out of it."""
        lots = history.lots[position_id]
        gone = list(closed(lots, quantity))
        if not lots:
            self._taken(position_id, history)
        return gone

    def _taken(self, position_id: int, history: History) -> list[Lot]:
        """All of a holding; it is taken away."""
        lots = history.lots.pop(position_id)
        if not history.lots:  # nobody's mark any more
            del self._held[history.family][history.number]
        return lots

    def _history(self, instrument: Instrument) -> History:
        history = self._histories.get(instrument)
        if history is None:
            family = instrument.underlying, isinstance(instrument, OptionContract)
            history = self._histories[instrument] = History(instrument, len(self._histories), family)
        return history

    def _book(self, kind: BookingKind, amount: Micros, position_id: int | None) -> None:
        if amount:
            self.bookings.append(Booking(self._market.now, kind, amount, position_id))

    # --- what is seen ----------------------------------------------------------------------------------------------

    def _at_end(self, history: History) -> int:
        """What is seen beside an instrument that ends in the session under way."""
        return self._seen_of(history.family, self._sessions + 1)

    def _seen_of(self, family: Family, sessions: int) -> int:
        """What is seen after so many ends of sessions: beside quotes of options their chain, else the last price."""
        underlying, of_options = family
        snapshot = self._market.snapshots.get(underlying) if of_options else None
        if snapshot is None:
            price, at = self._market.price_of(underlying)
        else:
            price, at = snapshot.underlying_price, snapshot.at
        return self._number((at, price, sessions))

    def _number(self, seen: Seen) -> int:
        """Of what is seen; mostly it is what was seen last, and if not, it may well be numbered twice."""
        if not self._seen or self._seen[-1] != seen:
            self._seen.append(seen)
        return len(self._seen) - 1
