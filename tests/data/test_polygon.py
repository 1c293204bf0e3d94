"""Flat files of Polygon: windows that are stamped at their ends, trades without quotes, and quotes at minute ends."""

import gzip
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from data.chain_rows import ChainRows
from data.datasets import PriceOrigin
from data.errors import DataError
from data.importing import AUTO, import_files
from data.memory_store import MemoryStore
from data.normalizer import DataNormalizer
from data.provider import EVERY_PROVIDER, make_provider
from data.providers.recognition import recognise
from data.quality import QuoteSideValidator
from engine.instants import Instant
from tests.builders import new_york

DAY = date(2023, 3, 13)  # the Monday after clocks went forward
MIDNIGHT = 1_678_680_000_000_000_000
AGGREGATES = "ticker,volume,open,close,high,low,window_start,transactions\n"
DAY_ROWS = (
    f"O:SPXW230327P03900000,12,30.1,28.4,31,27.5,{MIDNIGHT},9\n"
    f"O:SPY230327P00390000,200,11.82,9.83,11.82,8.09,{MIDNIGHT},62\n"
)
QUOTES = "ticker,ask_exchange,ask_price,ask_size,bid_exchange,bid_price,bid_size,sequence_number,sip_timestamp\n"
TRADES = "ticker,conditions,correction,exchange,price,sip_timestamp,size\n"
INDEX = "ticker,open,close,high,low,window_start\n"
SPY = "O:SPY230327P00390000"


def at(clock: str, day: date = DAY) -> Instant:
    return new_york(day, clock)


def quote(instant: int, bid: float, ask: float, sequence: int = 1, ticker: str = SPY) -> str:
    return f"{ticker},302,{ask},7,303,{bid},5,{sequence},{instant}\n"


def trade(instant: int, price: float, size: int, correction: int = 0) -> str:
    return f"{SPY},209,{correction},302,{price},{instant},{size}\n"


GOOD = {
    "polygon_aggregates": AGGREGATES + DAY_ROWS,
    "polygon_quotes": QUOTES + quote(at("09:30") + 1, 1.0, 1.1) + quote(at("09:31"), 1.2, 1.3),
    "polygon_trades": TRADES + trade(at("09:30") + 1, 1.0, 3) + trade(at("09:31"), 1.2, 4),
}


def write(folder: Path, text: str, *, packed: bool = False) -> Path:
    path = folder / f"2023-03-13.csv{'.gz' if packed else ''}"
    path.write_bytes(gzip.compress(text.encode(), mtime=0) if packed else text.encode())
    return path


def chains(path: Path, name: str) -> list[ChainRows]:
    return list(DataNormalizer().normalize(make_provider(name).read(path)).chains)


def refusal(path: Path, name: str) -> str:
    with pytest.raises(DataError) as caught:
        chains(path, name)
    assert "\n" not in str(caught.value)
    return f"{type(caught.value).__name__} {caught.value}"


def test_a_day_is_known_at_its_close_and_that_of_an_index_option_later(tmp_path: Path) -> None:
    """Stamped at the start of the window, the day's last trade would be known at midnight."""
    spx, spy = chains(write(tmp_path, GOOD["polygon_aggregates"], packed=True), "polygon_aggregates")
    assert [(one.underlying, one.at, one.day) for one in (spx, spy)] == [
        ("SPX", at("16:15"), DAY),
        ("SPY", at("16:00"), DAY),
    ]
    assert not spy.time_assumed
    (series,) = spx.contracts.series
    assert (series.root, series.symbol_date) == ("SPXW", date(2023, 3, 27))


def test_what_was_paid_is_no_quote(tmp_path: Path) -> None:
    """The file's order is open, close, high, low: the fourth price is no close."""
    _, spy = chains(write(tmp_path, GOOD["polygon_aggregates"]), "polygon_aggregates")
    assert (spy.columns["last"].tolist(), spy.columns["volume"].tolist()) == ([9.83], [200.0])
    assert np.isnan([spy.columns["bid"][0], spy.columns["ask"][0], spy.underlying_price]).all()
    assert spy.price_origin is PriceOrigin.NONE
    assert QuoteSideValidator().flags(spy).tolist() == [2 | 4]


def test_minutes_are_stamped_at_their_ends_on_both_sides_of_a_clock_change(tmp_path: Path) -> None:
    friday, monday = at("15:59", date(2023, 3, 10)), at("09:30")
    rows = "".join(f"{SPY},0.5,2,3,3,2,{start},1\n" for start in (friday, monday))
    found = chains(write(tmp_path, AGGREGATES + rows), "polygon_aggregates")
    assert [one.at for one in found] == [at("16:00", date(2023, 3, 10)), at("09:31")]
    assert [one.columns["volume"].tolist() for one in found] == [[0.5], [0.5]]


def test_a_date_that_is_no_session_is_left_out_and_counted(tmp_path: Path) -> None:
    sunday = at("00:00", date(2023, 3, 12))
    text = AGGREGATES + DAY_ROWS + f"{SPY},1,1,1,1,1,{sunday},1\n"
    report = import_files([write(tmp_path, text)], AUTO, MemoryStore())
    assert [(skip.day, skip.rows) for skip in report.skipped] == [(date(2023, 3, 12), 1)]
    assert report.counts.rows == 2


