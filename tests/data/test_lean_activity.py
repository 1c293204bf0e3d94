"""LEAN's trades and open interest: datasets beside the quotes, which stay as they are."""

from pathlib import Path

import numpy as np
import pytest

from data.importing import AUTO, import_files
from data.memory_store import MemoryStore
from data.quality import ChainValidator
from engine.instants import iso
from engine.model import QuoteFlag
from tests.data.foreign_files import chains, refusal
from tests.data.lean_folders import CALL, QUOTE, write_index, write_options, write_zip

TRADE = "34200000,5160400,5170000,5160000,5165000,12"
TRADES, INTEREST = (CALL.replace("quote", content) for content in ("trade", "openinterest"))


def write_trades(folder: Path, text: str = TRADE, entry: str = TRADES) -> Path:
    return write_zip(folder / "indexoption/usa/minute/spx/20210104_trade_european.zip", {entry: text})


def write_interest(folder: Path, text: str = "23400000,11755") -> Path:
    return write_zip(folder / "indexoption/usa/minute/spx/20210104_openinterest_european.zip", {INTEREST: text})


def test_a_trade_bar_is_a_last_price_at_its_end_and_no_quote(tmp_path: Path) -> None:
    (chain,) = chains(write_trades(tmp_path), "lean_trades")
    assert (iso(chain.at), chain.underlying, chain.contracts.strike.tolist()) == (
        "2021-01-04T14:31:00Z",
        "SPX",
        [3200.0],
    )
    assert [chain.columns[name][0] for name in ("last", "volume")] == [516.5, 12.0]
    assert np.isnan([chain.columns["bid"], chain.columns["ask"]]).all()


def test_open_interest_is_published_before_the_open(tmp_path: Path) -> None:
    (chain,) = chains(write_interest(tmp_path), "lean_open_interest")
    assert (iso(chain.at), chain.columns["open_interest"].tolist()) == ("2021-01-04T11:31:00Z", [11_755.0])
    assert ChainValidator().flags(chain)[0] & QuoteFlag.OFF_HOURS


def test_a_folder_of_all_three_keeps_the_quotes_as_they_are(tmp_path: Path) -> None:
    write_index(tmp_path)
    alone, store = MemoryStore(), MemoryStore()
    quotes = write_options(tmp_path, {CALL: QUOTE})
    import_files([quotes], AUTO, alone)
    write_trades(tmp_path)
    write_interest(tmp_path)
    report = import_files([tmp_path / "indexoption"], AUTO, store)
    assert [one.resolution for one in report.coverage] == ["minute", "minute-open-interest", "minute-trades"]
    both = [next(one for one in of.datasets() if one.coverage.resolution == "minute") for of in (alone, store)]
    assert both[0] == both[1]


@pytest.mark.parametrize(
    ("sample", "name", "rows", "contracts"),
    [
        ("option/usa/minute/goog/20151224_trade_american.zip", "lean_trades", 958, 241),
        ("option/usa/daily/aapl_2014_trade_american.zip", "lean_trades", 2322, 2322),
        ("indexoption/usa/hour/spx_2021_trade_european.zip", "lean_trades", 46, 5),
        ("option/usa/minute/goog/20151223_openinterest_american.zip", "lean_open_interest", 118, 118),
        ("indexoption/usa/daily/spx_2021_openinterest_european.zip", "lean_open_interest", 12, 6),
    ],
)
def test_real_files_are_read(reference_data: Path, sample: str, name: str, rows: int, contracts: int) -> None:
    report = import_files([reference_data / "market" / "lean" / sample], AUTO, MemoryStore())
    assert [one.format for one in report.recognised] == [name]
    assert [(one.counts.rows, one.contracts) for one in report.files] == [(rows, contracts)]


@pytest.mark.parametrize(
    ("good", "bad", "reason"),
    [
        ("5165000,12", "5165000,-1", f"{TRADES}: line 1: the volume is absent or below zero"),
        ("5165000,12", "0,12", f"{TRADES}: line 1: a price is absent or not above zero"),
        ("5165000,12", ",12", f"{TRADES}: line 1: a price is absent or not above zero"),
        ("5165000,12", "5165000", f"{TRADES}: line 1: 5 cells where there must be 6; the file may be cut off"),
        ("5165000", "nan", f"{TRADES}: line 1, column 'close': 'nan' is no number"),
    ],
)
def test_a_bad_cell_is_named_by_zip_entry_and_line(tmp_path: Path, good: str, bad: str, reason: str) -> None:
    message = refusal(write_trades(tmp_path, TRADE.replace(good, bad)), "lean_trades")
    assert message.startswith(f"BadRow 20210104_trade_european.zip: {reason}"), message


def test_what_lies_elsewhere_or_is_cut_off_is_refused(tmp_path: Path) -> None:
    message = refusal(write_trades(tmp_path, entry=CALL), "lean_trades")
    assert f"{CALL!r} is no name of a trade file" in message
    assert "the open interest is absent or below zero" in refusal(
        write_interest(tmp_path, "23400000,"), "lean_open_interest"
    )
    shares = write_zip(tmp_path / "equity/usa/minute/spy/20210104_trade.zip", {"20210104_spy_minute_trade.csv": TRADE})
    assert "a zip of trade lies below option or indexoption" in refusal(shares, "lean_trades")
    path = write_trades(tmp_path)
    path.write_bytes(path.read_bytes()[:-20])
    assert "the zip file is damaged or cut off" in refusal(path, "lean_trades")
