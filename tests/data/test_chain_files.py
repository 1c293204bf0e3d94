"""Chains in CSV of several vendors: what is read in canonical units, and what is refused where."""

from datetime import date
from pathlib import Path

import numpy as np
import pytest

from data.chain_rows import ChainRows
from data.errors import BadFile, BadRow, DataError, MissingColumn
from data.normalizer import DataNormalizer
from data.provider import make_provider
from tests.builders import new_york

OPTOPSY = "underlying_symbol,underlying_price,option_type,expiration,quote_date,strike,bid,ask,delta\n"
OPTOPSY_ROW = "SPXW,2695.79,put,01/31/2018,01/02/2018,2600,9.5,10.1,-0.25\n"
L3 = (
    "UnderlyingSymbol,UnderlyingPrice,Exchange,OptionSymbol,OptionExt,Type,Expiration,DataDate,Strike,Last,Bid,Ask,"
    "Volume,OpenInterest,IV,Delta,Gamma,Theta,Vega,AKA\n"
)
L3_ROW = "LUV,61.3,*,LUV210416C00060000,,call,04/16/2021,04/01/2021,60,0,2.5,2.7,0,0,0.3,0.6,1,0,{vega},x\n"
L2 = (
    "UnderlyingSymbol,UnderlyingPrice,Exchange,OptionSymbol,Type,Expiration,DataDate,Strike,Last,Bid,Ask,Volume,"
    "OpenInterest,OI2,IV,G1,G2,G3,G4,G5,G6,Alias\n"
    "LUV,61.3,*,LUV140419C00060000,call,04/19/2014,04/01/2014,60,0,2.5,2.7,0,0,0,0.3,1,2,3,4,5,6,x\n"
)
HALF = "Last Sale,Net,Bid,Ask,Volume,IV,Delta,Gamma,Open Interest"
QUOTEDATA = (
    "{blank}SPDR S&P 500 ETF Trust,Last: 1658.05,Change:  -3.05\n"
    '"Date: {time}",Bid: 657.81,Ask: 657.83,Size: 1*4,"Volume: 89,468,957"\n'
    f"Expiration Date,Calls,{HALF},Strike,Puts,{HALF}\n"
    "Fri Dec 19 2025,SPY251219C00600000,1,0,60.1,60.5,7,0.2,0.9,0.001,5,"
    "600.00,SPY251219P00600000,1,0,2,2.1,8,0,-0.1,0,6\n"
)
EVENING = "September 25, 2025 at 9:05 PM EDT"
GOOD = {
    "optopsy": OPTOPSY + OPTOPSY_ROW,
    "historical_option_data": L3 + L3_ROW.format(vega="0.05"),
    "cboe_quotedata": QUOTEDATA.format(blank="\n", time=EVENING),
}


def write(folder: Path, text: str) -> Path:
    path = folder / "chain.csv"
    path.write_text(text)
    return path


def chains(path: Path, name: str) -> list[ChainRows]:
    return list(DataNormalizer().normalize(make_provider(name).read(path)).chains)


def refusal(path: Path, name: str) -> str:
    with pytest.raises(DataError) as caught:
        chains(path, name)
    assert "\n" not in str(caught.value)
    return f"{type(caught.value).__name__} {caught.value}"


def row_of(chain: ChainRows, strike: float, right: int) -> dict[str, float]:
    (row,) = np.flatnonzero((chain.contracts.strike == strike) & (chain.contracts.right == right))
    return {name: float(column[row]) for name, column in chain.columns.items()}


def test_optopsy_roots_are_kept_and_name_their_index(reference_data: Path) -> None:
    found = chains(reference_data / "market" / "spxw_eod_2018" / "spxw_2018-01-31_expiry.csv", "optopsy")
    assert (len(found), sum(len(chain.flags) for chain in found)) == (21, 7_588)
    first = found[0]
    assert (first.underlying, first.underlying_price, first.day) == ("SPX", 2695.79, date(2018, 1, 2))
    assert [key.root for key in first.contracts.series] == ["SPXW"]
    row = row_of(first, 1200.0, 1)
    assert (row["bid"], row["ask"], row["delta"]) == (1483.6, 1503.2, 1.0)
    assert all(chain.time_assumed for chain in found)


