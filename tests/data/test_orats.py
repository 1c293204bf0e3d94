"""ORATS strikes in both headers: put and call in a row, one delta for both, and settlement by `expiryTod`."""

from pathlib import Path

import numpy as np
import pytest

from engine.instants import iso
from tests.data.vendor_chains import chains, refusal, roots, row_of, told, write

HEADER = (
    "ticker,tradeDate,expirDate,dte,strike,stockPrice,callVolume,callOpenInterest,callBidSize,callAskSize,putVolume,"
    "putOpenInterest,putBidSize,putAskSize,callBidPrice,callValue,callAskPrice,putBidPrice,putValue,putAskPrice,"
    "callBidIv,callMidIv,callAskIv,smvVol,putBidIv,putMidIv,putAskIv,residualRate,delta,gamma,theta,vega,rho,phi,"
    "driftlessTheta,callSmvVol,putSmvVol,extSmvVol,extCallValue,extPutValue,spotPrice,quoteDate,updatedAt,"
    "snapShotEstTime,snapShotDate,expiryTod,tickerId,monthId\n"
)
ROW = (
    "AAPL,2022-06-08,2022-09-16,101,160,149.67,150,28206,253,510,7,18438,124,104,5.8,5.860204002795059,5.9,15.55,"
    "15.641054396787531,15.7,0.3063158772183223,0.30801686256479954,0.3097178479112768,0.308,0.3038649107227709,"
    "0.3064286008767878,0.3089922910308047,-0.008209120374803128,0.38161255239927655,0.015355889799308844,"
    "-0.047622767388992515,0.2939141986686304,0.13545210863618393,-0.15118639086979158,-0.0459052133276907,0.308,0.308,"
    "0.308,5.86,15.64,149.67,2022-06-08T13:59:50Z,2022-06-08T14:00:03Z,1000,{at},pm,101594,9\n"
)
GOOD = HEADER + ROW.format(at="2022-06-08T14:00:02Z")
OLD = (
    "ticker,cOpra,pOpra,stkPx,expirDate,yte,strike,cVolu,cOi,pVolu,pOi,cBidPx,cValue,cAskPx,pBidPx,pValue,pAskPx,"
    "cMidIv,pMidIv,delta,gamma,theta,vega,spot_px,trade_date\n"
    "A,A130119C00040000,A130119P00040000,41.02,1/19/2013,0.04,40,310,2044,12,1811,1.6,1.65,1.7,0.45,0.47,0.5,0.24,"
    "0.25,0.71,0.12,-0.021,0.031,41.05,1/3/2013\n"
)


def test_a_row_is_a_call_and_a_put_in_canonical_units(tmp_path: Path) -> None:
    """vega: 149.67 x density(d1) x sqrt(101 / 365) is 30.0 USD per 1.00 of volatility at a delta of 0.3816."""
    path = write(tmp_path, GOOD)
    (chain,) = chains(path, "orats")
    assert (told(path), chain.underlying, chain.underlying_price, len(chain)) == ("orats", "AAPL", 149.67, 2)
    call, put = row_of(chain, 160.0, 1), row_of(chain, 160.0, -1)
    assert call == {
        "bid": 5.8,
        "ask": 5.9,
        "bid_size": 253.0,
        "ask_size": 510.0,
        "volume": 150.0,
        "open_interest": 28206.0,
        "implied_volatility": 0.30801686256479954,
        "delta": 0.38161255239927655,
        "gamma": 0.015355889799308844,
        "theta": -0.047622767388992515 * 365,
        "vega": pytest.approx(29.39, abs=0.01),
    }
    assert (put["bid"], put["ask"], put["implied_volatility"]) == (15.55, 15.7, 0.3064286008767878)
    assert put["delta"] == pytest.approx(0.38161255239927655 - 1)
    assert {put[name] == call[name] for name in ("gamma", "theta", "vega")} == {True}


def test_snapshots_of_minutes_keep_their_instants(tmp_path: Path) -> None:
    text = GOOD + ROW.format(at="2022-06-08T14:01:02Z")
    found = chains(write(tmp_path, text), "orats")
    assert [iso(one.at) for one in found] == ["2022-06-08T14:00:02Z", "2022-06-08T14:01:02Z"]
    assert not any(one.time_assumed for one in found)


def test_without_instants_the_date_is_all_there_is(tmp_path: Path) -> None:
    (chain,) = chains(write(tmp_path, HEADER + ROW.format(at="")), "orats")
    assert (str(chain.day), chain.time_assumed) == ("2022-06-08", True)


