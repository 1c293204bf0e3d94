"""Expiration: every held contract of a series settles in cash, on one price, before anything else happens.

The price is the published settlement value of the root; where there is none, a declared proxy (DESIGN section 4):
for AM series the first print of the underlying in the settlement session, for PM series the last print at or before
the settlement instant, and the last known price where the data has neither. Proxies are named and counted.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

from engine.bus import Publish
from engine.errors import UnsupportedContract
from engine.events import (
    BarArrived,
    ContractExpired,
    OrderFilled,
    SettlementPublished,
    SettlementSource,
    SnapshotArrived,
)
from engine.instants import Instant
from engine.market import Market
from engine.model import OptionContract, OptionSeries, SettlementMethod, SettlementSession
from engine.money import MICROS_PER_CENT
from engine.portfolio import Portfolio
from engine.result import SettlementRecord

_NEVER: Final = 2**63 - 1


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


EXERCISE_THRESHOLD: Final = MICROS_PER_CENT
"""In the money by at least this much per share, an expiring option is exercised (RULES 5.1)."""


class Settlement:
    """Settles held series when their instant has come.

    Attributes:
        records: one record per settled series, in order.
    """

    def __init__(self, portfolio: Portfolio, market: Market, publish: Publish) -> None:
        self.records: list[SettlementRecord] = []
        self._portfolio = portfolio
        self._market = market
        self._publish = publish
        self._next_due: Instant = _NEVER

    def on_published(self, event: SettlementPublished) -> None:
        """A settlement value became known: settle what waits for it, now."""
        for series in self._due(event.at):
            if (series.root, series.settles_at) == (event.root, event.settles_at):
                self.settle(series, event.price, SettlementSource.OFFICIAL, event.at)

    def on_bar(self, event: BarArrived) -> None:
        """Settle what is due; an opening price is the open of the first bar that began at or after the opening."""
        if event.at >= self._next_due:
            bar = event.bar
            self._settle_due(_Print(bar.symbol, event.at, bar.open, bar.close, spans_time=True))

    def on_snapshot(self, event: SnapshotArrived) -> None:
        """Settle what is due."""
        if event.at >= self._next_due:
            price = event.snapshot.underlying_price
            self._settle_due(_Print(event.snapshot.underlying, event.at, price, price, spans_time=False))

    def on_filled(self, event: OrderFilled) -> None:
        """Look ahead to the next settlement; refuse to hold what cannot be settled here."""
        for series in self._look_ahead():
            if series.settlement is not SettlementMethod.CASH:
                raise UnsupportedContract(
                    f"{series.root} {series.expires_on} is settled by delivery; only cash-settled contracts can be held"
                )

    def on_expired(self, event: ContractExpired) -> None:
        """Look ahead to the next settlement."""
        self._look_ahead()

    def held_series(self) -> tuple[OptionSeries, ...]:
        """Series of which contracts are held, by settlement instant, underlying and root."""
        held = {leg.series for leg, _ in self._portfolio.net_legs() if isinstance(leg, OptionContract)}
        return tuple(sorted(held, key=lambda series: (series.settles_at, series.underlying, series.root)))

    def settle(self, series: OptionSeries, price: float, source: SettlementSource, priced_at: Instant) -> None:
        """Settle every held contract of a series on one price."""
        legs = [
            (position.position_id, leg.instrument, leg.quantity)
            for position in self._portfolio.positions.values()
            for leg in position.legs
            if isinstance(leg.instrument, OptionContract) and leg.instrument.series == series
        ]
        now = self._market.now
        for position_id, contract, quantity in legs:
            value = contract.intrinsic_micros(price)
            cash = quantity * contract.multiplier * value if value >= EXERCISE_THRESHOLD else 0
            self._publish(ContractExpired(now, position_id, contract, quantity, price, source, priced_at, cash))
        self.records.append(SettlementRecord(series.root, series.settles_at, now, price, source, priced_at, len(legs)))

    def settle_everything(self) -> None:
        """Settle every held series on the last known price of its underlying, whenever it would have expired."""
        for series in self.held_series():
            price, at = self._market.price_of(series.underlying)
            self.settle(series, price, SettlementSource.LAST_KNOWN, at)

    def _look_ahead(self) -> tuple[OptionSeries, ...]:
        held = self.held_series()
        self._next_due = held[0].settles_at if held else _NEVER
        return held

    def _due(self, at: Instant) -> Sequence[OptionSeries]:
        return [series for series in self.held_series() if series.settles_at <= at]

    def _settle_due(self, present: _Print) -> None:
        for series in self._due(present.at):
            proxy = self._proxy(series, present)
            if proxy is not None:
                self.settle(series, *proxy)

    def _proxy(self, series: OptionSeries, present: _Print) -> tuple[float, SettlementSource, Instant] | None:
        """Proxy price, its source and its instant; None while a better one may still come."""
        due, sessions = series.settles_at, self._market.sessions
        own = present.symbol == series.underlying
        if series.session is SettlementSession.AM and sessions.date_of(present.at) == sessions.date_of(due):
            is_first_print = own and not (present.spans_time and present.at == due)
            return (present.opening, SettlementSource.FIRST_PRINT_OF_SESSION, present.at) if is_first_print else None
        if series.session is SettlementSession.PM and present.at == due:
            return (present.closing, SettlementSource.LAST_BEFORE_SETTLEMENT, present.at) if own else None
        known, known_at = self._market.price_of(series.underlying)
        if series.session is SettlementSession.PM and sessions.date_of(known_at) == sessions.date_of(due):
            return known, SettlementSource.LAST_BEFORE_SETTLEMENT, known_at
        return known, SettlementSource.LAST_KNOWN, known_at
