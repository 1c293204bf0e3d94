"""Triggers on the calendar and the clock, against calendars that are known by hand."""

from datetime import date, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.errors import ConfigurationError
from engine.model import ChainSnapshot, Instrument, Leg, Position, SessionTable, Stock
from engine.strategies.entries.gate import NO_EVENTS
from engine.strategies.event_dates import EventDates
from engine.strategies.named_legs import NamedLegs
from engine.strategies.spec import EventCondition
from engine.strategies.spec.triggers import (
    BeforeEvent,
    DaysHeld,
    DaysToExpiration,
    OnWeekday,
    SessionsHeld,
    SignalTrigger,
    TimeOfDay,
    Trigger,
)
from engine.strategies.triggers import Watch, predicate
from tests.builders import chain, contract_table, new_york, put, series, session_table
from tests.engine.strategies.fake_run import FakeRun, position
from tests.engine.strategies.marked_run import opened

MAY_17, MAY_24 = series(date(2019, 5, 17)), series(date(2019, 5, 24))
MORNING = series(date(2019, 5, 17), "SPX")
TABLE = contract_table({MAY_17: [2800, 2850], MAY_24: [2850], MORNING: [2850]})
NEAR, FAR, AM = put(TABLE, MAY_17, 2800), put(TABLE, MAY_24, 2850), put(TABLE, MORNING, 2850)
HALF_DAY, HOLIDAY = date(2019, 5, 15), date(2019, 5, 27)
SESSIONS = session_table(date(2019, 4, 1), date(2019, 6, 28), holidays=[HOLIDAY], early_closes={HALF_DAY: "13:00"})
Held = tuple[Position, dict[str, Instrument]]
CALENDAR = opened({"near": (NEAR, -1, 10.0), "far": (FAR, 1, 20.0)}, new_york(date(2019, 5, 1), "15:45"))


def at(day: date, clock: str = "15:45") -> ChainSnapshot:
    return chain(TABLE, new_york(day, clock), 2900.0)


def asked(trigger: Trigger, *snapshots: ChainSnapshot, of: Held = CALENDAR) -> list[bool]:
    """Whether a trigger holds, with no value of the position that it could look at."""
    return [_ask(trigger, snapshot, of, SESSIONS) for snapshot in snapshots]


def _ask(
    trigger: Trigger, snapshot: ChainSnapshot, of: Held, sessions: SessionTable, events: EventDates = NO_EVENTS
) -> bool:
    run = FakeRun()
    run.market.sessions = sessions
    run.clock.advance(snapshot.at)
    run.positions = (of[0],)
    names = NamedLegs()
    names.opened(of[0].position_id, of[1])
    (holding,) = Watch([trigger], names).holdings(run.context, snapshot)
    return predicate(trigger, events)(holding)


MAY = [date(2019, 5, day) for day in range(1, 32)]


# --- expiration ---------------------------------------------------------------------------------------------------


def test_dte_counts_exchange_dates_to_the_nearest_expiration() -> None:
    trigger = DaysToExpiration(kind="dte", days=7)
    assert asked(trigger, at(MAY[8]), at(MAY[9]), at(MAY[16])) == [False, True, True]


def test_dte_of_one_leg_and_of_the_legs_that_are_closed() -> None:
    of_far = DaysToExpiration(kind="dte", days=7, leg="far")
    assert asked(of_far, at(MAY[15]), at(MAY[16])) == [False, True]
    closes_far = DaysToExpiration(kind="dte", days=7, legs=("far",))
    assert asked(closes_far, at(MAY[15]), at(MAY[16])) == [False, True]


def test_shares_and_legs_that_are_gone_have_no_expiration() -> None:
    shares: Held = position(Leg(Stock("SPY"), 100)), {"shares": Stock("SPY")}
    assert asked(DaysToExpiration(kind="dte", days=900), at(MAY[15]), of=shares) == [False]
    assert asked(DaysToExpiration(kind="dte", days=900, leg="other"), at(MAY[15])) == [False]


def test_t28_the_date_is_that_of_the_exchange() -> None:
    trigger = DaysToExpiration(kind="dte", days=7)
    assert asked(trigger, at(MAY[8], "23:30")) == [False]  # in New York still May 9, everywhere east of it May 10


# --- time in the trade --------------------------------------------------------------------------------------------


def test_days_held_counts_weekends_and_holidays() -> None:
    assert asked(DaysHeld(kind="days_held", days=5), at(MAY[4]), at(MAY[5])) == [False, True]


def test_sessions_held_counts_sessions_after_that_of_the_fill() -> None:
    trigger = SessionsHeld(kind="sessions_held", sessions=3)
    assert asked(trigger, at(MAY[0]), at(MAY[2]), at(MAY[5])) == [False, False, True]  # Wednesday, Friday, Monday


# --- time of day --------------------------------------------------------------------------------------------------


def test_time_of_day_holds_from_then_on_to_the_end_of_the_day() -> None:
    trigger = TimeOfDay(kind="time_of_day", at=time(15, 30))
    assert asked(trigger, at(MAY[6], "15:29"), at(MAY[6], "15:30"), at(MAY[6], "15:59"), at(MAY[7], "09:31")) == [
        False,
        True,
        True,
        False,
    ]


def test_minutes_before_close_know_half_days() -> None:
    trigger = TimeOfDay(kind="time_of_day", minutes_before_close=15)
    assert asked(trigger, at(MAY[6], "15:44"), at(MAY[6], "15:45")) == [False, True]
    assert asked(trigger, at(HALF_DAY, "12:44"), at(HALF_DAY, "12:45")) == [False, True]


