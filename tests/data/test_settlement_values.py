"""Settlement values from the user's file."""

from datetime import date
from pathlib import Path

import pytest

from data.errors import SettlementFileError
from data.importing import import_files
from data.memory_store import MemoryStore
from data.replay import StoredSource, open_range
from data.settlement_values import read_settlement_values, settlement_events
from engine.instants import iso
from engine.model import ContractTable
from tests.data.vendor_files import MONDAY, Quote, write_cboe

FRIDAY = date(2019, 5, 17)
GOOD = "symbol,date,value\nSPX,2019-05-17,2866.96\nSPXW,2019-05-17,2859.53\n"


def write(folder: Path, text: str) -> Path:
    path = folder / "settlement.csv"
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
