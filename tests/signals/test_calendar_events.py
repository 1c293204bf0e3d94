"""Days to and from dates, and the files that they stand in."""

from datetime import date
from math import isnan
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.model import Bar
from signals.calendar_events import DaysToEvent, DaysToEventParameters
from signals.errors import SignalFileError
from tests.builders import chain, contract_table, new_york, series, session_table, weekdays

FRIDAY, MONDAY, TUESDAY = date(2019, 4, 26), date(2019, 4, 29), date(2019, 4, 30)
FIRST, LAST = date(2019, 4, 1), date(2019, 5, 31)
SESSIONS = session_table(FIRST, LAST)
EVENT = MONDAY


def days(on: date, **parameters: Any) -> float:
    signal = DaysToEvent("days", "SPX", DaysToEventParameters(**{"dates": (EVENT,), **parameters}), SESSIONS)
    value = signal.on_bar(new_york(on, "10:00"), Bar("SPX", 1, 1, 1, 1, 0))
    table = contract_table({series(date(2019, 6, 21)): [2900]})
    shown = signal.on_snapshot(chain(table, new_york(on, "23:00"), 2900.0))
    assert value is not None
    assert shown == value or isnan(value)
    return value


@pytest.mark.parametrize(
    ("on", "toward", "unit", "expected"),
    [
        (FRIDAY, "next", "days", 3.0),
        (FRIDAY, "next", "sessions", 1.0),
        (MONDAY, "next", "days", 0.0),
        (MONDAY, "next", "sessions", 0.0),
        (MONDAY, "last", "days", 0.0),
        (TUESDAY, "last", "days", 1.0),
        (date(2019, 5, 3), "last", "sessions", 4.0),
    ],
)
def test_days_are_counted_by_the_calendar_or_in_sessions(on: date, toward: str, unit: str, expected: float) -> None:
    assert days(on, toward=toward, unit=unit) == expected


def test_beyond_the_last_date_there_is_none() -> None:
    assert isnan(days(TUESDAY))
    assert isnan(days(FRIDAY, toward="last"))


def test_the_nearest_of_several_dates_counts_in_whatever_order_they_stand() -> None:
    assert days(FRIDAY, dates=(date(2019, 5, 20), EVENT, FIRST)) == 3.0
    assert days(FRIDAY, dates=(date(2019, 5, 20), EVENT, FIRST), toward="last") == 25.0


def test_an_event_on_a_weekend_is_in_the_sessions_after_it() -> None:
    saturday = date(2019, 4, 27)
    assert days(FRIDAY, dates=(saturday,), unit="sessions") == 0.0
    assert days(MONDAY, dates=(saturday,), unit="sessions", toward="last") == 1.0


@given(st.sampled_from(weekdays(FIRST, LAST)), st.sampled_from(weekdays(FIRST, LAST)))
def test_from_session_to_session_as_many_are_counted_as_there_are_steps(one: date, other: date) -> None:
    all_days = weekdays(FIRST, LAST)
    steps = all_days.index(other) - all_days.index(one)
    found = days(one, dates=(other,), unit="sessions")
    assert found == steps if steps >= 0 else isnan(found)


# --- files ------------------------------------------------------------------------------------------------------

OF_A_FILE = DaysToEventParameters(file="dates.csv", event="FOMC")


def test_dates_of_a_file_may_have_names() -> None:
    read = OF_A_FILE.with_text("date,name\n2019-04-29,FOMC\n\n2019-04-30,payrolls\n")
    assert (read.file, read.dates) == (None, (MONDAY,))
    assert DaysToEventParameters(file="dates.csv").with_text("date\n2019-04-29\n2019-04-30\n").dates == (
        MONDAY,
        TUESDAY,
    )


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("day,name\n", "line 1 is 'day,name'; it must be date or date,name"),
        ("", "line 1 is ''; it must be date or date,name"),
        ("date,name\n2019-04-31,FOMC\n", "line 2: '2019-04-31' is no date; write YYYY-MM-DD"),
        ("date,name\n2019-04-29\n", "line 2: 1 cells instead of 'date,name'"),
        ("date,name\n2019-04-29,payrolls\n", "it has no date of 'FOMC'"),
    ],
)
def test_what_is_wrong_in_a_file_is_said(text: str, message: str) -> None:
    with pytest.raises(SignalFileError, match=f"^{message}$"):
        OF_A_FILE.with_text(text)


@pytest.mark.parametrize("said", [{}, {"file": "dates.csv", "dates": (MONDAY,)}])
def test_dates_stand_in_one_place(said: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="give either `file` or `dates`"):
        DaysToEventParameters(**said)