def test_the_last_quote_of_each_minute_counts_and_none_is_carried_on(tmp_path: Path) -> None:
    call = "O:SPY230327C00390000"
    text = QUOTES + "".join(
        (
            quote(at("09:31"), 1.4, 1.5, 3),  # 09:31:00 sharp is still of the minute that ends then
            quote(at("09:31"), 1.2, 1.3, 2),
            quote(at("09:30") + 1, 1.0, 1.1),
            quote(at("09:31") + 1, 9.0, 9.1, ticker=call),
        )
    )
    first, second = chains(write(tmp_path, text), "polygon_quotes")
    assert (first.at, second.at) == (at("09:31"), at("09:32"))
    assert [float(first.columns[name][0]) for name in ("bid", "ask", "bid_size", "ask_size")] == [1.4, 1.5, 5, 7]
    assert (len(first), len(second), second.contracts.right.tolist()) == (1, 1, [1])


def test_trades_give_last_price_and_volume_of_each_minute(tmp_path: Path) -> None:
    text = TRADES + trade(at("09:31"), 1.2, 4) + trade(at("09:30") + 1, 1.0, 3) + trade(at("09:31") + 1, 2.0, 5)
    found = chains(write(tmp_path, text), "polygon_trades")
    seen = [(one.at, one.columns["last"].tolist(), one.columns["volume"].tolist()) for one in found]
    assert seen == [(at("09:31"), [1.2], [7.0]), (at("09:32"), [2.0], [5.0])]


@pytest.mark.parametrize(
    ("name", "good", "bad", "reason"),
    [
        ("polygon_aggregates", "O:SPY", "SPY", "BadRow 2023-03-13.csv: line 3, column 'ticker': 'SPY230327P00390000' "),
        ("polygon_aggregates", "P00390000", "P0390000", "BadSymbol 2023-03-13.csv: line 3, column 'ticker': symbol"),
        ("polygon_aggregates", "200,", "-200,", "BadRow 2023-03-13.csv: line 3, column 'volume': -200 is no volume"),
        ("polygon_aggregates", "9.83", "0", "BadRow 2023-03-13.csv: line 3, column 'close': 0 is no price"),
        ("polygon_aggregates", "9.83", "nan", "BadRow 2023-03-13.csv: line 3, column 'close'"),
        ("polygon_aggregates", "9.83", "19.83", "BadRow 2023-03-13.csv: line 3, column 'high': open or close is out"),
        ("polygon_aggregates", f"{MIDNIGHT},62", f"{MIDNIGHT + 1},62", "BadRow 2023-03-13.csv: line 3, column 'windo"),
        ("polygon_aggregates", f"{MIDNIGHT},62", f"{at('10:00')},62", "BadRow 2023-03-13.csv: line 3, column 'windo"),
        ("polygon_aggregates", f"{MIDNIGHT},62", "1678680000000,62", "CalendarError 2023-03-13.csv: column 'window_st"),
        ("polygon_aggregates", f"{MIDNIGHT},62", "1.6e18,62", "BadRow 2023-03-13.csv: line 3, column 'window_start': "),
        ("polygon_quotes", ",5,1,", ",5,x,", "BadRow 2023-03-13.csv: line 2, column 'sequence_number': 'x' is no whol"),
        ("polygon_trades", "209,0,", "209,1,", "BadRow 2023-03-13.csv: line 2, column 'correction': a trade that was"),
        ("polygon_trades", ",1.2,", ",-1.2,", "BadRow 2023-03-13.csv: line 3, column 'price': -1.2 is no price"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_named(tmp_path: Path, name: str, good: str, bad: str, reason: str) -> None:
    assert good in GOOD[name]
    assert refusal(write(tmp_path, GOOD[name].replace(good, bad, 1)), name).startswith(reason)


@pytest.mark.parametrize("name", GOOD)
def test_a_file_that_is_cut_off_or_has_another_header_is_refused(tmp_path: Path, name: str) -> None:
    text = GOOD[name].rstrip("\n")
    message = refusal(write(tmp_path, text[: text.rindex(",")] + "\n"), name)
    assert message.startswith("BadRow 2023-03-13.csv: line 3: "), message
    message = refusal(write(tmp_path, GOOD[name].replace("ticker", "symbol", 1)), name)
    assert message.startswith("MissingColumn 2023-03-13.csv: the header lacks 'ticker'")


@pytest.mark.parametrize("packed", [False, True])
@pytest.mark.parametrize("name", GOOD)
def test_files_of_options_stocks_and_indices_are_told_apart_by_their_tickers(
    tmp_path: Path, name: str, packed: bool
) -> None:
    found = recognise(write(tmp_path, GOOD[name], packed=packed), EVERY_PROVIDER)
    assert found.format == name
    assert " above 'O:SP" in found.because
    stock = recognise(write(tmp_path, f"{AGGREGATES}SPY,1,2,2,2,2,{MIDNIGHT},1\n"), EVERY_PROVIDER)
    index = recognise(write(tmp_path, f"{INDEX}I:SPX,2,2,2,2,{MIDNIGHT}\n"), EVERY_PROVIDER)
    assert (stock.format, index.format) == ("polygon_bars", "polygon_bars")
    with pytest.raises(DataError):
        recognise(write(tmp_path, f"{AGGREGATES}X:BTCUSD,1,2,2,2,2,{MIDNIGHT},1\n"), EVERY_PROVIDER)
