"""LEAN's option zips: chains of one instant, the price beside them, and what is refused where."""

from pathlib import Path

import numpy as np
import pytest

from data.errors import DataError
from data.normalizer import DataNormalizer
from data.providers import files
from data.providers.lean_options import LeanOptions
from engine.instants import iso
from tests.data.lean_folders import CALL, ONE_SIDED, PUT, QUOTE, write_index, write_options, write_zip

LATER = QUOTE.replace("34200000", "34260000")


def refusal(path: Path) -> str:
    with pytest.raises(DataError) as caught:
        DataNormalizer().normalize(LeanOptions().read(path))
    assert "\n" not in str(caught.value)
    return f"{type(caught.value).__name__} {caught.value}"


def test_a_minute_bar_is_a_quote_at_its_end_in_dollars(tmp_path: Path) -> None:
    write_index(tmp_path)
    (chain,) = DataNormalizer().normalize(LeanOptions().read(write_options(tmp_path, {CALL: QUOTE}))).chains
    assert (iso(chain.at), chain.underlying, chain.underlying_price) == ("2021-01-04T14:31:00Z", "SPX", 3766.63)
    assert [chain.columns[name].tolist() for name in ("bid", "ask", "bid_size", "ask_size")] == [
        [564.1],
        [569.1],
        [115.0],
        [116.0],
    ]
    assert chain.contracts.series[0].root == "SPX"


def test_a_side_that_is_absent_is_no_quote_of_zero(tmp_path: Path) -> None:
    write_index(tmp_path)
    rows = LeanOptions().read(write_options(tmp_path, {CALL: ONE_SIDED}))
    assert np.isnan(rows.columns["bid"]).all()
    assert rows.columns["ask"].tolist() == [0.15]


def test_a_contract_without_a_bar_is_not_in_the_chain_of_that_minute(tmp_path: Path) -> None:
    write_index(tmp_path)
    path = write_options(tmp_path, {CALL: f"{QUOTE}\n{LATER}\n", PUT: f"{QUOTE}\n"})
    chains = DataNormalizer().normalize(LeanOptions().read(path)).chains
    assert [(iso(chain.at), len(chain)) for chain in chains] == [
        ("2021-01-04T14:31:00Z", 2),
        ("2021-01-04T14:32:00Z", 1),
    ]


def test_the_root_of_a_weekly_is_kept(tmp_path: Path) -> None:
    write_index(tmp_path)
    entry = "20210104_spxw_minute_quote_european_put_37505000_20210108.csv"
    rows = LeanOptions().read(write_options(tmp_path, {entry: QUOTE}, "spxw"))
    assert (rows.columns["symbol"].tolist(), rows.columns["underlying"].tolist()) == (
        [b"SPXW210108P03750500"],
        [b"SPX"],
    )


def test_a_chain_without_a_price_of_its_underlying_is_refused(tmp_path: Path) -> None:
    path = write_options(tmp_path, {CALL: QUOTE})
    assert refusal(path) == (
        "UnreadableFile 20210104_quote_european.zip: the price of SPX is not there; "
        "add index/usa/minute/spx/20210104_trade.zip to the data folder"
    )
    write_index(tmp_path, "30660000,3766.41,3767.22,3765.83,3766.13,60\n")
    assert "20210104_trade.zip has no bar on the day and before 2021-01-04T14:31:00Z" in refusal(path)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (f"{QUOTE}\n{LATER[:-40]}", "line 2: 5 cells where there must be 11; the file may be cut off"),
        (f"{QUOTE}\n{LATER.replace('5641000', 'x')}", "line 2, column 'bid_close': 'x' is no number"),
        (f"{QUOTE}\n{LATER.replace('5641000', 'nan')}", "line 2, column 'bid_close': 'nan' is no number"),
        (f"{QUOTE}\n{LATER.replace('5641000', 'inf')}", "line 2, column 'bid_close': 'inf' is no number"),
        (f"{QUOTE}\n{LATER.replace('34260000', '9:31')}", "line 2, column 'time': '9:31' is no time of a bar"),
        ("ms,bid\n" + QUOTE, "line 1: 2 cells where there must be 11"),
    ],
)
def test_a_bad_cell_is_named_by_zip_entry_line_and_column(tmp_path: Path, text: str, reason: str) -> None:
    write_index(tmp_path)
    path = write_options(tmp_path, {PUT: QUOTE, CALL: text})
    assert refusal(path).startswith(f"BadRow 20210104_quote_european.zip: {CALL}: {reason}")


