"""Which of the stored chains and contracts a run reads."""

from datetime import date, time
from pathlib import Path

import pytest

from data.datasets import SnapshotInfo
from data.memory_store import MemoryStore
from data.replay import open_range
from data.selection import ContractFilter, MomentFilter, ReadOptions
from engine.events import SnapshotArrived
from engine.model import ChainSnapshot
from tests.data.vendor_files import MONDAY, TUESDAY, Quote, normalized, write_cboe

SOON, LATE = date(2019, 5, 3), date(2019, 6, 21)


def snapshots(store: MemoryStore, options: ReadOptions) -> list[ChainSnapshot]:
    source = open_range(store, ["SPX"], "eod", MONDAY, TUESDAY, options)
    return [event.snapshot for event in source if isinstance(event, SnapshotArrived)]


@pytest.fixture
def store(tmp_path: Path) -> MemoryStore:
    """Monday at 2900, Tuesday at 3000; strikes 2600 to 3200 of two expirations and two roots."""
    made = MemoryStore()
    for day, price in ((MONDAY, 2900.0), (TUESDAY, 3000.0)):
        quotes = [
            Quote(strike, 10.0 + day.day + strike / 1000, 40.0 + strike / 1000, expiry=expiry, root=root)
            for strike in range(2600, 3300, 100)
            for expiry, root in ((SOON, "SPXW"), (LATE, "SPX"))
        ]
        made.add([normalized(write_cboe(tmp_path, day, quotes, price))])
    return made


def test_everything_is_read_unless_something_is_chosen(store: MemoryStore) -> None:
    assert [len(one) for one in snapshots(store, ReadOptions())] == [14, 14]


def test_contracts_near_the_money_are_read_and_stay(store: MemoryStore) -> None:
    near = snapshots(store, ReadOptions(contracts=ContractFilter(moneyness=0.04)))
    assert [sorted(set(one.strike.tolist())) for one in near] == [
        [2800.0, 2900.0, 3000.0],
        [2800.0, 2900.0, 3000.0, 3100.0],
    ]


def test_contracts_come_in_when_they_are_near_their_end_and_of_the_root(store: MemoryStore) -> None:
    (monday, _) = snapshots(store, ReadOptions(contracts=ContractFilter(max_dte=10)))
    assert {monday.contracts.series[i].root for i in monday.contracts.series_index[monday.contract_id].tolist()} == {
        "SPXW"
    }
    (monday, _) = snapshots(store, ReadOptions(contracts=ContractFilter(roots=("SPX",))))
    assert len(monday) == 7


def test_a_filter_is_part_of_what_a_run_saw(store: MemoryStore) -> None:
    plain = snapshots(store, ReadOptions())
    filtered = snapshots(store, ReadOptions(contracts=ContractFilter(roots=("SPX",))))
    assert {one.digest for one in plain}.isdisjoint(one.digest for one in filtered)


@pytest.mark.parametrize(
    ("moments", "kept"),
    [
        (MomentFilter(), 2),
        (MomentFilter(times=(time(15, 45),)), 2),
        (MomentFilter(times=(time(10, 0),)), 0),
        (MomentFilter(every_minutes=15), 2),
        (MomentFilter(every_minutes=30), 0),
    ],
)
def test_chains_are_chosen_by_the_exchanges_clock(store: MemoryStore, moments: MomentFilter, kept: int) -> None:
    chains = store.read("SPX", "eod", MONDAY, TUESDAY, ReadOptions(moments=moments))
    assert len(chains.snapshots) == len(list(chains.load())) == kept


def test_both_conditions_on_the_clock_hold(tmp_path: Path) -> None:
    assert not MomentFilter((time(15, 45),), 30).admits(_info(tmp_path))
    assert MomentFilter((time(15, 45),), 5).admits(_info(tmp_path))


def _info(folder: Path) -> SnapshotInfo:
    store = MemoryStore()
    store.add([normalized(write_cboe(folder, MONDAY))])
    return store.read("SPX", "eod", MONDAY, MONDAY).snapshots[0]


def test_contracts_that_are_too_near_their_end_do_not_come_in(store: MemoryStore) -> None:
    (monday, _) = snapshots(store, ReadOptions(contracts=ContractFilter(min_dte=10)))
    assert {monday.contracts.series[i].root for i in monday.contracts.series_index[monday.contract_id].tolist()} == {
        "SPX"
    }


def test_what_was_admitted_stays_when_it_comes_nearer_to_its_end(store: MemoryStore) -> None:
    # Four days on Monday, three on Tuesday.
    near = snapshots(store, ReadOptions(contracts=ContractFilter(min_dte=4, max_dte=10)))
    assert [len(one) for one in near] == [7, 7]


def test_contracts_that_are_left_out_are_counted(store: MemoryStore) -> None:
    source = open_range(store, ["SPX"], "eod", MONDAY, TUESDAY, ReadOptions(contracts=ContractFilter(moneyness=0.04)))
    for _ in range(2):
        events = iter(source)
        next(events)
        (tally,) = source.facts.contracts
        assert (tally.underlying, tally.quoted, tally.read) == ("SPX", 14, 6)
        next(events)
        assert (tally.quoted, tally.read) == (14, 8)
    whole = open_range(store, ["SPX"], "eod", MONDAY, TUESDAY)
    list(whole)
    assert [(one.quoted, one.read) for one in whole.facts.contracts] == [(14, 14)]
