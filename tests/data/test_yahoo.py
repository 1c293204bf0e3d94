"""Yahoo's chains in both spellings: no time, no price of the underlying, floats for integers."""

from datetime import date
from pathlib import Path

import pytest

from data.datasets import PriceOrigin
from data.normalizer import DataNormalizer
from data.providers.yahoo import Yahoo
from tests.data.vendor_chains import chains, refusal, roots, row_of, told, write

CAMEL = (
    "contractSymbol,lastTradeDate,strike,lastPrice,bid,ask,change,percentChange,volume,openInterest,"
    "impliedVolatility,inTheMoney,contractSize,currency,option_type,expiration\n"
    "SPXW260202C02800000,2026-01-30 16:45:44+00:00,2800.0,4139.54,4122.2,4148.5,-57.06006,-1.3596735,6.0,3.0,"
    "4.601566748046874,True,REGULAR,USD,call,2026-02-02\n"
    "SPX260220P02800000,2026-01-29 21:00:00+00:00,2800.0,0.05,0.0,0.05,0.0,0.0,,,1e-05,False,REGULAR,USD,put,"
    "2026-02-20\n"
)
SNAKE = (
    "contract_symbol,last_trade_date,strike,last_price,bid,ask,change,percent_change,volume,open_interest,"
    "implied_volatility,in_the_money,contract_size,currency,expiration,type,date_pulled\n"
    "AAPL250919C00200000,2025-09-05 19:59:00+00:00,200.0,40.1,39.9,40.3,0,0,12,340,0.31,True,REGULAR,USD,2025-09-19,"
    "C,{pulled}\n"
)
MARKET = "market/yahoo_chain/SPX_all_2026-01-30.csv.gz"


def test_the_real_chain_is_read_whole_and_its_price_estimated(reference_data: Path) -> None:
    path = reference_data / MARKET
    (chain,) = chains(path, "yahoo")
    assert told(path) == "yahoo"
    assert (len(chain), chain.underlying, chain.day, chain.time_assumed) == (17_107, "SPX", date(2026, 1, 30), True)
    by_root = {root: sum(1 for one in roots(chain) if one[0] == root) for root in ("SPX", "SPXW")}
    assert by_root == {"SPX": 20, "SPXW": 39}
    assert chain.price_origin is PriceOrigin.PARITY
    assert chain.underlying_price == pytest.approx(6935, abs=5)


def test_a_row_is_what_the_file_says(tmp_path: Path) -> None:
    (chain,) = chains(write(tmp_path, CAMEL), "yahoo")
    assert row_of(chain, 2800.0, 1) == {
        "bid": 4122.2,
        "ask": 4148.5,
        "last": 4139.54,
        "volume": 6.0,
        "open_interest": 3.0,
        "implied_volatility": 4.601566748046874,
    }


def test_blank_volume_and_open_interest_are_unknown_and_the_marker_of_a_volatility_is_kept(tmp_path: Path) -> None:
    (chain,) = chains(write(tmp_path, CAMEL), "yahoo")
    assert row_of(chain, 2800.0, -1) == {"bid": 0.0, "ask": 0.05, "last": 0.05, "implied_volatility": 1e-05}


def test_t26_the_roots_of_one_index_stay_apart(tmp_path: Path) -> None:
    (chain,) = chains(write(tmp_path, CAMEL), "yahoo")
    assert [root for root, _, _ in roots(chain)] == ["SPXW", "SPX"]


@pytest.mark.parametrize(
    ("traded", "day"),
    [
        ("2026-01-30 21:15:54+00:00", "2026-01-30"),
        ("2026-01-30 02:00:00+00:00", "2026-01-29"),  # still Thursday evening in New York
        ("2026-01-31 18:00:00", "2026-01-30"),
        ("", "2026-01-29"),
    ],
)
def test_the_chain_is_of_the_session_of_its_last_trade(tmp_path: Path, traded: str, day: str) -> None:
    text = CAMEL.replace("2026-01-30 16:45:44+00:00", traded)
    (chain,) = chains(write(tmp_path, text), "yahoo")
    assert str(chain.day) == day


@pytest.mark.parametrize(
    ("pulled", "day"),
    [("2025-09-08", "2025-09-08"), ("2025-09-06", "2025-09-05"), ("2025-09-08 15:00:00", "2025-09-08")],
)
def test_the_date_of_the_download_tells_the_session(tmp_path: Path, pulled: str, day: str) -> None:
    path = write(tmp_path, SNAKE.format(pulled=pulled))
    (chain,) = chains(path, "yahoo")
    assert (told(path), str(chain.day), chain.underlying) == ("yahoo", day, "AAPL")
    assert row_of(chain, 200.0, 1)["open_interest"] == 340


@pytest.mark.parametrize(
    ("good", "bad", "reason"),
    [
        ("4122.2", "x", "BadRow chain.csv: line 2, column 'bid': 'x' is no number"),
        (",USD,call", ",EUR,call", "BadRow chain.csv: line 2, column 'currency': 'EUR': prices are read in USD only"),
        ("16:45:44", "26:45:44", "BadRow chain.csv: line 2, column 'lastTradeDate': '2026-01-30 26:45:44+00:00' is no"),
        ("2026-01-30 16", "9999-01-30 16", "BadRow chain.csv: line 2, column 'lastTradeDate': dates from 9999-01-30"),
        ("SPXW260202C", "SPXW26020C", "BadRow chain.csv: line 2, column 'contractSymbol': symbol"),
        ("SPXW260202C02800000", "SPXW260202C0002800000", "BadRow chain.csv: line 2, column 'contractSymbol': symbol"),
        ("call,2026-02-02", "put,2026-02-02", "BadRow chain.csv: line 2, column 'option_type': put contradicts symbol"),
        ("contractSize", "size", None),
        ("lastPrice", "price", "MissingColumn chain.csv: the header lacks 'lastPrice'"),
        (
            ",USD,put,2026-02-20\n",
            "",
            "BadRow chain.csv: line 3: 13 cells where the header has 16; the file may be cut",
        ),
    ],
)
def test_what_is_wrong_is_named_by_line_and_column(tmp_path: Path, good: str, bad: str, reason: str | None) -> None:
    assert good in CAMEL
    path = write(tmp_path, CAMEL.replace(good, bad, 1))
    if reason is None:  # a column that is not read
        assert len(chains(path, "yahoo")) == 1
    else:
        assert refusal(path, "yahoo").startswith(reason)


def test_a_download_outside_the_calendar_is_refused_by_its_line(tmp_path: Path) -> None:
    message = refusal(write(tmp_path, SNAKE.format(pulled="1921-01-03")), "yahoo")
    assert message.startswith("BadRow chain.csv: line 2, column 'date_pulled': dates from 1921-01-03")


def test_a_chain_that_never_traded_has_no_date(tmp_path: Path) -> None:
    text = CAMEL.replace("2026-01-30 16:45:44+00:00", "").replace("2026-01-29 21:00:00+00:00", "")
    message = refusal(write(tmp_path, text), "yahoo")
    assert "no row has a trade, so nothing tells the day of the quotes; add a column 'date_pulled'" in message


def test_rows_of_the_real_file_are_counted(reference_data: Path) -> None:
    raw = Yahoo().read(reference_data / MARKET)
    assert raw.source.rows == 17_107
    assert DataNormalizer().normalize(raw).skipped == ()
