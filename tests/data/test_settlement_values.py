"""Settlement values from the user's file."""

from datetime import date
from pathlib import Path

import pytest

from data.errors import DataError, DayConflict, SettlementFileError
from data.importing import import_files
from data.memory_store import MemoryStore
from data.parquet_store import ParquetStore
from data.replay import StoredSource, open_range
from data.settlement_values import read_settlement_values, settlement_events, stored_settlement_values
from data.underlying_rows import SettlementValue
from engine.instants import iso
from engine.model import ContractTable
from tests.data.vendor_files import MONDAY, Quote, write_cboe

FRIDAY = date(2019, 5, 17)
GOOD = "symbol,date,value\nSPX,2019-05-17,2866.96\nSPXW,2019-05-17,2859.53\n"


def write(folder: Path, text: str, name: str = "settlement.csv") -> Path:
    path = folder / name
    path.write_text(text)
    return path


def source(folder: Path) -> StoredSource:
    quotes = [Quote(2800, root="SPX", expiry=FRIDAY), Quote(2800, expiry=FRIDAY), Quote(2800, expiry=MONDAY)]
    store = MemoryStore()
    import_files([write_cboe(folder, MONDAY, quotes)], "cboe_table", store)
    return open_range(store, ["SPX"], "eod", MONDAY, MONDAY)


def contracts(folder: Path) -> ContractTable:
    return source(folder).contracts


def test_am_and_pm_values_of_one_date_are_published_at_the_open_and_at_the_close(tmp_path: Path) -> None:
    """T7: the AM series never settles on the close."""
    events = settlement_events(read_settlement_values(write(tmp_path, GOOD)), contracts(tmp_path))
    assert [(event.root, iso(event.at), event.price, event.source) for event in events] == [
        ("SPX", "2019-05-17T13:30:00Z", 2866.96, "official"),
        ("SPXW", "2019-05-17T20:00:00Z", 2859.53, "official"),
    ]
    assert all(event.at == event.settles_at for event in events)


def test_values_of_series_that_nobody_quotes_make_no_event(tmp_path: Path) -> None:
    text = "symbol,date,value\nSPX,2019-06-21,2900\nNDX,2019-05-17,7500\n"
    assert settlement_events(read_settlement_values(write(tmp_path, text)), contracts(tmp_path)) == []


