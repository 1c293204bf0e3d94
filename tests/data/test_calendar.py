"""Sessions and the life of series, against the oracle's calendars."""

import csv
from datetime import date, datetime, timedelta
from datetime import time as clock
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from data.calendar import (
    assumed_quote_instant,
    expiration_session,
    option_series,
    session_table,
)
from data.errors import CalendarError
from engine.instants import Instant, instant, iso
from tests.builders import new_york

SESSIONS = session_table(date(2005, 1, 1), date(2026, 12, 31))


def rows_of(reference_data: Path, name: str) -> list[dict[str, str]]:
    with (reference_data / "oracle" / name).open() as file:
        return list(csv.DictReader(file))


def at(text: str) -> Instant:
    return instant(datetime.fromisoformat(text))


def test_every_session_of_the_oracle_opens_and_closes_as_it_says(reference_data: Path) -> None:
    rows = rows_of(reference_data, "sessions_xnys.csv")
    assert len(rows) == 1660
    for row in rows:
        session = SESSIONS.on(date.fromisoformat(row["session"]))
        assert session is not None, row
        assert (session.opens_at, session.closes_at) == (at(row["open_utc"]), at(row["close_utc"])), row
        following = SESSIONS.first_at_or_after(session.on + timedelta(days=1))
        assert following is not None
        assert following.on == date.fromisoformat(row["next_session"]), row


def test_every_monthly_expiration_of_the_oracle(reference_data: Path) -> None:
    """T4, T5, T30: AM and PM of one date, Saturdays before February 2015, Good Fridays."""
    rows = rows_of(reference_data, "expiry_monthly.csv")
    assert len(rows) == 79
    for row in rows:
        symbol_date, expiry = date.fromisoformat(row["osi_expiration"]), date.fromisoformat(row["expiry"])
        opening = option_series("SPX", "SPX", symbol_date, SESSIONS)
        closing_series = option_series("SPX", "SPXW", expiry, SESSIONS)
        equity = option_series("SPY", "SPY", symbol_date, SESSIONS)
        assert opening.expires_on == closing_series.expires_on == equity.expires_on == expiry, row
        assert opening.symbol_date == symbol_date, row
        assert closing_series.settles_at == closing_series.last_trades_at == at(row["close_utc"]), row
        assert equity.last_trades_at == at(row["close_utc"]), row
        assert SESSIONS.date_of(opening.last_trades_at) == date.fromisoformat(row["spx_am_last_trading_day"]), row
        assert SESSIONS.date_of(opening.settles_at) == date.fromisoformat(row["spx_soq_date"]), row
        nominal = option_series("SPX", "SPXW", date.fromisoformat(row["third_friday"]), SESSIONS)
        assert nominal.expires_on == expiry, row
        vix = option_series("VIX", "VIX", date.fromisoformat(row["vix_am_expiry"]), SESSIONS)
        assert vix.expires_on == date.fromisoformat(row["vix_am_expiry"]), row


def test_every_weekly_friday_of_the_oracle(reference_data: Path) -> None:
    rows = rows_of(reference_data, "expiry_weekly_friday.csv")
    assert len(rows) == 344
    for row in rows:
        series = option_series("SPX", "SPXW", date.fromisoformat(row["nominal_friday"]), SESSIONS)
        assert series.expires_on == date.fromisoformat(row["expiry"]), row
        assert series.settles_at == at(row["close_utc"]), row


def test_every_month_end_of_the_oracle_is_a_session(reference_data: Path) -> None:
    rows = rows_of(reference_data, "expiry_month_end.csv")
    assert len(rows) == 79
    for row in rows:
        day = date.fromisoformat(row["month_end_session"])
        assert option_series("SPX", "SPXW", day, SESSIONS).expires_on == day, row
        last_of_month = (day.replace(day=28) + timedelta(days=7)).replace(day=1) - timedelta(days=1)
        assert expiration_session(last_of_month, SESSIONS).on == day, row


def test_t5_am_and_pm_of_one_third_friday_settle_at_its_open_and_at_its_close() -> None:
    opening = option_series("SPX", "SPX", date(2019, 5, 17), SESSIONS)
    at_close = option_series("SPX", "SPXW", date(2019, 5, 17), SESSIONS)
    assert iso(opening.settles_at) == "2019-05-17T13:30:00Z"
    assert iso(at_close.settles_at) == "2019-05-17T20:00:00Z"


