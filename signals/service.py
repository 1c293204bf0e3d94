"""The listener that feeds market events to signals and their values to the bus."""

from __future__ import annotations

from collections import deque
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from math import isnan
from typing import Any, ClassVar, Literal, NamedTuple, TypeAlias

from engine.events import BarArrived, Event, SnapshotArrived
from engine.instants import Instant
from signals.errors import DuplicateSignalName
from signals.registry import EventDispatcher, Signal, SignalCombination, SignalGenerator, check_declared

Handler: TypeAlias = Callable[[Any], Awaitable[None]]


class SignalService:
    """The signals of one run, asked in the order in which they are given.

    A signal keeps what it has seen, so a service serves one run. A combination is asked at every event at which one of
    the signals that it reads was published; these come before it, so that it sees what holds at the same instant.

    Args:
        adjustments: by underlying, in order: the instant of a split or dividend, and by what prices of before are
            multiplied; generators hear of one with the first event after it, and not before.

    Raises:
        DuplicateSignalName: when two signals have one name.
        UnknownSignal: when a combination reads a signal that is not given before it.
    """

    slot: ClassVar[Literal["signals"]] = "signals"
    """Where the runner puts its handlers: after the market is marked, before the strategies."""

    def __init__(
        self,
        signals: Iterable[Signal],
        adjustments: Mapping[str, Sequence[tuple[Instant, float]]] | None = None,
    ) -> None:
        self._ahead = {symbol: deque(steps) for symbol, steps in (adjustments or {}).items()}
        self._concerned = _by_underlying(list(signals))
        self._values: dict[str, float] = {}

    def handlers(self, publish: Callable[[Event], None]) -> Mapping[type[Event], Handler]:
        """One handler per type of market event; none where there is no signal."""
        if not self._concerned:
            return {}
        dispatcher = EventDispatcher(publish)

        async def on_bar(event: BarArrived) -> None:
            bar = event.bar
            self._ask(dispatcher, event.at, bar.symbol, lambda signal: signal.on_bar(event.at, bar))

        async def on_snapshot(event: SnapshotArrived) -> None:
            snapshot = event.snapshot
            self._ask(dispatcher, event.at, snapshot.underlying, lambda signal: signal.on_snapshot(snapshot))

        return {BarArrived: on_bar, SnapshotArrived: on_snapshot}

    def _ask(
        self,
        dispatcher: EventDispatcher,
        at: Instant,
        underlying: str,
        ask: Callable[[SignalGenerator], float | None],
    ) -> None:
        self._adjust(underlying, at)
        published: set[str] = set()
        for name, generator, combination in self._concerned.get(underlying, ()):
            if generator is not None:
                value = ask(generator)
            elif combination is not None and not published.isdisjoint(combination.inputs):
                value = combination.on_signals(at, self._values)
            else:
                continue
            if value is not None and self._changes(name, value):
                published.add(name)
                dispatcher.dispatch(at, name, value)

    def _changes(self, name: str, value: float) -> bool:
        """Take over a value; whether it is to be published: there is no point in taking back what nobody has."""
        if isnan(value):
            return self._values.pop(name, None) is not None
        self._values[name] = value
        return True

    def _adjust(self, underlying: str, now: Instant) -> None:
        ahead = self._ahead.get(underlying)
        while ahead and ahead[0][0] < now:
            _, factor = ahead.popleft()
            for _, generator, _ in self._concerned.get(underlying, ()):
                if generator is not None:
                    generator.on_adjustment(factor)


class _Concerned(NamedTuple):
    """A signal that an event of a market concerns: one that watches it, or one that reads such a signal."""

    name: str
    generator: SignalGenerator | None
    combination: SignalCombination | None


def _by_underlying(signals: Sequence[Signal]) -> dict[str, tuple[_Concerned, ...]]:
    """Per market, in the order of the signals."""
    markets: dict[str, frozenset[str]] = {}
    concerned: list[_Concerned] = []
    for signal in signals:
        if signal.name in markets:
            raise DuplicateSignalName(f"two signals are named {signal.name!r}; signal names are unique")
        if isinstance(signal, SignalCombination):
            check_declared(signal.name, signal.inputs, markets)
            markets[signal.name] = frozenset().union(*(markets[one] for one in signal.inputs))
            concerned.append(_Concerned(signal.name, None, signal))
        else:
            markets[signal.name] = frozenset([signal.underlying])
            concerned.append(_Concerned(signal.name, signal, None))
    everywhere = sorted(frozenset[str]().union(*markets.values()))
    return {symbol: tuple(one for one in concerned if symbol in markets[one.name]) for symbol in everywhere}
