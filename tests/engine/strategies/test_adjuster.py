"""When adjustments are made: how often, how soon again, and not beside anything else."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from engine.model import ChainSnapshot, Fill, Intent, Leg, Order, TimeInForce
from engine.strategies.declarative import SpecifiedStrategy
from engine.strategies.spec import (
    Adjustment,
    DeclarativeStrategy,
    DeltaTarget,
    ExitRules,
    ExpirationSpec,
    LegSpec,
    RemoveLeg,
    Roll,
)
from engine.strategies.spec.triggers import DaysHeld, DeltaBreach
from tests.builders import by_delta, call, chain, contract_table, new_york, put, series, weekdays
from tests.engine.strategies.fake_run import FakeRun, position, worth

NEAR = series(date(2019, 5, 31))
TABLE = contract_table({NEAR: range(2600, 3000, 25)})
DAYS = weekdays(date(2019, 5, 13), date(2019, 5, 24))
PUT, CALL = put(TABLE, NEAR, 2750.0), call(TABLE, NEAR, 2875.0)
TESTED = DeltaBreach(kind="delta_breach", leg="short_put", above=0.30)
ROLL = Adjustment(name="down", when=(TESTED,), action=Roll(kind="roll", legs=("short_put",), direction="down"))


def spec(*adjustments: Adjustment, **changes: Any) -> DeclarativeStrategy:
    words = DeltaTarget(target=0.2)
    base = DeclarativeStrategy(
        name="test",
        structure="short_strangle",
        underlying="SPX",
        expirations={"near": ExpirationSpec(target_dte=18, min_dte=5, max_dte=40)},
        legs=(
            LegSpec(name="short_put", side="sell", right="put", expiration="near", delta=words),
            LegSpec(name="short_call", side="sell", right="call", expiration="near", delta=words),
        ),
        adjustments=adjustments,
    )
    return replace(base, **changes)


def quotes(number: int, *, tested: bool = True) -> ChainSnapshot:
    """A chain of a day on which the put of 2750 is tested, or not; the put of delta 0.2 is then the 2700."""
    puts = {2700.0: 0.20, 2750.0: 0.35, 2650.0: 0.1} if tested else {2700.0: 0.1, 2750.0: 0.2, 2650.0: 0.05}
    deltas = {-1: puts, 1: {2875.0: 0.2, 2900.0: 0.1}}
    return chain(TABLE, new_york(DAYS[number], "15:45"), 2800.0, quotes=by_delta(deltas))


class Run(FakeRun):
    """A strangle that is held under its names from the first day."""

    def __init__(self, made: DeclarativeStrategy) -> None:
        super().__init__()
        self.strategy = SpecifiedStrategy(made)
        self.strategy.named_legs.opened(1, {"short_put": PUT, "short_call": CALL})
        self.positions = (position(Leg(PUT, -1), Leg(CALL, -1), at=new_york(DAYS[0], "15:45")),)
        self.values = {1: worth(0.0)}

    def on(self, snapshot: ChainSnapshot) -> list[str]:
        """Tags of what is requested about the position."""
        self.show(self.strategy, snapshot)
        return [order.tag for order in self.orders if order.position_id == 1]

    def fill(self, order: Order, remaining: int = 0) -> None:
        """Tell the strategy of a fill; the position stays as it was, so that the same may be due again."""
        assert order.position_id is not None
        filled = Fill(
            order.order_id, order.position_id, "test", order.intent, order.structure, order.tag, 1, (),
            order.submitted_at, self.clock.now, remaining=remaining,
        )  # fmt: skip
        self.strategy.on_fill(self.context, filled)
        self.strategy.named_legs.replaced(1, "short_put", PUT)


def test_what_is_due_is_requested_once_while_its_order_is_under_way() -> None:
    run = Run(spec(ROLL))
    assert run.on(quotes(1)) == ["down"]
    run.pending = tuple(run.orders)
    assert run.on(quotes(2)) == []


def test_all_triggers_must_hold() -> None:
    both = replace(ROLL, when=(TESTED, DaysHeld(kind="days_held", days=3)))
    run = Run(spec(both))
    assert [run.on(quotes(number)) for number in (1, 2, 3)] == [[], [], ["down"]]
    assert Run(spec(both)).on(quotes(3, tested=False)) == []


def test_at_most_counts_what_filled_on_a_position_and_parts_of_one_order_once() -> None:
    run = Run(spec(replace(ROLL, at_most=2)))
    for number in range(1, 3):
        assert run.on(quotes(number)) == ["down"]
        (order,) = [one for one in run.orders if one.intent is Intent.ADJUST]
        run.fill(order, remaining=1)
        run.fill(order)
    assert run.on(quotes(3)) == []


def test_what_did_not_fill_is_not_counted() -> None:
    run = Run(spec(replace(ROLL, at_most=1, cool_down_sessions=3)))
    assert [run.on(quotes(number)) for number in (1, 2)] == [["down"], ["down"]]


def test_a_cool_down_lets_sessions_begin() -> None:
    run = Run(spec(replace(ROLL, cool_down_sessions=3)))
    run.on(quotes(1))
    run.fill(next(one for one in run.orders if one.position_id == 1))
    assert [bool(run.on(quotes(number))) for number in (2, 3, 4)] == [False, False, True]


def test_the_first_that_can_be_made_is_made_and_the_others_say_why_not() -> None:
    up = replace(ROLL, name="up", action=Roll(kind="roll", legs=("short_put",), direction="up"))
    run = Run(spec(up, ROLL, replace(ROLL, name="never")))
    assert run.on(quotes(1)) == ["down"]
    assert run.funnel["adjustment: up:not_up"] == 1
    assert run.funnel["adjustment: passed"] == 1


def test_nothing_to_do_is_no_decline() -> None:
    run = Run(spec(replace(ROLL, action=RemoveLeg(kind="remove_leg", legs=("short_put",)))))
    run.strategy.named_legs.opened(1, {"short_call": CALL})
    assert run.on(quotes(1)) == []
    assert not any(key.startswith("adjustment") for key in run.funnel)


def test_an_exit_goes_before_an_adjustment() -> None:
    run = Run(spec(ROLL, exit=ExitRules(stop_loss_percent=100)))
    run.values = {1: worth(-1_000.0)}
    assert run.on(quotes(1)) == ["stop_loss"]


@pytest.mark.parametrize("life", ["day", "gtc"])
def test_its_order_lasts_as_long_as_it_says(life: Any) -> None:
    run = Run(spec(replace(ROLL, time_in_force=life)))
    run.on(quotes(1))
    assert run.orders[0].time_in_force is TimeInForce(life)


def test_names_follow_the_fill() -> None:
    run = Run(spec(ROLL))
    run.on(quotes(1))
    order = run.orders[0]
    run.strategy.on_fill(
        run.context,
        Fill(order.order_id, 1, "test", Intent.ADJUST, "short_strangle", "down", 1, (), 0, run.clock.now),
    )
    new = put(TABLE, NEAR, 2700.0)
    held = position(Leg(new, -1), Leg(CALL, -1))
    assert run.strategy.named_legs.contracts(held) == {"short_put": new, "short_call": CALL}
