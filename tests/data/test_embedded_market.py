"""The market that comes with the product: every session, real levels, and a file that can be made again."""

import csv
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from data.calendar import session_table
from data.embedded_market import embedded_market
from data.errors import NotCovered

MARKET = embedded_market()


def test_every_session_has_a_row_and_nothing_else_has() -> None:
    first, last = date(2014, 1, 3), date(2018, 12, 31)
    assert MARKET.days == tuple(session.on for session in session_table(first, last).between(first, last))


def test_levels_are_those_of_the_reference_series(reference_data: Path) -> None:
    with (reference_data / "oracle" / "series_sp500_ohlc.csv").open(newline="") as file:
        rows = {date.fromisoformat(row["Date"]): row for row in csv.DictReader(file)}
    with (reference_data / "oracle" / "series_vix.csv").open(newline="") as file:
        vix = {date.fromisoformat(row["Date"]): float(row["value"]) for row in csv.DictReader(file) if row["value"]}
    for position, day in enumerate(MARKET.days):
        for name in ("open", "high", "low", "close"):
            assert getattr(MARKET, name)[position] == pytest.approx(float(rows[day][name.title()]), abs=0.0051)
        assert MARKET.vix[position] * 100 == pytest.approx(vix[day])


def test_opens_and_closes_are_between_lows_and_highs() -> None:
    assert (np.minimum(MARKET.open, MARKET.close) >= MARKET.low).all()
    assert (np.maximum(MARKET.open, MARKET.close) <= MARKET.high).all()


def test_rates_are_those_of_the_month_and_november_2018_goes_on_in_december() -> None:
    by_month = {day.replace(day=1): rate for day, rate in zip(MARKET.days, MARKET.rate.tolist(), strict=True)}
    assert len(by_month) == 60
    assert by_month[date(2018, 12, 1)] == by_month[date(2018, 11, 1)] == pytest.approx(12 * np.log(1.0018), abs=1e-6)
    assert by_month[date(2018, 10, 1)] == pytest.approx(12 * np.log(1.0019), abs=1e-6)
    assert by_month[date(2014, 1, 1)] == 0.0


@pytest.mark.parametrize("day", [date(2014, 1, 2), date(2019, 1, 1)])
def test_a_date_outside_is_refused_with_the_range(day: date) -> None:
    with pytest.raises(NotCovered, match="covers 2014-01-03 to 2018-12-31"):
        MARKET.position(day)


def test_a_holiday_stands_for_the_session_before() -> None:
    assert MARKET.days[MARKET.position(date(2014, 1, 4))] == date(2014, 1, 3)