@pytest.mark.parametrize(
    ("cells", "reason"),
    [
        (("01/02/2018", "01/03/1990"), "BadRow chain.csv: line 3, column 'quote_date': 1990-01-03 is before 1991"),
        (("01/31/2018", "01/31/1998"), "BadRow chain.csv: line 3, column 'expiration': 1998-01-31 contradicts symbol"),
        (("2600", "2600.0001"), "BadRow chain.csv: line 3, column 'strike': 2600.0001 contradicts symbol"),
        (("put", "future"), "BadRow chain.csv: line 3, column 'option_type': 'future' is neither 'call' nor 'put'"),
        (("SPXW", "spxw"), "BadSymbol chain.csv: line 3, column 'underlying_symbol': "),
    ],
)
def test_a_junk_row_of_optopsy_is_refused_and_named(tmp_path: Path, cells: tuple[str, str], reason: str) -> None:
    text = OPTOPSY + OPTOPSY_ROW + OPTOPSY_ROW.replace(*cells)
    assert refusal(write(tmp_path, text), "optopsy").startswith(reason)


def test_historical_data_of_2017_counts_theta_per_year(reference_data: Path) -> None:
    found = chains(
        reference_data / "market" / "historicaloptiondata_spx" / "test_data_options.csv", "historical_option_data"
    )
    assert sum(len(chain.flags) for chain in found) == 392
    row = row_of(found[0], 300.0, 1)
    assert (row["bid"], row["ask"], row["delta"], row["theta"]) == (1945.3, 1950.1, 0.9967, 34.053000000000004)


def test_historical_data_of_2021_counts_vega_per_point_and_theta_per_day(reference_data: Path) -> None:
    found = chains(reference_data / "market" / "spy_eod_2021" / "spy_options_2021.csv", "historical_option_data")
    assert (len(found), sum(len(chain.flags) for chain in found)) == (124, 2_480)
    row = row_of(found[0], 345.0, -1)
    assert (row["bid"], row["ask"], row["open_interest"]) == (2.76, 2.78, 48_199.0)
    # 368.79 x density(d1) x sqrt(25 / 365), with d1 from the delta of -0.178: 25 USD per 1.00 of volatility.
    assert row["vega"] == pytest.approx(25.147)
    assert row["theta"] == pytest.approx(-0.1447 * 365)


@pytest.mark.parametrize(("vega", "factor"), [("0.05", 100.0), ("4.9", 1.0), ("0", 1.0)])
def test_units_of_greeks_are_measured(tmp_path: Path, vega: str, factor: float) -> None:
    rows = make_provider("historical_option_data").read(write(tmp_path, L3 + L3_ROW.format(vega=vega)))
    assert rows.units.vega == factor


def test_greeks_in_no_known_unit_are_refused(tmp_path: Path) -> None:
    message = refusal(write(tmp_path, L3 + L3_ROW.format(vega="0.5")), "historical_option_data")
    assert message.startswith("BadFile chain.csv: column 'Vega': vegas are 0.1")


def test_the_unnamed_greeks_of_l2_are_not_read_and_a_saturday_is_its_friday(tmp_path: Path) -> None:
    (chain,) = chains(write(tmp_path, L2), "historical_option_data")
    (series,) = chain.contracts.series
    assert (series.symbol_date, series.expires_on) == (date(2014, 4, 19), date(2014, 4, 17))  # Good Friday the 18th
    row = row_of(chain, 60.0, 1)
    assert row["implied_volatility"] == 0.3
    assert all(np.isnan(row[name]) for name in ("delta", "gamma", "theta", "vega"))


