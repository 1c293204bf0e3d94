"""Stored chains as an event source."""

import time
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from data.errors import NotCovered
from data.importing import import_files
from data.memory_store import MemoryStore
from data.parquet_store import ParquetStore
from data.replay import StoredSource, open_range
from data.selection import ReadOptions
from engine.events import SnapshotArrived
from engine.instants import iso
from engine.model import QUOTE_COLUMNS, ChainSnapshot, QuoteFlag, Underlying, UnderlyingKind
from engine.sources import EventSource
from tests.data.vendor_files import MONDAY, TUESDAY, WEDNESDAY, Quote, chain, stored, write_cboe

FIRST, LAST = date(2019, 4, 25), date(2019, 5, 28)


def snapshots(source: EventSource) -> list[ChainSnapshot]:
    return [event.snapshot for event in source if isinstance(event, SnapshotArrived)]


@pytest.fixture(scope="module")
def real(imported_spx_store: ParquetStore) -> StoredSource:
    return open_range(imported_spx_store, ["SPX"], "eod", FIRST, LAST)


def test_the_real_days_come_in_order_at_a_quarter_to_four(real: StoredSource) -> None:
    found = snapshots(real)
    assert len(found) == 21
    assert [one.at for one in found] == sorted(one.at for one in found)
    assert {iso(one.at)[10:] for one in found} == {"T19:45:00Z"}
    assert (found[0].underlying_price, len(found[0])) == (2919.04, 13_340)
    assert sum(map(len, found)) == real.facts.counts.rows == 285_022


def test_t5_t26_real_am_and_pm_contracts_of_one_date_are_apart(real: StoredSource) -> None:
    first = snapshots(real)[0]
    prices = {}
    for root in ("SPX", "SPXW"):
        row = first.row(real.contracts.find(root, date(2019, 5, 17), -1, 2850.0).contract_id)
        assert row is not None
        prices[root] = (first.bid[row], first.ask[row])
    assert prices["SPX"] != prices["SPXW"]


def test_every_stored_digest_is_the_one_that_the_engine_computes(real: StoredSource) -> None:
    found = snapshots(real)
    assert [one.digest for one in found] == [one.content_digest() for one in found]
    assert len({one.digest for one in found}) == 21


def test_a_snapshot_is_what_the_engine_would_have_built(real: StoredSource) -> None:
    one = snapshots(real)[3]
    columns: dict[str, np.ndarray] = {name: getattr(one, name) for name in ("contract_id", "flags", *QUOTE_COLUMNS)}
    built = ChainSnapshot.build(one.at, one.underlying, one.underlying_price, one.contracts, columns)
    assert built.digest == one.digest
    for name, column in columns.items():
        assert column.dtype == getattr(built, name).dtype, name


def test_the_digest_does_not_depend_on_the_range(imported_spx_store: ParquetStore, real: StoredSource) -> None:
    day = date(2019, 5, 6)
    (alone,) = snapshots(open_range(imported_spx_store, ["SPX"], "eod", day, day))
    within = next(one for one in snapshots(real) if one.at == alone.at)
    assert len(alone.contracts) < len(within.contracts)
    assert alone.digest == within.digest == alone.content_digest()


def test_iterating_twice_gives_the_same_events(real: StoredSource) -> None:
    for first, second in zip(snapshots(real), snapshots(real), strict=True):
        assert (first.at, first.digest) == (second.at, second.digest)
        assert np.array_equal(first.contract_id, second.contract_id)


def test_snapshots_cannot_be_written_to(real: StoredSource) -> None:
    one = snapshots(real)[0]
    with pytest.raises(ValueError, match="read-only"):
        one.bid[0] = 1.0
    with pytest.raises(ValueError, match="read-only"):
        one.flags[0] = 1


def test_t21_a_snapshot_knows_only_contracts_that_are_quoted_in_it(tmp_path: Path) -> None:
    store = MemoryStore()
    for day, quotes in ((MONDAY, [Quote(2800)]), (TUESDAY, [Quote(2800, 11.0), Quote(2825)])):
        import_files([write_cboe(tmp_path, day, quotes)], "cboe_table", store)
    source = open_range(store, ["SPX"], "eod", MONDAY, TUESDAY)
    first, second = snapshots(source)
    assert (first.strike.tolist(), second.strike.tolist()) == ([2800.0], [2800.0, 2825.0])
    assert len(source.contracts) == 2
    alone = open_range(store, ["SPX"], "eod", MONDAY, MONDAY)
    assert alone.contracts.strike.tolist() == [2800.0]
    assert snapshots(alone)[0].digest == first.digest


