"""The curve by calendar, in windows, and in different markets."""

from datetime import date, timedelta
from math import prod

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.benchmark import Benchmark
from engine.metrics.periods import monthly_returns, trailing_returns, yearly_returns
from engine.metrics.regimes import regimes
from engine.metrics.rolling import rolling_windows


def days(count: int, first: date = date(2019, 1, 1)) -> list[date]:
    return [first + timedelta(number) for number in range(count)]


# --- months and years -------------------------------------------------------------------------------------------


def test_a_month_begins_with_the_value_at_the_end_of_the_month_before() -> None:
    dates = [date(2018, 12, 28), date(2018, 12, 31), date(2019, 1, 2), date(2019, 1, 31), date(2019, 2, 1)]
    values = [100.0, 101.0, 110.0, 115.0, 121.0, 110.0]
    months = monthly_returns(values, dates)
    assert [(one.year, one.month, one.sessions) for one in months] == [(2018, 12, 2), (2019, 1, 2), (2019, 2, 1)]
    assert [one.total for one in months] == pytest.approx([0.10, 0.10, 110 / 121 - 1])
    assert [(year.year, year.month, year.sessions) for year in yearly_returns(values, dates)] == [
        (2018, None, 2),
        (2019, None, 3),
    ]


def test_a_month_that_begins_with_nothing_has_no_return() -> None:
    months = monthly_returns([1.0, 0.0, 0.0], [date(2019, 1, 31), date(2019, 2, 1)])
    assert [month.total for month in months] == [-1.0, None]


@given(st.lists(st.floats(0.5, 2.0), min_size=2, max_size=200))
def test_months_and_years_compound_to_the_whole(values: list[float]) -> None:
    dates = days(len(values) - 1)
    for periods in (monthly_returns(values, dates), yearly_returns(values, dates)):
        assert sum(period.sessions for period in periods) == len(dates)
        assert prod(1 + (period.total or 0.0) for period in periods) == pytest.approx(values[-1] / values[0])


def test_trailing_returns_begin_on_the_same_day_so_many_months_ago() -> None:
    dates = days(366, date(2018, 5, 31))
    values = [1.0, *(1.0 + number / 1_000 for number in range(366))]
    trailing = trailing_returns(values, dates)
    end = values[-1]
    assert dates[-1] == date(2019, 5, 31)
    assert trailing["one_year"] == pytest.approx(end / 1.0 - 1)
    assert trailing["three_months"] == pytest.approx(end / values[1 + dates.index(date(2019, 2, 28))] - 1)
    assert trailing["month_to_date"] == pytest.approx(end / values[1 + dates.index(date(2019, 4, 30))] - 1)
    assert trailing["year_to_date"] == pytest.approx(end / values[1 + dates.index(date(2018, 12, 31))] - 1)
    assert trailing["three_years"] is None


def test_to_date_begins_with_the_capital_where_the_run_began_later() -> None:
    trailing = trailing_returns([100.0, 90.0, 110.0], [date(2019, 5, 2), date(2019, 5, 3)])
    assert trailing["month_to_date"] == trailing["year_to_date"] == pytest.approx(0.10)
    assert trailing["three_months"] is None


# --- windows ----------------------------------------------------------------------------------------------------


def test_windows_end_with_months_as_soon_as_the_curve_is_long_enough() -> None:
    dates = days(120)
    windows = rolling_windows([1.0 + number / 100 for number in range(121)], dates)
    assert [(window.ends_on, window.sessions) for window in windows] == [
        (date(2019, 3, 31), 63),
        (date(2019, 4, 30), 63),
    ]
    assert windows[0].total == pytest.approx((1 + 0.90) / (1 + 0.27) - 1)
    assert windows[0].max_drawdown == 0.0


# --- regimes ----------------------------------------------------------------------------------------------------


def test_a_day_belongs_to_what_was_known_of_the_benchmark_the_evening_before() -> None:
    rising = [100.0 + number for number in range(60)]
    crash = [50.0]
    own = [1.0, *([1.0] * 60), 0.9]
    found = {(one.kind, one.name): one for one in regimes(own, Benchmark("SPX", rising + crash))}
    up = found[("trend", "rising")]
    assert up.days == 11
    assert up.worst_day == pytest.approx(-0.1)
    assert ("trend", "falling") not in found
    assert sum(one.days for key, one in found.items() if key[0] == "volatility") == 61 - 22


def test_before_the_benchmark_has_a_past_there_are_no_regimes() -> None:
    assert regimes([1.0, 1.1, 1.2], Benchmark("SPX", [100.0, 101.0])) == []
