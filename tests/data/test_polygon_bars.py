"""Polygon's bars of stocks and indices: several symbols in one file, stamped at their ends."""

from datetime import date
from pathlib import Path

import numpy as np
import pytest

from data.datasets import FileOutcome
from data.errors import DataError
from data.importing import AUTO, import_files
from data.parquet_store import ParquetStore
from data.providers.polygon_bars import PolygonBars
from tests.builders import new_york

DAY = date(2023, 3, 13)
STOCKS = "ticker,volume,open,close,high,low,window_start,transactions\n"
INDICES = "ticker,open,close,high,low,window_start\n"
MINUTES = (new_york(DAY, "09:30"), new_york(DAY, "09:31"))
GOOD = STOCKS + "".join(
    f"{ticker},{volume},10,11,12,9,{start},3\n" for ticker, volume in (("BRK.B", 7.25), ("A", 100)) for start in MINUTES
)


def write(folder: Path, text: str) -> Path:
    path = folder / "2023-03-13.csv"
    path.write_text(text)
    return path


def test_every_symbol_has_its_bars_and_volume_may_be_fractional(tmp_path: Path) -> None:
    first, second = PolygonBars().read(write(tmp_path, GOOD))
    assert [(one.symbol, one.resolution) for one in (first, second)] == [("A", "minute"), ("BRK.B", "minute")]
    assert second.ends_at.tolist() == [new_york(DAY, "09:31"), new_york(DAY, "09:32")]
    row = {name: float(column[0]) for name, column in second.columns.items()}
    assert row == {"open": 10, "high": 12, "low": 9, "close": 11, "volume": 7.25}


def test_bars_are_imported_by_content(tmp_path: Path) -> None:
    store = ParquetStore(tmp_path / "store")
    report = import_files([write(tmp_path, GOOD)], AUTO, store)
    assert [one.format for one in report.recognised] == ["polygon_bars"]
    assert [(file.outcome, file.rows) for file in report.files] == [(FileOutcome.IMPORTED, 4)]


@pytest.mark.parametrize(("day", "close"), [(DAY, "16:00"), (date(2023, 11, 24), "13:00")])
def test_a_day_of_an_index_has_no_volume_and_ends_with_its_session(tmp_path: Path, day: date, close: str) -> None:
    (bars,) = PolygonBars().read(write(tmp_path, f"{INDICES}I:SPX,10,11,12,9,{new_york(day, '00:00')}\n"))
    assert (bars.symbol, bars.resolution, bars.ends_at.tolist()) == ("SPX", "eod", [new_york(day, close)])
    assert np.isnan(bars.columns["volume"]).all()


@pytest.mark.parametrize(
    ("good", "bad", "reason"),
    [
        ("BRK.B", "O:A230327C00001000", "line 2, column 'ticker': 'O:A230327C00001000' is no stock"),
        ("A,100", "I:A,100", "line 4, column 'ticker': 'I:A' is no stock in a file of such"),
        (f"12,9,{MINUTES[1]}", f"12,9,{MINUTES[0]}", "line 3, column 'window_start': the bar does not end after the"),
        (f"9,{MINUTES[0]}", f"9,{new_york(date(2023, 3, 12), '09:30')}", "line 2, column 'window_start': the date is"),
        ("11,12,9", "11,12,10.5", "line 2, column 'high': open or close is outside of low and high"),
        ("7.25", "-7.25", "line 2, column 'volume': -7.25 is no volume"),
    ],
)
def test_what_is_wrong_is_named(tmp_path: Path, good: str, bad: str, reason: str) -> None:
    assert good in GOOD
    with pytest.raises(DataError) as caught:
        PolygonBars().read(write(tmp_path, GOOD.replace(good, bad, 1)))
    assert str(caught.value).startswith(f"2023-03-13.csv: {reason}"), str(caught.value)
