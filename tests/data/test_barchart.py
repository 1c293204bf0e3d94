"""Barchart's option prices: percent signs, separators, a footer, and no date of the quotes in the rows."""

from pathlib import Path

import pytest

from tests.builders import new_york
from tests.data.vendor_chains import chains, refusal, roots, row_of, told, write

HEADER = (
    "Symbol,Strike,Last,% From Last,Bid,Midpoint,Ask,Change,%Chg,IV,Volume,Open Int,Type,DTE,Exp Date,Time,Avg IV\n"
)
ROW = (
    "SPY|20210115|25.00C,25,288.7,-91.99%,287.3,287.91,288.52,0.19,+0.07%,159.39%,1,2,Call,197,01/15/21,06/23/20,"
    "0.00%\n"
)
PUT = (
    'SPY|20210115|310.00P,310,N/A,-0.70%,22.1,22.2,22.3,unch,unch,0.00%,"1,204","31,205",Put,197,01/15/21,07/02/20,'
    "0.00%\n"
)
FOOTER = '"Downloaded from Barchart.com as of {time}"\n'
GOOD = HEADER + ROW + PUT


def test_a_row_in_canonical_units(tmp_path: Path) -> None:
    path = write(tmp_path, GOOD)
    (chain,) = chains(path, "barchart")
    assert told(path) == "barchart"
    assert row_of(chain, 25.0, 1) == {
        "bid": 287.3,
        "ask": 288.52,
        "last": 288.7,
        "volume": 1.0,
        "open_interest": 2.0,
        "implied_volatility": pytest.approx(1.5939),
    }


def test_separators_are_no_digits_and_words_for_none_are_none(tmp_path: Path) -> None:
    (chain,) = chains(write(tmp_path, GOOD), "barchart")
    assert row_of(chain, 310.0, -1) == {"bid": 22.1, "ask": 22.3, "volume": 1204.0, "open_interest": 31205.0}


def test_the_date_of_the_last_trade_is_not_that_of_the_quote(tmp_path: Path) -> None:
    """197 days before 2021-01-15 is 2020-07-02; the rows' times are 06/23 and 07/02."""
    (chain,) = chains(write(tmp_path, GOOD), "barchart")
    assert (str(chain.day), chain.time_assumed, chain.underlying) == ("2020-07-02", True, "SPY")


def test_a_download_at_a_weekend_is_of_the_session_before(tmp_path: Path) -> None:
    text = GOOD.replace(",197,", ",195,")  # 2020-07-04, a Saturday after the closed 07-03
    (chain,) = chains(write(tmp_path, text), "barchart")
    assert str(chain.day) == "2020-07-02"


@pytest.mark.parametrize(
    ("time", "day", "clock"),
    [
        ("07-02-2020 09:12am CDT", "2020-07-02", "10:12"),
        ("07-02-2020 05:23pm CDT", "2020-07-02", None),
        ("07-05-2020 01:00pm CDT", "2020-07-02", None),
        ("a later day", "2020-07-02", None),
    ],
)
def test_the_footer_has_the_time_of_the_download(tmp_path: Path, time: str, day: str, clock: str | None) -> None:
    path = write(tmp_path, GOOD + FOOTER.format(time=time))
    (chain,) = chains(path, "barchart")
    assert (told(path), len(chain), str(chain.day), chain.time_assumed) == ("barchart", 2, day, clock is None)
    if clock:
        assert chain.at == new_york(chain.day, clock)


def test_t26_a_w_tells_options_on_an_index_that_settle_at_the_close(tmp_path: Path) -> None:
    weekly, monthly = "$SPX|20210115|3000.00WC", "$SPX|20210115|3000.00C"
    line = ROW.replace(",25,", ",3000,")
    text = HEADER + line.replace("SPY|20210115|25.00C", weekly) + line.replace("SPY|20210115|25.00C", monthly)
    (chain,) = chains(write(tmp_path, text), "barchart")
    assert chain.underlying == "SPX"
    assert [root for root, _, _ in roots(chain)] == ["SPX", "SPXW"]


@pytest.mark.parametrize(
    ("good", "bad", "reason"),
    [
        ("287.3,", "28x,", "BadRow chain.csv: line 2, column 'Bid': '28x' is no number"),
        (
            "SPY|20210115|25.00C",
            "SPY210115C25",
            "BadRow chain.csv: line 2, column 'Symbol': 'SPY210115C25' is no",
        ),
        (
            "SPY|20210115|",
            "SPY|20211315|",
            "BadRow chain.csv: line 2, column 'Symbol': 'SPY|20211315|25.00C': 2021",
        ),
        ("C,25,", "C,26,", "BadRow chain.csv: line 2, column 'Strike': 26.0 contradicts symbol"),
        ("01/15/21", "01/22/21", "BadRow chain.csv: line 3, column 'DTE': counts from 2020-07-02, the first row from"),
        ("Call", "Both", "BadRow chain.csv: line 2, column 'Type': 'Both' is neither 'call' nor 'put'"),
        (",197,", ",-1,", "BadRow chain.csv: line 2, column 'DTE': -1 counts no days to an expiration"),
        ("Open Int", "OI", "MissingColumn chain.csv: the header lacks 'Open Int'"),
        (",07/02/20,0.00%\n", "\n", "BadRow chain.csv: line 3: 15 cells where the header has 17; the file may be cut"),
        (',"31,205",Put,197,01/15/21,07/02/20,0.00%\n', ',"31', "BadRow chain.csv: line 3: unexpected end of data"),
    ],
)
def test_what_is_wrong_is_named_by_line_and_column(tmp_path: Path, good: str, bad: str, reason: str) -> None:
    assert good in GOOD
    assert refusal(write(tmp_path, GOOD.replace(good, bad, 1)), "barchart").startswith(reason)


def test_a_footer_without_a_true_time_is_refused(tmp_path: Path) -> None:
    path = write(tmp_path, GOOD + FOOTER.format(time="13-32-2020 09:12am CDT"))
    assert refusal(path, "barchart").startswith("BadFile chain.csv: the footer's time '13-32-2020 09:12am' is none")
