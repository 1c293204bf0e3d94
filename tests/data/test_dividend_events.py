"""Dividends of a store become known the session before their ex-date."""

from datetime import date

from data.calendar import session_table
from data.dividend_events import dividends_declared
from data.underlying_rows import CorporateEvent
from engine.events import DividendDeclared
from tests.builders import new_york

SESSIONS = session_table(date(2019, 5, 1), date(2019, 6, 28))


def test_a_dividend_is_known_from_the_open_of_the_session_before_its_ex_date() -> None:
    tuesday_after_memorial_day = CorporateEvent("SPY", date(2019, 5, 28), 1.43, 1.0)
    (event,) = dividends_declared([tuesday_after_memorial_day], SESSIONS)
    assert event == DividendDeclared(new_york(date(2019, 5, 24), "09:30"), "SPY", date(2019, 5, 28), 1.43)


def test_a_split_is_no_dividend() -> None:
    assert not dividends_declared([CorporateEvent("SPY", date(2019, 5, 28), 0.0, 4.0)], SESSIONS)