@pytest.mark.parametrize(
    ("entry", "reason"),
    [
        ("notes.txt", "is no name of a quote file"),
        (CALL.replace("20210115", "20210230"), "expires on no date"),
        (CALL.replace("32000000", "32000001"), "has a strike that no OSI symbol can hold"),
        (CALL.replace("20210104", "20210105"), "is of another day"),
    ],
)
def test_a_name_that_is_no_contract_is_refused(tmp_path: Path, entry: str, reason: str) -> None:
    assert reason in refusal(write_options(tmp_path, {entry: QUOTE}))


def test_quotes_that_differ_at_one_instant_are_refused(tmp_path: Path) -> None:
    write_index(tmp_path)
    text = f"{QUOTE}\n{QUOTE.replace('5641000', '5642000')}\n"
    assert refusal(write_options(tmp_path, {CALL: text})).startswith("ContractTwice 20210104_quote_european.zip")


@pytest.mark.parametrize("percent", [0, 5, 50, 95, 99])
def test_a_zip_that_is_cut_off_is_refused(tmp_path: Path, percent: int) -> None:
    path = write_options(tmp_path, {CALL: QUOTE * 50})
    path.write_bytes(path.read_bytes()[: path.stat().st_size * percent // 100])
    assert refusal(path).startswith("UnreadableFile 20210104_quote_european.zip: the zip file is damaged or cut off")


def test_a_damaged_zip_is_refused(tmp_path: Path) -> None:
    path = write_options(tmp_path, {CALL: QUOTE})
    data = bytearray(path.read_bytes())
    data[30 + len(CALL) + 10] ^= 0xFF
    path.write_bytes(data)
    assert "the zip file is damaged or cut off" in refusal(path)


def test_a_zip_that_unpacks_without_end_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "MOST_BYTES", 10_000)
    path = write_options(tmp_path, {CALL: "0" * 6_000, PUT: "0" * 6_000})
    assert "unpacks to more than 10,000 bytes" in refusal(path)


def test_a_file_outside_of_the_folders_is_refused(tmp_path: Path) -> None:
    path = write_zip(tmp_path / "20210104_quote_european.zip", {CALL: QUOTE})
    assert "LEAN's folders say what a file holds" in refusal(path)


@pytest.mark.parametrize(
    ("name", "resolution", "chains", "first", "last", "price"),
    [
        ("indexoption/usa/minute/spx/20210104", "minute", 405, "2021-01-04T14:31", "2021-01-04T21:15", 3766.63),
        ("indexoption/usa/hour/spx_2021", "hour", 14, "2021-01-04T15:00", "2021-01-14T21:00", 3747.9),
        ("indexoption/usa/daily/spx_2021", "eod", 2, "2021-01-04T21:15", "2021-01-14T21:15", 3700.65),
    ],
)
def test_real_index_options_are_read_at_every_resolution(
    reference_data: Path, name: str, resolution: str, chains: int, first: str, last: str, price: float
) -> None:
    path = reference_data / "market" / "lean" / f"{name}_quote_european.zip"
    file = DataNormalizer().normalize(LeanOptions().read(path))
    assert (file.resolution, len(file.chains), file.chains[0].underlying_price) == (resolution, chains, price)
    assert [iso(chain.at)[:16] for chain in (file.chains[0], file.chains[-1])] == [first, last]


def test_daily_bars_of_a_half_day_end_at_its_close(reference_data: Path) -> None:
    path = reference_data / "market" / "lean" / "option/usa/daily/goog_2015_quote_american.zip"
    rows = LeanOptions().read(path)
    assert [iso(int(at)) for at in np.unique(rows.columns["at"])] == ["2015-12-23T21:00:00Z", "2015-12-24T18:00:00Z"]


def test_the_first_quotes_of_a_half_day_are_those_that_lean_itself_fills_at(reference_data: Path) -> None:
    """The strangle of the cross-checks buys at 13.20 and 12.80, the asks of 09:31."""
    path = reference_data / "market" / "lean" / "option/usa/minute/goog/20151224_quote_american.zip"
    columns = LeanOptions().read(path).columns
    first = columns["at"] == columns["at"].min()
    asks = dict(zip(columns["symbol"][first].tolist(), columns["ask"][first].tolist(), strict=True))
    assert (asks[b"GOOG160115P00747500"], asks[b"GOOG160115C00752500"]) == (13.2, 12.8)
