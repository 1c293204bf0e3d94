"""The event bus: one loop, one total order, nothing in parallel and nothing swallowed.

A market event is handed to its handlers one after the other, in the order in which they subscribed. What a handler
publishes is handled, with all its consequences, before the next handler sees the market event: a fill is in the
book before the book is marked, and everything a snapshot causes is over before the next snapshot.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator
from typing import Any, TypeAlias, TypeVar

from engine.clock import SimulatedClock
from engine.errors import HandlerFailed, SourceOutOfOrder, UnhandledRequest
from engine.events import REQUESTS, Event
from engine.instants import iso

E = TypeVar("E", bound=Event)
Handler: TypeAlias = Callable[[Any], Awaitable[None] | None]
"""A function of one event; what it returns is awaited, unless it is None.

The engine's own handlers wait for nothing and are plain functions: a coroutine costs as much as their work.
"""
Publish: TypeAlias = Callable[[Event], None]


class EventBus:
    """Publish and subscribe by event type.

    Args:
        clock: moved forward by `feed`, and by nothing else.
        record: called with every event just before its handlers, in the total order of the run.
    """

    __slots__ = ("_clock", "_handlers", "_published", "_record")

    def __init__(self, clock: SimulatedClock, record: Callable[[Event], None]) -> None:
        self._clock = clock
        self._record = record
        self._handlers: dict[type[Any], tuple[Handler, ...]] = {}
        self._published: list[Event] = []

    def subscribe(self, event_type: type[E], handler: Callable[[E], Awaitable[None] | None]) -> Callable[[], None]:
        """Add a handler after those already there; the returned function takes it away again."""
        self._handlers[event_type] = (*self._handlers.get(event_type, ()), handler)

        def undo() -> None:
            remaining = list(self._handlers[event_type])
            remaining.remove(handler)
            self._handlers[event_type] = tuple(remaining)

        return undo

    def publish(self, event: Event) -> None:
        """Hand over a consequence of the event that is being handled; it carries the same instant.

        Raises:
            SourceOutOfOrder: when it carries another instant.
            UnhandledRequest: when it asks for something and nobody answers such requests.
        """
        if event.at != self._clock.now:
            raise SourceOutOfOrder(
                f"{type(event).__name__} of {iso(event.at)} was published at {iso(self._clock.now)}; "
                "a consequence carries the instant of its cause"
            )
        if not self._handlers.get(type(event)) and isinstance(event, REQUESTS):
            raise UnhandledRequest(f"nothing in this run answers {type(event).__name__}")
        self._published.append(event)

    def feed(self, event: Event) -> Awaitable[None] | None:
        """Move the clock to a market event and handle it with all its consequences.

        Returns what is to be awaited before the event is over; None when it already is, because nobody published or
        waited for anything.

        Raises:
            SourceOutOfOrder: when the event lies before the present instant.
            HandlerFailed: when a handler raised; the cause is attached.
        """
        clock = self._clock
        if event.at < clock.now:
            clock.advance(event.at)  # says what is out of order
        clock.now = event.at  # without the call: it would be a fiftieth of a bar
        return self._hand_over(event)

    def close(self) -> None:
        """Forget all handlers: a run holds the bus and the bus holds the run, which only the collector would end."""
        self._handlers.clear()

    async def drain(self) -> None:
        """Handle what was published from outside any handler, e.g. by strategies that start or finish."""
        consequences, self._published = self._published, []
        for event in consequences:
            waiting = self._hand_over(event)
            if waiting is not None:
                await waiting

    def _hand_over(self, event: Event, handlers: Iterator[Handler] | None = None) -> Awaitable[None] | None:
        """Call handlers until one waits or has published: most events end here, without a coroutine.

        Args:
            handlers: those that are still to be called; None for an event that is new.
        """
        if handlers is None:
            self._record(event)
            handlers = iter(self._handlers.get(type(event), ()))
        for handler in handlers:
            try:
                waiting = handler(event)
            except Exception as error:
                raise HandlerFailed(event, handler) from error
            if waiting is not None or self._published:
                return self._finish(event, handler, waiting, handlers)
        return None

    async def _finish(
        self, event: Event, handler: Handler, waiting: Awaitable[None] | None, others: Iterator[Handler]
    ) -> None:
        """Await a handler, handle what it published, and go on with the others."""
        if waiting is not None:
            try:
                await waiting
            except HandlerFailed:
                raise
            except Exception as error:
                raise HandlerFailed(event, handler) from error
        await self.drain()
        rest = self._hand_over(event, others)
        if rest is not None:
            await rest
