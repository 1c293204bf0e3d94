"""What every repository must do, in memory or on disk."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from math import isnan, nan
from pathlib import Path

import numpy as np
import pytest

from data.datasets import FileOutcome, PriceOrigin
from data.errors import DayConflict, NotCovered, NotRunnable
from data.markets import DERIBIT, NSE, Market
from data.memory_store import MemoryStore
from data.parquet_store import ParquetStore
from data.replay import open_range
from data.repository import DataRepository
from engine.model import QUOTE_COLUMNS, QuoteFlag
from tests.data.vendor_files import EXPIRY, MONDAY, TUESDAY, WEDNESDAY, Quote, chain, normalized, write_cboe

Maker = Callable[[Path], DataRepository]
EARLY, LATE = date(2019, 1, 2), date(2020, 12, 31)


@pytest.fixture(params=[lambda _: MemoryStore(), ParquetStore], ids=["memory", "parquet"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> DataRepository:
    make: Maker = request.param
    return make(tmp_path / "store")


def bids(store: DataRepository, first: date = EARLY, last: date = LATE) -> list[tuple[date, list[float]]]:
    found = store.read("SPX", "eod", first, last)
    return [(one.info.day, one.columns["bid"].tolist()) for one in found.load()]


def flags(store: DataRepository) -> dict[date, set[int]]:
    return {one.info.day: set(one.flags.tolist()) for one in store.read("SPX", "eod", EARLY, LATE).load()}


def content(store: DataRepository) -> str:
    (dataset,) = store.datasets()
    return dataset.content_hash


def test_an_empty_store_holds_nothing_and_says_so(store: DataRepository) -> None:
    assert store.datasets() == ()
    assert not store.holds("cboe_table", "0" * 64)
    with pytest.raises(NotCovered, match=r"no data of SPX at resolution 'eod'; the store is empty, import files first"):
        store.coverage("SPX", "eod")
    with pytest.raises(NotCovered):
        store.read("SPX", "eod", EARLY, LATE)


def test_chains_come_back_in_time_order_with_all_their_columns(store: DataRepository, tmp_path: Path) -> None:
    files = [normalized(write_cboe(tmp_path, day)) for day in (WEDNESDAY, MONDAY)]
    store.add(files)
    found = store.read("SPX", "eod", EARLY, LATE)
    for chain_rows, stored in zip((files[1].chains[0], files[0].chains[0]), found.load(), strict=True):
        assert (stored.info.at, stored.info.day) == (chain_rows.at, chain_rows.day)
        assert stored.info.underlying_price == chain_rows.underlying_price
        for name in QUOTE_COLUMNS:
            assert np.array_equal(stored.columns[name], chain_rows.columns[name], equal_nan=True), name
        assert found.contracts.take(stored.contract).strike.tolist() == [2800.0, 2850.0, 2900.0]
        assert stored.info.digest == chain_rows.digest(chain_rows.flags)


def test_a_range_holds_its_days_and_loads_the_same_twice(store: DataRepository, tmp_path: Path) -> None:
    store.add([normalized(write_cboe(tmp_path, day)) for day in (MONDAY, TUESDAY, WEDNESDAY)])
    assert [day for day, _ in bids(store, TUESDAY, WEDNESDAY)] == [TUESDAY, WEDNESDAY]
    found = store.read("SPX", "eod", MONDAY, MONDAY)
    assert [one.info.day for one in found.load()] == [one.info.day for one in found.load()] == [MONDAY]
    assert store.read("SPX", "eod", LATE, LATE).snapshots == ()


def test_years_are_one_range(store: DataRepository, tmp_path: Path) -> None:
    days = [date(2019, 12, 31), date(2020, 1, 2)]
    quotes = [[Quote(2800 + index, expiry=date(2020, 3, 20))] for index in range(2)]
    store.add([normalized(write_cboe(tmp_path, *pair)) for pair in zip(days, quotes, strict=True)])
    found = store.read("SPX", "eod", EARLY, LATE)
    assert found.contracts.strike.tolist() == [2800.0, 2801.0]
    assert [one.contract.tolist() for one in found.load()] == [[0], [1]]


def test_t21_contracts_that_are_listed_later_are_not_in_the_range(store: DataRepository, tmp_path: Path) -> None:
    store.add([normalized(write_cboe(tmp_path, MONDAY, [Quote(2800)]))])
    store.add([normalized(write_cboe(tmp_path, TUESDAY, [Quote(2800, 11.0), Quote(2825)]))])
    store.add([normalized(write_cboe(tmp_path, WEDNESDAY, [Quote(2825, 12.0)]))])
    assert store.read("SPX", "eod", MONDAY, MONDAY).contracts.strike.tolist() == [2800.0]
    assert store.read("SPX", "eod", WEDNESDAY, LATE).contracts.strike.tolist() == [2825.0]


def test_the_same_file_twice_is_nothing_new(store: DataRepository, tmp_path: Path) -> None:
    file = normalized(write_cboe(tmp_path, MONDAY))
    (first,) = store.add([file])
    before = store.datasets()
    (second,) = store.add([file])
    assert (first.outcome, second.outcome) == (FileOutcome.IMPORTED, FileOutcome.ALREADY_STORED)
    assert (first.days, first.rows, first.contracts, first.counts.rows) == ((MONDAY,), 3, 3, 3)
    assert second.counts.rows == 0
    assert store.datasets() == before
    assert store.holds("cboe_table", file.source.sha256)


def test_the_same_chain_from_another_file_is_nothing_new(store: DataRepository, tmp_path: Path) -> None:
    plain, packed = write_cboe(tmp_path, MONDAY), write_cboe(tmp_path, MONDAY, packed=True)
    store.add([normalized(plain)])
    before = store.datasets()
    (report,) = store.add([normalized(packed)])
    assert report.outcome is FileOutcome.ALREADY_STORED
    assert store.datasets() == before


def test_copies_in_one_import_are_stored_once(store: DataRepository, tmp_path: Path) -> None:
    files = [normalized(write_cboe(tmp_path, MONDAY, packed=packed)) for packed in (False, True)]
    holiday = normalized(write_cboe(tmp_path, date(2019, 5, 27)))
    store.add([*files, files[0], holiday, holiday])
    (dataset,) = store.datasets()
    assert (dataset.snapshots, len(dataset.skipped)) == (1, 1)


def test_a_day_with_other_content_is_refused_and_nothing_of_the_import_stays(
    store: DataRepository, tmp_path: Path
) -> None:
    store.add([normalized(write_cboe(tmp_path, MONDAY))])
    before = store.datasets()
    tuesday = normalized(write_cboe(tmp_path, TUESDAY))
    other = normalized(write_cboe(tmp_path, MONDAY, chain(1.0), packed=True))
    expected = r"SPX_20190429.csv.gz: SPX 2019-04-29 is stored with other content from SPX_20190429.csv; ask to replace"
    with pytest.raises(DayConflict, match=expected):
        store.add([tuesday, other])
    assert store.datasets() == before


def test_a_day_is_replaced_when_that_is_asked_for(store: DataRepository, tmp_path: Path) -> None:
    first = normalized(write_cboe(tmp_path, MONDAY))
    store.add([first, normalized(write_cboe(tmp_path, TUESDAY))])
    other = normalized(write_cboe(tmp_path, MONDAY, chain(1.0), packed=True))
    (report,) = store.add([other], replace_days=True)
    assert report.outcome is FileOutcome.IMPORTED
    assert bids(store) == [(MONDAY, [1.0, 2.0, 3.0]), (TUESDAY, [30.0, 31.0, 32.0])]
    assert not store.holds("cboe_table", first.source.sha256)
    assert [source.name for source in store.datasets()[0].sources] == ["SPX_20190429.csv.gz", "SPX_20190430.csv"]


def test_two_contents_of_one_day_in_one_import_are_refused(store: DataRepository, tmp_path: Path) -> None:
    files = [normalized(write_cboe(tmp_path, MONDAY, chain(bid), packed=bid > 1)) for bid in (1.0, 2.0)]
    with pytest.raises(DayConflict, match=r"comes with other content from SPX_20190429.csv; import one of them"):
        store.add(files, replace_days=True)
    assert store.datasets() == ()


def test_the_content_hash_knows_quotes_but_neither_order_nor_names(store: DataRepository, tmp_path: Path) -> None:
    days = [MONDAY, TUESDAY, WEDNESDAY]
    store.add([normalized(write_cboe(tmp_path, day)) for day in days])
    other, changed = MemoryStore(), MemoryStore()
    for day in reversed(days):
        other.add([normalized(write_cboe(tmp_path, day, packed=True))])
        changed.add([normalized(write_cboe(tmp_path, day, chain(day.day + (0.05 if day == MONDAY else 0))))])
    assert content(store) == content(other) != content(changed)


def test_t16_a_repeated_chain_is_stale_whatever_the_order_of_imports(store: DataRepository, tmp_path: Path) -> None:
    files = {day: normalized(write_cboe(tmp_path, day, chain(5.0))) for day in (MONDAY, TUESDAY)}
    files[WEDNESDAY] = normalized(write_cboe(tmp_path, WEDNESDAY))
    for day in (TUESDAY, WEDNESDAY, MONDAY):
        store.add([files[day]])
    assert flags(store) == {MONDAY: {0}, TUESDAY: {QuoteFlag.STALE}, WEDNESDAY: {0}}
    together = MemoryStore()
    together.add(list(files.values()))
    assert content(store) == content(together)
    (dataset,) = store.datasets()
    assert dataset.counts.stale == 3
    for one in store.read("SPX", "eod", TUESDAY, TUESDAY).load():
        (rows,) = files[TUESDAY].chains
        assert one.info.is_stale
        assert one.info.digest == rows.digest(rows.flags | np.uint16(QuoteFlag.STALE)) != one.info.content


def test_a_chain_is_fresh_again_when_its_predecessor_is_replaced(store: DataRepository, tmp_path: Path) -> None:
    store.add([normalized(write_cboe(tmp_path, day, chain(5.0))) for day in (MONDAY, TUESDAY)])
    store.add([normalized(write_cboe(tmp_path, MONDAY, chain(6.0)))], replace_days=True)
    assert flags(store) == {MONDAY: {0}, TUESDAY: {0}}
    assert store.datasets()[0].counts.stale == 0


def test_a_repeat_over_the_turn_of_the_year_is_found(store: DataRepository, tmp_path: Path) -> None:
    quotes = [Quote(2800, expiry=date(2020, 3, 20))]
    store.add([normalized(write_cboe(tmp_path, date(2020, 1, 2), quotes))])
    store.add([normalized(write_cboe(tmp_path, date(2019, 12, 31), quotes))])
    assert flags(store) == {date(2019, 12, 31): {0}, date(2020, 1, 2): {QuoteFlag.STALE}}


def test_missing_sessions_and_skipped_files_are_known_by_date_and_name(store: DataRepository, tmp_path: Path) -> None:
    days = [date(2019, 5, 23), date(2019, 5, 27), date(2019, 5, 29)]
    store.add([normalized(write_cboe(tmp_path, day)) for day in days])
    coverage = store.coverage("SPX", "eod")
    assert (coverage.first, coverage.last) == (date(2019, 5, 23), date(2019, 5, 29))
    assert coverage.missing == (date(2019, 5, 24), date(2019, 5, 28))
    (dataset,) = store.datasets()
    assert [(skip.source.name, skip.rows) for skip in dataset.skipped] == [("SPX_20190527.csv", 3)]
    assert store.read("SPX", "eod", date(2019, 5, 25), date(2019, 5, 31)).skipped == dataset.skipped
    assert store.read("SPX", "eod", date(2019, 5, 28), date(2019, 5, 31)).skipped == ()


def test_a_skipped_file_is_not_read_again(store: DataRepository, tmp_path: Path) -> None:
    file = normalized(write_cboe(tmp_path, date(2019, 5, 27)))
    (first,) = store.add([file])
    assert (first.outcome, first.skipped) == (FileOutcome.SKIPPED, file.skipped)
    assert store.holds("cboe_table", file.source.sha256)


def test_datasets_are_by_underlying(store: DataRepository, tmp_path: Path) -> None:
    quote = Quote(150, root="XYZ")
    store.add([normalized(write_cboe(tmp_path, MONDAY, [quote], underlying="XYZ"))])
    store.add([normalized(write_cboe(tmp_path, MONDAY))])
    first, second = store.datasets()
    assert (first.coverage.underlying, second.coverage.underlying) == ("SPX", "XYZ")
    assert (first.vendors, first.counts.rows, first.time_assumed) == (("cboe_table",), 3, True)
    with pytest.raises(NotCovered, match=r"no data of NDX at resolution 'eod'; stored: SPX \(eod\), XYZ \(eod\)"):
        store.coverage("NDX", "eod")
    assert EXPIRY > MONDAY


@pytest.mark.parametrize("market", [NSE, DERIBIT])
def test_a_dataset_keeps_its_market_and_no_run_is_made_on_another_currency(
    store: DataRepository, tmp_path: Path, market: Market
) -> None:
    (chain_rows,) = normalized(write_cboe(tmp_path, TUESDAY)).chains
    file = normalized(write_cboe(tmp_path, TUESDAY))
    store.add([replace(file, chains=(replace(chain_rows, market=market),))])
    assert store.coverage("SPX", "eod").market == market
    with pytest.raises(NotRunnable, match=r"SPX: quotes (of DERIBIT are in coins|are in INR), and accounts are in USD"):
        open_range(store, ["SPX"], "eod", TUESDAY, TUESDAY)


def test_a_chain_without_a_price_of_its_underlying_is_kept_and_not_run_on(
    store: DataRepository, tmp_path: Path
) -> None:
    file = normalized(write_cboe(tmp_path, TUESDAY))
    unpriced = replace(file.chains[0], underlying_price=nan, price_origin=PriceOrigin.NONE)
    store.add([replace(file, chains=(unpriced,))])
    (dataset,) = store.datasets()
    assert dataset.price_origins == (PriceOrigin.NONE,)
    (one,) = store.read("SPX", "eod", TUESDAY, TUESDAY).load()
    assert isnan(one.info.underlying_price)
    with pytest.raises(NotRunnable, match="SPX: 1 of 1 chains have no price of the underlying, the first that of 2019"):
        open_range(store, ["SPX"], "eod", TUESDAY, TUESDAY)
