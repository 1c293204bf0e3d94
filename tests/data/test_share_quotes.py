"""Bids and asks of shares in a run: shares trade at their touch."""

from pathlib import Path

import numpy as np

from data.bar_rows import ASKS, BIDS
from data.importing import import_files
from data.parquet_store import ParquetStore
from data.share_quotes import share_quotes
from data.underlying_records import BAR_COLUMNS, Bars
from engine.events import SharesQuoted
from engine.instants import iso
from tests.data.lean_folders import write_zip


def series(side: str, at: list[int], close: list[float]) -> Bars:
    columns = {name: np.array(close, float) for name in BAR_COLUMNS}
    return Bars("GOOG", f"minute{side}", np.array(at, np.int64), columns)


def test_a_quote_is_made_where_both_sides_are() -> None:
    quotes = share_quotes(series(BIDS, [1, 2, 4], [10.0, 11.0, 12.0]), series(ASKS, [2, 3, 4], [11.5, 11.6, 12.5]))
    assert quotes == [SharesQuoted(2, "GOOG", 11.0, 11.5), SharesQuoted(4, "GOOG", 12.0, 12.5)]


def test_a_file_of_quotes_becomes_two_series_and_an_absent_side_none(tmp_path: Path) -> None:
    lines = (
        "34200000,7475100,7495900,7464000,7485400,200,7503100,7503100,7496800,7496800,100\n"
        "34260000,,,,,0,7496800,7503000,7495100,7496400,400\n"
    )
    file = write_zip(tmp_path / "equity/usa/minute/goog/20151224_quote.zip", {"20151224_goog_minute_quote.csv": lines})
    store = ParquetStore(tmp_path / "store")
    import_files([file], "auto", store)
    with store.underlyings() as records:
        assert records is not None
        bids, asks = (records.bars("GOOG", f"minute{side}", 0, 2**62) for side in (BIDS, ASKS))
    assert bids.columns["close"].tolist() == [748.54]
    assert asks.columns["close"].tolist() == [749.68, 749.64]
    assert iso(int(bids.ends_at[0])) == "2015-12-24T14:31:00Z"
