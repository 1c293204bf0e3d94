"""The listener that feeds market events to signals and their values to the bus."""

from __future__ import annotations

from collections import deque
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from typing import Any, ClassVar, Literal, TypeAlias

from engine.events import BarArrived, Event, SnapshotArrived
from engine.instants import Instant
from signals.errors import DuplicateSignalName
from signals.registry import EventDispatcher, SignalGenerator

Handler: TypeAlias = Callable[[Any], Awaitable[None]]


class SignalService:
    """The signals of one run, asked in the order in which they are given.

    A generator keeps what it has seen, so a service serves one run.

    Args:
        adjustments: by underlying, in order: the instant of a split or dividend, and by what prices of before are
            multiplied; generators hear of one with the first event after it, and not before.

    Raises:
        DuplicateSignalName: when two signals have one name.
    """

    slot: ClassVar[Literal["signals"]] = "signals"
    """Where the runner puts its handlers: after the market is marked, before the strategies."""

    def __init__(
        self,
        generators: Iterable[SignalGenerator],
        adjustments: Mapping[str, Sequence[tuple[Instant, float]]] | None = None,
    ) -> None:
        self._ahead = {symbol: deque(steps) for symbol, steps in (adjustments or {}).items()}
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
            self._adjust(event.bar.symbol, event.at)
            for signal in watching.get(event.bar.symbol, ()):
                dispatcher.dispatch(event.at, signal.name, signal.on_bar(event.at, event.bar))

        async def on_snapshot(event: SnapshotArrived) -> None:
            self._adjust(event.snapshot.underlying, event.at)
            for signal in watching.get(event.snapshot.underlying, ()):
                dispatcher.dispatch(event.at, signal.name, signal.on_snapshot(event.snapshot))

        return {BarArrived: on_bar, SnapshotArrived: on_snapshot}

    def _adjust(self, underlying: str, now: Instant) -> None:
        ahead = self._ahead.get(underlying)
        while ahead and ahead[0][0] < now:
            _, factor = ahead.popleft()
            for signal in self._by_underlying.get(underlying, ()):
                signal.on_adjustment(factor)
