"""Sources: several streams, one total order."""

from datetime import date

import pytest

from engine.errors import RunInterrupted, SourceOutOfOrder
from engine.events import BarArrived, Event, SettlementPublished, SnapshotArrived
from engine.model import Bar
from engine.sources import InterruptibleSource, RecordedSource, merge
from tests.builders import chain, contract_table, new_york, series, session_table

DAY = date(2019, 4, 25)
AT = new_york(DAY, "16:00")
TABLE = contract_table({series(date(2019, 5, 10)): [2900.0]})
SNAPSHOT = SnapshotArrived(AT, chain(TABLE, AT, 2900.0))


def _bar(symbol: str, at: int = AT) -> BarArrived:
    return BarArrived(at, Bar(symbol, 1.0, 1.0, 1.0, 1.0, 0.0))


def test_at_one_instant_settlements_come_before_bars_and_bars_before_chains() -> None:
    settlement = SettlementPublished(AT, "SPXW", AT, 2900.0, "official")
    merged = list(merge([[SNAPSHOT], [_bar("SPX")], [settlement]]))
    assert [type(event) for event in merged] == [SettlementPublished, BarArrived, SnapshotArrived]


def test_equal_events_keep_the_order_of_their_streams() -> None:
    streams: list[list[Event]] = [[_bar("A"), _bar("A", AT + 1)], [_bar("B")], [_bar("C")]]
    symbols = [event.bar.symbol for event in merge(streams) if isinstance(event, BarArrived)]
    assert symbols == ["A", "B", "C", "A"]


def test_a_stream_that_goes_back_in_time_is_named() -> None:
    with pytest.raises(SourceOutOfOrder, match=r"stream 1: BarArrived .* sort the stream"):
        list(merge([[_bar("A")], [_bar("B", AT + 1), _bar("B", AT)]]))


def test_an_interrupted_source_ends_the_run() -> None:
    inner = RecordedSource([_bar("A"), _bar("A")], TABLE, session_table(DAY, DAY), {})
    with pytest.raises(RunInterrupted):
        list(InterruptibleSource(inner, lambda: True))
    assert len(list(InterruptibleSource(inner, lambda: False))) == 2
