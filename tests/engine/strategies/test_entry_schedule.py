"""When an entry is due: days by the sessions of the exchange, times by its clock."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.errors import ConfigurationError
from engine.instants import utc_datetime
from engine.model import SessionTable
from engine.strategies.entries import Schedule
from engine.strategies.spec import EntrySchedule, TimeWindow
from tests.builders import new_york, session_table, weekdays

NEW_YEAR, LABOR_DAY, THANKSGIVING, GOOD_FRIDAY = (
    date(2019, 1, 1),
    date(2019, 9, 2),
    date(2019, 11, 28),
    date(2019, 4, 19),
)
HOLIDAYS = (NEW_YEAR, GOOD_FRIDAY, LABOR_DAY, THANKSGIVING, date(2019, 12, 25))
SESSIONS = session_table(
    date(2018, 12, 3), date(2020, 1, 31), holidays=HOLIDAYS, early_closes={date(2019, 11, 29): "13:00"}
)


def due_days(
    said: EntrySchedule, first: date, last: date, clock: str = "15:45", sessions: SessionTable = SESSIONS
) -> list[date]:
    """Days of the range on which the chain of a time is due."""
    schedule = Schedule(said)
    days = [session.on for session in sessions.between(first, last)]
    return [day for day in days if schedule.not_due(new_york(day, clock), sessions) is None]


def due_times(said: EntrySchedule, clocks: list[str], day: date = date(2019, 4, 25)) -> list[str]:
    """Times of a day at which a chain is due."""
    schedule = Schedule(said)
    return [clock for clock in clocks if schedule.not_due(new_york(day, clock), SESSIONS) is None]


def reasons(said: EntrySchedule, *chains: tuple[date, str]) -> list[str | None]:
    schedule = Schedule(said)
    return [schedule.not_due(new_york(day, clock), SESSIONS) for day, clock in chains]


# --- times of day -----------------------------------------------------------------------------------------------


def test_the_first_chain_at_or_after_a_time_is_due_and_no_other() -> None:
    said = EntrySchedule(times=(time(10), time(15, 45)))
    clocks = ["09:31", "09:59", "10:02", "10:03", "15:44", "15:45", "15:46"]
    assert due_times(said, clocks) == ["10:02", "15:45"]


@pytest.mark.parametrize(("tolerance", "due"), [(0, []), (1, []), (2, ["10:02"]), (30, ["10:02"])])
def test_a_chain_that_comes_too_late_after_its_time_is_not_due(tolerance: int, due: list[str]) -> None:
    assert due_times(EntrySchedule(times=(time(10),), tolerance_minutes=tolerance), ["10:02", "10:03"]) == due


def test_each_day_has_its_times_anew() -> None:
    said = EntrySchedule(times=(time(15, 45),))
    assert due_days(said, date(2019, 4, 22), date(2019, 4, 26)) == list(weekdays(date(2019, 4, 22), date(2019, 4, 26)))


def test_minutes_after_the_open_and_before_the_close() -> None:
    said = EntrySchedule(minutes_after_open=(30,), minutes_before_close=(15,), tolerance_minutes=0)
    assert due_times(said, ["09:30", "10:00", "12:45", "15:45"]) == ["10:00", "15:45"]
    assert due_times(said, ["09:30", "10:00", "12:45"], date(2019, 11, 29)) == ["10:00", "12:45"]


def test_every_chain_of_a_window_is_due_with_both_ends() -> None:
    clocks = ["09:59", "10:00", "10:30", "11:00", "11:01", "15:30"]
    assert due_times(EntrySchedule(windows=(TimeWindow(start=time(10), end=time(11)),)), clocks) == clocks[1:4]
    assert due_times(EntrySchedule(windows=(TimeWindow(start=time(11)),)), clocks) == clocks[3:]
    relative = TimeWindow(minutes_after_open=60, minutes_before_close=300)
    assert due_times(EntrySchedule(windows=(relative,)), clocks) == ["10:30", "11:00"]


def test_a_window_without_an_end_ends_at_the_close() -> None:
    said = EntrySchedule(windows=(TimeWindow(start=time(12)),))
    assert due_times(said, ["12:00", "13:00", "13:05"], date(2019, 11, 29)) == ["12:00", "13:00"]


def test_times_and_windows_add_up() -> None:
    said = EntrySchedule(times=(time(15, 45),), windows=(TimeWindow(start=time(10), end=time(11)),))
    assert due_times(said, ["10:00", "10:30", "12:00", "15:45"]) == ["10:00", "10:30", "15:45"]


def test_nothing_said_makes_every_chain_due() -> None:
    assert due_times(EntrySchedule(), ["09:31", "16:10"]) == ["09:31", "16:10"]


@pytest.mark.parametrize("spring", [True, False])
def test_t29_a_quarter_to_four_stays_a_quarter_to_four_across_the_change_of_clocks(spring: bool) -> None:
    first, last = (date(2019, 3, 6), date(2019, 3, 13)) if spring else (date(2019, 10, 30), date(2019, 11, 6))
    said = EntrySchedule(times=(time(15, 45),), tolerance_minutes=0)
    schedule, hours = Schedule(said), []
    for session in SESSIONS.between(first, last):
        for minutes in range(0, 24 * 60, 15):
            utc = datetime.combine(session.on, time(), UTC) + timedelta(minutes=minutes)
            if schedule.not_due(int(utc.timestamp()) * 10**9, SESSIONS) is None:
                hours.append(utc.strftime("%H:%M"))
    assert hours == (["20:45"] * 3 + ["19:45"] * 3 if spring else ["19:45"] * 3 + ["20:45"] * 3)


@pytest.mark.usefixtures("tokyo")
def test_t28_weekdays_and_days_to_expiration_are_those_of_the_exchange_in_tokyo() -> None:
    assert datetime.now(UTC).astimezone().tzname() == "JST"
    said = EntrySchedule(times=(time(15, 45),), weekdays=("friday",), dte={"weekly": 7})
    assert due_days(said, date(2019, 3, 4), date(2019, 3, 15)) == [date(2019, 3, 8), date(2019, 3, 15)]
    schedule = Schedule(said)
    assert schedule.not_due(new_york(date(2019, 3, 8), "15:45"), SESSIONS) is None
    assert schedule.unfit_expiration({"weekly": date(2019, 3, 15)}) is None
    assert schedule.unfit_expiration({"weekly": date(2019, 3, 16)}) == "weekly"


# --- days -------------------------------------------------------------------------------------------------------


def test_weekdays_and_the_next_session_where_one_of_them_is_closed() -> None:
    mondays = EntrySchedule(weekdays=("monday",))
    assert due_days(mondays, date(2019, 8, 26), date(2019, 9, 9)) == [
        date(2019, 8, 26),
        date(2019, 9, 3),
        date(2019, 9, 9),
    ]


@pytest.mark.parametrize(
    ("closed_day", "day"),
    [("next_session", date(2019, 4, 22)), ("previous_session", date(2019, 4, 18)), ("skip", None)],
)
def test_a_closed_friday_moves_as_said(closed_day: str, day: date | None) -> None:
    said = EntrySchedule(weekdays=("friday",), closed_day=closed_day)  # type: ignore[arg-type]  # parametrized
    assert due_days(said, date(2019, 4, 15), date(2019, 4, 24)) == ([] if day is None else [day])


def test_the_week_end_is_no_closed_day_unless_it_is_due() -> None:
    assert due_days(EntrySchedule(weekdays=("friday",)), date(2019, 4, 23), date(2019, 4, 30)) == [date(2019, 4, 26)]
    assert due_days(EntrySchedule(weekdays=("sunday",)), date(2019, 4, 23), date(2019, 4, 30)) == [date(2019, 4, 29)]


def test_days_of_the_month_move_from_closed_days() -> None:
    # June 1 and 15 are Saturdays, June 30 is a Sunday: the last day of June moves to July 1.
    said = EntrySchedule(days_of_month=(1, 15, -1))
    assert due_days(said, date(2019, 5, 31), date(2019, 7, 2)) == [
        date(2019, 5, 31),
        date(2019, 6, 3),
        date(2019, 6, 17),
        date(2019, 7, 1),
    ]
    strict = EntrySchedule(days_of_month=(1, 15, -1), closed_day="skip")
    assert due_days(strict, date(2019, 5, 31), date(2019, 7, 2)) == [date(2019, 5, 31), date(2019, 7, 1)]


def test_first_and_last_session_of_the_week() -> None:
    said = EntrySchedule(sessions_of_week=(1, -1))
    assert due_days(said, date(2019, 4, 15), date(2019, 4, 26)) == [
        date(2019, 4, 15),
        date(2019, 4, 18),
        date(2019, 4, 22),
        date(2019, 4, 26),
    ]
    assert due_days(EntrySchedule(sessions_of_week=(1,)), date(2019, 9, 2), date(2019, 9, 6)) == [date(2019, 9, 3)]


def test_first_and_last_session_of_the_month() -> None:
    said = EntrySchedule(sessions_of_month=(1, -1))
    assert due_days(said, date(2019, 8, 20), date(2019, 10, 1)) == [
        date(2019, 8, 30),
        date(2019, 9, 3),
        date(2019, 9, 30),
        date(2019, 10, 1),
    ]


def test_every_third_session_is_counted_from_the_first_that_is_seen() -> None:
    said = EntrySchedule(every_sessions=3)
    assert due_days(said, date(2019, 4, 15), date(2019, 4, 26)) == [
        date(2019, 4, 15),
        date(2019, 4, 18),
        date(2019, 4, 24),
    ]


def test_every_third_session_is_counted_from_the_day_that_is_said() -> None:
    said = EntrySchedule(every_sessions=3, since=date(2019, 4, 16))
    assert due_days(said, date(2019, 4, 15), date(2019, 4, 26)) == [
        date(2019, 4, 16),
        date(2019, 4, 22),
        date(2019, 4, 25),
    ]


def test_every_tenth_day_moves_to_the_next_session_and_the_grid_does_not() -> None:
    said = EntrySchedule(every_days=10, since=date(2019, 4, 10))  # April 20 is a Saturday, April 30 a Tuesday
    assert due_days(said, date(2019, 4, 1), date(2019, 5, 11)) == [
        date(2019, 4, 10),
        date(2019, 4, 22),
        date(2019, 4, 30),
        date(2019, 5, 10),
    ]


@pytest.mark.parametrize(
    "said",
    [EntrySchedule(every_sessions=5, since=date(2019, 5, 1)), EntrySchedule(every_days=7, since=date(2019, 5, 1))],
)
def test_nothing_is_due_before_the_first_day_that_is_said(said: EntrySchedule) -> None:
    assert due_days(said, date(2019, 4, 22), date(2019, 5, 8)) == [date(2019, 5, 1), date(2019, 5, 8)]


def test_a_first_day_before_all_sessions_is_an_error_and_not_another_count() -> None:
    with pytest.raises(ConfigurationError, match="since 2010-01-04 lies before all sessions of the run"):
        due_days(EntrySchedule(every_sessions=3, since=date(2010, 1, 4)), date(2019, 4, 15), date(2019, 4, 15))


def test_rules_of_days_hold_together() -> None:
    third_friday = EntrySchedule(weekdays=("friday",), days_of_month=tuple(range(15, 22)))
    assert due_days(third_friday, date(2019, 1, 2), date(2019, 5, 31)) == [
        date(2019, 1, 18),
        date(2019, 2, 15),
        date(2019, 3, 15),
        date(2019, 4, 22),  # Good Friday moves
        date(2019, 5, 17),
    ]


def test_exact_days_to_expiration_are_those_of_the_closed_day_that_moved() -> None:
    schedule = Schedule(EntrySchedule(dte={"monthly": 45}))
    monthly = {"monthly": LABOR_DAY + timedelta(days=45)}
    assert schedule.not_due(new_york(date(2019, 9, 3), "15:45"), SESSIONS) is None
    assert schedule.unfit_expiration(monthly) is None
    assert schedule.not_due(new_york(date(2019, 9, 4), "15:45"), SESSIONS) is None
    assert schedule.unfit_expiration(monthly) == "monthly"
    strict = Schedule(EntrySchedule(dte={"monthly": 45}, closed_day="skip"))
    assert strict.not_due(new_york(date(2019, 9, 3), "15:45"), SESSIONS) is None
    assert strict.unfit_expiration(monthly) == "monthly"


def test_reasons_name_the_rule_that_is_in_the_way() -> None:
    thursday, friday = (date(2019, 4, 25), "15:45"), (date(2019, 4, 26), "15:45")
    assert reasons(EntrySchedule(weekdays=("monday",)), thursday) == ["not_on_this_weekday"]
    assert reasons(EntrySchedule(every_sessions=2), thursday, friday) == [None, "not_in_this_session"]
    assert reasons(EntrySchedule(every_days=2), thursday, friday) == [None, "not_on_this_day"]
    assert reasons(EntrySchedule(days_of_month=(3,)), thursday) == ["not_on_this_day_of_month"]
    assert reasons(EntrySchedule(sessions_of_week=(1,)), thursday) == ["not_in_this_session_of_week"]
    assert reasons(EntrySchedule(sessions_of_month=(1,)), thursday) == ["not_in_this_session_of_month"]
    assert reasons(EntrySchedule(times=(time(10),)), thursday) == ["not_at_this_time"]
    assert reasons(EntrySchedule(times=(time(10),)), (LABOR_DAY, "10:00")) == ["no_session"]


# --- properties -------------------------------------------------------------------------------------------------

RULES = st.builds(
    EntrySchedule,
    weekdays=st.lists(st.sampled_from(["monday", "wednesday", "friday", "sunday"]), max_size=2).map(tuple),
    days_of_month=st.lists(st.integers(1, 31) | st.integers(-3, -1), max_size=2).map(tuple),
    closed_day=st.sampled_from(["next_session", "previous_session"]),
)


@given(RULES)
def test_a_day_that_is_due_moves_and_never_disappears(said: EntrySchedule) -> None:
    """Counted over the year: every run of days up to a session (or from it) holds a due day, or the session is off."""
    first, last = date(2019, 1, 2), date(2019, 12, 31)
    names = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
    due = set(due_days(said, first, last))
    for session in SESSIONS.between(date(2019, 1, 4), date(2019, 12, 20)):
        step = timedelta(days=-1 if said.closed_day == "next_session" else 1)
        dates = [session.on]
        while SESSIONS.on(dates[-1] + step) is None:
            dates.append(dates[-1] + step)
        on_weekday = not said.weekdays or any(names[day.weekday()] in said.weekdays for day in dates)
        lengths = {day: (day.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1) for day in dates}
        in_month = not said.days_of_month or any(
            number in (day.day, day.day - lengths[day].day - 1) for day in dates for number in said.days_of_month
        )
        assert (session.on in due) is (on_weekday and in_month)


@given(st.lists(st.integers(0, 389), min_size=1, max_size=60, unique=True), st.integers(0, 389), st.integers(0, 60))
def test_at_most_one_chain_is_due_for_each_time_and_it_is_the_first(
    minutes: list[int], wanted: int, tolerance: int
) -> None:
    opens = datetime(2019, 4, 25, 9, 30)  # noqa: DTZ001  # exchange clock
    clocks = {number: (opens + timedelta(minutes=number)).time() for number in [*minutes, wanted]}
    said = EntrySchedule(times=(clocks[wanted],), tolerance_minutes=tolerance)
    due = due_times(said, [clocks[number].isoformat("minutes") for number in sorted(minutes)])
    first = min((number for number in minutes if number >= wanted), default=None)
    expected = [] if first is None or first > wanted + tolerance else [clocks[first].isoformat("minutes")]
    assert due == expected


def test_the_clock_of_a_session_is_read_off_the_session() -> None:
    assert utc_datetime(new_york(date(2019, 11, 29), "12:45")).hour == 17