@pytest.mark.parametrize(
    ("ticker", "tod", "root"),
    [("SPX", "am", "SPX"), ("SPX", "pm", "SPXW"), ("RUT", "pm", "RUTW"), ("VIX", "am", "VIX"), ("AAPL", "pm", "AAPL")],
)
def test_settlement_gives_the_root(tmp_path: Path, ticker: str, tod: str, root: str) -> None:
    text = GOOD.replace("AAPL", ticker).replace(",pm,", f",{tod},")
    (chain,) = chains(write(tmp_path, text), "orats")
    assert roots(chain) == [(root, "2022-09-16", "2022-09-16")]


def test_t5_the_two_series_of_a_third_friday_stay_apart(tmp_path: Path) -> None:
    text = GOOD.replace("AAPL", "SPX")
    (chain,) = chains(write(tmp_path, text + text.removeprefix(HEADER).replace(",pm,", ",am,")), "orats")
    assert [root for root, _, _ in roots(chain)] == ["SPX", "SPXW"]


def test_an_index_has_its_cash_price_and_not_the_one_implied_by_an_expiration(tmp_path: Path) -> None:
    (chain,) = chains(write(tmp_path, GOOD.replace(",160,149.67,", ",160,151.02,")), "orats")
    assert chain.underlying_price == 149.67


def test_older_files_have_symbols(tmp_path: Path) -> None:
    path = write(tmp_path, OLD)
    (chain,) = chains(path, "orats")
    assert (told(path), str(chain.day), chain.underlying_price, chain.time_assumed) == (
        "orats",
        "2013-01-03",
        41.05,
        True,
    )
    assert roots(chain) == [("A", "2013-01-19", "2013-01-18")]  # T30
    put = row_of(chain, 40.0, -1)
    assert (put["bid"], put["ask"], put["open_interest"], put["implied_volatility"]) == (0.45, 0.5, 1811.0, 0.25)
    assert put["delta"] == pytest.approx(-0.29)
    assert put["vega"] == pytest.approx(3.1)


def test_older_files_without_volatilities_are_read(tmp_path: Path) -> None:
    lines = [",".join(line.split(",")[:17] + line.split(",")[23:]) for line in OLD.splitlines()]
    (chain,) = chains(write(tmp_path, "\n".join([*lines, ""])), "orats")
    assert np.isnan(chain.columns["implied_volatility"]).all()
    assert np.isnan(chain.columns["delta"]).all()


def test_a_column_for_calls_alone_is_refused(tmp_path: Path) -> None:
    message = refusal(write(tmp_path, OLD.replace("pMidIv", "pIv")), "orats")
    assert message.startswith("MissingColumn chain.csv: the header lacks 'pMidIv'")


def test_a_volatility_of_zero_is_none(tmp_path: Path) -> None:
    (chain,) = chains(write(tmp_path, GOOD.replace("0.3064286008767878", "0")), "orats")
    assert "implied_volatility" not in row_of(chain, 160.0, -1)


@pytest.mark.parametrize(
    ("good", "bad", "reason"),
    [
        (",5.8,", ",x,", "BadRow chain.csv: line 2, column 'callBidPrice': 'x' is no number"),
        (",5.8,", ",,", "BadRow chain.csv: line 2, column 'callBidPrice': the cell is empty"),
        (",pm,", ",noon,", "BadRow chain.csv: line 2, column 'expiryTod': 'noon' is neither 'am' nor 'pm'"),
        (
            "14:00:02Z",
            "14:00:02",
            "BadRow chain.csv: line 2, column 'snapShotDate': '2022-06-08T14:00:02' is no",
        ),
        ("2022-09-16", "2022-09-31", "BadRow chain.csv: line 2, column 'expirDate': '2022-09-31' is no date"),
        ("spotPrice", "spot", "MissingColumn chain.csv: the header lacks 'spotPrice'"),
        (",pm,101594,9\n", "\n", "BadRow chain.csv: line 2: 45 cells where the header has 48; the file may be cut off"),
    ],
)
def test_what_is_wrong_is_named_by_line_and_column(tmp_path: Path, good: str, bad: str, reason: str) -> None:
    assert good in GOOD
    assert refusal(write(tmp_path, GOOD.replace(good, bad, 1)), "orats").startswith(reason)


def test_a_row_without_its_instant_among_others_is_refused(tmp_path: Path) -> None:
    message = refusal(write(tmp_path, GOOD + ROW.format(at="")), "orats")
    assert message.startswith("BadRow chain.csv: line 3, column 'snapShotDate': the cell is empty, and others are not")


def test_a_bad_symbol_of_a_put_is_named_by_its_line(tmp_path: Path) -> None:
    message = refusal(write(tmp_path, OLD.replace("A130119P", "A13019P")), "orats")
    assert message.startswith("BadSymbol chain.csv: line 2, column 'cOpra, pOpra': symbol 'A13019P")
