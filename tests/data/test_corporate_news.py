"""Dividends, splits and new symbols as market events: when they are known, in which order, and of whom."""

from datetime import date
from pathlib import Path

import pytest

from data.calendar import session_table
from data.corporate_news import corporate_news, ratio_of
from data.importing import import_files
from data.parquet_store import ParquetStore
from data.underlying_rows import CorporateEvent, SymbolChange
from engine.events import BarArrived, CorporateNews, DividendDeclared, SplitAnnounced, SymbolChanged
from engine.instants import iso
from engine.model import Bar
from engine.sources import merge
from tests.builders import new_york

SPAN = date(2014, 6, 2), date(2014, 6, 30)
SESSIONS = session_table(*SPAN)
MONDAY, FRIDAY = date(2014, 6, 9), date(2014, 6, 6)
SPLIT = CorporateEvent("AAPL", MONDAY, 0.0, 7.000007)
DIVIDEND = CorporateEvent("AAPL", date(2014, 6, 12), 0.47, 1.0)


def news(
    *events: CorporateEvent, changes: tuple[SymbolChange, ...] = (), symbols: tuple[str, ...] = ("AAPL",)
) -> list[CorporateNews]:
    return corporate_news(symbols, events, changes, SPAN, SESSIONS)


def test_a_split_and_a_dividend_are_known_from_the_open_of_the_session_before() -> None:
    assert news(DIVIDEND, SPLIT) == [
        SplitAnnounced(new_york(FRIDAY, "09:30"), "AAPL", MONDAY, (7, 1)),
        DividendDeclared(new_york(date(2014, 6, 11), "09:30"), "AAPL", DIVIDEND.ex_date, 470_000),
    ]


def test_both_on_one_date_are_two_events() -> None:
    found = news(CorporateEvent("AAPL", MONDAY, 0.5, 0.1))
    assert [type(one).__name__ for one in found] == ["DividendDeclared", "SplitAnnounced"]
    assert isinstance(found[1], SplitAnnounced)
    assert found[1].ratio == (1, 10)


def test_what_became_known_outside_of_the_span_and_of_other_symbols_is_left_out() -> None:
    on_the_first_day = CorporateEvent("AAPL", SPAN[0], 1.0, 1.0)
    after_the_last = CorporateEvent("AAPL", date(2014, 7, 1), 1.0, 1.0)
    later = CorporateEvent("AAPL", date(2014, 7, 2), 1.0, 1.0)
    long_ago, far = (CorporateEvent("AAPL", date(year, 6, 9), 1.0, 1.0) for year in (1985, 2150))
    other = CorporateEvent("MSFT", MONDAY, 1.0, 1.0)
    found = news(on_the_first_day, after_the_last, later, long_ago, far, other)
    assert [(iso(one.at)[:10], one.ex_date) for one in found if isinstance(one, DividendDeclared)] == [
        ("2014-06-30", date(2014, 7, 1))
    ]


def test_a_new_symbol_holds_from_the_session_after_the_last_date_of_the_old_one() -> None:
    rows = (
        SymbolChange("NEW", date(2000, 1, 3), "OLD"),
        SymbolChange("NEW", FRIDAY, "OLD"),
        SymbolChange("NEW", date(2050, 12, 31), "NEW"),
        SymbolChange("ZZZ", date(2050, 12, 31), "ZZZ"),
    )
    expected = [SymbolChanged(new_york(FRIDAY, "09:30"), "OLD", "NEW", MONDAY)]
    assert news(changes=rows, symbols=("OLD",)) == news(changes=rows, symbols=("NEW",)) == expected
    assert news(changes=rows, symbols=("ZZZ",)) == []


def test_news_comes_before_bars_and_chains_of_its_instant() -> None:
    (split,) = news(SPLIT)
    bar = BarArrived(split.at, Bar("AAPL", 1.0, 1.0, 1.0, 1.0, 0.0))
    assert list(merge([[bar], [split]])) == [split, bar]


@pytest.mark.parametrize(
    ("shares", "ratio"),
    [
        (7.000007, (7, 1)),
        (1 / 7.000007, (1, 7)),
        (1.5, (3, 2)),
        (1.333333, (4, 3)),
        (0.1, (1, 10)),
        (1.046, (523, 500)),
    ],
)
def test_ratios_are_the_nearest_of_small_numbers(shares: float, ratio: tuple[int, int]) -> None:
    assert ratio_of(shares) == ratio


def test_the_real_split_of_aapl_and_the_new_symbol_of_goog_become_news(tmp_path: Path, reference_data: Path) -> None:
    equity = reference_data / "market" / "lean" / "equity" / "usa"
    store = ParquetStore(tmp_path / "store")
    import_files([equity / "factor_files" / "aapl.csv", equity / "map_files" / "goog.csv"], "auto", store)
    with store.underlyings() as records:
        assert records is not None
        found = corporate_news(
            {"AAPL", "GOOG"},
            records.events(),
            records.changes(),
            (date(2014, 3, 24), date(2014, 6, 30)),
            session_table(date(2014, 3, 24), date(2014, 6, 30)),
        )
    assert [(type(one).__name__, iso(one.at)[:10]) for one in found] == [
        ("SymbolChanged", "2014-04-02"),
        ("DividendDeclared", "2014-05-07"),
        ("SplitAnnounced", "2014-06-06"),
    ]
    renamed, dividend, split = found
    assert isinstance(renamed, SymbolChanged)
    assert isinstance(dividend, DividendDeclared)
    assert isinstance(split, SplitAnnounced)
    assert (renamed.before, renamed.after, renamed.effective_on) == ("GOOCV", "GOOG", date(2014, 4, 3))
    assert dividend.amount == pytest.approx(3_290_000, abs=2_000)  # 3.29 USD a share were paid
    assert split.ratio == (7, 1)
