"""Entry and exit rules, one at a time."""

from dataclasses import replace
from datetime import date
from math import nan

import pytest

from engine.model import Intent, Leg, Order, Position, Stock
from engine.strategies.entries import open_or_opening, unmet_condition
from engine.strategies.exits import (
    Holding,
    days_to_nearest_expiration,
    dte_exit,
    due_exits,
    profit_target,
    stop_loss,
)
from engine.strategies.spec import ExitRules, SignalCondition
from tests.builders import chain, contract_table, new_york, put, series
from tests.engine.strategies.fake_run import FakeRun, position, worth

MAY_10 = series(date(2019, 5, 10))
MAY_17 = series(date(2019, 5, 17))
TABLE = contract_table({MAY_10: [2800, 2850], MAY_17: [2850]})
LONG, SHORT = Leg(put(TABLE, MAY_10, 2800), 1), Leg(put(TABLE, MAY_10, 2850), -1)
HELD = position(LONG, SHORT, credit_usd=1_000)


def order(intent: Intent, position_id: int | None = None) -> Order:
    return Order(50, "test", intent, (LONG, SHORT), 1, 0, position_id)


# --- signal conditions ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        (0.5, None),
        (0.3, "signal_not_above:iv_rank"),
        (0.8, "signal_not_below:iv_rank"),
        (None, "signal_undefined:iv_rank"),
        (nan, "signal_undefined:iv_rank"),
    ],
)
def test_condition_holds_strictly_between_its_bounds_and_never_without_a_value(
    value: float | None, reason: str | None
) -> None:
    condition = SignalCondition(signal="iv_rank", above=0.3, below=0.8)
    assert unmet_condition([condition], lambda _: value) == reason


def test_all_conditions_must_hold_and_the_first_that_does_not_is_named() -> None:
    rank, trend = SignalCondition(signal="rank", above=0), SignalCondition(signal="trend", below=0)
    assert unmet_condition([rank, trend], {"rank": 1.0, "trend": -1.0}.get) is None
    assert unmet_condition([rank, trend], {"rank": 1.0, "trend": 1.0}.get) == "signal_not_below:trend"
    assert unmet_condition([], lambda _: None) is None


# --- open positions ---------------------------------------------------------------------------------------------


def test_open_positions_and_pending_entries_count_but_pending_exits_do_not() -> None:
    assert open_or_opening((), ()) == 0
    assert open_or_opening((HELD,), (order(Intent.OPEN), order(Intent.CLOSE, 1))) == 2


def test_worthless_long_leg_that_was_left_behind_does_not_count() -> None:
    left_behind = position(LONG, closing=True)
    assert open_or_opening((left_behind,), ()) == 0
    assert open_or_opening((replace(left_behind, closing=False),), ()) == 1
    assert open_or_opening((position(LONG, SHORT, closing=True),), ()) == 1


# --- exits ------------------------------------------------------------------------------------------------------


def holding(profit_usd: float, *, trusted: bool = True, of: Position = HELD, days: int | None = 10) -> Holding:
    return Holding(of, worth(profit_usd, trusted=trusted), days)


@pytest.mark.parametrize(("profit", "hit"), [(-1_999.99, False), (-2_000.0, True), (-2_500.0, True), (500.0, False)])
def test_stop_triggers_at_its_multiple_of_the_credit(profit: float, hit: bool) -> None:
    assert stop_loss(holding(profit), ExitRules(stop_loss_percent=200)) is hit


@pytest.mark.parametrize(("profit", "hit"), [(499.99, False), (500.0, True), (-500.0, False)])
def test_profit_target_triggers_at_its_part_of_the_credit(profit: float, hit: bool) -> None:
    assert profit_target(holding(profit), ExitRules(profit_target_percent=50)) is hit


