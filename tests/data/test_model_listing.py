"""Expirations of the model market: those that SPX and SPXW had in each year, and no other."""

import csv
from datetime import date
from pathlib import Path

import pytest

from data.calendar import session_table
from data.model_chain.listing import ListedSeries, index_series, share_series
from data.model_chain.strikes import Rung, listed_strikes
from engine.model import ExerciseStyle

FIRST, LAST = date(2014, 1, 3), date(2018, 12, 31)
SESSIONS = session_table(FIRST, LAST)
SERIES = index_series(FIRST, LAST, SESSIONS)


def listed(day: date, root: str) -> list[date]:
    session = SESSIONS.on(day)
    assert session is not None
    return [one.key.expires_on for one in SERIES if one.key.root == root and one.trades_at(day, session.closes_at)]


def series(expires_on: date, root: str) -> ListedSeries:
    (found,) = [one for one in SERIES if (one.key.expires_on, one.key.root) == (expires_on, root)]
    return found


@pytest.mark.parametrize(
    ("day", "weekdays"),
    [
        (date(2016, 2, 22), {4}),
        (date(2016, 2, 23), {2, 4}),
        (date(2016, 8, 12), {2, 4}),
        (date(2016, 8, 15), {0, 2, 4}),
    ],
)
def test_wednesdays_come_in_february_and_mondays_in_august_2016(day: date, weekdays: set[int]) -> None:
    """RULES 2.4; end-of-month expirations and the days that give way to holidays left out."""
    month_ends = {one for one in listed(day, "SPXW") if (one.replace(day=28) - one).days <= 0}
    assert {one.weekday() for one in listed(day, "SPXW") if one not in month_ends} - {1, 3} == weekdays


def test_third_fridays_settle_at_the_open_and_since_may_2017_at_the_close_too() -> None:
    third = date(2017, 6, 16)
    assert third in listed(date(2017, 4, 28), "SPX")
    assert third not in listed(date(2017, 4, 28), "SPXW")
    assert third in listed(date(2017, 5, 1), "SPXW")
    opens, closes = series(third, "SPX"), series(third, "SPXW")
    assert opens.settles_at < closes.settles_at
    assert third not in listed(third, "SPX")


def test_holidays_move_fridays_back_and_mondays_on() -> None:
    assert date(2014, 4, 17) in listed(date(2014, 3, 3), "SPX")  # Good Friday
    assert date(2016, 9, 6) in listed(date(2016, 8, 15), "SPXW")  # Labor Day
    assert date(2018, 3, 29) in listed(date(2018, 3, 1), "SPXW")  # Good Friday, and the last session of the month


def test_symbols_of_monthlies_carry_saturdays_until_february_2015() -> None:
    assert series(date(2015, 1, 16), "SPX").key.symbol_date == date(2015, 1, 17)
    assert series(date(2014, 4, 17), "SPX").key.symbol_date == date(2014, 4, 19)
    assert series(date(2015, 2, 20), "SPX").key.symbol_date == date(2015, 2, 20)


def test_several_months_are_listed_ahead() -> None:
    for day in (date(2014, 7, 1), date(2018, 7, 2)):
        ahead = [(one - day).days for one in listed(day, "SPX")]
        assert len(ahead) == 6
        assert max(ahead) > 150
        assert sum(38 <= (one - day).days <= 52 for one in listed(day, "SPXW")) >= 1


@pytest.mark.parametrize(
    ("file", "column", "root"),
    [
        ("expiry_monthly.csv", "expiry", "SPX"),
        ("expiry_weekly_friday.csv", "expiry", None),
        ("expiry_month_end.csv", "month_end_session", "SPXW"),
    ],
)
def test_expirations_are_those_of_the_reference(reference_data: Path, file: str, column: str, root: str | None) -> None:
    with (reference_data / "oracle" / file).open(newline="") as text:
        days = [date.fromisoformat(row[column]) for row in csv.DictReader(text)]
    wanted = {day for day in days if date(2015, 1, 1) <= day <= LAST}
    assert wanted
    assert wanted <= {one.key.expires_on for one in SERIES if root in (None, one.key.root)}


def test_no_series_stands_twice_and_all_are_in_the_order_of_contract_tables() -> None:
    keys = [one.key for one in SERIES]
    assert keys == sorted(keys)
    assert len({key[:2] for key in keys}) == len(keys)


def test_fund_and_stock_have_monthlies_and_friday_weeklies() -> None:
    for root in ("XFUND", "XSTOCK"):
        found = share_series(root, FIRST, LAST, SESSIONS)
        assert {one.style for one in found} == {ExerciseStyle.AMERICAN}
        assert {one.key.root for one in found} == {root}
        assert {one.key.expires_on.weekday() for one in found} == {3, 4}  # Thursdays before holidays
        assert len(found) > 5 * 52


def test_a_wider_range_of_prices_only_adds_strikes() -> None:
    ladder = (Rung(5, 0.1, 0.05), Rung(50, 0.3, 0.2))
    before, after = (set(listed_strikes(ladder, *seen).tolist()) for seen in ((2000.0, 2010.0), (1950.5, 2060.0)))
    assert before < after
    assert listed_strikes((Rung(50, 0.1, 0.1),), 1000.0, 1000.0).tolist() == [900.0, 950.0, 1000.0, 1050.0, 1100.0]