def test_minutes_after_open() -> None:
    trigger = TimeOfDay(kind="time_of_day", minutes_after_open=30)
    assert asked(trigger, at(MAY[6], "09:59"), at(MAY[6], "10:00")) == [False, True]


def test_day_without_a_session_has_no_open_and_no_close() -> None:
    assert asked(TimeOfDay(kind="time_of_day", minutes_before_close=900), at(HOLIDAY)) == [False]


def test_time_of_day_on_some_weekdays_only() -> None:
    trigger = TimeOfDay(kind="time_of_day", at=time(10), weekdays=("friday",))
    assert asked(trigger, at(MAY[8]), at(MAY[9])) == [False, True]


def test_last_trading_day_of_an_afternoon_settled_option_is_its_expiration() -> None:
    trigger = TimeOfDay(kind="time_of_day", minutes_before_close=15, on_last_trading_day=True)
    assert asked(trigger, at(MAY[15]), at(MAY[16], "15:44"), at(MAY[16])) == [False, False, True]


def test_t5_last_trading_day_of_a_morning_settled_option_is_the_session_before() -> None:
    morning = opened({"am": (AM, -1, 10.0)})
    trigger = TimeOfDay(kind="time_of_day", minutes_before_close=15, on_last_trading_day=True)
    assert asked(trigger, at(MAY[14]), at(MAY[15]), of=morning) == [False, True]


@pytest.mark.parametrize("day", [date(2019, 3, 8), date(2019, 3, 11), date(2019, 11, 1), date(2019, 11, 4)])
def test_t29_a_quarter_to_four_is_a_quarter_to_four_on_both_sides_of_a_change_of_clocks(day: date) -> None:
    sessions = session_table(date(2019, 1, 1), date(2019, 12, 31))
    for trigger in (
        TimeOfDay(kind="time_of_day", at=time(15, 45)),
        TimeOfDay(kind="time_of_day", minutes_before_close=15),
    ):
        answers = [_ask(trigger, at(day, clock), CALENDAR, sessions) for clock in ("15:44", "15:45")]
        assert answers == [False, True]


# --- days of the week, events -------------------------------------------------------------------------------------


def test_weekday_holds_all_day() -> None:
    trigger = OnWeekday(kind="weekday", weekdays=("friday",))
    assert asked(trigger, at(MAY[8]), at(MAY[9], "09:31"), at(MAY[9])) == [False, True, True]


def test_weekday_without_a_session_is_kept_by_the_last_session_before_it() -> None:
    trigger = OnWeekday(kind="weekday", weekdays=("monday",))
    assert asked(trigger, at(MAY[23]), at(MAY[27])) == [True, False]  # Monday, May 27 is a holiday
    assert asked(trigger, at(MAY[16]), at(MAY[19])) == [False, True]


def test_event_is_left_in_the_sessions_before_it_and_not_on_its_day() -> None:
    tuesday = date(2019, 5, 28)
    trigger = BeforeEvent(kind="before_event", dates=(tuesday, date(2019, 4, 5)), sessions=2)
    days = [at(day) for day in (MAY[21], MAY[22], MAY[23], tuesday, MAY[28])]
    assert asked(trigger, *days) == [False, True, True, False, False]  # a weekend and a holiday lie between


def test_event_may_be_left_on_its_very_day() -> None:
    trigger = BeforeEvent(kind="before_event", dates=(MAY[6],), sessions=0)
    assert asked(trigger, at(MAY[5]), at(MAY[6]), at(MAY[7])) == [False, True, False]


def test_event_goes_by_the_name_of_its_calendar() -> None:
    events = EventDates({"earnings": [MAY[9]], "FOMC": [MAY[1]]})
    conditions = (EventCondition(event="earnings", from_sessions=-2, to_sessions=-1),)
    for trigger in (
        BeforeEvent(kind="before_event", event="earnings", sessions=2),
        SignalTrigger(kind="signal", conditions=conditions),
    ):
        answers = [_ask(trigger, at(day), CALENDAR, SESSIONS, events) for day in (MAY[6], MAY[7], MAY[8], MAY[9])]
        assert answers == [False, True, True, False]
    with pytest.raises(ConfigurationError, match="unknown event 'earning': did you mean 'earnings'"):
        predicate(BeforeEvent(kind="before_event", event="earning"), events)


def test_event_beyond_the_known_sessions_is_not_near() -> None:
    trigger = BeforeEvent(kind="before_event", dates=(date(2019, 7, 30),), sessions=1)
    assert asked(trigger, at(date(2019, 6, 28))) == [False]


# --- properties ---------------------------------------------------------------------------------------------------

DAYS = st.dates(date(2019, 5, 1), date(2019, 6, 14)).filter(lambda day: SESSIONS.on(day) is not None)


@given(DAYS, st.integers(1, 30))
def test_sessions_held_is_the_number_of_sessions_a_person_counts(day: date, sessions: int) -> None:
    passed = sum(
        SESSIONS.on(date(2019, 5, 1) + timedelta(days=after)) is not None
        for after in range(1, (day - date(2019, 5, 1)).days + 1)
    )
    assert asked(SessionsHeld(kind="sessions_held", sessions=sessions), at(day)) == [passed >= sessions]


@given(DAYS, DAYS, st.integers(1, 5))
def test_event_is_near_for_exactly_so_many_sessions(event: date, day: date, sessions: int) -> None:
    before = [one.on for one in SESSIONS.sessions if one.on < event][-sessions:]
    near = day < event and before[0] <= day
    assert asked(BeforeEvent(kind="before_event", dates=(event,), sessions=sessions), at(day)) == [near]
