"""The host: hands events to the strategies of a run, each with its own context, and counts their funnel."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from engine.book import Book, OrderDesk
from engine.bus import Handler, Publish
from engine.errors import ConfigurationError
from engine.events import (
    BarArrived,
    ContractAssigned,
    ContractExercised,
    OrderFilled,
    RunFinished,
    SignalUpdated,
    SnapshotArrived,
    TimeReached,
)
from engine.market import Market
from engine.model import ContractTable, Instrument
from engine.strategy import Strategy, StrategyContext
from engine.tally import Tally


class StrategyHost:
    """Strategies in the order of the configuration.

    Args:
        contracts: every contract of the run; a strategy is given those that it names by itself.

    Attributes:
        tallies: the funnel of each strategy.
    """

    def __init__(
        self,
        strategies: Sequence[Strategy],
        market: Market,
        book: Book,
        desk: OrderDesk,
        contracts: ContractTable,
        publish: Publish,
    ) -> None:
        self.tallies: dict[str, Tally] = {strategy.name: Tally(market) for strategy in strategies}
        self._seats: list[_Seat] = []
        for strategy in strategies:
            tally = self.tallies[strategy.name]
            named = _named(strategy, market, contracts)
            context = StrategyContext(strategy.name, market, book, desk, publish, tally.decline, tally.passed, named)
            self._seats.append(_Seat(strategy, context))

    def start(self) -> None:
        """Call every `on_start`."""
        for seat in self._seats:
            seat.strategy.on_start(seat.context)

    def handlers(self) -> list[tuple[type[Any], Handler]]:
        """Handlers by event type; a method that a strategy does not override is not called."""
        return [
            (event_type, getattr(seat, method))
            for seat in self._seats
            for event_type, method in _METHODS
            if getattr(type(seat.strategy), method) is not getattr(Strategy, method)
        ]


_METHODS: tuple[tuple[type[Any], str], ...] = (
    (BarArrived, "on_bar"),
    (SnapshotArrived, "on_snapshot"),
    (SignalUpdated, "on_signal"),
    (OrderFilled, "on_fill"),
    (ContractAssigned, "on_assignment"),
    (ContractExercised, "on_assignment"),
    (TimeReached, "on_time"),
    (RunFinished, "on_finish"),
)


def _named(strategy: Strategy, market: Market, contracts: ContractTable) -> dict[str, Instrument]:
    """What a strategy names by itself, by symbol."""
    found: dict[str, Instrument] = {}
    for symbol, place in strategy.named_symbols().items():
        instrument = market.instrument(symbol) or contracts.named(symbol)
        if instrument is None:
            raise ConfigurationError(
                f"strategy {strategy.name!r}: {place}: {symbol} is not in the data of this run; "
                "`ironfly data chain` shows what is quoted"
            )
        found[symbol] = instrument
    return found


class _Seat:
    """One strategy and its context; handlers by the name of the strategy's method."""

    __slots__ = ("context", "label", "strategy")

    def __init__(self, strategy: Strategy, context: StrategyContext) -> None:
        self.strategy = strategy
        self.context = context
        self.label = f"strategy {strategy.name!r}"

    def on_bar(self, event: BarArrived) -> None:
        self.strategy.on_bar(self.context, event.bar)

    def on_snapshot(self, event: SnapshotArrived) -> None:
        self.strategy.on_snapshot(self.context, event.snapshot)

    def on_signal(self, event: SignalUpdated) -> None:
        self.strategy.on_signal(self.context, event)

    def on_fill(self, event: OrderFilled) -> None:
        if event.fill.strategy == self.strategy.name:
            self.strategy.on_fill(self.context, event.fill)

    def on_assignment(self, event: ContractAssigned | ContractExercised) -> None:
        if any(position.position_id == event.position_id for position in self.context.positions):
            self.strategy.on_assignment(self.context, event)

    def on_time(self, event: TimeReached) -> None:
        if event.strategy == self.strategy.name:
            self.strategy.on_time(self.context)

    def on_finish(self, event: RunFinished) -> None:
        self.strategy.on_finish(self.context)