def test_an_empty_line_a_blank_and_a_byte_order_mark_do_no_harm(tmp_path: Path) -> None:
    values = read_settlement_values(write(tmp_path, "\ufeffsymbol, date, value\n\nSPX, 2019-05-17, 2866.96\n"))
    assert dict(values.values) == {("SPX", FRIDAY): 2866.96}
    assert values.name == "settlement.csv"
    assert len(values.sha256) == 64


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("root,date,value\n", "line 1 is 'root,date,value'; it must be 'symbol,date,value'"),
        ("SPX,2019-05-17,2866.96\n", "line 1 is 'SPX,2019-05-17,2866.96'; it must be"),
        (GOOD + "SPX,05/24/2019,1\n", "line 4: '05/24/2019' is no date; write YYYY-MM-DD"),
        (GOOD + "SPX,2019-02-30,1\n", "line 4: '2019-02-30' is no date"),
        (GOOD + "SPX,2019-05-24,abc\n", "line 4: 'abc' is no price; write a number like 2859.53"),
        (GOOD + "SPX,2019-05-24,nan\n", "line 4: 'nan' is no price"),
        (GOOD + "SPX,2019-05-24,-1\n", "line 4: '-1' is no price"),
        (GOOD + "SPX,2019-05-24\n", "line 4: 2 cells instead of 'symbol,date,value'"),
        (GOOD + ",2019-05-24,1\n", "line 4: the symbol is empty"),
        (GOOD + "SPX,2019-05-17,1\n", "line 4: SPX 2019-05-17 stands there twice; keep one value"),
    ],
)
def test_a_bad_file_is_named_with_line_and_remedy(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(SettlementFileError) as caught:
        read_settlement_values(write(tmp_path, text))
    assert str(caught.value).startswith(f"settlement.csv: {message}")


def test_an_absent_file_is_a_settlement_file_error(tmp_path: Path) -> None:
    with pytest.raises(SettlementFileError, match=r"absent.csv: cannot be opened"):
        read_settlement_values(tmp_path / "absent.csv")


def test_values_join_the_source_in_order_and_none_from_after_its_end(tmp_path: Path) -> None:
    text = "symbol,date,value\nSPXW,2019-04-29,2943.03\nSPXW,2019-05-17,2859.53\n"
    one = source(tmp_path)
    with_values = one.with_events(settlement_events(read_settlement_values(write(tmp_path, text)), one.contracts))
    events = [(type(event).__name__, iso(event.at)) for event in with_values]
    assert events == [("SnapshotArrived", "2019-04-29T19:45:00Z"), ("SettlementPublished", "2019-04-29T20:00:00Z")]
    assert len(list(one)) == 1


# --- in the store


def stored(store: ParquetStore) -> tuple[SettlementValue, ...]:
    with store.underlyings() as records:
        return () if records is None else records.settlements()


def test_values_are_told_from_their_content_and_kept_once(tmp_path: Path) -> None:
    store = ParquetStore(tmp_path / "store")
    file = write(tmp_path, GOOD)
    report = import_files([file, write_cboe(tmp_path, MONDAY)], "auto", store)
    assert [one.format for one in report.recognised] == ["cboe_table", "settlement_values"]
    again = write(tmp_path, GOOD.replace("2859.53\n", "2859.530\n"), "again.csv")
    import_files([file, again], "auto", store)
    assert stored(store) == (
        SettlementValue("SPX", FRIDAY, 2866.96, "settlement.csv", 2),
        SettlementValue("SPXW", FRIDAY, 2859.53, "settlement.csv", 3),
    )


def test_another_value_is_refused_by_file_and_row_and_nothing_comes_in(tmp_path: Path) -> None:
    store = ParquetStore(tmp_path / "store")
    import_files([write(tmp_path, GOOD)], "auto", store)
    other = write(tmp_path, "symbol,date,value\nSPXW,2019-05-24,2826.06\nSPX,2019-05-17,2866.97\n", "other.csv")
    with pytest.raises(
        DayConflict,
        match=r"other.csv: line 3: SPX 2019-05-17 is stored with 2866.96 from settlement.csv, line 2; ask to replace",
    ):
        import_files([write_cboe(tmp_path, MONDAY), other], "auto", store)
    assert len(stored(store)) == 2
    assert store.datasets() == ()
    import_files([other], "auto", store, replace_days=True)
    assert {(one.root, one.expires_on): one.price for one in stored(store)} == {
        ("SPX", FRIDAY): 2866.97,
        ("SPXW", FRIDAY): 2859.53,
        ("SPXW", date(2019, 5, 24)): 2826.06,
    }


def test_two_files_of_one_import_may_not_differ(tmp_path: Path) -> None:
    store = ParquetStore(tmp_path / "store")
    files = [write(tmp_path, GOOD), write(tmp_path, GOOD.replace("2866.96", "1"), "wrong.csv")]
    with pytest.raises(DayConflict, match=r"wrong.csv: line 2: SPX 2019-05-17 is stored with 2866.96 from settlement"):
        import_files(files, "auto", store)
    assert stored(store) == ()


def test_a_bad_row_of_an_imported_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(DataError, match=r"settlement.csv: line 4: 'abc' is no price"):
        import_files([write(tmp_path, GOOD + "SPX,2019-05-24,abc\n")], "auto", ParquetStore(tmp_path / "store"))


def test_values_that_concern_no_series_of_a_run_do_not_change_its_identity(tmp_path: Path) -> None:
    table = contracts(tmp_path)
    own = [SettlementValue("SPXW", FRIDAY, 2859.53, "a.csv", 2), SettlementValue("SPX", FRIDAY, 2866.96, "b.csv", 2)]
    foreign = SettlementValue("NDX", FRIDAY, 7500.0, "c.csv", 2)
    one, two = stored_settlement_values(own, table), stored_settlement_values([foreign, *own[::-1]], table)
    assert one == two
    assert one is not None
    assert (one.origin, one.name, dict(one.values)) == (
        "store",
        "a.csv, b.csv",
        {("SPX", FRIDAY): 2866.96, ("SPXW", FRIDAY): 2859.53},
    )
    changed = stored_settlement_values([own[1], SettlementValue("SPXW", FRIDAY, 2859.54, "a.csv", 2)], table)
    assert changed is not None
    assert changed.sha256 != one.sha256
    assert stored_settlement_values([foreign], table) is None
