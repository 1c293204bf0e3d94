"""Chains of further vendors, written to the headers that they document: canonical units, traps, and refusals."""

import gzip
import json
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from data.chain_rows import ChainRows
from data.datasets import PriceOrigin
from data.errors import DataError
from data.normalizer import DataNormalizer
from data.provider import PROVIDERS, make_provider
from data.providers.recognition import recognise
from engine.instants import iso
from tests.data.test_chain_files import row_of

OPTIONSDX = (
    "[QUOTE_UNIXTIME], [QUOTE_READTIME], [QUOTE_DATE], [QUOTE_TIME_HOURS], [UNDERLYING_LAST], [EXPIRE_DATE], "
    "[EXPIRE_UNIX], [DTE], [C_DELTA], [C_GAMMA], [C_VEGA], [C_THETA], [C_RHO], [C_IV], [C_VOLUME], [C_LAST], [C_SIZE], "
    "[C_BID], [C_ASK], [STRIKE], [P_BID], [P_ASK], [P_SIZE], [P_LAST], [P_DELTA], [P_GAMMA], [P_VEGA], [P_THETA], "
    "[P_RHO], [P_IV], [P_VOLUME], [STRIKE_DISTANCE], [STRIKE_DISTANCE_PCT]\n"
    "1262638800, 2010-01-04 16:00, 2010-01-04, 16.000000, 1132.990000, 2010-01-07, 1262898000, 3.000000, 1.000000, "
    "0.000000, 0.000000, 0.000000, 0.000000, , , 0.000000, 101 x 101, 205.990000, 208.990000, 925.000000, 0.000000, "
    "0.060000, 0 x 420, 0.050000, -0.000770, 0.000040, 0.004390, -0.021160, -0.000490, 0.640130, 550.000000, "
    "208.000000, 0.184000 \n"
)
DATASHOP = (
    "underlying_symbol,quote_date,root,expiration,strike,option_type,open,high,low,close,trade_volume,bid_size_1545,"
    "bid_1545,ask_size_1545,ask_1545,underlying_bid_1545,underlying_ask_1545,bid_size_eod,bid_eod,ask_size_eod,ask_eod,"
    "underlying_bid_eod,underlying_ask_eod,vwap,open_interest,delivery_code\n"
    "^XSP,2006-08-01,JGA,2006-08-19,125.000,c,0.00,0.00,0.00,0.00,0,1579,2.15,1573,2.40,127.10,127.10,1579,2.15,1554,"
    "2.40,127.10,127.10,0.00,0,0\n"
    "^XSP,2006-08-01,JGA,2006-08-19,125.000,P,0.25,0.00,0.00,0.30,5,10,0.00,20,0.40,127.10,127.10,10,0.15,20,0.40,127.10,"
    "127.10,0.00,7,0\n"
)
CALCS = DATASHOP.replace(
    "underlying_ask_1545,bid_size_eod",
    "underlying_ask_1545,implied_underlying_price_1545,active_underlying_price_1545,implied_volatility_1545,delta_1545,"
    "gamma_1545,theta_1545,vega_1545,rho_1545,bid_size_eod",
).replace("127.10,127.10,1", "127.10,127.10,127.2,127.15,0.11,0.8,0.1,-0.02,0.09,0.04,1")
YAHOO = (
    "contractSymbol,lastTradeDate,strike,lastPrice,bid,ask,change,percentChange,volume,openInterest,impliedVolatility,"
    "inTheMoney,contractSize,currency,option_type,expiration\n"
    "SPXW260202C02800000,2026-01-30 16:45:44+00:00,2800.0,4139.54,4122.2,4148.5,-57.06006,-1.3596735,6.0,3.0,"
    "4.601566748046874,True,REGULAR,USD,call,2026-02-02\n"
    "SPXW260202C02900000,2026-01-31 02:45:44+00:00,2900.0,4139.54,4022.2,4048.5,-57.06006,-1.3596735,,3.0,"
    "0.00001,True,REGULAR,USD,call,2026-02-02\n"
)
YAHOO_SNAKE = (
    "contract_symbol,last_trade_date,strike,last_price,bid,ask,change,percent_change,volume,open_interest,"
    "implied_volatility,in_the_money,contract_size,currency,expiration,type,date_pulled\n"
    "SPY250919P00600000,2025-08-01 19:59:00+00:00,600.0,5.5,5.4,5.6,0.1,1.0,10,20,0.21,False,REGULAR,USD,2025-09-19,P,"
    "2025-08-04\n"
)
BARCHART = (
    "Symbol,Strike,Last,% From Last,Bid,Midpoint,Ask,Change,%Chg,IV,Volume,Open Int,Type,DTE,Exp Date,Time,Avg IV\n"
    'SPY|20210115|1250.00C,"1,250.00",288.7,-91.99%,287.3,287.91,288.52,0.19,+0.07%,159.39%,"1,001",2,Call,197,01/15/21,'
    "06/23/20,0.00%\n"
    '"Downloaded from Barchart.com as of 06-23-2020 05:01pm CDT"\n'
)
ORATS = (
    "ticker,tradeDate,expirDate,dte,strike,stockPrice,callVolume,callOpenInterest,callBidSize,callAskSize,putVolume,"
    "putOpenInterest,putBidSize,putAskSize,callBidPrice,callValue,callAskPrice,putBidPrice,putValue,putAskPrice,callBidIv,"
    "callMidIv,callAskIv,smvVol,putBidIv,putMidIv,putAskIv,residualRate,delta,gamma,theta,vega,rho,phi,driftlessTheta,"
    "callSmvVol,putSmvVol,extSmvVol,extCallValue,extPutValue,spotPrice,quoteDate,updatedAt,snapShotEstTime,snapShotDate,"
    "expiryTod,tickerId,monthId\n"
    "SPX,2022-06-08,2022-09-16,101,160,149.67,150,28206,253,510,7,18438,124,104,5.8,5.86,5.9,15.55,15.64,15.7,0.306,0.308,"
    "0.310,0.308,0.304,0.3066,0.309,-0.008,0.38,0.0154,-0.0476,0.294,0.135,-0.151,-0.046,0.3,0.3,0.3,5.8,15.6,149.67,"
    "2022-06-08T13:59:50Z,2022-06-08T13:59:55Z,1559,2022-06-08,pm,101594,9\n"
)
ORATS_OLD = (
    "ticker,cOpra,pOpra,stkPx,expirDate,yte,strike,cVolu,cOi,pVolu,pOi,cBidPx,cValue,cAskPx,pBidPx,pValue,pAskPx,spot_px,"
    "trade_date\n"
    "AAPL,AAPL150117C00100000,AAPL150117P00100000,109.0,01/16/2015,0.1,100,1,2,3,4,9.9,10,10.1,0.9,1,1.1,109.0,12/15/2014\n"
)
DOLTHUB = (
    "date,act_symbol,expiration,strike,call_put,bid,ask,vol,delta,gamma,theta,vega,rho\n"
    "2019-02-09,A,2019-02-15,65.0,Call,10.5,11.25,0.27,1.00,0.0,-0.004,0.0,0.012\n"
    "2019-02-09,AA,2019-02-15,30.0,Put,0.5,0.55,0.4,-0.4,0.1,-0.01,0.02,0.01\n"
)
TRADIER_OPTION = {
    "symbol": "VXX190517P00016000", "underlying": "VXX", "last": None, "volume": 0, "bid": 0.0, "ask": 0.01,
    "bidsize": 0, "asksize": 12, "strike": 16.0, "open_interest": 3,
    "greeks": {"delta": -0.01, "gamma": 0.02, "theta": -0.001, "vega": 0.002, "mid_iv": 0.5,
               "updated_at": "2019-05-10 19:59:01"},
}  # fmt: skip
TRADIER = json.dumps({"options": {"option": [TRADIER_OPTION]}})

