"""Bars, dividends, splits, symbols and rates: read, kept in the store with the chains, and read back."""

from datetime import date
from pathlib import Path

import numpy as np
import pytest

from data.errors import DataError, DayConflict
from data.importing import import_files
from data.parquet_store import ParquetStore
from data.provider import EVERY_PROVIDER
from data.providers.delimited_bars import DelimitedBars
from data.providers.recognition import recognise
from data.underlying_rows import CorporateEvent, RateSet, SymbolChange
from engine.instants import iso
from tests.data.vendor_files import MONDAY, write_cboe

TIINGO = (
    ",symbol,date,close,high,low,open,volume,adjClose,adjHigh,adjLow,adjOpen,adjVolume,divCash,splitFactor\n"
    "7,VTI,2014-12-19,104.0,104.5,102.0,103.0,4328145,92.6,94.1,92.3,93.7,4328145,0.548,1.0\n"
    "8,VTI,2014-12-22,52.5,53.0,52.0,52.1,900,92.6,94.1,92.3,93.7,4328145,0.0,2.0\n"
    "9,VOO,2014-12-24,190.0,191.0,189.0,190.5,77,92.6,94.1,92.3,93.7,4328145,0.0,1.0\n"
)
PLAIN = "Date,Open,High,Low,Close\n2019-04-29,10,11,9,10.5\n2019-04-30,10.5,12,10,11\n"


def write(folder: Path, text: str, name: str = "stocks.csv") -> Path:
    path = folder / name
    path.write_text(text)
    return path


def bars(store: ParquetStore, symbol: str, resolution: str = "eod") -> list[tuple[str, float]]:
    with store.underlyings() as records:
        assert records is not None
        found = records.bars(symbol, resolution)
        return [(iso(int(at)), close) for at, close in zip(found.ends_at, found.columns["close"], strict=True)]


def test_bars_of_several_symbols_end_at_the_close_and_stay_raw(tmp_path: Path) -> None:
    store = ParquetStore(tmp_path / "store")
    (report,) = import_files([write(tmp_path, TIINGO)], "auto", store).files
    assert (report.outcome.value, report.rows) == ("imported", 3)
    assert bars(store, "VTI") == [("2014-12-19T21:00:00Z", 104.0), ("2014-12-22T21:00:00Z", 52.5)]
    assert bars(store, "VOO") == [("2014-12-24T18:00:00Z", 190.0)]  # a half day


def test_dividends_and_splits_of_a_bar_file_are_kept_by_their_ex_dates(tmp_path: Path) -> None:
    store = ParquetStore(tmp_path / "store")
    import_files([write(tmp_path, TIINGO)], "delimited_bars", store)
    with store.underlyings() as records:
        assert records is not None
        assert records.events("VTI") == (
            CorporateEvent("VTI", date(2014, 12, 19), 0.548, 1.0),
            CorporateEvent("VTI", date(2014, 12, 22), 0.0, 2.0),
        )
        assert records.events("VOO") == ()


def test_a_plain_file_is_named_by_its_symbol(tmp_path: Path) -> None:
    (found,) = DelimitedBars().read(write(tmp_path, PLAIN, "xyz.csv")).bars
    assert (found.symbol, found.resolution, len(found.ends_at)) == ("XYZ", "eod", 2)
    assert np.isnan(found.columns["volume"]).all()


