"""DoltHub's options: several underlyings in a file, volatilities called `vol`, and dates at weekends."""

from pathlib import Path

import pytest

from data.normalizer import NO_SESSION, DataNormalizer
from data.providers.dolthub import Dolthub
from tests.data.vendor_chains import chains, refusal, roots, row_of, told, write

HEADER = "date,act_symbol,expiration,strike,call_put,bid,ask,vol,delta,gamma,theta,vega,rho\n"
ROW = "2019-02-09,A,2019-02-15,65.0,Call,10.5,11.25,0.27,1.00,0.0,-0.004,0.02,0.012\n"
OTHER = "2019-02-09,BRK.B,2019-02-15,200.0,Put,0.5,0.6,0.0,-0.1,0.01,-0.02,0.05,0.0\n"
GOOD = HEADER + ROW + OTHER


def test_a_saturday_is_the_session_before_and_each_underlying_has_its_chain(tmp_path: Path) -> None:
    path = write(tmp_path, GOOD)
    found = chains(path, "dolthub")
    assert told(path) == "dolthub"
    assert [(one.underlying, str(one.day), one.time_assumed) for one in found] == [
        ("A", "2019-02-08", True),
        ("BRKB", "2019-02-08", True),
    ]


def test_a_row_in_canonical_units(tmp_path: Path) -> None:
    """`vol` is the volatility and no volume; vega is per point of it, theta per day."""
    first, _ = chains(write(tmp_path, GOOD), "dolthub")
    assert row_of(first, 65.0, 1) == {
        "bid": 10.5,
        "ask": 11.25,
        "implied_volatility": 0.27,
        "delta": 1.0,
        "gamma": 0.0,
        "theta": -0.004 * 365,
        "vega": 2.0,
    }


def test_a_volatility_of_zero_is_none(tmp_path: Path) -> None:
    _, second = chains(write(tmp_path, GOOD), "dolthub")
    assert "implied_volatility" not in row_of(second, 200.0, -1)


def test_a_dot_in_a_ticker_is_not_in_the_root(tmp_path: Path) -> None:
    _, second = chains(write(tmp_path, GOOD), "dolthub")
    assert roots(second) == [("BRKB", "2019-02-15", "2019-02-15")]


@pytest.mark.parametrize(
    ("written", "day"),
    [("2019-02-10", "2019-02-08"), ("2019-02-11", "2019-02-11"), ("2019-04-20", "2019-04-18")],  # after Good Friday
)
def test_weekends_move_back_to_a_session(tmp_path: Path, written: str, day: str) -> None:
    text = GOOD.replace("2019-02-09", written).replace("2019-02-15", "2019-06-21")
    assert {str(one.day) for one in chains(write(tmp_path, text), "dolthub")} == {day}


def test_a_holiday_makes_no_snapshot_and_is_reported(tmp_path: Path) -> None:
    text = GOOD.replace("2019-02-09", "2019-02-18")
    file = DataNormalizer().normalize(Dolthub().read(write(tmp_path, text)))
    assert (file.chains, {one.reason for one in file.skipped}) == ((), {NO_SESSION})


@pytest.mark.parametrize(
    ("good", "bad", "reason"),
    [
        ("65.0", "x", "BadRow chain.csv: line 2, column 'strike': 'x' is no number"),
        ("2019-02-09", "02/09/2019", "BadRow chain.csv: line 2, column 'date': '02/09/2019' is no date (YYYY-MM-DD)"),
        ("Call", "Straddle", "BadRow chain.csv: line 2, column 'call_put': 'Straddle' is neither 'call' nor 'put'"),
        (",A,", ",.,", "BadRow chain.csv: line 2, column 'act_symbol': '.' is no ticker"),
        ("65.0", "1e300", "BadSymbol chain.csv: line 2, column 'act_symbol': symbol"),
        (",A,", ",\u00c4,", "BadRow chain.csv: line 2, column 'act_symbol': '\u00c4' is no ticker"),
        (",A,", ",TOOLONG,", "BadSymbol chain.csv: line 2, column 'act_symbol': symbol"),
        ("call_put", "right", "MissingColumn chain.csv: the header lacks 'call_put'"),
        (",0.05,0.0\n", "\n", "BadRow chain.csv: line 3: 11 cells where the header has 13; the file may be cut off"),
    ],
)
def test_what_is_wrong_is_named_by_line_and_column(tmp_path: Path, good: str, bad: str, reason: str) -> None:
    assert good in GOOD
    assert refusal(write(tmp_path, GOOD.replace(good, bad, 1)), "dolthub").startswith(reason)
