"""OptionsDX: bracketed names, blanks everywhere, and roots that no column has."""

import gzip
from datetime import date, datetime, time
from pathlib import Path

import numpy as np
import pytest

from data.errors import CalendarError
from data.providers.optionsdx_expirations import Expiration, Written, expirations_of
from tests.builders import new_york
from tests.data.vendor_chains import chains, refusal, roots, row_of, told, write

HEADER = (
    "[QUOTE_UNIXTIME], [QUOTE_READTIME], [QUOTE_DATE], [QUOTE_TIME_HOURS], [UNDERLYING_LAST], [EXPIRE_DATE], "
    "[EXPIRE_UNIX], [DTE], [C_DELTA], [C_GAMMA], [C_VEGA], [C_THETA], [C_RHO], [C_IV], [C_VOLUME], [C_LAST], [C_SIZE], "
    "[C_BID], [C_ASK], [STRIKE], [P_BID], [P_ASK], [P_SIZE], [P_LAST], [P_DELTA], [P_GAMMA], [P_VEGA], [P_THETA], "
    "[P_RHO], [P_IV], [P_VOLUME], [STRIKE_DISTANCE], [STRIKE_DISTANCE_PCT]\n"
)
ROW = (
    "1262638800, 2010-01-04 16:00, 2010-01-04, 16.000000, 1132.990000, 2010-01-07, 1262898000, 3.000000, 1.000000, "
    "0.000000, 0.000000, 0.000000, 0.000000, , , 0.000000, 101 x 101, 205.990000, 208.990000, 925.000000, 0.000000, "
    "0.060000, 0 x 420, 0.050000, -0.000770, 0.000040, 0.004390, -0.021160, -0.000490, 0.640130, 550.000000, "
    "208.000000, 0.184000 \n"
)
GOOD = HEADER + ROW
SPX, SPY = "spx_eod_201001.txt", "spy_eod_201001.txt"


def dated(day: str, hour: int = 16) -> Written:
    return Written(date.fromisoformat(day), datetime.combine(date.fromisoformat(day), time(hour)))


def test_a_row_is_a_call_and_a_put_in_canonical_units(tmp_path: Path) -> None:
    path = write(tmp_path, GOOD, SPY)
    (chain,) = chains(path, "optionsdx")
    assert told(path) == "optionsdx"
    assert (chain.underlying, chain.underlying_price, chain.time_assumed) == ("SPY", 1132.99, False)
    assert chain.at == new_york(date(2010, 1, 4), "16:00")
    assert row_of(chain, 925.0, -1) == {
        "bid": 0.0,
        "ask": 0.06,
        "bid_size": 0.0,
        "ask_size": 420.0,
        "last": 0.05,
        "volume": 550.0,
        "implied_volatility": 0.64013,
        "delta": -0.00077,
        "gamma": 0.00004,
        "theta": -0.02116 * 365,
        "vega": pytest.approx(0.439),
    }


def test_blank_cells_are_unknown(tmp_path: Path) -> None:
    (chain,) = chains(write(tmp_path, GOOD.replace("205.990000", ""), SPY), "optionsdx")
    call = row_of(chain, 925.0, 1)
    assert {"bid", "implied_volatility", "volume", "open_interest"} & set(call) == set()
    assert (call["ask"], call["bid_size"]) == (208.99, 101.0)


def test_lines_may_begin_and_end_with_blanks_and_be_packed(tmp_path: Path) -> None:
    path = tmp_path / "spy_eod_201001.txt.gz"
    path.write_bytes(gzip.compress(("\ufeff" + HEADER + " " + ROW.replace("\n", "\r\n")).encode()))
    (chain,) = chains(path, "optionsdx")
    assert (told(path), len(chain)) == ("optionsdx", 2)


def test_several_times_a_day_are_no_end_of_day(tmp_path: Path) -> None:
    later = ROW.replace("1262638800", "1262636100").replace("205.99", "204.99")
    found = chains(write(tmp_path, GOOD + later, "spy_15x_201001.txt"), "optionsdx")
    assert [one.at for one in found] == [new_york(date(2010, 1, 4), clock) for clock in ("15:15", "16:00")]


@pytest.mark.parametrize("name", ["quotes.txt", "spx.txt", "201001.txt", "spx_eod.txt"])
def test_only_the_name_of_the_file_tells_the_underlying(tmp_path: Path, name: str) -> None:
    message = refusal(write(tmp_path, GOOD, name), "optionsdx")
    assert message == (
        f"BadFile {name}: no column names the underlying, and neither does the file's name; name the file as the "
        "vendor does, e.g. spx_eod_201001.txt"
    )


def test_a_thursday_of_2010_is_the_last_trading_day_of_what_settles_on_friday(tmp_path: Path) -> None:
    (chain,) = chains(write(tmp_path, GOOD, SPX), "optionsdx")
    assert (chain.underlying, roots(chain)) == ("SPX", [("SPX", "2010-01-08", "2010-01-08")])


