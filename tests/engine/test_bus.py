"""The bus: one order, consequences first, nothing swallowed."""

import asyncio
from collections.abc import Callable

import pytest

from engine.bus import EventBus
from engine.clock import SimulatedClock
from engine.errors import HandlerFailed, SourceOutOfOrder, UnhandledRequest
from engine.events import BarArrived, CashMoved, Event, InterestAccrued, OrderCancelRequested, RunFinished
from engine.model import Bar

BAR = Bar("SPX", 1.0, 1.0, 1.0, 1.0, 0.0)


class _World:
    def __init__(self) -> None:
        self.seen: list[str] = []
        self.log: list[Event] = []
        self.clock = SimulatedClock()
        self.bus = EventBus(self.clock, self.log.append)

    def feed(self, *events: Event) -> None:
        async def play() -> None:
            for event in events:
                waiting = self.bus.feed(event)
                if waiting is not None:
                    await waiting

        asyncio.run(play())


def test_handlers_run_in_the_order_of_their_subscription() -> None:
    world = _World()

    async def first(_: BarArrived) -> None:
        world.seen.append("first")

    async def second(_: BarArrived) -> None:
        world.seen.append("second")

    world.bus.subscribe(BarArrived, second)
    world.bus.subscribe(BarArrived, first)
    world.feed(BarArrived(1, BAR))
    assert world.seen == ["second", "first"]


def test_what_a_handler_publishes_is_over_before_the_next_handler_runs() -> None:
    world = _World()

    async def publisher(event: BarArrived) -> None:
        world.bus.publish(CashMoved(event.at, 1, "a"))
        world.bus.publish(CashMoved(event.at, 2, "b"))

    async def chain(event: CashMoved) -> None:
        world.seen.append(event.reason)
        if event.reason == "a":
            world.bus.publish(InterestAccrued(event.at, 3, "cash"))

    async def interest(_: InterestAccrued) -> None:
        world.seen.append("interest of a")

    async def last(_: BarArrived) -> None:
        world.seen.append("next handler of the bar")

    world.bus.subscribe(BarArrived, publisher)
    world.bus.subscribe(CashMoved, chain)
    world.bus.subscribe(InterestAccrued, interest)
    world.bus.subscribe(BarArrived, last)
    world.feed(BarArrived(1, BAR))
    assert world.seen == ["a", "interest of a", "b", "next handler of the bar"]
    assert [type(event).__name__ for event in world.log] == [
        "BarArrived",
        "CashMoved",
        "InterestAccrued",
        "CashMoved",
    ]


def test_an_event_that_nobody_waits_for_is_over_when_it_is_fed() -> None:
    world = _World()
    world.bus.subscribe(BarArrived, lambda _: world.seen.append("first"))
    world.bus.subscribe(BarArrived, lambda _: world.seen.append("second"))
    assert world.bus.feed(BarArrived(1, BAR)) is None
    assert world.seen == ["first", "second"]


def test_plain_handlers_and_coroutines_take_turns_each_with_its_consequences() -> None:
    world = _World()

    def plain(name: str) -> Callable[[BarArrived], None]:
        def handler(event: BarArrived) -> None:
            world.seen.append(name)
            world.bus.publish(CashMoved(event.at, 1, f"of {name}"))

        return handler

    async def waits(event: BarArrived) -> None:
        await asyncio.sleep(0)
        plain("coroutine")(event)

    world.bus.subscribe(CashMoved, lambda event: world.seen.append(event.reason))
    for handler in (plain("first"), waits, lambda _: world.seen.append("silent"), plain("last")):
        world.bus.subscribe(BarArrived, handler)
    world.feed(BarArrived(1, BAR), BarArrived(2, BAR))
    of_one = ["first", "of first", "coroutine", "of coroutine", "silent", "last", "of last"]
    assert world.seen == of_one * 2
    assert [type(event).__name__ for event in world.log] == ["BarArrived", *["CashMoved"] * 3] * 2


def test_subscribe_returns_its_own_undo() -> None:
    world = _World()

    async def handler(_: BarArrived) -> None:
        world.seen.append("called")

    undo = world.bus.subscribe(BarArrived, handler)
    undo()
    world.feed(BarArrived(1, BAR))
    assert world.seen == []


def test_a_failing_handler_ends_the_run_and_names_event_and_handler() -> None:
    world = _World()

    async def broken(_: BarArrived) -> None:
        raise ValueError("no such thing")

    world.bus.subscribe(BarArrived, broken)
    with pytest.raises(
        HandlerFailed, match=r"broken failed on BarArrived at 1970-01-01T00:00:00Z: ValueError: no such thing"
    ) as caught:
        world.feed(BarArrived(7, BAR))
    assert isinstance(caught.value.__cause__, ValueError)


@pytest.mark.parametrize("waits", [False, True])
def test_the_handler_of_a_consequence_is_named_not_that_of_its_cause(waits: bool) -> None:
    world = _World()

    def broken(_: CashMoved) -> None:
        raise ValueError("no such thing")

    async def cause(event: BarArrived) -> None:
        world.bus.publish(CashMoved(event.at, 1, "a"))
        if waits:
            await world.bus.drain()

    world.bus.subscribe(BarArrived, cause)
    world.bus.subscribe(CashMoved, broken)
    with pytest.raises(HandlerFailed, match=r"broken failed on CashMoved") as caught:
        world.feed(BarArrived(7, BAR))
    assert isinstance(caught.value.__cause__, ValueError)


def test_a_request_that_nobody_answers_is_an_error() -> None:
    with pytest.raises(UnhandledRequest, match="OrderCancelRequested"):
        _World().bus.publish(OrderCancelRequested(0, 1, "never mind"))


def test_a_consequence_carries_the_instant_of_its_cause() -> None:
    with pytest.raises(SourceOutOfOrder, match="consequence"):
        _World().bus.publish(RunFinished(5, interrupted=False))


def test_time_does_not_go_back() -> None:
    world = _World()
    with pytest.raises(SourceOutOfOrder, match="sort the source"):
        world.feed(BarArrived(2, BAR), BarArrived(1, BAR))