FILES = {
    "optionsdx": ("spx_eod_201001.txt", OPTIONSDX),
    "cboe_datashop": ("UnderlyingOptionsEODQuotes_2006-08-01.csv", DATASHOP),
    "yahoo": ("SPX_all.csv", YAHOO),
    "barchart": ("spy.csv", BARCHART),
    "orats": ("orats.csv", ORATS),
    "dolthub": ("option_chain.csv", DOLTHUB),
    "tradier": ("vxx.json", TRADIER),
}


def write(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(text)
    return path


def chains(path: Path, format_name: str) -> list[ChainRows]:
    return list(DataNormalizer().normalize(make_provider(format_name).read(path)).chains)


def only(path: Path, format_name: str) -> ChainRows:
    (chain,) = chains(path, format_name)
    return chain


def given(chain: ChainRows, strike: float, right: int) -> dict[str, float]:
    """What the vendor gives of one contract; absent values are left out."""
    return {name: round(value, 6) for name, value in row_of(chain, strike, right).items() if not np.isnan(value)}


@pytest.mark.parametrize("name", FILES)
def test_every_format_is_told_from_its_content(tmp_path: Path, name: str) -> None:
    path = write(tmp_path, *FILES[name])
    assert recognise(path, PROVIDERS).format == name


@pytest.mark.parametrize(("name", "text"), [("yahoo", YAHOO_SNAKE), ("orats", ORATS_OLD), ("cboe_datashop", CALCS)])
def test_so_is_every_variant(tmp_path: Path, name: str, text: str) -> None:
    assert recognise(write(tmp_path, FILES[name][0], text), PROVIDERS).format == name


def test_optionsdx_call_and_put_of_a_row_become_two_quotes(tmp_path: Path) -> None:
    chain = only(write(tmp_path, *FILES["optionsdx"]), "optionsdx")
    assert (chain.underlying, iso(chain.at), chain.underlying_price) == ("SPX", "2010-01-04T21:00:00Z", 1132.99)
    assert [key.root for key in chain.contracts.series] == ["SPXW"]
    assert given(chain, 925.0, 1) == {
        "bid": 205.99, "ask": 208.99, "bid_size": 101, "ask_size": 101, "last": 0, "delta": 1, "gamma": 0, "theta": 0,
        "vega": 0,
    }  # fmt: skip
    put = given(chain, 925.0, -1)
    assert (put["bid"], put["ask"], put["ask_size"], put["volume"]) == (0.0, 0.06, 420.0, 550.0)
    assert (put["implied_volatility"], put["vega"], put["theta"]) == (0.64013, 0.439, -7.7234)


def test_optionsdx_monthlies_are_of_the_root_that_settles_in_the_morning(tmp_path: Path) -> None:
    text = OPTIONSDX.replace("2010-01-07,", "2010-01-15,")
    assert [key.root for key in only(write(tmp_path, "spx_eod_201001.txt", text), "optionsdx").contracts.series] == [
        "SPX"
    ]


def test_datashop_reads_the_quotes_of_a_quarter_to_four(tmp_path: Path) -> None:
    chain = only(write(tmp_path, *FILES["cboe_datashop"]), "cboe_datashop")
    (key,) = chain.contracts.series
    assert (chain.underlying, key.root, key.expires_on, key.symbol_date) == (
        "XSP", "JGA", date(2006, 8, 18), date(2006, 8, 19),
    )  # fmt: skip
    assert iso(chain.at) == "2006-08-01T19:45:00Z"
    assert given(chain, 125.0, -1) == {
        "bid": 0, "ask": 0.4, "bid_size": 10, "ask_size": 20, "last": 0.3, "volume": 5, "open_interest": 7,
    }  # fmt: skip


def test_datashop_with_calculations_brings_greeks_and_the_price_that_they_used(tmp_path: Path) -> None:
    chain = only(write(tmp_path, "calcs.csv", CALCS), "cboe_datashop")
    call = given(chain, 125.0, 1)
    assert chain.underlying_price == 127.15
    assert (call["implied_volatility"], call["theta"], call["vega"]) == (0.11, -7.3, 9.0)


def test_yahoo_takes_its_day_from_the_latest_trade_on_the_exchanges_clock(tmp_path: Path) -> None:
    chain = only(write(tmp_path, *FILES["yahoo"]), "yahoo")
    assert (chain.day, chain.time_assumed, chain.price_origin) == (date(2026, 1, 30), True, PriceOrigin.NONE)
    assert "volume" not in given(chain, 2900.0, 1)
    (spy,) = chains(write(tmp_path, "spy.csv", YAHOO_SNAKE), "yahoo")
    assert (spy.day, given(spy, 600.0, -1)["implied_volatility"]) == (date(2025, 8, 4), 0.21)


def test_the_real_chain_of_yahoo_implies_its_price(reference_data: Path) -> None:
    chain = only(reference_data / "market" / "yahoo_chain" / "SPX_all_2026-01-30.csv.gz", "yahoo")
    assert (len(chain), chain.price_origin) == (17_107, PriceOrigin.PARITY)
    assert {key.root for key in chain.contracts.series} == {"SPX", "SPXW"}
    assert chain.underlying_price == pytest.approx(6939.0, abs=10)  # the index closed at 6939.03


def test_barchart_percent_signs_separators_and_footer(tmp_path: Path) -> None:
    chain = only(write(tmp_path, *FILES["barchart"]), "barchart")
    assert (chain.day, chain.underlying) == (date(2020, 6, 23), "SPY")
    call = given(chain, 1250.0, 1)
    assert (call["implied_volatility"], call["volume"], call["bid"]) == (1.5939, 1001.0, 287.3)


def test_orats_puts_have_the_calls_delta_less_one(tmp_path: Path) -> None:
    chain = only(write(tmp_path, *FILES["orats"]), "orats")
    assert iso(chain.at) == "2022-06-08T13:59:50Z"
    assert [key.root for key in chain.contracts.series] == ["SPXW"]
    call, put = given(chain, 160.0, 1), given(chain, 160.0, -1)
    assert (call["delta"], put["delta"], call["gamma"], put["gamma"]) == (0.38, -0.62, 0.0154, 0.0154)
    assert (call["vega"], put["theta"], put["implied_volatility"]) == (29.4, -17.374, 0.3066)
    morning = only(write(tmp_path, "am.csv", ORATS.replace(",pm,", ",am,")), "orats")
    assert [key.root for key in morning.contracts.series] == ["SPX"]


def test_old_orats_files_name_their_symbols(tmp_path: Path) -> None:
    chain = only(write(tmp_path, "old.csv", ORATS_OLD), "orats")
    assert (chain.day, chain.underlying_price, chain.time_assumed) == (date(2014, 12, 15), 109.0, True)
    assert given(chain, 100.0, -1) == {"bid": 0.9, "ask": 1.1, "volume": 3, "open_interest": 4}


def test_dolthub_volatility_is_no_volume_and_a_saturday_is_its_friday(tmp_path: Path) -> None:
    found = chains(write(tmp_path, *FILES["dolthub"]), "dolthub")
    assert [(one.underlying, one.day) for one in found] == [("A", date(2019, 2, 8)), ("AA", date(2019, 2, 8))]
    put = given(found[1], 30.0, -1)
    assert (put["implied_volatility"], put["vega"], put["theta"]) == (0.4, 2.0, -3.65)
    assert "volume" not in put


def test_tradier_lists_and_single_options(tmp_path: Path) -> None:
    chain = only(write(tmp_path, *FILES["tradier"]), "tradier")
    assert (chain.underlying, chain.day) == ("VXX", date(2019, 5, 10))
    put = given(chain, 16.0, -1)
    assert (put["ask"], put["vega"], put["theta"], put["ask_size"]) == (0.01, 0.2, -0.365, 12.0)
    assert "last" not in put
    alone = only(write(tmp_path, "one.json", json.dumps({"options": {"option": TRADIER_OPTION}})), "tradier")
    assert len(alone) == 1


@pytest.mark.parametrize(
    ("format_name", "name", "text", "reason"),
    [
        ("optionsdx", "x.txt", OPTIONSDX, "BadFile x.txt: the file does not name its underlying"),
        ("optionsdx", "spx_eod_1.txt", OPTIONSDX.replace("101 x 101", "101"),
         "BadRow spx_eod_1.txt: line 2, column '[C_SIZE]': '101' is no pair of sizes"),
        ("optionsdx", "spx_eod_1.txt", OPTIONSDX[:-40],
         "BadRow spx_eod_1.txt: line 2: 30 cells where the header has 33"),
        ("cboe_datashop", "x.csv", DATASHOP.replace(",c,", ",x,"),
         "BadRow x.csv: line 2, column 'option_type': 'x' is neither 'call' nor 'put'"),
        ("yahoo", "x.csv", YAHOO.replace("SPXW260202C02800000", "SPXW260202C0002800000"),
         "BadRow x.csv: line 2, column 'contractSymbol': symbol 'SPXW260202C0002800000': the strike has 10 digits"),
        ("yahoo", "x.csv", YAHOO.replace("2026-01-30 16:45:44+00:00", "yesterday"),
         "BadRow x.csv: line 2, column 'lastTradeDate': 'yesterday' is no date and no time"),
        ("barchart", "x.csv", BARCHART.replace("159.39%", "high"),
         "BadRow x.csv: line 2, column 'IV': 'high' is no number"),
        ("barchart", "x.csv", BARCHART.replace(",Avg IV", "").replace(",0.00%", ",0.00%,"),
         "BadRow x.csv: line 2: 18 cells where the header has 16"),
        ("orats", "x.csv", ORATS.replace("2022-09-16", "16.9.22"),
         "BadRow x.csv: line 2, column 'expirDate': '16.9.22' is no date"),
        ("dolthub", "x.csv", DOLTHUB.replace("Call", "Kall"),
         "BadRow x.csv: line 2, column 'call_put': 'Kall' is neither"),
        ("tradier", "x.json", TRADIER[:-9], "BadFile x.json: is not valid JSON"),
        ("tradier", "x.json", TRADIER.replace("2019-05-10 19:59:01", ""), "BadFile x.json: nothing says the day"),
        ("tradier", "x.json", '{"options": null}', "BadFile x.json: holds no options"),
    ],
)  # fmt: skip
def test_a_bad_file_is_refused_by_its_place(
    tmp_path: Path, format_name: str, name: str, text: str, reason: str
) -> None:
    with pytest.raises(DataError) as caught:
        chains(write(tmp_path, name, text), format_name)
    assert f"{type(caught.value).__name__} {caught.value}".startswith(reason)


def test_packed_files_are_read_as_well(tmp_path: Path) -> None:
    path = tmp_path / "option_chain.csv.gz"
    path.write_bytes(gzip.compress(DOLTHUB.encode()))
    assert len(chains(path, "dolthub")) == 2
