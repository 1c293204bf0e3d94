"""LEAN's universes: volatilities and Greeks without quotes, stamped when they were known."""

from pathlib import Path

import numpy as np
import pytest

from data.errors import DataError
from data.normalizer import DataNormalizer
from data.providers.lean_universe import LeanUniverse
from engine.instants import iso

HEADER = "#expiry,strike,right,open,high,low,close,volume,open_interest,implied_volatility,delta,gamma,vega,theta,rho"
UNDERLYING = ",,,3700.65,3700.65,3700.65,3700.65,60,,,,,,,"
CALL = "20210115,3200,C,518.88,537.5,499.9,530.18,6,11755,0.4,0.97,0.0002,0.25,-0.5,0.8"
UNKNOWN = "20210115,3250,P,1,1,1,1,0,,0,0.9,0,0,-0.009,0.01"
GOOD = "\n".join([HEADER, UNDERLYING, CALL, UNKNOWN, ""])


def write(folder: Path, text: str = GOOD, name: str = "20210104.csv") -> Path:
    path = folder / "spx" / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(text)
    return path


def refusal(path: Path) -> str:
    with pytest.raises(DataError) as caught:
        LeanUniverse().read(path)
    return f"{type(caught.value).__name__} {caught.value}"


def test_a_universe_becomes_a_chain_in_canonical_units_at_the_next_close(tmp_path: Path) -> None:
    (chain,) = DataNormalizer().normalize(LeanUniverse().read(write(tmp_path))).chains
    assert (iso(chain.at), chain.underlying, chain.underlying_price) == ("2021-01-05T21:00:00Z", "SPX", 3700.65)
    row = {name: column[-1] for name, column in chain.columns.items() if not np.isnan(column[-1])}
    assert row == {
        "volume": 6.0,
        "open_interest": 11755.0,
        "implied_volatility": 0.4,
        "delta": 0.97,
        "gamma": 0.0002,
        "vega": 25.0,
        "theta": -182.5,
    }


def test_a_universe_without_the_underlying_has_no_price_of_it(tmp_path: Path) -> None:
    raw = LeanUniverse().read(write(tmp_path, GOOD.replace(UNDERLYING + "\n", "")))
    (chain,) = DataNormalizer().normalize(raw).chains
    assert (np.isnan(chain.underlying_price), len(chain)) == (True, 2)


def test_nothing_in_a_universe_is_a_quote(tmp_path: Path) -> None:
    (chain,) = DataNormalizer().normalize(LeanUniverse().read(write(tmp_path))).chains
    assert all(np.isnan(chain.columns[name]).all() for name in ("bid", "ask", "last"))


def test_a_volatility_of_zero_is_unknown_and_so_are_its_greeks(tmp_path: Path) -> None:
    columns = LeanUniverse().read(write(tmp_path)).columns
    assert all(np.isnan(columns[name][1]) for name in ("implied_volatility", "delta", "gamma", "vega", "theta"))


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (GOOD + UNDERLYING + "\n", "BadFile 20210104.csv: lines 2 and 5 are both of the underlying"),
        (GOOD.replace(UNDERLYING, ",,,1,1,1,"), "BadRow 20210104.csv: line 2, column 'close': '' is no price"),
        (GOOD.replace("3250", "x"), "BadRow 20210104.csv: line 4, column 'strike': 'x' is no number"),
        (GOOD.replace("3250", "3250.0001"), "BadRow 20210104.csv: line 4, column 'strike': no OSI symbol"),
        (GOOD.replace(",P,", ",put,"), "BadRow 20210104.csv: line 4, column 'right': 'put' is neither"),
        (GOOD.replace("#expiry", "expiry"), "MissingColumn 20210104.csv: the header lacks '#expiry'"),
        (GOOD[:-12], "BadRow 20210104.csv: line 4: 14 cells where the header has 15"),
    ],
)
def test_a_bad_file_is_named_by_line_and_column(tmp_path: Path, text: str, reason: str) -> None:
    assert refusal(write(tmp_path, text)).startswith(reason)


def test_a_universe_without_its_date_is_refused(tmp_path: Path) -> None:
    assert "a universe is named by its date" in refusal(write(tmp_path, name="chain.csv"))


def test_a_real_universe_is_read_whole(reference_data: Path) -> None:
    path = reference_data / "market/lean/option/usa/universes/goog/20151223.csv"
    (chain,) = DataNormalizer().normalize(LeanUniverse().read(path)).chains
    assert (iso(chain.at), len(chain), chain.underlying_price) == ("2015-12-24T18:00:00Z", 2192, 748.54)


def test_vega_and_theta_of_real_rows_are_those_of_black_and_scholes(reference_data: Path) -> None:
    """theta = -vega sigma / 2T where rates hardly matter; a wrong unit is wrong by a hundred."""
    path = reference_data / "market/lean/option/usa/universes/goog/20151228.csv"
    (chain,) = DataNormalizer().normalize(LeanUniverse().read(path)).chains
    columns = chain.columns
    expires = np.array([key.expires_on for key in chain.contracts.series], "datetime64[D]")[
        chain.contracts.series_index
    ]
    years = (expires - np.datetime64("2015-12-28")).astype(np.float64) / 365
    middle = (np.abs(np.abs(columns["delta"]) - 0.5) < 0.1) & (years < 0.3)
    ratio = columns["theta"][middle] * 2 * years[middle] / -(columns["vega"] * columns["implied_volatility"])[middle]
    assert middle.sum() > 20
    assert 0.9 < np.median(ratio) < 1.1
