"""NSE's contract-wise download: blanks in names, roots that no OSI symbol holds, no quotes, Indian sessions."""

from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import numpy as np
import pytest

from data.calendar import option_series, session_table
from data.importing import AUTO, import_files
from data.markets import NSE
from data.memory_store import MemoryStore
from data.quality import QuoteSideValidator
from engine.instants import instant
from engine.model import ExerciseStyle, SettlementMethod
from tests.data.foreign_files import chains, refusal, row_of, write

HEADER = (
    "\ufeffSymbol  ,Date  ,Expiry  ,Option type  ,Strike Price  ,Open  ,High  ,Low  ,Close  ,LTP  ,Settle Price  ,"
    "No. of contracts  ,Turnover * in  ₹ Lakhs,Premium Turnover ** in   ₹ Lakhs,Open Int  ,Change in OI  ,"
    "Underlying Value  \n"
)
CALL = (
    "BANKNIFTY,01-Jul-2025,31-Jul-2025,CE,60100.00,138.00,147.00,112.10,143.40,147.00,143.40,3903.00,82282.14,182.53,"
    "33845.00,595.00,57459.45\n"
)
PUT = CALL.replace("CE,60100.00", "PE,57000.00").replace("147.00,143.40,3903", "512.25,510.00,77")
GOOD = HEADER + CALL + PUT


def test_a_row_is_a_last_price_at_the_close_in_mumbai(tmp_path: Path) -> None:
    (chain,) = chains(write(tmp_path, GOOD), "nse")
    assert chain.at == instant(datetime(2025, 7, 1, 15, 30, tzinfo=ZoneInfo("Asia/Kolkata")))
    assert (chain.underlying, chain.underlying_price, chain.market, len(chain)) == ("BANKNIFTY", 57459.45, NSE, 2)
    row = row_of(chain, 60100.0, 1)
    assert [row[name] for name in ("last", "volume", "open_interest")] == [147.0, 3903.0, 33845.0]
    assert row_of(chain, 57000.0, -1)["last"] == 512.25
    assert not chain.time_assumed


def test_nothing_can_be_filled_on_it(tmp_path: Path) -> None:
    (chain,) = chains(write(tmp_path, GOOD), "nse")
    assert np.isnan([chain.columns["bid"], chain.columns["ask"]]).all()
    assert QuoteSideValidator().flags(chain).tolist() == [2 | 4, 2 | 4]


def test_options_on_indices_are_paid_and_those_on_shares_are_delivered() -> None:
    sessions = session_table(date(2025, 7, 1), date(2025, 7, 31), NSE)
    index, share = (option_series(name, name, date(2025, 7, 31), sessions, NSE) for name in ("BANKNIFTY", "INFY"))
    assert (index.settlement, share.settlement) == (SettlementMethod.CASH, SettlementMethod.PHYSICAL)
    assert (index.style, share.style) == (ExerciseStyle.EUROPEAN, ExerciseStyle.EUROPEAN)
    assert index.settles_at == instant(datetime(2025, 7, 31, 15, 30, tzinfo=ZoneInfo("Asia/Kolkata")))


def test_an_indian_holiday_is_no_session_and_an_american_one_is(tmp_path: Path) -> None:
    """Independence Day is 15 August there and 4 July here."""
    text = (
        HEADER + CALL.replace("01-Jul-2025", "04-Jul-2025") + CALL.replace("01-Jul", "15-Aug").replace("31-J", "28-J")
    )
    text = text.replace("28-Jul-2025", "28-Aug-2025")
    report = import_files([write(tmp_path, text)], AUTO, MemoryStore())
    assert [coverage.days for coverage in report.coverage] == [(date(2025, 7, 4),)]
    assert [(skip.day, skip.rows) for skip in report.skipped] == [(date(2025, 8, 15), 1)]


@pytest.mark.parametrize(
    ("good", "bad", "reason"),
    [
        (",CE,", ",XX,", "BadRow chain.csv: line 2, column 'Option type  ': 'XX' is neither 'CE' nor 'PE'"),
        ("01-Jul-2025", "01-Jux-2025", "BadRow chain.csv: line 2, column 'Date  ': '01-Jux-2025' is no date (DD-Mon"),
        ("31-Jul-2025", "31-Jun-2025", "BadRow chain.csv: line 2, column 'Expiry  ': '31-Jun-2025' is no date"),
        ("60100.00", "x", "BadRow chain.csv: line 2, column 'Strike Price  ': 'x' is no number"),
        ("60100.00", "-60100", "BadSymbol chain.csv: line 2, column 'Strike Price': strike -60100.0 is not above 0"),
        ("60100.00", "60100.0001", "BadSymbol chain.csv: line 2, column 'Strike Price': strike 60100.0001 is not"),
        ("57459.45", "57460.45", "BadRow chain.csv: line 3, column 'Underlying Value': 57459.4 where the chain began"),
        ("LTP  ,", "XYZ  ,", "MissingColumn chain.csv: the header lacks 'LTP'"),
        ("01-Jul-2025", "01-Jul-1890", "CalendarError chain.csv: dates from 1890-07-01"),
    ],
)
def test_what_is_wrong_is_named(tmp_path: Path, good: str, bad: str, reason: str) -> None:
    assert refusal(write(tmp_path, GOOD.replace(good, bad, 1)), "nse").startswith(reason)


def test_a_file_that_is_cut_off_and_a_contract_with_two_prices_are_refused(tmp_path: Path) -> None:
    assert refusal(write(tmp_path, GOOD[:-30]), "nse").startswith("BadRow chain.csv: line 3: ")
    twice = GOOD + CALL.replace("147.00,143.40,3903", "148.00,143.40,3903")
    assert refusal(write(tmp_path, twice), "nse").startswith("ContractTwice chain.csv: lines 2 and 4 give 'BANKNIFTY'")
