"""Entry rules, one at a time."""

from dataclasses import replace
from datetime import date
from math import nan

import pytest

from engine.model import Intent, Leg, Order
from engine.strategies.entries import open_or_opening, unmet_condition
from engine.strategies.spec import SignalCondition
from tests.builders import contract_table, put, series
from tests.engine.strategies.fake_run import position

MAY_10 = series(date(2019, 5, 10))
TABLE = contract_table({MAY_10: [2800, 2850]})
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
