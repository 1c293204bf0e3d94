"""The host: hands events to the strategies of a run, each with its own context, and counts their funnel."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from engine.bus import Publish
from engine.events import (
    BarArrived,
    ContractAssigned,
    ContractExercised,
    OrderFilled,
    RunFinished,
    SignalUpdated,
    SnapshotArrived,
)
from engine.market import Market
from engine.strategy import Book, OrderDesk, Strategy, StrategyContext


class StrategyHost:
    """Strategies in the order of the configuration.

    Attributes:
        funnel: per strategy, number of passes and declines by stage and reason.
    """

    def __init__(
        self, strategies: Sequence[Strategy], market: Market, book: Book, desk: OrderDesk, publish: Publish
    ) -> None:
        self.funnel: dict[str, Counter[str]] = {strategy.name: Counter() for strategy in strategies}
        self._pairs = [
            (
                strategy,
                StrategyContext(
                    strategy.name,
                    market,
                    book,
                    desk,
                    publish,
                    _Decline(self.funnel[strategy.name]),
                    _Passed(self.funnel[strategy.name]),
                ),
            )
            for strategy in strategies
        ]
        self._by_name = {strategy.name: (strategy, context) for strategy, context in self._pairs}

    def overrides(self, method: str) -> bool:
        """Whether any strategy does something in a method; one that nobody overrides is not called."""
        return any(getattr(type(strategy), method) is not getattr(Strategy, method) for strategy, _ in self._pairs)

    def start(self) -> None:
        """Call every `on_start`."""
        for strategy, context in self._pairs:
            strategy.on_start(context)

    def on_bar(self, event: BarArrived) -> None:
        """Hand on a bar."""
        for strategy, context in self._pairs:
            strategy.on_bar(context, event.bar)

    def on_snapshot(self, event: SnapshotArrived) -> None:
        """Hand on a chain."""
        for strategy, context in self._pairs:
            strategy.on_snapshot(context, event.snapshot)

    def on_signal(self, event: SignalUpdated) -> None:
        """Hand on a signal value."""
        for strategy, context in self._pairs:
            strategy.on_signal(context, event)

    def on_filled(self, event: OrderFilled) -> None:
        """Tell the strategy whose order it was."""
        strategy, context = self._by_name[event.fill.strategy]
        strategy.on_fill(context, event.fill)

    def on_shares_moved(self, event: ContractAssigned | ContractExercised) -> None:
        """Hand on an assignment or an exercise."""
        for strategy, context in self._pairs:
            if any(position.position_id == event.position_id for position in context.positions):
                strategy.on_assignment(context, event)

    def on_finished(self, event: RunFinished) -> None:
        """Call every `on_finish`."""
        for strategy, context in self._pairs:
            strategy.on_finish(context)


class _Decline:
    """Counts `stage: reason`."""

    def __init__(self, counts: Counter[str]) -> None:
        self._counts = counts

    def __call__(self, stage: str, reason: str) -> None:
        self._counts[f"{stage}: {reason}"] += 1


class _Passed:
    """Counts `stage: passed`."""

    def __init__(self, counts: Counter[str]) -> None:
        self._counts = counts

    def __call__(self, stage: str) -> None:
        self._counts[f"{stage}: passed"] += 1
