"""Cboe DataShop: two moments of a day, old roots, Saturdays, and calcs in measured units."""

from datetime import date
from pathlib import Path

import pytest

from data.datasets import PriceOrigin
from data.normalizer import NO_SESSION, DataNormalizer
from data.providers.cboe_datashop import CboeDatashop
from data.roots import root_facts
from engine.model import ExerciseStyle, SettlementMethod, SettlementSession, UnderlyingKind
from tests.builders import new_york
from tests.data.vendor_chains import chains, refusal, roots, row_of, told, write

START = (
    "underlying_symbol,quote_date,root,expiration,strike,option_type,open,high,low,close,trade_volume,bid_size_1545,"
    "bid_1545,ask_size_1545,ask_1545,underlying_bid_1545,underlying_ask_1545"
)
CALCS = (
    ",implied_underlying_price_1545,active_underlying_price_1545,implied_volatility_1545,delta_1545,gamma_1545,"
    "theta_1545,vega_1545,rho_1545"
)
END = (
    ",bid_size_eod,bid_eod,ask_size_eod,ask_eod,underlying_bid_eod,underlying_ask_eod,vwap,open_interest,"
    "delivery_code\n"
)
CALL = (
    "^XSP,2006-08-01,JGA,2006-08-19,125.000,c,0.00,0.00,0.00,0.00,0,1579,2.15,1573,2.40,127.10,127.10{calcs},"
    "1580,2.10,1554,2.45,127.20,127.20,0.00,7,\n"
)
PUT = (
    "^XSP,2006-08-01,JGA,2006-08-19,125.000,P,0.25,0.30,0.25,0.30,12,0,0.00,1573,0.40,127.10,127.10{calcs},"
    "10,0.20,1554,0.35,127.20,127.20,0.27,9,\n"
)
PLAIN = START + END + CALL.format(calcs="") + PUT.format(calcs="")
# 127.10 x density(d1) x sqrt(18 / 365) with d1 from a delta of 0.7 is 9.8 per 1.00 of volatility: 0.098 a point.
WITH_CALCS = (
    START
    + CALCS
    + END
    + CALL.format(calcs=",127.2,127.15,0.12,0.7,0.06,-0.03,0.098,0.04")
    + PUT.format(calcs=",127.2,127.15,0,0,0,0,0,0")
)


def test_the_quotes_of_1545_are_read(tmp_path: Path) -> None:
    path = write(tmp_path, PLAIN)
    (chain,) = chains(path, "cboe_datashop")
    assert told(path) == "cboe_datashop"
    assert (chain.at, chain.time_assumed) == (new_york(date(2006, 8, 1), "15:45"), False)
    assert (chain.underlying, chain.underlying_price) == ("XSP", 127.1)
    call, put = row_of(chain, 125.0, 1), row_of(chain, 125.0, -1)
    assert call == {"bid": 2.15, "ask": 2.4, "bid_size": 1579.0, "ask_size": 1573.0, "open_interest": 7.0}
    assert put == {"bid": 0.0, "ask": 0.4, "bid_size": 0.0, "ask_size": 1573.0, "open_interest": 9.0}


def test_t22_what_the_whole_day_traded_is_not_known_at_1545(tmp_path: Path) -> None:
    (chain,) = chains(write(tmp_path, PLAIN), "cboe_datashop")
    assert {"last", "volume"} & set(row_of(chain, 125.0, -1)) == set()


def test_the_quotes_of_the_close_are_a_format_of_their_own(tmp_path: Path) -> None:
    path = write(tmp_path, WITH_CALCS)
    (chain,) = chains(path, "cboe_datashop_eod")
    assert (told(path), chain.at) == ("cboe_datashop", new_york(date(2006, 8, 1), "16:00"))
    assert chain.underlying_price == 127.2
    call, put = row_of(chain, 125.0, 1), row_of(chain, 125.0, -1)
    assert put["last"] == 0.3
    assert call == {
        "bid": 2.1,
        "ask": 2.45,
        "bid_size": 1580.0,
        "ask_size": 1554.0,
        "volume": 0.0,
        "open_interest": 7.0,
    }


@pytest.mark.parametrize(("name", "clock"), [("cboe_datashop", "12:45"), ("cboe_datashop_eod", "13:00")])
def test_half_days_close_earlier(tmp_path: Path, name: str, clock: str) -> None:
    text = PLAIN.replace("2006-08-01", "2006-07-03")
    (chain,) = chains(write(tmp_path, text), name)
    assert chain.at == new_york(date(2006, 7, 3), clock)


