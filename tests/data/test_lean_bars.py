"""LEAN's bars of shares and indices: ends, zones, prices."""

from pathlib import Path

import pytest

from data.errors import DataError
from data.providers.lean_bars import LeanBars
from engine.instants import iso
from tests.data.lean_folders import INDEX_BARS, write_index, write_zip


def refusal(path: Path) -> str:
    with pytest.raises(DataError) as caught:
        LeanBars().read_one(path)
    return f"{type(caught.value).__name__} {caught.value}"


def test_index_minutes_are_of_chicago_and_in_points(tmp_path: Path) -> None:
    bars = LeanBars().read_one(write_index(tmp_path))
    assert (bars.symbol, bars.resolution) == ("SPX", "minute")
    assert [iso(int(at)) for at in bars.ends_at] == ["2021-01-04T14:31:00Z", "2021-01-04T14:32:00Z"]
    assert {name: column[0] for name, column in bars.columns.items()} == {
        "open": 3764.61,
        "high": 3769.99,
        "low": 3764.61,
        "close": 3766.63,
        "volume": 59.0,
    }


@pytest.mark.parametrize(
    ("name", "count", "first", "close"),
    [
        ("equity/usa/daily/aapl.zip", 5849, "1998-01-02T21:00:00Z", 16.25),
        ("equity/usa/minute/spy/20230803_trade.zip", 947, "2023-08-03T08:01:00Z", 447.98),
        ("index/usa/hour/spx.zip", 16, "2021-01-04T15:00:00Z", 3747.9),
        ("index/usa/daily/spx.zip", 2, "2021-01-04T21:00:00Z", 3700.65),
    ],
)
def test_real_bars_are_read(reference_data: Path, name: str, count: int, first: str, close: float) -> None:
    bars = LeanBars().read_one(reference_data / "market" / "lean" / name)
    assert (len(bars.ends_at), iso(int(bars.ends_at[0])), bars.columns["close"][0]) == (count, first, close)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (INDEX_BARS + INDEX_BARS, "line 3: the bar does not end after the one before it"),
        (INDEX_BARS.replace("3766.13", ""), "line 2: a price is absent or not above zero"),
        (INDEX_BARS.replace("3766.13", "0"), "line 2: a price is absent or not above zero"),
        (INDEX_BARS[:-20], "20210104_spx_minute_trade.csv: line 2: 3 cells where there must be 6"),
    ],
)
def test_bad_bars_are_named_by_line(tmp_path: Path, text: str, reason: str) -> None:
    assert reason in refusal(write_index(tmp_path, text))


def test_a_day_that_is_no_session_is_refused(tmp_path: Path) -> None:
    path = write_zip(tmp_path / "equity/usa/daily/spy.zip", {"spy.csv": "20210102 00:00,1,1,1,1,1\n"})
    assert "2021-01-02 is no session of the exchange" in refusal(path)


def test_quotes_are_no_bars(reference_data: Path) -> None:
    path = reference_data / "market" / "lean" / "equity/usa/minute/spy/20230803_quote.zip"
    assert "trade bars are those below equity and index" in refusal(path)
