"""Copies of a store with no future, or another one: the same up to an instant, and the original is not touched."""

from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pytest

from data.altered_store import OtherFuture, write_altered_store
from data.bar_rows import BarRows
from data.datasets import SourceFile
from data.parquet_store import ParquetStore
from data.repository import StoredChain
from data.selection import ReadOptions
from data.underlying_rows import CorporateEvent, RateSet, SettlementValue, UnderlyingRows
from engine.instants import Instant
from tests.api.small_market import DAYS, FRIDAYS, small_store
from tests.builders import new_york

KEY = ("SPX", "eod")
CUT = 20
DAY = DAYS[CUT]
AFTER = new_york(DAY, "15:45")
SOURCE = SourceFile("more.csv", "test", "0", 1)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = small_store(tmp_path_factory.mktemp("true"))
    closes = np.linspace(2600.0, 2900.0, len(DAYS))
    columns = dict.fromkeys(("open", "high", "low", "close"), closes) | {"volume": np.ones(len(DAYS))}
    ends = np.array([new_york(day, "16:00") for day in DAYS])
    rows = UnderlyingRows(
        SOURCE,
        bars=(BarRows(SOURCE, "SPX", "eod", ends, columns),),
        events=tuple(CorporateEvent("XYZ", day, 0.5, 1.0) for day in FRIDAYS),
        settlements=tuple(SettlementValue("SPXW", day, 2700.0, "more.csv", 1) for day in FRIDAYS),
        rates=tuple(RateSet(day, 2.5) for day in DAYS[::10]),
    )
    ParquetStore(folder).add([], [rows])
    return folder


def altered(
    store: Path, target: Path, sessions: int, after: Instant = AFTER, since: date = DAYS[0]
) -> tuple[ParquetStore, date]:
    ends_at = new_york(DAY + timedelta(days=1), "00:00")
    future = OtherFuture(after, DAY, ends_at, new_york(since, "00:00"), sessions, seed=1)
    return ParquetStore(target), write_altered_store(store, target, [KEY], future)


def chains(store: ParquetStore) -> list[StoredChain]:
    return list(store.read(*KEY, DAYS[0], DAYS[-1], ReadOptions(greeks="vendor")).load())


@pytest.fixture(scope="module")
def cut(store: Path, tmp_path_factory: pytest.TempPathFactory) -> ParquetStore:
    found, last = altered(store, tmp_path_factory.mktemp("cut") / "store", sessions=0)
    assert last == DAY
    return found


@pytest.fixture(scope="module")
def other(store: Path, tmp_path_factory: pytest.TempPathFactory) -> ParquetStore:
    found, last = altered(store, tmp_path_factory.mktemp("other") / "store", sessions=5)
    assert last == DAYS[CUT + 5]
    return found


def test_a_cut_store_holds_no_chain_after_the_instant_and_the_same_ones_before(store: Path, cut: ParquetStore) -> None:
    true, found = chains(ParquetStore(store)), chains(cut)
    assert [one.info for one in found] == [one.info for one in true[: CUT + 1]]
    assert cut.coverage(*KEY).last == DAY


def test_a_cut_store_lists_no_contract_that_was_not_quoted_by_then(cut: ParquetStore) -> None:
    listed = cut.read(*KEY, DAYS[0], DAY, ReadOptions(greeks="vendor")).contracts
    assert max(key.expires_on for key in listed.series) <= DAY + timedelta(days=30)


def test_where_nothing_was_quoted_by_then_the_day_keeps_its_first_chain(store: Path, tmp_path: Path) -> None:
    found, last = altered(store, tmp_path / "store", sessions=0, after=new_york(DAY, "10:00"))
    assert (last, found.coverage(*KEY).last) == (DAY, DAY)


def test_another_future_has_other_quotes_of_a_price_that_went_the_other_way(store: Path, other: ParquetStore) -> None:
    true, found = chains(ParquetStore(store)), chains(other)
    assert [one.info for one in found[: CUT + 1]] == [one.info for one in true[: CUT + 1]]
    assert [one.info.day for one in found[CUT + 1 :]] == list(DAYS[CUT + 1 : CUT + 6])
    now = true[CUT].info.underlying_price
    for was, became in zip(true[CUT + 1 :], found[CUT + 1 :], strict=False):
        moves = [one.info.underlying_price / now - 1 for one in (was, became)]
        assert moves[0] * moves[1] < 0 or abs(moves[0]) < 0.005
        assert was.info.digest != became.info.digest


def test_contracts_that_are_listed_later_have_other_strikes_in_another_future(store: Path, other: ParquetStore) -> None:
    def strikes(one: ParquetStore) -> set[float]:
        listed = one.read(*KEY, DAYS[CUT + 5], DAYS[CUT + 5], ReadOptions(greeks="vendor")).contracts
        new = np.array([key.expires_on for key in listed.series])[listed.series_index] > DAY + timedelta(days=30)
        return set(listed.strike[new].tolist())

    assert strikes(other) == {strike + 2.5 for strike in strikes(ParquetStore(store))}


def test_bars_settlement_values_dividends_and_rates_end_or_are_others(
    store: Path, cut: ParquetStore, other: ParquetStore
) -> None:
    with ParquetStore(store).underlyings() as true, cut.underlyings() as ended, other.underlyings() as changed:
        assert true is not None
        assert ended is not None
        assert changed is not None
        bars = [one.bars("SPX", "eod") for one in (true, ended, changed)]
        assert len(bars[1].ends_at) == CUT
        assert (bars[2].columns["close"][:CUT] == bars[0].columns["close"][:CUT]).all()
        assert (bars[2].columns["close"][CUT:] != bars[0].columns["close"][CUT:]).all()
        assert max(one.expires_on for one in ended.settlements()) <= DAY
        assert {one.price == 2700.0 for one in changed.settlements() if one.expires_on > DAY} == {False}
        assert max(one.ex_date for one in ended.events()) <= DAY + timedelta(days=5)
        assert {one.dividend_usd == 0.5 for one in changed.events() if one.ex_date > DAY + timedelta(days=5)} == {False}
        assert max(one.on for one in ended.rates()) <= DAY
        for one in (ended, changed):
            assert {value.price for value in one.settlements() if value.expires_on <= DAY} == {2700.0}


def test_a_run_that_begins_on_the_day_keeps_another_bar_of_it(store: Path, tmp_path: Path) -> None:
    cut, _ = altered(store, tmp_path / "store", sessions=0, since=DAY)
    with ParquetStore(store).underlyings() as true, cut.underlyings() as ended:
        assert true is not None
        assert ended is not None
        closes = [one.bars("SPX", "eod").columns["close"] for one in (true, ended)]
    assert closes[0][CUT] != closes[1][CUT]
    assert (closes[0][:CUT] == closes[1][:CUT]).all()


def test_the_store_itself_is_only_read(store: Path, tmp_path: Path) -> None:
    before = {file: file.stat().st_mtime_ns for file in store.rglob("*.parquet")}
    true = [one.info for one in chains(ParquetStore(store))]
    altered(store, tmp_path / "store", sessions=5)
    assert {file: file.stat().st_mtime_ns for file in store.rglob("*.parquet")} == before
    assert [one.info for one in chains(ParquetStore(store))] == true