def test_t30_an_old_root_on_a_saturday_is_an_index_option_that_settles_on_friday_morning(tmp_path: Path) -> None:
    (chain,) = chains(write(tmp_path, PLAIN), "cboe_datashop")
    assert roots(chain) == [("JGA", "2006-08-19", "2006-08-18")]
    facts = root_facts("JGA", "XSP")
    assert (facts.underlying, facts.kind, facts.session) == ("XSP", UnderlyingKind.INDEX, SettlementSession.AM)
    assert (facts.style, facts.settlement) == (ExerciseStyle.EUROPEAN, SettlementMethod.CASH)


def test_calcs_are_of_1545_in_measured_units(tmp_path: Path) -> None:
    (chain,) = chains(write(tmp_path, WITH_CALCS), "cboe_datashop")
    call = row_of(chain, 125.0, 1)
    assert (call["implied_volatility"], call["delta"], call["gamma"]) == (0.12, 0.7, 0.06)
    assert call["vega"] == pytest.approx(9.8)
    assert call["theta"] == pytest.approx(-0.03 * 365)


def test_a_volatility_of_zero_is_none_and_so_are_its_greeks(tmp_path: Path) -> None:
    (chain,) = chains(write(tmp_path, WITH_CALCS), "cboe_datashop")
    assert {"implied_volatility", "delta", "gamma", "theta", "vega"} & set(row_of(chain, 125.0, -1)) == set()


def test_vegas_in_no_known_unit_are_refused(tmp_path: Path) -> None:
    message = refusal(write(tmp_path, WITH_CALCS.replace("0.098", "0.98")), "cboe_datashop")
    assert message.startswith("BadFile chain.csv: column 'vega_1545': vegas are 0.0")


def test_calcs_are_all_there_or_none(tmp_path: Path) -> None:
    message = refusal(write(tmp_path, WITH_CALCS.replace("delta_1545", "delta")), "cboe_datashop")
    assert message.startswith("MissingColumn chain.csv: the header lacks 'delta_1545'")


def test_an_index_without_a_quote_has_no_price_of_the_vendor(tmp_path: Path) -> None:
    (chain,) = chains(write(tmp_path, PLAIN.replace("127.10,127.10", "0.00,0.00")), "cboe_datashop")
    assert chain.price_origin is PriceOrigin.NONE


def test_a_date_without_a_session_makes_no_snapshot(tmp_path: Path) -> None:
    text = PLAIN.replace("2006-08-01", "2006-07-04")
    file = DataNormalizer().normalize(CboeDatashop().read(write(tmp_path, text)))
    assert (file.chains, [(one.day, one.reason) for one in file.skipped]) == ((), [(date(2006, 7, 4), NO_SESSION)])


@pytest.mark.parametrize(
    ("good", "bad", "reason"),
    [
        ("2.15", "x", "BadRow chain.csv: line 2, column 'bid_1545': 'x' is no number"),
        (",c,", ",x,", "BadRow chain.csv: line 2, column 'option_type': 'x' is neither 'call' nor 'put'"),
        ("JGA", "jga", "BadSymbol chain.csv: line 2, column 'root': symbol"),
        ("125.000", "125.0001", "BadRow chain.csv: line 2, column 'strike': 125.0001 contradicts symbol"),
        ("2006-08-19", "2006-08-32", "BadRow chain.csv: line 2, column 'expiration': '2006-08-32' is no date"),
        ("2006-08-01", "1921-08-01", "CalendarError chain.csv: dates from 1921-08-01"),
        ("127.10,127.10", "127.10,129.10", "BadRow chain.csv: line 3, column 'underlying_bid_1545': 127.1 where the"),
        ("bid_1545,", "bid,", "MissingColumn chain.csv: the header lacks 'bid_1545'"),
        (",0.27,9,\n", "\n", "BadRow chain.csv: line 3: 23 cells where the header has 26; the file may be cut off"),
    ],
)
def test_what_is_wrong_is_named_by_line_and_column(tmp_path: Path, good: str, bad: str, reason: str) -> None:
    assert good in PLAIN
    assert refusal(write(tmp_path, PLAIN.replace(good, bad, 1)), "cboe_datashop").startswith(reason)