def test_percentages_of_a_debit_are_of_what_was_paid() -> None:
    debit = position(LONG, credit_usd=-400)
    assert stop_loss(holding(-200, of=debit), ExitRules(stop_loss_percent=50))
    assert profit_target(holding(400, of=debit), ExitRules(profit_target_percent=100))


def test_t17_neither_stop_nor_target_trigger_on_marks_that_cannot_be_trusted() -> None:
    rules = ExitRules(stop_loss_percent=10, profit_target_percent=10, dte=20)
    assert not stop_loss(holding(-9_000, trusted=False), rules)
    assert not profit_target(holding(9_000, trusted=False), rules)
    assert dte_exit(holding(0, trusted=False), rules)


def test_without_a_premium_a_percentage_of_it_means_nothing() -> None:
    free = position(LONG, SHORT, credit_usd=0)
    assert not stop_loss(holding(-1, of=free), ExitRules(stop_loss_percent=1))
    assert not profit_target(holding(1, of=free), ExitRules(profit_target_percent=1))


@pytest.mark.parametrize(("days", "hit"), [(8, False), (7, True), (0, True), (None, False)])
def test_dte_exit_triggers_at_its_number_of_days_or_fewer(days: int | None, hit: bool) -> None:
    assert dte_exit(holding(0, days=days), ExitRules(dte=7)) is hit


def test_rules_that_are_left_out_never_trigger() -> None:
    worst = holding(-9_000, days=0)
    assert not any(rule(worst, ExitRules()) for rule in (stop_loss, profit_target, dte_exit))


def test_t28_days_are_exchange_dates_to_the_nearest_leg() -> None:
    calendar = position(Leg(put(TABLE, MAY_17, 2850), 1), SHORT)
    assert days_to_nearest_expiration(calendar, date(2019, 5, 1)) == 9
    assert days_to_nearest_expiration(position(Leg(Stock("SPY"), 100)), date(2019, 5, 1)) is None


def due(run: FakeRun, rules: ExitRules) -> list[str]:
    return [tag for _, tag in due_exits(run.context, rules)]


@pytest.fixture
def run() -> FakeRun:
    """On May 3, seven days before expiration, with the spread at a loss of twice its credit."""
    fake = FakeRun()
    fake.clock.advance(chain(TABLE, new_york(date(2019, 5, 3), "15:45"), 2850.0).at)
    fake.positions = (HELD,)
    fake.values = {1: worth(-2_000)}
    return fake


def test_the_first_rule_in_the_documented_order_names_the_exit(run: FakeRun) -> None:
    every = ExitRules(stop_loss_percent=200, profit_target_percent=50, dte=7)
    assert due(run, every) == ["stop_loss"]
    run.values = {1: worth(500)}
    assert due(run, every) == ["profit_target"]
    run.values = {1: worth(0)}
    assert due(run, every) == ["dte_exit"]
    assert due(run, replace(every, dte=6)) == []


def test_no_second_exit_while_one_is_under_way(run: FakeRun) -> None:
    rules = ExitRules(stop_loss_percent=200)
    run.pending = (order(Intent.CLOSE, 1),)
    assert due(run, rules) == []
    run.pending = (order(Intent.CLOSE, 2),)
    assert due(run, rules) == ["stop_loss"]
    run.pending, run.positions = (), (replace(HELD, closing=True),)
    assert due(run, rules) == []


def test_t29_days_are_right_across_the_change_of_clocks() -> None:
    fake = FakeRun()
    monday = series(date(2019, 3, 11))
    table = contract_table({monday: [2800, 2850]})
    fake.positions = (position(Leg(put(table, monday, 2800), 1), Leg(put(table, monday, 2850), -1)),)
    fake.values = {1: worth(0)}
    fake.clock.advance(new_york(date(2019, 3, 8), "23:30"))  # 04:30 UTC on Saturday; clocks change on Sunday
    assert due(fake, ExitRules(dte=2)) == []
    assert due(fake, ExitRules(dte=3)) == ["dte_exit"]
