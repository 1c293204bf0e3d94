"""`ironfly data show`, `chain` and `export`."""

from math import log, sqrt
from pathlib import Path

import pyarrow.csv
import pyarrow.parquet
import pytest

from data.importing import import_files
from data.parquet_store import ParquetStore
from tests.api.shell import ironfly
from tests.data.vendor_files import MONDAY, TUESDAY, Quote, write_cboe
from tests.schemas.examples import CONDOR

CHAIN = [
    Quote(2900, 40.0, 41.0, right="C"),
    Quote(2900, 0.0, 0.05),
    Quote(2950, 12.0, 12.4, right="C"),
    Quote(2950, 9.0, 9.5),
]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a store of two days."""
    files = [write_cboe(tmp_path, MONDAY, CHAIN), write_cboe(tmp_path, TUESDAY)]
    import_files(files, "cboe_table", ParquetStore(tmp_path / "store"))
    return tmp_path


def test_a_day_and_its_quality_are_one_row(folder: Path) -> None:
    answer = ironfly("data", "show", "SPX", "--store", "store", cwd=folder)
    rows = [line.split() for line in answer.out.splitlines()]
    assert ["2019-04-29", *2 * ["2019-04-29T19:45:00Z"], "1", "4", "2,943.00", "1", "0", "0", "0"] in rows
    assert "2 chains, 7 quotes, 6 contracts of 1 series, roots SPXW" in answer.out
    assert "file SPX_20190429.csv (cboe_table, 4 rows, " in answer.out


def test_calls_stand_left_of_the_strike_and_puts_right(folder: Path) -> None:
    answer = ironfly("data", "chain", "SPX", "2019-04-29", "--store", "store", cwd=folder)
    assert answer.out.splitlines()[0] == "SPX 2019-04-29T19:45:00Z, price 2,943.00 (vendor)"
    rows = [line.split() for line in answer.out.splitlines()]
    assert ["7", "20.0%", "-0.300", "12.00", "12.40", "2950", "9.50", "9.00", "-0.300", "20.0%", "7"] in rows
    assert [
        *["7", "20.0%", "-0.300", "40.00", "41.00", "2900", "0.05", "0.00", "-0.300", "20.0%", "7"],
        "no_bid",
    ] in rows


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["chain", "SPX", "2019-05-02"], "SPX (eod): no chain on 2019-05-02; the store covers 2019-04-29 to 2019-04-3"),
        (["chain", "SPX", "2019-04-29T15:30"], "SPX (eod): no chain on 2019-04-29 up to 15:30; the store covers"),
        (["chain", "SPX", "2019-04-29", "--expiration", "2019-06-21"],
         "SPX: nothing expires on 2019-06-21 in the chain of 2019-04-29; listed: 2019-05-15"),
        (["show", "SPY"], "no data of SPY at resolution 'any'; stored: SPX (eod)"),
        (["export", "SPX", "--out", "x.txt"], "x.txt: exports are written as .csv or .parquet; choose one of these"),
        (["export", "SPX", "--out", "none/x.csv"], "none/x.csv: cannot be written (No such file or directory)"),
        (["export", "SPX", "--out", "x.csv", "--from", "2019-05-06"], "SPX (eod): no chain from 2019-05-06 to 2019-04"),
    ],
)  # fmt: skip
def test_what_is_not_there_is_said_in_one_line(folder: Path, arguments: list[str], message: str) -> None:
    answer = ironfly("data", *arguments, "--store", "store", cwd=folder)
    assert answer.code == 2
    assert answer.error.startswith(message)


def test_bars_of_the_store_are_listed_and_asked_for_by_name(folder: Path) -> None:
    (folder / "vix.csv").write_text("date,open,high,low,close\n2019-04-29,13,14,12,13.1\n2019-04-30,13,14,12,13.5\n")
    assert ironfly("data", "import", "vix.csv", "--store", "store", cwd=folder).code == 0
    listed = ironfly("data", "list", "--store", "store", cwd=folder)
    assert "bars of VIX (eod): 2, 2019-04-29 to 2019-04-30, from delimited_bars" in listed.out
    (folder / "run.yaml").write_text(CONDOR)
    days = ("--set", "start=2019-04-29", "--set", "end=2019-04-30", "--set", "warm_up_sessions=0")
    for symbol, code in (("VIX", 0), ("SPY", 2)):
        bars = f"data.bars=[{{symbol: {symbol}}}]"
        answer = ironfly("validate", "run.yaml", *days, "--set", bars, "--store", "store", cwd=folder)
        assert answer.code == code, answer.err
    assert "bars of SPY (eod): none from 2019-04-29 to 2019-04-30; stored: VIX (eod) 2019-04-29 to" in answer.err


def test_an_export_has_a_row_per_quote_in_both_forms(folder: Path) -> None:
    for name in ("x.csv", "x.parquet"):
        answer = ironfly("data", "export", "SPX", "--out", name, "--store", "store", cwd=folder)
        assert answer.out.strip() == f"{name}: 7 quotes of 2 chains"
    parquet = pyarrow.parquet.read_table(folder / "x.parquet")
    assert parquet.slice(1, 1).to_pylist()[0] | {"at": None} == {
        **dict.fromkeys(("at", "bid_size", "ask_size", "theta", "vega")),
        "underlying": "SPX",
        "underlying_price": 2943.0,
        "symbol": "SPXW190515P02950000",
        "root": "SPXW",
        "expires_on": parquet["expires_on"][1].as_py(),
        "right": "put",
        "strike": 2950.0,
        "bid": 9.0,
        "ask": 9.5,
        "last": 0.0,
        "volume": 3.0,
        "open_interest": 7.0,
        "implied_volatility": 0.2,
        "delta": -0.3,
        "gamma": 0.001,
        "flags": "",
    }
    csv = pyarrow.csv.read_csv(folder / "x.csv")
    assert csv["strike"].to_pylist() == parquet["strike"].to_pylist()
    assert csv["flags"].to_pylist()[0] == "no_bid"
    assert {path.name for path in folder.iterdir()} >= {"x.csv", "x.parquet"}
    assert not [path for path in folder.iterdir() if path.name.startswith(".x")]


def test_bars_come_with_returns_and_volatility(folder: Path) -> None:
    (folder / "xyz.csv").write_text(
        "date,open,high,low,close\n2019-04-29,10,11,9,10\n2019-04-30,10,12,9,11\n2019-05-01,11,12,9,9.9\n"
    )
    assert ironfly("data", "import", "xyz.csv", "--store", "store", cwd=folder).code == 0
    answer = ironfly(
        "data", "bars", "XYZ", "--volatility", "2", "--out", "bars.parquet", "--store", "store", cwd=folder
    )
    assert answer.out.strip() == "bars.parquet: 3 bars"
    columns = pyarrow.parquet.read_table(folder / "bars.parquet").to_pydict()
    assert columns["close"] == [10.0, 11.0, 9.9]
    returns = [log(11 / 10), log(9.9 / 11)]
    assert columns["log_return"][1:] == pytest.approx(returns)
    assert columns["realised_volatility_2"][2] == pytest.approx(sqrt(252 * sum(one**2 for one in returns) / 2))
    missing = ironfly("data", "bars", "NONE", "--out", "x.csv", "--store", "store", cwd=folder)
    assert (missing.code, missing.error.split(":")[0]) == (2, "bars of NONE (eod)")