def test_facts_of_the_real_range(real: StoredSource) -> None:
    facts = real.facts
    assert (facts.underlyings, facts.resolution, facts.vendors) == (("SPX",), "eod", ("cboe_table",))
    assert (facts.sessions_expected, facts.sessions_present, facts.snapshots) == (23, 21, 21)
    assert [one.day for one in facts.missing] == [date(2019, 5, 10), date(2019, 5, 17)]
    assert [(skip.source.name, skip.rows, skip.day) for skip in facts.skipped] == [
        ("SPX_20190527.csv.gz", 13_324, date(2019, 5, 27))
    ]
    assert (facts.counts.no_bid, facts.counts.no_ask, facts.counts.crossed, facts.counts.stale) == (18_780, 0, 0, 0)
    assert 0.06 < facts.counts.no_bid / facts.counts.rows < 0.07
    assert facts.stale_days == ()
    assert facts.time_assumed
    assert len(facts.sources) == 21
    assert all(len(source.sha256) == 64 and "/" not in source.name for source in facts.sources)
    assert real.underlyings == {"SPX": Underlying("SPX", UnderlyingKind.INDEX)}


def test_the_session_table_reaches_every_settlement(real: StoredSource) -> None:
    for series in real.contracts.series:
        assert real.sessions.on(series.expires_on) is not None
        assert real.sessions.last_at_or_before(series.expires_on) != real.sessions.sessions[0]


def test_warm_up_is_sessions_with_data_before_the_start(imported_spx_store: ParquetStore) -> None:
    start = date(2019, 5, 13)
    source = open_range(imported_spx_store, ["SPX"], "eod", start, LAST, ReadOptions(warm_up_sessions=2))
    assert (source.facts.first, source.facts.warm_up_sessions) == (date(2019, 5, 8), 2)
    assert [source.sessions.date_of(one.at) for one in snapshots(source)[:3]] == [
        date(2019, 5, 8),
        date(2019, 5, 9),
        start,
    ]
    all_there_is = open_range(imported_spx_store, ["SPX"], "eod", start, LAST, ReadOptions(warm_up_sessions=99))
    assert (all_there_is.facts.first, all_there_is.facts.warm_up_sessions) == (FIRST, 11)


@pytest.mark.parametrize(
    ("start", "end", "message"),
    [
        (date(2019, 4, 24), LAST, r"start 2019-04-24 is not covered; the store covers 2019-04-25 to 2019-05-28"),
        (FIRST, date(2019, 5, 29), r"end 2019-05-29 is not covered; the store covers 2019-04-25 to 2019-05-28"),
        (date(2020, 1, 1), date(2020, 2, 1), r"end 2020-02-01 is not covered"),
        (date(2019, 5, 17), date(2019, 5, 19), r"all sessions from 2019-05-17 to 2019-05-19 are missing"),
        (date(2019, 5, 25), date(2019, 5, 27), r"no session of the exchange from 2019-05-25 to 2019-05-27"),
        (LAST, FIRST, r"start 2019-05-28 is after end 2019-04-25"),
    ],
)
def test_dates_that_are_not_covered_are_refused(
    imported_spx_store: ParquetStore, start: date, end: date, message: str
) -> None:
    with pytest.raises(NotCovered, match=message):
        open_range(imported_spx_store, ["SPX"], "eod", start, end)


def test_a_weekend_at_either_end_is_no_gap(tmp_path: Path) -> None:
    store = stored(tmp_path, [date(2019, 4, 29), date(2019, 5, 3)])
    source = open_range(store, ["SPX"], "eod", date(2019, 4, 27), date(2019, 5, 5))
    assert (source.facts.sessions_expected, len(source.facts.missing)) == (5, 3)


