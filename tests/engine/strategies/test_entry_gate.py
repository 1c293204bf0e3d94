"""What keeps an entry from being made: conditions and their combinations, event dates, rests, and room."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, time, timedelta
from math import nan

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.errors import ConfigurationError
from engine.model import ClosedPosition, Intent, Leg, Order, Position
from engine.strategies.entries import EntryGate, Known, compiled, full_expiration, room_to_make
from engine.strategies.event_dates import EventDates, EventDistance
from engine.strategies.expressions import Unmet
from engine.strategies.hedge_positions import HEDGE_TAG
from engine.strategies.spec import (
    AllOf,
    AnyOf,
    Condition,
    CoolDown,
    EntryRules,
    EntrySchedule,
    EventCondition,
    ExpressionCondition,
    NoneOf,
    SignalCondition,
)
from tests.builders import chain, contract_table, new_york, put, series, session_table
from tests.engine.strategies.fake_run import FakeRun, position, worth

EASTER = session_table(date(2019, 1, 2), date(2019, 12, 31), holidays=[date(2019, 4, 19)])
MAY_10, MAY_17 = series(date(2019, 5, 10)), series(date(2019, 5, 17))
TABLE = contract_table({MAY_10: [2800, 2850], MAY_17: [2800, 2850]})
LONG, SHORT = Leg(put(TABLE, MAY_10, 2800), 1), Leg(put(TABLE, MAY_10, 2850), -1)
LATER = Leg(put(TABLE, MAY_17, 2850), -1)
MONDAY = date(2019, 4, 22)
FOMC = EventDates({"FOMC": [date(2019, 5, 1), date(2019, 3, 20)], "earnings": [date(2019, 4, 20)]})


def run_at(day: date = MONDAY, clock: str = "15:45") -> FakeRun:
    run = FakeRun()
    move(run, day, clock)
    return run


def move(run: FakeRun, day: date, clock: str = "15:45") -> None:
    run.clock.advance(chain(TABLE, new_york(day, clock), 2900.0).at)


def shut(gate: EntryGate, run: FakeRun, *leaving: int) -> str | None:
    declined = gate.shut(run.context, leaving)
    return None if declined is None else f"{declined.stage}: {declined.reason}"


# --- conditions -------------------------------------------------------------------------------------------------

RANK, TREND = SignalCondition(signal="rank", above=0.3), ExpressionCondition(when="trend > 0")
HIGH = {"rank": 0.5, "trend": 1.0}


def unmet(said: Condition, signals: Mapping[str, float], today: date = MONDAY) -> Unmet | None:
    known = Known(signals.get, lambda _: None, today, EASTER)
    return compiled(said, FOMC)(known)


def test_all_of_them_hold_or_the_one_that_is_known_not_to_hold_is_named() -> None:
    both = AllOf(all_of=(RANK, TREND))
    assert unmet(both, HIGH) is None
    assert unmet(both, {"rank": 0.1, "trend": 1.0}) == Unmet("signal_not_above:rank")
    assert unmet(both, {"trend": -1.0}) == Unmet("not_met:trend > 0")
    assert unmet(both, {"trend": 1.0}) == Unmet("signal_undefined:rank", undefined=True)


def test_one_of_them_is_enough_even_where_another_is_undefined() -> None:
    either = AnyOf(any_of=(RANK, TREND))
    assert unmet(either, {"rank": nan, "trend": 1.0}) is None
    assert unmet(either, {"rank": 0.1, "trend": -1.0}) == Unmet("none_of(signal_not_above:rank; not_met:trend > 0)")
    assert unmet(either, {"rank": 0.1}) == Unmet(
        "none_of(signal_not_above:rank; signal_undefined:trend:trend > 0)", undefined=True
    )


def test_none_of_them_holds_only_where_all_are_known_not_to() -> None:
    neither = NoneOf(none_of=(RANK, TREND))
    assert unmet(neither, {"rank": 0.1, "trend": -1.0}) is None
    assert unmet(neither, {"rank": 0.5, "trend": -1.0}) == Unmet("holds:rank above 0.3")
    assert unmet(neither, {"rank": 0.1, "trend": 1.0}) == Unmet("holds:trend > 0")
    assert unmet(neither, {"rank": 0.1}) == Unmet("signal_undefined:trend:trend > 0", undefined=True)


def test_an_undefined_condition_stays_undefined_through_every_combination() -> None:
    inside = AnyOf(any_of=(AllOf(all_of=(RANK, TREND)), SignalCondition(signal="trend", below=-5)))
    assert unmet(NoneOf(none_of=(inside,)), {"rank": 0.5}) is not None
    assert unmet(NoneOf(none_of=(NoneOf(none_of=(RANK,)),)), {}) == Unmet("signal_undefined:rank", undefined=True)


def test_labels_of_combinations_say_what_holds() -> None:
    either = AnyOf(any_of=(SignalCondition(signal="rank", above=0.3, below=0.8), AllOf(all_of=(TREND,))))
    assert unmet(NoneOf(none_of=(either,)), HIGH) == Unmet("holds:(rank above 0.3 below 0.8 or (trend > 0))")
    assert unmet(NoneOf(none_of=(NoneOf(none_of=(RANK,)),)), {"rank": 0.0}) == Unmet("holds:not (rank above 0.3)")


SIMPLE = st.sampled_from([SignalCondition(signal=name, above=0.0) for name in ("a", "b", "c")])
CONDITIONS = st.recursive(
    SIMPLE,
    lambda inner: st.one_of(
        st.lists(inner, min_size=1, max_size=3).map(lambda some: AllOf(all_of=tuple(some))),
        st.lists(inner, min_size=1, max_size=3).map(lambda some: AnyOf(any_of=tuple(some))),
        st.lists(inner, min_size=1, max_size=3).map(lambda some: NoneOf(none_of=tuple(some))),
    ),
    max_leaves=8,
)


def kleene(said: Condition, truth: Mapping[str, bool | None]) -> bool | None:
    """Three-valued logic, written down once more: 1 is true, 0 is false, a half is undefined."""

    def value(one: Condition) -> float:
        match one:
            case SignalCondition(signal=name):
                known = truth[name]
                return 0.5 if known is None else float(known)
            case AllOf(all_of=inner):
                return min(map(value, inner))
            case AnyOf(any_of=inner):
                return max(map(value, inner))
            case NoneOf(none_of=inner):
                return 1 - max(map(value, inner))
        raise AssertionError(one)

    return {1.0: True, 0.0: False, 0.5: None}[value(said)]


@given(CONDITIONS, st.fixed_dictionaries({name: st.sampled_from([True, False, None]) for name in "abc"}))
def test_combinations_follow_three_valued_logic(said: Condition, truth: dict[str, bool | None]) -> None:
    signals = {name: 1.0 if known else -1.0 for name, known in truth.items() if known is not None}
    result = unmet(said, signals)
    assert (True if result is None else None if result.undefined else False) is kleene(said, truth)


# --- event dates ------------------------------------------------------------------------------------------------


def days_within(event: str, first: int, last: int, of: date, to: date) -> list[date]:
    said = EventCondition(event=event, from_sessions=first, to_sessions=last)
    return [session.on for session in EASTER.between(of, to) if unmet(said, {}, session.on) is None]


def test_sessions_before_and_after_an_event() -> None:
    april_26, april_29, april_30, may_1, may_2 = (
        date(2019, 4, 26), date(2019, 4, 29), date(2019, 4, 30), date(2019, 5, 1), date(2019, 5, 2)
    )  # fmt: skip
    span = date(2019, 4, 22), date(2019, 5, 10)
    assert days_within("FOMC", 0, 0, *span) == [may_1]
    assert days_within("FOMC", -3, -1, *span) == [april_26, april_29, april_30]
    assert days_within("FOMC", -1, 1, *span) == [april_30, may_1, may_2]
    assert days_within("FOMC", 1, 1, *span) == [may_2]


def test_an_event_on_a_closed_day_is_one_of_the_next_session() -> None:
    span = date(2019, 4, 15), date(2019, 4, 26)  # Saturday after Good Friday
    assert days_within("earnings", 0, 0, *span) == [date(2019, 4, 22)]
    assert days_within("earnings", -1, -1, *span) == [date(2019, 4, 18)]


def test_an_event_beyond_the_sessions_that_are_known_is_near_nothing() -> None:
    far = EventDistance([date(2018, 12, 3), date(2021, 1, 4)])
    assert not far.within(EASTER.sessions[-1].on, -3, 3, EASTER)
    assert not far.within(EASTER.sessions[0].on, -3, 3, EASTER)


def test_reasons_name_the_event() -> None:
    near = EventCondition(event="FOMC", from_sessions=-2)
    assert unmet(near, {}) == Unmet("event_not_near:FOMC -2 to 0")
    assert unmet(NoneOf(none_of=(near,)), {}, date(2019, 4, 30)) == Unmet("holds:FOMC -2 to 0")
    assert unmet(NoneOf(none_of=(near,)), {}) is None


def test_an_event_that_the_calendar_does_not_name_is_an_error_with_the_nearest() -> None:
    with pytest.raises(ConfigurationError, match="unknown event 'FMOC': did you mean 'FOMC'"):
        EntryGate(EntryRules(conditions=(NoneOf(none_of=(EventCondition(event="FMOC"),)),)), FOMC)


DAYS = st.dates(date(2019, 2, 1), date(2019, 11, 30))


@given(st.lists(DAYS, min_size=1, max_size=5), DAYS, st.integers(-12, 12), st.integers(0, 12))
def test_distance_is_counted_in_sessions(events: list[date], today: date, first: int, width: int) -> None:
    session = EASTER.first_at_or_after(today)
    assert session is not None
    on = [one.on for one in EASTER.sessions]
    of_events = [next(number for number, day in enumerate(on) if day >= event) for event in events]
    near = any(first <= on.index(session.on) - number <= first + width for number in of_events)
    assert EventDistance(events).within(session.on, first, first + width, EASTER) is near


# --- the gate ---------------------------------------------------------------------------------------------------


def test_an_open_gate_counts_the_stages_that_are_used() -> None:
    run = run_at()
    assert shut(EntryGate(EntryRules()), run) is None
    assert run.funnel == {"entry_instant: passed": 1, "signal: passed": 1, "max_open: passed": 1}
    shut(EntryGate(EntryRules(max_entries_per_day=1)), run)
    assert run.funnel["pace: passed"] == 1


def test_the_schedule_comes_first_and_names_its_reason() -> None:
    run = run_at()
    gate = EntryGate(EntryRules(schedule=EntrySchedule(times=(time(10),)), conditions=(RANK,)))
    assert shut(gate, run) == "entry_instant: not_at_this_time"
    assert run.funnel == {}


def test_the_first_condition_that_does_not_hold_is_named() -> None:
    gate, run = EntryGate(EntryRules(conditions=(RANK, TREND))), run_at()
    assert shut(gate, run) == "signal: signal_undefined:rank"
    run.market.signals.update(rank=0.5, trend=-1.0)
    assert shut(gate, run) == "signal: not_met:trend > 0"
    run.market.signals.update(trend=1.0)
    assert shut(gate, run) is None


def test_previous_looks_at_the_chain_before_even_where_no_entry_was_due() -> None:
    rules = EntryRules(
        schedule=EntrySchedule(times=(time(15, 45),)),
        conditions=(ExpressionCondition(when="trend > 0 and previous(trend) <= 0"),),
    )
    gate, run = EntryGate(rules), FakeRun()
    said = []
    for clock, trend in (("10:00", -1.0), ("15:45", 1.0)):
        move(run, MONDAY, clock)
        run.market.signals["trend"] = trend
        said.append(shut(gate, run))
    assert said == ["entry_instant: not_at_this_time", None]


def test_t35_a_gap_that_has_no_first_print_yet_meets_no_condition() -> None:
    gate, run = EntryGate(EntryRules(conditions=(ExpressionCondition(when="vix < 30 and vix_gap > 0.5"),))), run_at()
    run.market.signals["vix"] = 15.0
    assert shut(gate, run) == "signal: signal_undefined:vix_gap:vix < 30 and vix_gap > 0.5"
    run.market.signals["vix_gap"] = 0.8
    assert shut(gate, run) is None


# --- rests ------------------------------------------------------------------------------------------------------


def close(run: FakeRun, profit_usd: float, position_id: int) -> None:
    """A position is over now, after fees of a dollar."""
    over = replace(position(LONG, SHORT, position_id=position_id), legs=(), fees=1_000_000)
    run.closed.append(ClosedPosition(replace(over, realised=round(profit_usd * 1e6)), run.clock.now))


def resting_days(rules: EntryRules, closings: Mapping[date, float], days: int = 10) -> list[date]:
    """Sessions from Monday on in which a rest keeps entries from being made."""
    gate, run, resting = EntryGate(rules), FakeRun(), []
    for session in EASTER.between(MONDAY, MONDAY + timedelta(days=days)):
        move(run, session.on)
        if session.on in closings:
            close(run, closings[session.on], position_id=session.on.toordinal())
        if (shut(gate, run) or "").startswith("pace: after_"):
            resting.append(session.on)
    return resting


def test_a_loss_rests_for_its_sessions_that_of_the_closing_being_the_first() -> None:
    rules = EntryRules(cool_down=(CoolDown(after="loss", sessions=2),))
    assert resting_days(rules, {date(2019, 4, 26): -100.0}) == [date(2019, 4, 26), date(2019, 4, 29)]
    assert resting_days(rules, {date(2019, 4, 26): 100.0}) == []


def test_a_profit_that_the_fees_eat_is_a_loss() -> None:
    rules = EntryRules(cool_down=(CoolDown(after="loss"),))
    assert resting_days(rules, {MONDAY: 0.5}) == [MONDAY]
    assert resting_days(rules, {MONDAY: 1.0}) == []


def test_only_so_many_losses_in_a_row_rest_and_the_count_begins_anew() -> None:
    rules = EntryRules(cool_down=(CoolDown(after="loss", in_a_row=2),))
    tuesday, wednesday, thursday, friday = (MONDAY + timedelta(days=days) for days in range(1, 5))
    assert resting_days(rules, {MONDAY: -9.0, tuesday: -9.0, wednesday: -9.0, thursday: -9.0}) == [tuesday, thursday]
    assert resting_days(rules, {MONDAY: -9.0, tuesday: 9.0, wednesday: -9.0, friday: -9.0}) == [friday]


def test_any_closing_rests_where_that_is_said() -> None:
    rules = EntryRules(cool_down=(CoolDown(after="loss", sessions=9), CoolDown(after="close", sessions=3)))
    assert resting_days(rules, {MONDAY: 50.0}) == [MONDAY, date(2019, 4, 23), date(2019, 4, 24)]


def test_a_hedge_that_is_taken_off_is_no_closing() -> None:
    gate, run = EntryGate(EntryRules(cool_down=(CoolDown(after="close"),))), run_at()
    close(run, -50.0, 1)
    run.closed = [replace(one, position=replace(one.position, tag=HEDGE_TAG)) for one in run.closed]
    assert shut(gate, run) is None


def test_a_closing_of_the_night_belongs_to_the_session_before() -> None:
    gate, run = EntryGate(EntryRules(cool_down=(CoolDown(after="close"),))), run_at(date(2019, 4, 26))
    move(run, date(2019, 4, 27), "09:00")  # a Saturday
    close(run, 5.0, 1)
    move(run, date(2019, 4, 29))
    assert shut(gate, run) is None


def test_a_position_of_which_only_a_worthless_long_is_left_is_over() -> None:
    gate, run = EntryGate(EntryRules(cool_down=(CoolDown(after="loss", sessions=2),))), run_at()
    run.positions, run.values = (position(LONG, closing=True),), {1: worth(-500.0)}
    assert shut(gate, run) == "pace: after_loss"
    move(run, date(2019, 4, 24))
    run.positions = ()
    close(run, -500.0, 1)
    assert shut(gate, run) is None  # the same loss is not counted twice


# --- how often --------------------------------------------------------------------------------------------------


def enter(gate: EntryGate, run: FakeRun, order_id: int, *, filled: bool = True) -> None:
    gate.entered(run.context, order_id)
    if filled:
        run.positions = (*run.positions, position(LONG, SHORT, position_id=order_id))


def test_entries_of_a_day_are_counted_by_the_day_that_decided_them() -> None:
    gate, run = EntryGate(EntryRules(max_open_positions=9, max_entries_per_day=1)), run_at()
    assert shut(gate, run) is None
    enter(gate, run, 1, filled=False)
    run.pending = (Order(1, "test", Intent.OPEN, (LONG, SHORT), 1, 0),)
    assert shut(gate, run) == "pace: entries_of_day"
    move(run, date(2019, 4, 23))
    run.pending, run.positions = (), (position(LONG, SHORT, position_id=1),)  # filled today, decided yesterday
    assert shut(gate, run) is None


def test_an_entry_that_came_to_nothing_is_no_entry() -> None:
    gate, run = EntryGate(EntryRules(max_entries_per_day=1)), run_at()
    enter(gate, run, 1, filled=False)
    assert shut(gate, run) is None


def test_an_entry_that_is_over_again_still_counts() -> None:
    gate, run = EntryGate(EntryRules(max_entries_per_day=1)), run_at(MONDAY, "10:00")
    enter(gate, run, 1, filled=False)
    close(run, 50.0, 1)
    assert shut(gate, run) == "pace: entries_of_day"


def test_entries_of_a_week_are_forgotten_on_monday() -> None:
    gate, run = EntryGate(EntryRules(max_open_positions=9, max_entries_per_week=2)), run_at(date(2019, 4, 24))
    enter(gate, run, 1)
    assert shut(gate, run) is None
    enter(gate, run, 2)
    move(run, date(2019, 4, 26))
    assert shut(gate, run) == "pace: entries_of_week"
    move(run, date(2019, 4, 29))
    assert shut(gate, run) is None


@given(st.lists(st.tuples(st.integers(0, 3), st.booleans()), max_size=25), st.integers(1, 3), st.integers(1, 6))
def test_no_day_and_no_week_has_more_entries_than_allowed(
    looks: list[tuple[int, bool]], per_day: int, per_week: int
) -> None:
    """Looks are so many days apart; some entries come to nothing."""
    rules = EntryRules(max_open_positions=99, max_entries_per_day=per_day, max_entries_per_week=per_week)
    gate, run, day, entered = EntryGate(rules), FakeRun(), MONDAY, list[date]()
    for number, (later, filled) in enumerate(looks):
        day += timedelta(days=later)
        move(run, day)
        weeks = [one.isocalendar()[:2] for one in entered]
        full = entered.count(day) >= per_day or weeks.count(day.isocalendar()[:2]) >= per_week
        assert (shut(gate, run) is not None) is full
        if not full:
            enter(gate, run, number, filled=filled)
            entered += [day] if filled else []


# --- room -------------------------------------------------------------------------------------------------------

FIRST, SECOND = position(LONG, SHORT), position(LATER, position_id=2)
HEDGE = replace(position(LONG, position_id=3), tag=HEDGE_TAG)


def closing_order(position_id: int) -> Order:
    return Order(50, "test", Intent.CLOSE, (LONG, SHORT), 1, 0, position_id)


def opening_order(*legs: Leg) -> Order:
    return Order(51, "test", Intent.OPEN, legs, 1, 0)


@pytest.mark.parametrize(
    ("positions", "pending", "leaving", "most", "out"),
    [
        ((), (), (), 1, ()),
        ((FIRST, SECOND), (), (), 3, ()),
        ((FIRST, SECOND), (), (), 2, (1,)),
        ((FIRST, SECOND), (), (), 1, (1, 2)),
        ((FIRST, SECOND), (closing_order(1),), (), 2, ()),
        ((FIRST, SECOND), (closing_order(1),), (), 1, (2,)),
        ((FIRST, SECOND), (), (1,), 2, ()),
        ((FIRST,), (opening_order(LATER),), (), 2, (1,)),
        ((), (opening_order(LATER),), (), 1, None),
        ((position(LONG, closing=True), SECOND), (), (), 1, (2,)),
        ((FIRST, SECOND), (replace(closing_order(1), legs=(SHORT,)),), (), 2, (2,)),
        ((FIRST,), (replace(closing_order(1), legs=(SHORT,)),), (), 1, None),
        ((HEDGE, FIRST), (), (), 1, (1,)),
    ],
)
def test_the_oldest_leave_as_far_as_room_is_needed(
    positions: tuple[Position, ...],
    pending: tuple[Order, ...],
    leaving: tuple[int, ...],
    most: int,
    out: tuple[int, ...] | None,
) -> None:
    made = room_to_make(positions, pending, most, leaving)
    assert (None if made is None else tuple(one.position_id for one in made)) == out


@given(
    st.lists(st.sampled_from(["stays", "closing", "leaving", "leftover"]), max_size=6),
    st.integers(0, 3),
    st.integers(1, 6),
)
def test_after_room_was_made_one_more_is_not_too_many_and_nobody_leaves_needlessly(
    states: list[str], opening: int, most: int
) -> None:
    positions = tuple(
        position(LONG, *([] if state == "leftover" else [SHORT]), position_id=number, closing=state == "leftover")
        for number, state in enumerate(states)
    )
    pending = (
        *(closing_order(number) for number, state in enumerate(states) if state == "closing"),
        *(replace(opening_order(LATER), order_id=100 + number) for number in range(opening)),
    )
    leaving = [number for number, state in enumerate(states) if state == "leaving"]
    made = room_to_make(positions, pending, most, leaving)
    staying = states.count("stays")
    if made is None:
        assert opening + 1 > most
        return
    assert opening + staying - len(made) + 1 <= most
    assert not made or opening + staying - len(made) + 1 == most
    assert [one.position_id for one in made] == [n for n, state in enumerate(states) if state == "stays"][: len(made)]


def test_a_full_gate_is_shut_or_makes_room_as_said() -> None:
    run = run_at()
    run.positions = (FIRST,)
    stays, leaves = EntryGate(EntryRules()), EntryGate(EntryRules(when_full="close_oldest"))
    assert (shut(stays, run), stays.room_to_make(run.context)) == ("max_open: reached", ())
    assert (shut(leaves, run), leaves.room_to_make(run.context)) == (None, (FIRST,))
    assert (shut(leaves, run, 1), leaves.room_to_make(run.context, [1])) == (None, ())


def test_room_is_counted_for_each_expiration() -> None:
    near, far = {"near": date(2019, 5, 10)}, {"far": date(2019, 5, 17)}
    assert full_expiration(near, (FIRST, SECOND), (), 1) == "near"
    assert full_expiration(near, (FIRST, SECOND), (), 2) is None
    assert full_expiration(far | near, (FIRST,), (opening_order(LATER),), 1) == "far"
    assert full_expiration({"other": date(2019, 5, 24)}, (FIRST, SECOND), (), 1) is None
    assert full_expiration(near, (position(LONG, closing=True),), (), 1) is None


def test_an_expiration_that_does_not_fit_is_named() -> None:
    run = run_at()
    run.positions = (FIRST,)
    gate = EntryGate(EntryRules(max_open_positions=9, max_open_per_expiration=1))
    unfit = gate.unfit(run.context, {"near": date(2019, 5, 10)})
    assert unfit is not None
    assert (unfit.stage, unfit.reason) == ("expiration", "near:max_open_reached")
    assert gate.unfit(run.context, {"near": date(2019, 5, 17)}) is None
    exact = EntryGate(EntryRules(max_open_positions=9, schedule=EntrySchedule(dte={"near": 18})))
    assert shut(exact, run) is None
    assert exact.unfit(run.context, {"near": date(2019, 5, 10)}) is None
    unfit = exact.unfit(run.context, {"near": date(2019, 5, 11)})
    assert unfit is not None
    assert unfit.reason == "near:other_dte"
