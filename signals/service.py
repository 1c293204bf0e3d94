"""The listener that feeds market events to signals and their values to the bus."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Mapping
from typing import Any, ClassVar, Literal, TypeAlias

from engine.events import BarArrived, Event, SnapshotArrived
from signals.errors import DuplicateSignalName
from signals.registry import EventDispatcher, SignalGenerator

Handler: TypeAlias = Callable[[Any], Awaitable[None]]


class SignalService:
    """The signals of one run, asked in the order in which they are given.

    A generator keeps what it has seen, so a service serves one run.

    Raises:
        DuplicateSignalName: when two signals have one name.
    """

    slot: ClassVar[Literal["signals"]] = "signals"
    """Where the runner puts its handlers: after the market is marked, before the strategies."""

    def __init__(self, generators: Iterable[SignalGenerator]) -> None:
        self._by_underlying: dict[str, tuple[SignalGenerator, ...]] = {}
        names: set[str] = set()
        for generator in generators:
            if generator.name in names:
                raise DuplicateSignalName(f"two signals are named {generator.name!r}; signal names are unique")
            names.add(generator.name)
            watching = self._by_underlying.get(generator.underlying, ())
            self._by_underlying[generator.underlying] = (*watching, generator)

    def handlers(self, publish: Callable[[Event], None]) -> Mapping[type[Event], Handler]:
        """One handler per type of market event; none where there is no signal."""
        if not self._by_underlying:
            return {}
        dispatcher = EventDispatcher(publish)
        watching = self._by_underlying

        async def on_bar(event: BarArrived) -> None:
            for signal in watching.get(event.bar.symbol, ()):
                dispatcher.dispatch(event.at, signal.name, signal.on_bar(event.at, event.bar))

        async def on_snapshot(event: SnapshotArrived) -> None:
            for signal in watching.get(event.snapshot.underlying, ()):
                dispatcher.dispatch(event.at, signal.name, signal.on_snapshot(event.snapshot))

        return {BarArrived: on_bar, SnapshotArrived: on_snapshot}
