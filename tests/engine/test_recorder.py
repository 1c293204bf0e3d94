"""The event log: the same run has the same hash, any difference another one."""

from datetime import date

import pytest

from engine.events import BarArrived, CashMoved, Event, PortfolioMarked, SignalUpdated, SnapshotArrived
from engine.model import Bar
from engine.recorder import Recorder
from tests.builders import chain, contract_table, new_york, put, series

AT = new_york(date(2019, 4, 25), "15:45")
SERIES = series(date(2019, 5, 10))
TABLE = contract_table({SERIES: [2800.0, 2900.0]})


def _log_hash(*events: Event) -> str:
    recorder = Recorder()
    for event in events:
        recorder.record(event)
    return recorder.event_log_hash()


BAR = BarArrived(AT, Bar("SPX", 1.0, 2.0, 0.5, 1.5, 10.0))
SNAPSHOT = SnapshotArrived(AT, chain(TABLE, AT, 2900.0))


@pytest.mark.parametrize(
    "other",
    [
        BarArrived(AT, Bar("SPX", 1.0, 2.0, 0.5, 1.5, 10.000000000000002)),
        BarArrived(AT, Bar("SPY", 1.0, 2.0, 0.5, 1.5, 10.0)),
        BarArrived(AT + 1, Bar("SPX", 1.0, 2.0, 0.5, 1.5, 10.0)),
    ],
)
def test_any_difference_of_a_bar_changes_the_hash(other: BarArrived) -> None:
    assert _log_hash(BAR) == _log_hash(BAR)
    assert _log_hash(BAR) != _log_hash(other)


def test_one_quote_changes_the_hash() -> None:
    quote = chain(TABLE, AT, 2900.0, changes={put(TABLE, SERIES, 2800.0): None})
    assert _log_hash(SNAPSHOT) != _log_hash(SnapshotArrived(AT, quote))


def test_the_order_of_events_changes_the_hash() -> None:
    assert _log_hash(BAR, SNAPSHOT) != _log_hash(SNAPSHOT, BAR)


def test_the_hash_does_not_depend_on_how_events_are_batched() -> None:
    marks = [PortfolioMarked(AT + step, step, 2 * step, 0) for step in range(5000)]
    recorder = Recorder()
    for mark in marks:
        recorder.record(mark)
        if mark.cash % 999 == 0:
            assert recorder.event_log_hash() == recorder.event_log_hash()
    assert recorder.event_log_hash() == _log_hash(*marks)


def test_only_what_is_not_market_data_is_kept() -> None:
    recorder = Recorder()
    moved = CashMoved(AT, 5, "deposit")
    for event in (BAR, SNAPSHOT, SignalUpdated(AT, "trend", 0.1), moved):
        recorder.record(event)
    assert recorder.kept == [moved]


def test_a_snapshot_digest_does_not_depend_on_other_contracts_in_the_table() -> None:
    wider = contract_table({SERIES: [2800.0, 2900.0], series(date(2019, 5, 3)): [2700.0]})
    near = chain(wider, AT, 2900.0, changes={wider.contract(row): None for row in range(2)})
    assert near.digest == SNAPSHOT.snapshot.digest
