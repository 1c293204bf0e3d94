"""Expiration: every held contract of a series settles, in cash or in shares, on one price, before anything else.

The price is the published settlement value of the root; where there is none, a declared proxy (DESIGN section 4):
for AM series the first print of the underlying in the settlement session, for PM series the last print at or before
the settlement instant, and the last known price where the data has neither. Proxies are named and counted.
"""

from __future__ import annotations

from typing import NamedTuple

from engine.bus import Publish
from engine.costs.fees import FeeModel
from engine.events import (
    BarArrived,
    ContractExpired,
    CorporateActionApplied,
    DeliveriesCompleted,
    ExerciseReason,
    ExerciseWaived,
    SettlementPublished,
    SettlementSource,
    SnapshotArrived,
)
from engine.exercise import Exercised, PricedAt, delivery, exercised_by_exception
from engine.instants import NEVER, Instant
from engine.market import Market
from engine.model import OptionContract, OptionSeries, SettlementMethod, SettlementSession
from engine.portfolio import PortfolioManager
from engine.result import SettlementRecord


class _Print(NamedTuple):
    """What an event says about the price of its symbol.

    Attributes:
        spans_time: the opening price is older than `at`: the event is a bar, stamped at its end.
    """

    symbol: str
    at: Instant
    opening: float
    closing: float
    spans_time: bool


class Settlement:
    """Settles held series when their instant has come.

    Attributes:
        records: one record per settled series, in order.
    """

    def __init__(self, portfolio: PortfolioManager, market: Market, fees: FeeModel, publish: Publish) -> None:
        self.records: list[SettlementRecord] = []
        self._portfolio = portfolio
        self._market = market
        self._fees = fees
        self._publish = publish
        self._waived: set[tuple[int, str]] = set()

    def on_published(self, event: SettlementPublished) -> None:
        """A settlement value became known: settle what waits for it, now."""
        for series in self.held_series(event.at):
            if (series.root, series.settles_at) == (event.root, event.settles_at):
                self.settle(series, PricedAt(event.price, SettlementSource.OFFICIAL, event.at))

    def on_bar(self, event: BarArrived) -> None:
        """Settle what is due; an opening price is the open of the first bar that began at or after the opening."""
        if event.at >= self._portfolio.next_settlement:
            bar = event.bar
            self._settle_due(_Print(bar.symbol, event.at, bar.open, bar.close, spans_time=True))

    def on_snapshot(self, event: SnapshotArrived) -> None:
        """Settle what is due."""
        if event.at >= self._portfolio.next_settlement:
            price = event.snapshot.underlying_price
            self._settle_due(_Print(event.snapshot.underlying, event.at, price, price, spans_time=False))

    def on_waived(self, event: ExerciseWaived) -> None:
        """Remember a contract that is not to be exercised when it expires."""
        self._waived.add((event.position_id, event.contract.symbol))

    def on_adjusted(self, event: CorporateActionApplied) -> None:
        """Remember waivers under the symbols that contracts have now."""
        before = (event.position_id, event.before.symbol)
        if before in self._waived:
            self._waived.remove(before)
            self._waived.add((event.position_id, event.after.symbol))

    def held_series(self, until: Instant = NEVER) -> list[OptionSeries]:
        """Series of which contracts are held, by settlement instant, underlying and root; all that settle by then."""
        held = {one.series for one in self._portfolio.contracts() if one.series.settles_at <= until}
        return sorted(held, key=lambda series: (series.settles_at, series.underlying, series.root))

    def settle(self, series: OptionSeries, priced: PricedAt) -> None:
        """Settle every held contract of a series on one price; those in the money deliver shares or pay cash."""
        now, legs = self._market.now, self._held_of(series)
        delivered: set[int] = set()
        for position_id, contract, quantity in legs:
            worth = contract.exercise_micros(priced.price)
            waived = quantity > 0 and (position_id, contract.symbol) in self._waived
            if waived or not exercised_by_exception(contract, worth):
                self._publish(ContractExpired(now, position_id, contract, quantity, *priced, 0))
                continue
            fee = self._fees.exercise_fee(contract, quantity)
            if series.settlement is SettlementMethod.CASH:
                self._publish(ContractExpired(now, position_id, contract, quantity, *priced, quantity * worth, fee))
            else:
                delivered.add(position_id)
                exercised = Exercised(position_id, contract, quantity, fee)
                self._publish(delivery(now, exercised, priced, ExerciseReason.EXPIRATION))
        if delivered:
            decided_at = min(series.settles_at, now)  # a run may end, and settle, before
            self._publish(DeliveriesCompleted(now, decided_at, tuple(sorted(delivered))))
        self.records.append(SettlementRecord(series.root, series.settles_at, now, *priced, len(legs)))

    def settle_everything(self) -> None:
        """Settle every held series on the last known price of its underlying, whenever it would have expired."""
        for series in self.held_series():
            price, at = self._market.price_of(series.underlying)
            self.settle(series, PricedAt(price, SettlementSource.LAST_KNOWN, at))

    def _held_of(self, series: OptionSeries) -> list[tuple[int, OptionContract, int]]:
        """Position, contract and quantity of every leg that is of a series."""
        return [
            (position.position_id, contract, leg.quantity)
            for position in self._portfolio.positions.values()
            for leg in position.legs
            # Instants first: they tell nearly all others apart, and two series are compared field by field.
            if isinstance(contract := leg.instrument, OptionContract)
            and contract.series.settles_at == series.settles_at
            and (contract.series is series or contract.series == series)
        ]

    def _settle_due(self, present: _Print) -> None:
        for series in self.held_series(present.at):
            proxy = self._proxy(series, present)
            if proxy is not None:
                self.settle(series, proxy)

    def _proxy(self, series: OptionSeries, present: _Print) -> PricedAt | None:
        """Proxy price; None while a better one may still come."""
        due, sessions = series.settles_at, self._market.sessions
        own = present.symbol == series.underlying
        if series.session is SettlementSession.AM and sessions.date_of(present.at) == sessions.date_of(due):
            is_first_print = own and not (present.spans_time and present.at == due)
            first = PricedAt(present.opening, SettlementSource.FIRST_PRINT_OF_SESSION, present.at)
            return first if is_first_print else None
        if series.session is SettlementSession.PM and present.at == due:
            return PricedAt(present.closing, SettlementSource.LAST_BEFORE_SETTLEMENT, present.at) if own else None
        known, known_at = self._market.price_of(series.underlying)
        if series.session is SettlementSession.PM and sessions.date_of(known_at) == sessions.date_of(due):
            return PricedAt(known, SettlementSource.LAST_BEFORE_SETTLEMENT, known_at)
        return PricedAt(known, SettlementSource.LAST_KNOWN, known_at)