def test_an_unknown_underlying_says_what_is_stored(imported_spx_store: ParquetStore) -> None:
    with pytest.raises(NotCovered, match=r"no data of NDX at resolution 'eod'; stored: SPX \(eod\)"):
        open_range(imported_spx_store, ["NDX"], "eod", FIRST, LAST)
    with pytest.raises(NotCovered, match="no underlying given"):
        open_range(imported_spx_store, [], "eod", FIRST, LAST)


def test_several_underlyings_come_in_one_order_over_one_table(tmp_path: Path) -> None:
    store = stored(tmp_path, [MONDAY, TUESDAY], ParquetStore(tmp_path / "store"))
    for day in (MONDAY, WEDNESDAY):
        quotes = [Quote(100.0 + day.day, root="ABC"), Quote(90.0, root="ABC")]
        import_files([write_cboe(tmp_path, day, quotes, 101.0, underlying="ABC")], "cboe_table", store)
    with pytest.raises(NotCovered, match="SPX"):
        open_range(store, ["SPX", "ABC"], "eod", MONDAY, WEDNESDAY)
    source = open_range(store, ["SPX", "ABC", "SPX"], "eod", MONDAY, TUESDAY)
    found = snapshots(source)
    assert [(one.underlying, source.sessions.date_of(one.at)) for one in found] == [
        ("ABC", MONDAY),
        ("SPX", MONDAY),
        ("SPX", TUESDAY),
    ]
    assert [one.strike.tolist() for one in found[:2]] == [[90.0, 129.0], [2800.0, 2850.0, 2900.0]]
    assert all(one.digest == one.content_digest() for one in found)
    assert source.facts.missing == ((TUESDAY, "ABC"),)
    assert (source.facts.sessions_expected, source.facts.sessions_present) == (2, 1)
    assert source.underlyings["ABC"].kind is UnderlyingKind.EQUITY


def test_t16_a_stale_day_is_flagged_in_its_snapshot_and_named(tmp_path: Path) -> None:
    store = ParquetStore(tmp_path / "store")
    files = [write_cboe(tmp_path, day, chain(5.0)) for day in (MONDAY, TUESDAY)]
    import_files([*files, write_cboe(tmp_path, WEDNESDAY)], "cboe_table", store)
    source = open_range(store, ["SPX"], "eod", MONDAY, WEDNESDAY)
    assert [set(one.flags.tolist()) for one in snapshots(source)] == [{0}, {QuoteFlag.STALE}, {0}]
    assert source.facts.stale_days == ((TUESDAY, "SPX"),)


@pytest.mark.usefixtures("tokyo")
def test_t28_a_machine_in_tokyo_replays_the_same(imported_spx_store: ParquetStore, real: StoredSource) -> None:
    source = open_range(imported_spx_store, ["SPX"], "eod", FIRST, LAST)
    assert [(one.at, one.digest) for one in snapshots(source)] == [(one.at, one.digest) for one in snapshots(real)]
    assert source.facts == real.facts


def test_a_snapshot_costs_little_once_its_row_group_is_loaded(real: StoredSource) -> None:
    best = []
    for _ in range(3):
        began = time.perf_counter()
        costs = []
        for _ in real:
            costs.append(time.perf_counter() - began)
            began = time.perf_counter()
        best.append(sorted(costs)[len(costs) // 2])
    assert min(best) < 0.001


def test_bars_come_between_the_chains_at_their_ends(tmp_path: Path) -> None:
    days = [MONDAY, TUESDAY]
    store = ParquetStore(tmp_path / "store")
    stored(tmp_path, days, store)
    bars = tmp_path / "vix.csv"
    bars.write_text("date,open,high,low,close\n2019-04-29,13,14,12,13.1\n2019-04-30,13,14,12,13.5\n")
    import_files([bars], "auto", store)
    source = open_range(store, ["SPX"], "eod", MONDAY, TUESDAY)
    with store.underlyings() as records:
        assert records is not None
        source = source.with_bars([records.bars("VIX", "eod")])
    seen = [(iso(event.at), type(event).__name__) for event in source]
    assert seen == [
        ("2019-04-29T19:45:00Z", "SnapshotArrived"),
        ("2019-04-29T20:00:00Z", "BarArrived"),
        ("2019-04-30T19:45:00Z", "SnapshotArrived"),
        ("2019-04-30T20:00:00Z", "BarArrived"),
    ]
    assert source.underlyings["VIX"].kind is UnderlyingKind.INDEX
