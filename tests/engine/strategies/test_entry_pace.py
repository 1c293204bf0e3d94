"""How often entries are made: rests after what was closed, and entries of a day and of a week."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from engine.model import ClosedPosition, Intent, Order
from engine.strategies.entries import EntryGate
from engine.strategies.hedge_positions import HEDGE_TAG
from engine.strategies.spec import CoolDown, EntryRules
from tests.engine.strategies.fake_run import FakeRun, position, worth
from tests.engine.strategies.gates import EASTER, LONG, MONDAY, SHORT, move, run_at, shut


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
