"""Follows every holding while a run goes on, from mark to mark: at fills, at the ends of sessions, at its end.

Only trustworthy marks of the day are looked at; a holding without one is followed on to its next.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeAlias

from engine.attribution.stretches import Booking, BookingKind, Lot, Stretch, closed
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
from engine.model import Instrument, OptionContract, Stock, underlying_of
from engine.money import Micros, to_micros
from engine.portfolio import PortfolioManager

_Seen: TypeAlias = tuple[Instant, float]
"""Instant and price of the underlying beside a mark."""


class AttributionRecorder:
    """Stretches and bookings of one run; together they are its profit, to the micro-dollar.

    Attributes:
        stretches, bookings: in the order in which they ended and were booked.
    """

    def __init__(self, portfolio: PortfolioManager, market: Market) -> None:
        self.stretches: list[Stretch] = []
        self.bookings: list[Booking] = []
        self._portfolio, self._market = portfolio, market
        self._lots: dict[tuple[int, Instrument], list[Lot]] = {}

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
            gone = self._closed(event.position_id, event.contract, -event.quantity)
            marked = sum(lot.quantity * event.contract.multiplier * lot.price for lot in gone)
            self._book(BookingKind.ASSIGNMENT, value - marked, event.position_id)
        self._trade(event.position_id, Stock(event.contract.series.underlying), event.shares, price)

    def on_adjusted(self, event: CorporateActionApplied) -> None:
        """A holding goes on as what a corporate action made of it, at its old worth."""
        lots = self._lots.pop((event.position_id, event.before), [])
        worth = sum(lot.quantity * event.before.multiplier * lot.price for lot in lots) - event.cash
        size = event.quantity_after * event.after.multiplier
        price = round(worth / size) if size else 0
        self._book(BookingKind.ADJUSTMENT, size * price - worth, event.position_id)
        if size:
            at, spot = self._seen(event.after)
            lots = self._lots.setdefault((event.position_id, event.after), [])
            lots.append(Lot(event.quantity_after, at, price, spot))

    def on_dividend(self, event: DividendPaid) -> None:
        """A dividend was paid or owed."""
        self._book(BookingKind.DIVIDENDS, event.amount, event.position_id)

    def on_interest(self, event: InterestAccrued) -> None:
        """Interest was earned or owed by the account."""
        self._book(BookingKind.FINANCING, event.amount, None)

    # --- marks -----------------------------------------------------------------------------------------------------

    def end_session(self, began_at: Instant) -> None:
        """Look at every holding that has a trustworthy mark since the session began."""
        for (position_id, instrument), lots in self._lots.items():
            mark = self._portfolio.mark_of(instrument)
            if mark.trusted and mark.at >= began_at:
                self._mark((position_id, instrument), lots, mark.price)
            else:
                lots[:] = [lot._replace(sessions=lot.sessions + 1) for lot in lots]

    def finish(self) -> None:
        """Look at what is left, at whatever mark the run ends with."""
        for (position_id, instrument), lots in self._lots.items():
            self._mark((position_id, instrument), lots, self._portfolio.mark_of(instrument).price)

    def _mark(self, of: tuple[int, Instrument], lots: list[Lot], price: Micros) -> None:
        """End lots at a mark; one lot begins there."""
        position_id, instrument = of
        seen, size, held = self._seen(instrument), instrument.multiplier * price, 0
        for lot in lots:
            self._end(position_id, instrument, lot, lot.quantity * size, seen)
            held += lot.quantity
        lots[:] = [Lot(held, seen[0], price, seen[1])]

    # --- inside ----------------------------------------------------------------------------------------------------

    def _trade(self, position_id: int, instrument: Instrument, quantity: int, price: Micros) -> None:
        """So much was bought (sold when negative) at a price: what it closes ends there, and the rest begins."""
        at, spot = seen = self._seen(instrument)
        for lot in self._closed(position_id, instrument, quantity):
            self._end(position_id, instrument, lot, lot.quantity * instrument.multiplier * price, seen)
            quantity += lot.quantity
        if quantity:
            self._lots.setdefault((position_id, instrument), []).append(Lot(quantity, at, price, spot))

    def _closed(self, position_id: int, instrument: Instrument, quantity: int) -> list[Lot]:
        """What of a holding such a trade closes; it is taken out of it."""
        lots = self._lots.get((position_id, instrument), [])
        gone = list(closed(lots, quantity))
        if gone and not lots:
            del self._lots[position_id, instrument]
        return gone

    def _settle(self, position_id: int, contract: OptionContract, value: Micros, price: float) -> None:
        """A holding ends at its settlement, worth so much altogether."""
        lots = self._lots.pop((position_id, contract))
        held = sum(lot.quantity for lot in lots)
        for lot in lots:
            part = value * lot.quantity // held
            value, held = value - part, held - lot.quantity
            self._end(position_id, contract, lot, part, (contract.series.settles_at, price))

    def _end(self, position_id: int, instrument: Instrument, lot: Lot, value: Micros, seen: _Seen) -> None:
        (quantity, began_at, price, began_spot, sessions), (at, spot) = lot, seen
        stretch = Stretch(position_id, instrument, quantity, began_at, at, price, value, began_spot, spot, sessions + 1)
        if at > began_at or stretch.profit:
            self.stretches.append(stretch)

    def _book(self, kind: BookingKind, amount: Micros, position_id: int | None) -> None:
        if amount:
            self.bookings.append(Booking(self._market.now, kind, amount, position_id))

    def _seen(self, instrument: Instrument) -> _Seen:
        """Instant and price of the underlying that an instrument's present quote goes with."""
        underlying = underlying_of(instrument)
        snapshot = self._market.snapshots.get(underlying)
        if isinstance(instrument, OptionContract) and snapshot is not None:
            return snapshot.at, snapshot.underlying_price
        price, at = self._market.price_of(underlying)
        return at, price
