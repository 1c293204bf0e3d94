"""Bloomberg's wide workbook: contracts in columns, sheets by month, texts that are blank, the underlying beside."""

import sys
import zipfile
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np
import openpyxl
import pytest

from data.calendar import option_series, session_table
from data.datasets import PriceOrigin
from data.importing import AUTO, import_files
from data.markets import EUREX
from data.memory_store import MemoryStore
from data.providers import files
from engine.instants import instant
from tests.data.foreign_files import chains, refusal, row_of

CALL, PUT = "SX5E 07/19/19 C3500 Index", "SX5E 07/19/19 P3412.5 Index"
FIRST, SECOND = datetime(2019, 7, 1), datetime(2019, 7, 2)  # noqa: DTZ001 - cells of dates have no zone
Rows = list[list[Any]]
JULY: Rows = [["Dates", CALL, PUT], [FIRST, 41.5, " "], [SECOND, None, 7]]
SPOT: Rows = [["Dates", "SX5E Index"], [FIRST, 3497.59], [SECOND, 3507.98]]


def workbook(folder: Path, sheets: dict[str, Rows]) -> Path:
    book = openpyxl.Workbook()
    book.remove(book["Sheet"])
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    path = folder / "stoxx50.xlsx"
    book.save(path)
    return path


def good(folder: Path) -> Path:
    return workbook(folder, {"jul": JULY, "spot": SPOT})


def test_filled_cells_are_last_prices_at_the_close(tmp_path: Path) -> None:
    first, second = chains(good(tmp_path), "bloomberg")
    assert (first.underlying, first.day, first.underlying_price) == ("SX5E", date(2019, 7, 1), 3497.59)
    assert (first.market, first.price_origin) == (EUREX, PriceOrigin.VENDOR)
    assert (len(first), len(second)) == (1, 1)
    row = row_of(first, 3500.0, 1)
    assert row["last"] == 41.5
    assert np.isnan([row["bid"], row["ask"]]).all()
    assert row_of(second, 3412.5, -1)["last"] == 7.0


def test_months_are_sheets_and_others_are_not_read(tmp_path: Path) -> None:
    august: Rows = [["Prices of August"], [], ["Dates", CALL], [datetime(2019, 7, 3), 50]]  # noqa: DTZ001
    path = workbook(tmp_path, {"jul": JULY, "aug": august, "notes": [["by", "somebody"]], "spot": SPOT, "empty": []})
    found = chains(path, "bloomberg")
    assert [(one.day.day, one.underlying_price) for one in found[:2]] == [(1, 3497.59), (2, 3507.98)]
    assert (found[2].day.day, found[2].price_origin) == (3, PriceOrigin.NONE)


def test_options_expire_at_noon_in_germany() -> None:
    """And are European and settled in money; the exchange itself stays open until the evening."""
    sessions = session_table(date(2019, 7, 1), date(2019, 7, 19), EUREX)
    series = option_series("SX5E", "SX5E", date(2019, 7, 19), sessions, EUREX)
    assert series.settles_at == instant(datetime(2019, 7, 19, 12, tzinfo=ZoneInfo("Europe/Berlin")))
    assert series.settles_at == instant(datetime(2019, 7, 19, 10, tzinfo=UTC))


def test_a_holiday_is_left_out_and_counted(tmp_path: Path) -> None:
    christmas = datetime(2019, 12, 25)  # noqa: DTZ001
    rows: Rows = [["Dates", CALL.replace("07/19/19", "12/20/19")], [FIRST, 90.0], [christmas, 90.0]]
    report = import_files([workbook(tmp_path, {"jul": rows})], AUTO, MemoryStore())
    assert [(skip.day, skip.rows) for skip in report.skipped] == [(christmas.date(), 1)]
    assert report.counts.rows == 1


@pytest.mark.parametrize(
    ("row", "column", "cell", "reason"),
    [
        (0, 1, "SX5E 07/32/19 C3500 Index", "line 1: 'SX5E 07/32/19 C3500 Index' expires on no date (MM/DD/YY)"),
        (0, 1, "SAP GY 07/19/19 C120 Equity", "line 1: 'SAP GY 07/19/19 C120 Equity' is neither an option on an index"),
        (0, 1, None, "line 2: 41.5 stands in a column without a name"),
        (1, 0, "01/07/2019", "line 2, column 'Dates': '01/07/2019' is no date"),
        (1, 0, None, "line 2, column 'Dates': 'None' is no date"),
        (1, 1, "#N/A N/A", "line 2: '#N/A N/A' is no price above 0"),
        (1, 1, -3.5, "line 2: '-3.5' is no price above 0"),
        (1, 1, True, "line 2: 'True' is no price above 0"),
    ],
)
def test_a_bad_cell_is_named_by_sheet_and_line(tmp_path: Path, row: int, column: int, cell: Any, reason: str) -> None:
    rows = [list(one) for one in JULY]
    rows[row][column] = cell
    message = refusal(workbook(tmp_path, {"jul": rows, "spot": SPOT}), "bloomberg")
    assert message.startswith(f"BadRow stoxx50.xlsx: sheet 'jul', {reason}"), message


def test_two_prices_of_one_contract_and_day_are_refused(tmp_path: Path) -> None:
    path = workbook(tmp_path, {"jul": JULY, "again": [["Dates", CALL], [FIRST, 41.0]]})
    assert refusal(path, "bloomberg").startswith("ContractTwice stoxx50.xlsx: ")


def test_a_workbook_of_something_else_is_refused(tmp_path: Path) -> None:
    path = workbook(tmp_path, {"Sheet": [["name", "age"], ["x", 3]]})
    assert refusal(path, "bloomberg").startswith("BadFile stoxx50.xlsx: no column is an option like 'SX5E 07/19/19")


@pytest.mark.parametrize("percent", [0, 5, 50, 95, 99])
def test_a_workbook_that_is_cut_off_is_refused(tmp_path: Path, percent: int) -> None:
    path = good(tmp_path)
    path.write_bytes(path.read_bytes()[: path.stat().st_size * percent // 100])
    assert refusal(path, "bloomberg").startswith("UnreadableFile stoxx50.xlsx: the workbook is damaged or cut off")


def test_a_workbook_with_broken_sheets_is_refused(tmp_path: Path) -> None:
    path, broken = good(tmp_path), tmp_path / "broken.xlsx"
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(broken, "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name)[: 300 if "sheet1" in name else None])
    assert refusal(broken, "bloomberg").startswith("UnreadableFile broken.xlsx: the workbook is damaged (")


def test_a_workbook_that_fills_the_memory_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "MOST_BYTES", 1_000)
    assert "unpacks to more than 1,000 bytes" in refusal(good(tmp_path), "bloomberg")


def test_without_its_library_the_remedy_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = good(tmp_path)
    monkeypatch.setitem(sys.modules, "openpyxl", None)
    assert refusal(path, "bloomberg") == (
        "MissingLibrary stoxx50.xlsx: workbooks need the package openpyxl; "
        "install it with: pip install 'ironfly[vendors]'"
    )
