"""The present state of the market, as far as it has been published: last chains, prices and signal values."""

from __future__ import annotations

from dataclasses import dataclass, field
from math import isnan

from engine.clock import SimulatedClock
from engine.errors import MarketDataError
from engine.events import BarArrived, SharesQuoted, SignalUpdated, SnapshotArrived
from engine.instants import Instant
from engine.listing import Listing
from engine.model import Bar, ChainSnapshot, Instrument, SessionTable, Stock, Underlying


@dataclass(slots=True)
class Market(SimulatedClock):
    """What anyone in the run may know at the present instant.

    Only the bus moves it on, and only the runner's market handlers write; everybody else reads.

    Attributes:
        listing: the contracts that were quoted so far.
        share_quotes: last bid and ask of shares by symbol, where the data have any.
        snapshots: last chain by underlying.
        signals: last value by signal name; a signal that is warming up is absent.
    """

    sessions: SessionTable
    underlyings: dict[str, Underlying]
    snapshots: dict[str, ChainSnapshot] = field(default_factory=dict)
    signals: dict[str, float] = field(default_factory=dict)
    listing: Listing | None = None
    share_quotes: dict[str, SharesQuoted] = field(default_factory=dict)
    _last: dict[str, BarArrived | SnapshotArrived] = field(default_factory=dict)

    def instrument(self, symbol: str) -> Instrument | None:
        """The contract of an OSI symbol, from its first quote on, or the shares of a symbol; None when unknown."""
        if symbol in self.underlyings:
            return Stock(symbol)
        return None if self.listing is None else self.listing.named(symbol)

    def last_price(self, underlying: str) -> tuple[float, Instant] | None:
        """Last published price of an underlying and its instant: a bar's close, or the price beside a chain."""
        last = self._last.get(underlying)
        if last is None:
            return None
        return last.snapshot.underlying_price if isinstance(last, SnapshotArrived) else last.bar.close, last.at

    def last_prices(self) -> dict[str, float]:
        """`last_price` of everything that has one, by symbol."""
        prices = {}
        for symbol, event in self._last.items():
            if isinstance(event, SnapshotArrived):
                prices[symbol] = event.snapshot.underlying_price
            else:
                prices[symbol] = event.bar.close
        return prices

    def price_of(self, underlying: str) -> tuple[float, Instant]:
        """`last_price` of a market that must have one.

        Raises:
            MarketDataError: when nothing was published on the underlying yet.
        """
        known = self.last_price(underlying)
        if known is None:
            raise MarketDataError(f"{underlying} has no price yet; does the data hold its bars or chains?")
        return known

    def share_quote(self, symbol: str) -> SharesQuoted | None:
        """The last bid and ask of shares of the present exchange date, or None."""
        quoted = self.share_quotes.get(symbol)
        if quoted is None or self.sessions.date_of(quoted.at) != self.sessions.date_of(self.now):
            return None
        return quoted

    def restate(self, before: str, after: str, factor: float) -> None:
        """Go over to the unit and the symbol of tomorrow: yesterday's price becomes one in it, its quotes are void."""
        self.snapshots.pop(before, None)
        self.share_quotes.pop(before, None)
        if before in self.underlyings and after not in self.underlyings:
            self.underlyings = {**self.underlyings, after: Underlying(after, self.underlyings[before].kind)}
        known = self.last_price(before)
        if known is not None:
            price = known[0] * factor
            self._last[after] = BarArrived(known[1], Bar(after, price, price, price, price, 0.0))

    def on_bar(self, event: BarArrived) -> None:
        """Take over a bar."""
        self._last[event.bar.symbol] = event

    def on_shares_quoted(self, event: SharesQuoted) -> None:
        """Take over a quote of shares."""
        self.share_quotes[event.symbol] = event

    def on_snapshot(self, event: SnapshotArrived) -> None:
        """Take over a chain."""
        snapshot = event.snapshot
        self.snapshots[snapshot.underlying] = snapshot
        self._last[snapshot.underlying] = event
        if self.listing is not None:
            self.listing.note(snapshot)

    def on_signal(self, event: SignalUpdated) -> None:
        """Take over a signal value; NaN takes the last one back."""
        if isnan(event.value):
            self.signals.pop(event.name, None)
        else:
            self.signals[event.name] = event.value
