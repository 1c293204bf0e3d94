"""Tradier's chains: JSON, null for no price, one option without a list, and times in several places."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.builders import new_york
from tests.data.vendor_chains import chains, refusal, row_of, told, write

PUT: dict[str, Any] = {
    "symbol": "VXX190517P00016000",
    "description": "VXX May 17 2019 $16.00 Put",
    "exch": "Z",
    "type": "option",
    "last": None,
    "change": None,
    "volume": 0,
    "bid": 0.0,
    "ask": 0.01,
    "underlying": "VXX",
    "strike": 16.0,
    "trade_date": 0,
    "prevclose": None,
    "root_symbol": "VXX",
}
GREEKS = {
    "delta": -0.25,
    "gamma": 0.1,
    "theta": -0.02,
    "vega": 0.03,
    "rho": 0.0,
    "phi": 0.0,
    "bid_iv": 0.3,
    "mid_iv": 0.35,
    "ask_iv": 0.4,
    "smv_vol": 0.36,
    "updated_at": "2019-05-06 14:59:08",
}
WHOLE = PUT | {
    "symbol": "VXX190517P00027000",
    "strike": 27.0,
    "last": 0.5,
    "bid": 0.45,
    "ask": 0.55,
    "volume": 7,
    "open_interest": 10,
    "bidsize": 3,
    "asksize": 611,
    "greeks": GREEKS,
}
QUOTED = PUT | {"bid_date": 1557171657000, "ask_date": 1557172096000}
"""Quoted on 2019-05-06 at 15:48:16 in New York."""


def answer(*options: dict[str, Any], indent: int | None = None) -> str:
    option: object = list(options) if len(options) > 1 else options[0]
    return json.dumps({"options": {"option": option}}, indent=indent)


def test_an_option_in_canonical_units(tmp_path: Path) -> None:
    path = write(tmp_path, answer(PUT, WHOLE), "chain.json")
    (chain,) = chains(path, "tradier")
    assert (told(path), chain.underlying, len(chain)) == ("tradier", "VXX", 2)
    assert row_of(chain, 27.0, -1) == {
        "bid": 0.45,
        "ask": 0.55,
        "bid_size": 3.0,
        "ask_size": 611.0,
        "last": 0.5,
        "volume": 7.0,
        "open_interest": 10.0,
        "implied_volatility": 0.35,
        "delta": -0.25,
        "gamma": 0.1,
        "theta": -0.02 * 365,
        "vega": 3.0,
    }


def test_null_is_unknown_and_greeks_may_be_absent(tmp_path: Path) -> None:
    (chain,) = chains(write(tmp_path, answer(PUT, WHOLE), "chain.json"), "tradier")
    assert row_of(chain, 16.0, -1) == {"bid": 0.0, "ask": 0.01, "volume": 0.0}


@pytest.mark.parametrize("indent", [None, 2])
def test_one_option_stands_without_a_list(tmp_path: Path, indent: int | None) -> None:
    path = write(tmp_path, answer(WHOLE, indent=indent), "chain.json")
    assert (told(path), len(chains(path, "tradier")[0])) == ("tradier", 1)


def test_the_latest_quote_stamps_the_chain(tmp_path: Path) -> None:
    (chain,) = chains(write(tmp_path, answer(QUOTED, WHOLE), "chain.json"), "tradier")
    assert (chain.at, chain.time_assumed) == (new_york(date(2019, 5, 6), "15:48:16"), False)


def test_quotes_after_the_close_are_of_that_session(tmp_path: Path) -> None:
    late = QUOTED | {"ask_date": 1557176400000}  # 17:00 in New York
    (chain,) = chains(write(tmp_path, answer(late, WHOLE), "chain.json"), "tradier")
    assert (str(chain.day), chain.time_assumed) == ("2019-05-06", True)


@pytest.mark.parametrize(
    ("option", "day"),
    [
        (WHOLE, "2019-05-06"),
        (WHOLE | {"greeks": GREEKS | {"updated_at": "2019-05-05 20:00:01"}}, "2019-05-03"),  # a Sunday
        (PUT | {"trade_date": 1557171657294}, "2019-05-06"),
    ],
)
def test_greeks_or_trades_tell_the_session(tmp_path: Path, option: dict[str, Any], day: str) -> None:
    (chain,) = chains(write(tmp_path, answer(option), "chain.json"), "tradier")
    assert (str(chain.day), chain.time_assumed) == (day, True)


def test_a_chain_without_any_date_is_refused_with_the_remedy(tmp_path: Path) -> None:
    assert refusal(write(tmp_path, answer(PUT), "chain.json"), "tradier") == (
        "BadFile chain.json: nothing in it tells the day of the quotes; ask for the chain with greeks=true, whose "
        "'updated_at' does"
    )


@pytest.mark.parametrize(
    ("good", "bad", "reason"),
    [
        ('"bid": 0.45', '"bid": "x"', "BadRow chain.json: line {line}, column 'bid': Input should be a valid number"),
        ('"strike": 27.0,', "", "BadRow chain.json: line {line}, column 'strike': Field required"),
        ('"bid": 0.45', '"bid": NaN', "BadRow chain.json: line {line}, column 'bid': Input should be a finite number"),
        ("VXX190517P00027000", "VXX190517P27", "BadSymbol chain.json: line {line}, column 'symbol': symbol"),
        ('"strike": 27.0', '"strike": 28.0', "BadRow chain.json: line {line}, column 'strike': 28.0 contradicts"),
        ("2019-05-06 14", "yesterday 14", "BadFile chain.json: column 'greeks.updated_at': 'yesterday 14:59:08' is no"),
        ("2019-05-06 14", "1921-05-06 14", "BadFile chain.json: dates from 1921-05-06"),
        ('"underlying": "VXX"', '"underlying": ""', "BadRow chain.json: line 5, column 'underlying': '' is no ticker"),
        ('"options"', '"chains"', "BadFile chain.json: Field required"),
    ],
)
def test_what_is_wrong_is_named_by_line_and_column(tmp_path: Path, good: str, bad: str, reason: str) -> None:
    text = answer(PUT, WHOLE, indent=1)
    assert good in text
    line = text[: text.index("VXX190517P00027000")].count("\n") + 1
    message = refusal(write(tmp_path, text.replace(good, bad, 1), "chain.json"), "tradier")
    assert message.startswith(reason.format(line=line)), message


@pytest.mark.parametrize("percent", [10, 50, 99])
def test_a_file_that_is_cut_off_is_refused(tmp_path: Path, percent: int) -> None:
    text = answer(PUT, WHOLE)
    message = refusal(write(tmp_path, text[: len(text) * percent // 100], "chain.json"), "tradier")
    assert message.startswith("BadFile chain.json: Invalid JSON: EOF while parsing")
    assert message.endswith("the file may be cut off, download it again")


@pytest.mark.parametrize("options", [[], None])
def test_a_chain_without_options_is_refused(tmp_path: Path, options: list[object] | None) -> None:
    path = write(tmp_path, json.dumps({"options": {"option": options}}), "chain.json")
    assert refusal(path, "tradier").startswith("BadFile chain.json: ")


def test_a_time_out_of_our_days_is_refused(tmp_path: Path) -> None:
    message = refusal(write(tmp_path, answer(PUT | {"ask_date": 10**18}), "chain.json"), "tradier")
    assert message.startswith("BadFile chain.json: 1000000000000000000 counts no milliseconds from 1970 to our days")