def test_quotedata_holds_calls_and_puts(reference_data: Path) -> None:
    (chain,) = chains(reference_data / "market" / "cboe_quotedata" / "SPY_2025-09-25.csv", "cboe_quotedata")
    assert (chain.underlying, chain.underlying_price, len(chain.flags)) == ("SPY", 658.05, 2 * 1_858)
    day = date(2025, 10, 1)
    first = [key.symbol_date for key in chain.contracts.series].index(day)
    put = (chain.contracts.series_index == first) & (chain.contracts.strike == 500) & (chain.contracts.right == -1)
    (row,) = np.flatnonzero(put)
    found = {name: float(chain.columns[name][row]) for name in ("bid", "ask", "delta", "open_interest")}
    assert found == {"bid": 0.0, "ask": 0.01, "delta": -0.0007, "open_interest": 16.0}


@pytest.mark.parametrize(
    ("time", "day", "assumed"),
    [
        (EVENING, date(2025, 9, 25), True),
        ("September 26, 2025 at 8:00 AM EDT", date(2025, 9, 25), True),
        ("September 28, 2025 at 8:00 PM EDT", date(2025, 9, 26), True),
        ("September 25, 2025, 11:55 AM EDT", date(2025, 9, 25), False),
    ],
)
@pytest.mark.parametrize("blank", ["", "\n"])
def test_quotedata_belongs_to_the_session_it_was_quoted_in(
    tmp_path: Path, time: str, day: date, assumed: bool, blank: str
) -> None:
    (chain,) = chains(write(tmp_path, QUOTEDATA.format(blank=blank, time=time)), "cboe_quotedata")
    assert (chain.day, chain.time_assumed, chain.underlying_price) == (day, assumed, 1658.05)
    if not assumed:
        assert chain.at == new_york(day, "11:55")


def test_an_unknown_volatility_of_quotedata_is_no_zero(tmp_path: Path) -> None:
    (chain,) = chains(write(tmp_path, GOOD["cboe_quotedata"]), "cboe_quotedata")
    assert row_of(chain, 600.0, 1)["implied_volatility"] == 0.2
    assert np.isnan(row_of(chain, 600.0, -1)["implied_volatility"])


@pytest.mark.parametrize(
    ("good", "bad", "reason"),
    [
        ("Date: ", "On: ", "BadRow chain.csv: line 3: 'Date: <month day, year at time> EDT' is missing"),
        ("Last: ", "", "BadRow chain.csv: line 3: 'Last: <price>' is missing"),
        ("September 25", "September 31", "BadRow chain.csv: line 3: 'September 31, 2025 at 9:05 PM' is no time"),
        ("Puts", "Put", "BadFile chain.csv: none of the first lines is the header"),
        ("60.1", "x", "BadRow chain.csv: line 5, column 'Bid of calls': 'x' is no number"),
        ("SPY251219C", "SPY25121", "BadRow chain.csv: line 5, column 'Calls': symbol"),
        ("600.00", "601.00", "BadRow chain.csv: line 5, column 'Strike': 601.0 contradicts symbol"),
    ],
)
def test_what_is_wrong_in_quotedata_is_named(tmp_path: Path, good: str, bad: str, reason: str) -> None:
    text = GOOD["cboe_quotedata"]
    assert good in text
    assert refusal(write(tmp_path, text.replace(good, bad, 1)), "cboe_quotedata").startswith(reason)


@pytest.mark.parametrize("name", GOOD)
def test_a_file_that_is_cut_off_is_refused(tmp_path: Path, name: str) -> None:
    text = GOOD[name].rstrip("\n")
    line = text.count("\n") + 1
    message = refusal(write(tmp_path, text[: text.rindex(",")] + "\n"), name)
    assert message.startswith(f"BadRow chain.csv: line {line}: "), message
    assert "the file may be cut off" in message


@pytest.mark.parametrize("name", ["optopsy", "historical_option_data"])
def test_a_wrong_header_is_refused(tmp_path: Path, name: str) -> None:
    path = write(tmp_path, GOOD[name].replace("ype,", "ipe,", 1))
    assert refusal(path, name).startswith("MissingColumn chain.csv: the header lacks ")


@pytest.mark.parametrize("name", GOOD)
def test_good_files_are_read(tmp_path: Path, name: str) -> None:
    assert len(chains(write(tmp_path, GOOD[name]), name)) == 1


def test_errors_are_of_the_file() -> None:
    assert all(issubclass(error, BadFile) for error in (BadRow, MissingColumn))
