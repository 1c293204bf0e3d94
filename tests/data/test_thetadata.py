"""ThetaData's end-of-day reports: strikes in tenths of a cent or in dollars, prices of zero, absent quotes."""

from datetime import date
from pathlib import Path

import numpy as np
import pytest

from tests.builders import new_york
from tests.data.foreign_files import chains, refusal, row_of, write

BAR = "open,high,low,close,volume,count"
QUOTE = "bid_size,bid_exchange,bid,bid_condition,ask_size,ask_exchange,ask,ask_condition"
V2 = (
    f"root,expiration,strike,right,ms_of_day,ms_of_day2,{BAR},{QUOTE},date\n"
    "SPXW,20241108,5700000,C,62116219,57590101,1.5,2.5,1.25,2.25,120,14,10,5,2.2,50,20,5,2.4,50,20241104\n"
    "SPXW,20241108,5605500,P,62116219,0,0.0,0.0,0.0,0.0,0,0,3,5,9.1,50,4,5,9.6,50,20241104\n"
)
V3 = (
    f"symbol,expiration,strike,right,created,last_trade,{BAR},{QUOTE}\n"
    "AAPL,2023-11-17,170.000,CALL,2023-11-03T17:16:20.123,2023-11-03T15:59:12.5,7.1,7.9,7,7.75,5120,90,,,,,,,,\n"
    "AAPL,2023-11-17,172.500,PUT,2023-11-03T17:16:20.123,,0.0,0.0,0.0,0.0,0,0,7,5,1.2,50,9,5,1.25,50\n"
)
GOOD = {"v2": V2, "v3": V3}


def test_strikes_of_version_2_are_tenths_of_a_cent(tmp_path: Path) -> None:
    (chain,) = chains(write(tmp_path, V2), "thetadata")
    assert (chain.at, chain.underlying) == (new_york(date(2024, 11, 4)), "SPX")
    assert chain.contracts.series[0].root == "SPXW"
    row = row_of(chain, 5700.0, 1)
    wanted = {"bid": 2.2, "ask": 2.4, "bid_size": 10, "ask_size": 20, "last": 2.25, "volume": 120}
    assert {name: row[name] for name in wanted} == wanted
    assert row_of(chain, 5605.5, -1)["bid"] == 9.1


def test_version_3_counts_dollars_and_is_of_the_close_not_of_the_report(tmp_path: Path) -> None:
    (chain,) = chains(write(tmp_path, V3), "thetadata")
    assert (chain.at, chain.underlying) == (new_york(date(2023, 11, 3)), "AAPL")
    assert row_of(chain, 172.5, -1)["ask"] == 1.25


@pytest.mark.parametrize("version", GOOD)
def test_a_price_of_zero_is_no_price(tmp_path: Path, version: str) -> None:
    (chain,) = chains(write(tmp_path, GOOD[version]), "thetadata")
    puts = chain.contracts.right < 0
    assert np.isnan(chain.columns["last"][puts]).all()
    assert chain.columns["volume"][puts].tolist() == [0.0]


def test_quotes_that_a_report_of_2023_lacks_are_none(tmp_path: Path) -> None:
    (chain,) = chains(write(tmp_path, V3), "thetadata")
    row = row_of(chain, 170.0, 1)
    assert np.isnan([row[name] for name in ("bid", "ask", "bid_size", "ask_size")]).all()
    assert row["last"] == 7.75


@pytest.mark.parametrize(
    ("version", "good", "bad", "reason"),
    [
        ("v2", ",20241104", ",2024-13-04", "BadRow chain.csv: line 2, column 'date': '2024-13-04' is no date"),
        ("v2", "62116219", "86400000", "BadRow chain.csv: line 2, column 'ms_of_day': 86400000 is no number of milli"),
        ("v2", "62116219", "6.2e7", "BadRow chain.csv: line 2, column 'ms_of_day': '6.2e7' is no whole number"),
        ("v2", "5700000", "0", "BadSymbol chain.csv: line 2: symbol 'SPXW241108C00000000': the strike is zero"),
        ("v2", "SPXW", "spxw", "BadSymbol chain.csv: line 2: symbol 'spxw241108C05700000' is not OSI"),
        ("v2", "5605500", "5605500.5", "BadRow chain.csv: line 3, column 'strike': 5605.5005 contradicts symbol"),
        ("v3", "CALL", "BOTH", "BadRow chain.csv: line 2, column 'right': 'BOTH' is neither 'call' nor 'put'"),
        ("v3", "1.25,50", "x,50", "BadRow chain.csv: line 3, column 'ask': 'x' is no number"),
        ("v3", "created", "made", "MissingColumn chain.csv: the header lacks 'created'"),
    ],
)
def test_what_is_wrong_is_named(tmp_path: Path, version: str, good: str, bad: str, reason: str) -> None:
    message = refusal(write(tmp_path, GOOD[version].replace(good, bad, 1)), "thetadata")
    assert message.startswith(reason), message


@pytest.mark.parametrize("version", GOOD)
def test_a_file_that_is_cut_off_is_refused(tmp_path: Path, version: str) -> None:
    text = GOOD[version]
    assert refusal(write(tmp_path, text[: text.rindex(",")]), "thetadata").startswith("BadRow chain.csv: line 3: ")