def test_index_options_trade_a_quarter_past_the_close_except_the_expiring_pm_series() -> None:
    """RULES 3.1, 3.2: 16:15 New York on the day before an AM expiration, 16:00 on the day of a PM one."""
    opening = option_series("SPX", "SPX", date(2019, 5, 17), SESSIONS)
    at_close = option_series("SPX", "SPXW", date(2019, 5, 17), SESSIONS)
    assert iso(opening.last_trades_at) == "2019-05-16T20:15:00Z"
    assert iso(at_close.last_trades_at) == "2019-05-17T20:00:00Z"


@pytest.mark.parametrize("half_day", [date(2019, 7, 3), date(2019, 11, 29), date(2019, 12, 24)])
def test_t4_t6_a_series_that_expires_on_a_half_day_settles_at_one(half_day: date) -> None:
    series = option_series("SPX", "SPXW", half_day, SESSIONS)
    assert SESSIONS.exchange_time(series.settles_at).time() == clock(13)


def test_t30_a_saturday_symbol_expires_on_its_friday_and_keeps_its_date() -> None:
    series = option_series("SPX", "SPX", date(2014, 11, 22), SESSIONS)
    assert (series.expires_on, series.symbol_date) == (date(2014, 11, 21), date(2014, 11, 22))
    good_friday = option_series("SPY", "SPY", date(2014, 4, 19), SESSIONS)
    assert good_friday.expires_on == date(2014, 4, 17)


def test_a_series_of_a_day_without_session_expires_before_it() -> None:
    assert option_series("SPX", "SPXW", date(2018, 12, 5), SESSIONS).expires_on == date(2018, 12, 4)


@pytest.mark.parametrize("day", [date(2019, 3, 8), date(2019, 3, 11), date(2019, 11, 1), date(2019, 11, 4)])
def test_t29_quotes_are_from_a_quarter_to_four_across_the_clock_changes(day: date) -> None:
    session = SESSIONS.on(day)
    assert session is not None
    stamp = assumed_quote_instant(session)
    assert SESSIONS.exchange_time(stamp).time() == clock(15, 45)
    assert stamp == new_york(day, "15:45")
    assert iso(stamp).endswith("T19:45:00Z" if date(2019, 3, 10) < day < date(2019, 11, 3) else "T20:45:00Z")


def test_quotes_of_a_half_day_are_from_a_quarter_to_one() -> None:
    session = SESSIONS.on(date(2019, 7, 3))
    assert session is not None
    assert iso(assumed_quote_instant(session)) == "2019-07-03T16:45:00Z"


@pytest.mark.usefixtures("tokyo")
def test_t28_the_zone_of_the_machine_changes_neither_stamps_nor_dates() -> None:
    assert datetime.now(ZoneInfo("UTC")).astimezone().tzname() == "JST"
    sessions = session_table(date(2031, 3, 7), date(2031, 3, 10))
    before, after = sessions.on(date(2031, 3, 7)), sessions.on(date(2031, 3, 10))
    assert before is not None
    assert after is not None
    assert (iso(before.closes_at), iso(after.closes_at)) == ("2031-03-07T21:00:00Z", "2031-03-10T20:00:00Z")
    assert sessions.date_of(assumed_quote_instant(before)) == date(2031, 3, 7)
    assert iso(assumed_quote_instant(before)) == "2031-03-07T20:45:00Z"


def test_a_table_reaches_beyond_its_range_and_is_built_once() -> None:
    table = session_table(date(2019, 1, 1), date(2019, 12, 31))
    assert table.last_at_or_before(date(2019, 1, 1)) is not None
    assert table.first_at_or_after(date(2020, 1, 1)) is not None
    assert session_table(date(2019, 5, 1), date(2019, 6, 1)) is table


@pytest.mark.parametrize(
    ("first", "last"),
    [(date(1921, 1, 1), date(2019, 1, 1)), (date(2019, 1, 1), date(2999, 1, 1)), (date(2019, 2, 1), date(2019, 1, 1))],
)
def test_dates_outside_of_the_calendars_are_refused(first: date, last: date) -> None:
    with pytest.raises(CalendarError):
        session_table(first, last)


def test_an_expiration_outside_of_the_table_is_refused() -> None:
    table = session_table(date(2019, 1, 1), date(2019, 12, 31))
    with pytest.raises(CalendarError, match="2025-05-16"):
        option_series("SPX", "SPXW", date(2025, 5, 16), table)