def test_one_import_takes_chains_bars_and_what_happened_together(tmp_path: Path, reference_data: Path) -> None:
    lean = reference_data / "market" / "lean"
    store = ParquetStore(tmp_path / "store")
    paths = [
        write_cboe(tmp_path, MONDAY),
        write(tmp_path, TIINGO),
        lean / "equity" / "usa" / "map_files" / "goog.csv",
        lean / "equity" / "usa" / "factor_files" / "aapl.csv",
        lean / "alternative" / "interest-rate" / "usa" / "interest-rate.csv",
        lean / "equity" / "usa" / "daily" / "spy.zip",
    ]
    report = import_files(paths, "auto", store)
    assert {file.outcome.value for file in report.files} == {"imported"}
    assert {one.format for one in report.recognised} == {
        "cboe_table", "delimited_bars", "lean_maps", "lean_factors", "lean_rates", "lean_bars",
    }  # fmt: skip
    assert {file.outcome.value for file in import_files(paths, "auto", store).files} == {"already_stored"}
    with store.underlyings() as records:
        assert records is not None
        assert SymbolChange("GOOG", date(2014, 4, 2), "GOOCV") in records.changes()
        assert records.rates()[0] == RateSet(date(2003, 1, 9), 2.25)
        (split,) = [one for one in records.events("AAPL") if one.shares > 6]
        assert (split.ex_date, round(split.shares, 5)) == (date(2014, 6, 9), 7.0)
        assert {info.symbol: info.resolution for info in records.infos()} == {"SPY": "eod", "VOO": "eod", "VTI": "eod"}


def test_bars_and_chains_come_in_together_or_not_at_all(tmp_path: Path) -> None:
    store = ParquetStore(tmp_path / "store")
    import_files([write(tmp_path, PLAIN, "xyz.csv")], "auto", store)
    changed = write(tmp_path, PLAIN.replace("10.5,12,10,11", "10.5,12,10,11.5"), "XYZ.csv")
    with pytest.raises(DayConflict, match=r"XYZ.csv: the bar of XYZ ending 2019-04-30T20:00:00Z is stored with other"):
        import_files([changed, write_cboe(tmp_path, MONDAY)], "auto", store)
    assert store.datasets() == ()
    assert bars(store, "XYZ")[-1][1] == 11.0
    import_files([changed], "auto", store, replace_days=True)
    assert bars(store, "XYZ") == [("2019-04-29T20:00:00Z", 10.5), ("2019-04-30T20:00:00Z", 11.5)]


def test_more_of_the_same_bars_adds_only_what_is_new(tmp_path: Path) -> None:
    store = ParquetStore(tmp_path / "store")
    import_files([write(tmp_path, PLAIN, "xyz.csv")], "auto", store)
    import_files([write(tmp_path, PLAIN + "2019-05-01,11,12,10,11.5\n", "XYZ.csv")], "auto", store)
    assert [close for _, close in bars(store, "XYZ")] == [10.5, 11.0, 11.5]


@pytest.mark.parametrize(
    ("text", "name", "reason"),
    [
        (
            PLAIN.replace("2019-04-30", "2019-04-28"),
            "xyz.csv",
            "xyz.csv: line 3, column 'Date': 2019-04-28 is no session",
        ),
        (
            PLAIN.replace("2019-04-30", "2019-04-29"),
            "xyz.csv",
            "xyz.csv: line 3, column 'Date': XYZ has a bar of this date",
        ),
        (
            PLAIN.replace("10,11,9", "10,9,11"),
            "xyz.csv",
            "xyz.csv: line 2, column 'High': open, high, low and close cannot",
        ),
        (PLAIN.replace("10,11,9", "10,x,9"), "xyz.csv", "xyz.csv: line 2, column 'High': 'x' is no number"),
        (PLAIN, "my bars.csv", "my bars.csv: no column 'symbol', and the name is no symbol"),
        (PLAIN.replace("Close", "Last"), "xyz.csv", "xyz.csv: the header lacks close"),
    ],
)
def test_bad_bars_are_refused_by_their_place(tmp_path: Path, text: str, name: str, reason: str) -> None:
    with pytest.raises(DataError) as caught:
        DelimitedBars().read(write(tmp_path, text, name))
    assert str(caught.value).startswith(reason)


def test_no_two_formats_fit_one_file(tmp_path: Path, reference_data: Path) -> None:
    lean = reference_data / "market" / "lean"
    files = [write(tmp_path, TIINGO), write(tmp_path, PLAIN, "p.csv"), *lean.glob("equity/usa/*_files/*.csv")]
    assert len(files) == 8
    assert all(recognise(path, EVERY_PROVIDER).format for path in files)