@pytest.mark.parametrize(
    ("written", "root", "on"),
    [
        (dated("2010-01-14"), "SPX", "2010-01-15"),  # Thursday before a third Friday
        (dated("2014-04-16"), "SPX", "2014-04-17"),  # Wednesday before a third Friday that is Good Friday
        (dated("2010-12-10"), "SPXW", "2010-12-10"),  # a weekly
        (dated("2010-09-30"), "SPXW", "2010-09-30"),  # last session of a quarter, a Thursday
        (dated("2018-08-17"), "SPX", "2018-08-17"),  # third Friday: chosen
        (dated("2019-04-18"), "SPX", "2019-04-18"),  # third Friday before a Good Friday
        (dated("2018-08-24"), "SPXW", "2018-08-24"),
        (dated("2018-08-24", hour=9), "SPX", "2018-08-24"),  # the morning tells
        (dated("2022-09-15"), "SPXW", "2022-09-15"),  # Thursdays have weeklies since 2022
    ],
)
def test_t5_dates_of_an_index_mean_an_opening_or_a_close(written: Written, root: str, on: str) -> None:
    assert expirations_of("SPX", [written], True) == [Expiration(root, date.fromisoformat(on))]


def test_t5_a_third_friday_beside_its_thursday_settles_at_the_close() -> None:
    found = expirations_of("SPX", [dated("2014-08-14"), dated("2014-08-15")], True)
    assert found == [Expiration("SPX", date(2014, 8, 15)), Expiration("SPXW", date(2014, 8, 15))]


def test_third_fridays_can_be_read_as_settling_at_the_close(tmp_path: Path) -> None:
    friday = GOOD.replace("2010-01-07, 1262898000", "2010-01-15, 1263589200")
    path = write(tmp_path, friday, SPX)
    assert [roots(one)[0][0] for name in ("optionsdx", "optionsdx_pm") for one in chains(path, name)] == ["SPX", "SPXW"]
    assert told(path) == "optionsdx"


@pytest.mark.parametrize(("ticker", "root"), [("NDX", "NDX"), ("SPY", "SPY"), ("VIX", "VIX"), ("XSP", "XSP")])
def test_roots_of_other_underlyings(ticker: str, root: str) -> None:
    assert expirations_of(ticker, [dated("2018-08-17")], True) == [Expiration(root, date(2018, 8, 17))]


def test_no_calendar_knows_that_expiration() -> None:
    with pytest.raises(CalendarError, match="1921"):
        expirations_of("SPX", [dated("1921-01-07")], True)


@pytest.mark.parametrize(
    ("good", "bad", "reason"),
    [
        ("208.990000", "x", "BadRow {}: line 2, column '[C_ASK]': 'x' is no number"),
        ("101 x 101", "101", "BadRow {}: line 2, column '[C_SIZE]': '101' are no sizes (bid x ask)"),
        (
            "1262638800",
            "1262725200",
            "BadRow {}: line 2, column '[QUOTE_UNIXTIME]': 1262725200 is on 2010",
        ),
        ("1262638800", "1e30", "BadRow {}: line 2, column '[QUOTE_UNIXTIME]': 1e+30 counts no seconds from 1970"),
        ("1262898000", "-5", "BadRow {}: line 2, column '[EXPIRE_UNIX]': -5 counts no seconds from 1970"),
        ("2010-01-07", "1921-01-07", "CalendarError {}: column '[EXPIRE_DATE]': dates from 1921-01-07"),
        ("925.000000", "925.0001", "BadRow {}: line 2, column '[STRIKE]': 925.0001 contradicts symbol"),
        ("[P_BID]", "[BID]", "MissingColumn {}: the header lacks '[P_BID]'"),
        (", 208.000000, 0.184000 \n", "\n", "BadRow {}: line 2: 31 cells where the header has 33; the file may be cut"),
    ],
)
def test_what_is_wrong_is_named_by_line_and_column(tmp_path: Path, good: str, bad: str, reason: str) -> None:
    assert good in GOOD
    message = refusal(write(tmp_path, GOOD.replace(good, bad, 1), SPX), "optionsdx")
    assert message.startswith(reason.format(SPX)), message


def test_the_bad_cell_of_a_put_is_named_by_its_line(tmp_path: Path) -> None:
    path = write(tmp_path, GOOD + ROW.replace("925.0", "930.0").replace("0 x 420", "0 x"), SPX)
    assert refusal(path, "optionsdx").startswith(f"BadRow {SPX}: line 3, column '[P_SIZE]': '0 x' are no sizes")


def test_sizes_may_be_blank(tmp_path: Path) -> None:
    (chain,) = chains(write(tmp_path, GOOD.replace("101 x 101", ""), SPY), "optionsdx")
    assert np.isnan(chain.columns["bid_size"]).sum() == 1
