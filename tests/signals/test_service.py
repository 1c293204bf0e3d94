"""The signal service: market events in, `SignalUpdated` out, in the order of the signals."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from math import isnan, nan

import pytest

from engine.events import BarArrived, Event, SignalUpdated, SnapshotArrived
from engine.instants import Instant
from engine.model import Bar, ChainSnapshot
from signals.base import CombinedSignal, MarketSignal
from signals.errors import DuplicateSignalName, UnknownSignal
from signals.service import SignalService
from tests.builders import chain, contract_table, new_york, series, session_table

DAY = date(2019, 4, 25)
AT = new_york(DAY, "15:45")
CHAIN = chain(contract_table({series(date(2019, 5, 10)): [2900]}), AT, 2900.0)


@dataclass(frozen=True)
class LastPrice:
    """Publishes what it sees; says nothing about prices below its floor."""

    name: str
    underlying: str = "SPX"
    floor: float = 0.0
    kind: str = "last_price"

    def on_bar(self, at: Instant, bar: Bar) -> float | None:
        return bar.close if bar.close >= self.floor else None

    def on_snapshot(self, snapshot: ChainSnapshot) -> float | None:
        return snapshot.underlying_price if snapshot.underlying_price >= self.floor else None

    def on_adjustment(self, factor: float) -> None:
        """It remembers no price."""


def heard(service: SignalService, *events: BarArrived | SnapshotArrived) -> list[Event]:
    published: list[Event] = []
    handlers = service.handlers(published.append)

    async def hand_over() -> None:
        for event in events:
            await handlers[type(event)](event)

    asyncio.run(hand_over())
    return published


def bar(symbol: str, close: float, at: Instant = AT) -> BarArrived:
    return BarArrived(at, Bar(symbol, close, close, close, close, 0.0))


def test_values_are_published_at_the_instant_of_their_cause_in_the_order_of_the_signals() -> None:
    service = SignalService([LastPrice("b"), LastPrice("a")])
    assert heard(service, bar("SPX", 2890.0, AT - 1), SnapshotArrived(AT, CHAIN)) == [
        SignalUpdated(AT - 1, "b", 2890.0),
        SignalUpdated(AT - 1, "a", 2890.0),
        SignalUpdated(AT, "b", 2900.0),
        SignalUpdated(AT, "a", 2900.0),
    ]


def test_a_signal_hears_of_its_own_underlying_only() -> None:
    assert heard(SignalService([LastPrice("ndx", "NDX")]), bar("SPX", 2890.0), SnapshotArrived(AT, CHAIN)) == []


def test_a_signal_that_has_nothing_to_say_publishes_nothing() -> None:
    assert heard(SignalService([LastPrice("high", floor=3_000.0)]), bar("SPX", 2890.0)) == []


def test_without_signals_there_are_no_handlers_to_call() -> None:
    assert SignalService([]).handlers(lambda event: None) == {}


def test_the_runner_puts_it_before_the_strategies() -> None:
    assert SignalService([]).slot == "signals"


def test_signal_names_are_unique() -> None:
    with pytest.raises(DuplicateSignalName, match="two signals are named 'a'"):
        SignalService([LastPrice("a"), LastPrice("a", "NDX")])


@dataclass
class Remembered:
    """The first price that it saw, in the unit of now."""

    name: str
    underlying: str = "SPX"
    kind: str = "remembered"
    first: float | None = None

    def on_bar(self, at: Instant, bar: Bar) -> float | None:
        self.first = bar.close if self.first is None else self.first
        return self.first

    def on_snapshot(self, snapshot: ChainSnapshot) -> float | None:
        return self.first

    def on_adjustment(self, factor: float) -> None:
        self.first = None if self.first is None else self.first * factor


def test_generators_hear_of_a_split_with_the_first_event_after_it_and_of_their_own_underlying_only() -> None:
    service = SignalService(
        [Remembered("own"), Remembered("other", "NDX")], {"SPX": [(AT - 50, 0.5), (AT - 40, 0.5)], "NDX": [(AT, 0.1)]}
    )
    events = (bar("NDX", 8.0, AT - 90), bar("SPX", 800.0, AT - 60), bar("SPX", 800.0, AT - 50), bar("SPX", 1.0, AT - 1))
    published = heard(service, *events, bar("NDX", 8.0, AT), SnapshotArrived(AT, CHAIN))
    assert [(one.name, one.value) for one in published if isinstance(one, SignalUpdated)] == [
        ("other", 8.0),
        ("own", 800.0),
        ("own", 800.0),
        ("own", 200.0),
        ("other", 8.0),
        ("own", 200.0),
    ]


# --- values that are taken back, and combinations ---------------------------------------------------------------


class Scripted(MarketSignal):
    """Says what it is told to say, event by event."""

    def __init__(self, name: str, says: list[float | None], underlying: str = "SPX") -> None:
        super().__init__(name, underlying, None, session_table(DAY, DAY))
        self.says = says

    def on_bar(self, at: Instant, bar: Bar) -> float | None:
        return self.says.pop(0)


class Sum(CombinedSignal):
    """The sum of the signals that have a value, and how often it was asked."""

    def __init__(self, name: str, *inputs: str) -> None:
        super().__init__(name, None, None, session_table(DAY, DAY))
        self.read, self.asked = inputs, 0

    @property
    def inputs(self) -> tuple[str, ...]:
        return self.read

    def on_signals(self, at: Instant, values: Mapping[str, float]) -> float | None:
        self.asked += 1
        return sum(values.get(name, 0.0) for name in self.read)


def spoken(service: SignalService, *symbols: str) -> list[tuple[str, float]]:
    bars = [bar(symbol, 1.0, AT + number) for number, symbol in enumerate(symbols)]
    return [(one.name, one.value) for one in heard(service, *bars) if isinstance(one, SignalUpdated)]


def test_a_value_is_taken_back_once_and_only_where_there_is_one() -> None:
    said = spoken(SignalService([Scripted("a", [nan, 1.0, nan, nan, None, 2.0])]), *["SPX"] * 6)
    assert [name for name, _ in said] == ["a", "a", "a"]
    assert said[0][1] == 1.0
    assert isnan(said[1][1])
    assert said[2][1] == 2.0


def test_a_combination_sees_what_holds_at_the_same_instant() -> None:
    service = SignalService([Scripted("a", [1.0, 2.0]), Scripted("b", [10.0, None]), Sum("c", "a", "b")])
    assert spoken(service, "SPX", "SPX") == [("a", 1.0), ("b", 10.0), ("c", 11.0), ("a", 2.0), ("c", 12.0)]


def test_a_combination_does_not_see_values_that_were_taken_back() -> None:
    service = SignalService([Scripted("a", [1.0, nan]), Sum("c", "a")])
    assert [value for name, value in spoken(service, "SPX", "SPX") if name == "c"] == [1.0, 0.0]


def test_a_combination_is_asked_when_one_of_its_signals_was_published() -> None:
    both = Sum("c", "a", "b")
    of_combination = Sum("d", "c")
    service = SignalService([Scripted("a", [1.0, None]), Scripted("b", [5.0], "VIX"), both, of_combination])
    assert spoken(service, "SPX", "SPX", "VIX") == [
        ("a", 1.0),
        ("c", 1.0),
        ("d", 1.0),
        ("b", 5.0),
        ("c", 6.0),
        ("d", 6.0),
    ]
    assert (both.asked, of_combination.asked) == (2, 2)


def test_a_combination_reads_signals_that_are_declared_before_it() -> None:
    with pytest.raises(UnknownSignal, match="signal 'c' reads 'a', which is not declared before it"):
        SignalService([Sum("c", "a"), Scripted("a", [])])
    with pytest.raises(UnknownSignal, match="signal 'c' reads 'rang', which is not declared before it; did you mean"):
        SignalService([Scripted("rank", []), Sum("c", "rang")])
    with pytest.raises(UnknownSignal, match="signal 'c' reads itself"):
        SignalService([Sum("c", "c")])
