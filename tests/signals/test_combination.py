"""Sums, changes that last, and crossings."""

from datetime import date
from itertools import pairwise
from math import isnan, nan
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.instants import Instant
from signals.base import CombinedSignal
from signals.combination import (
    Cross,
    CrossParameters,
    Debounce,
    DebounceParameters,
    WeightedSum,
    WeightedSumParameters,
)
from tests.builders import new_york, session_table, weekdays

SESSIONS = session_table(date(2019, 1, 1), date(2019, 12, 31))
DAYS = weekdays(date(2019, 4, 1), date(2019, 12, 31))


def asked(signal: CombinedSignal, at: Instant, **values: float | None) -> float:
    value = signal.on_signals(at, {name: one for name, one in values.items() if one is not None})
    return nan if value is None else value


# --- weighted sum -----------------------------------------------------------------------------------------------


def test_a_sum_is_the_constant_plus_signals_times_weights() -> None:
    score = WeightedSum("s", None, WeightedSumParameters(weights={"a": 2.0, "b": -0.5}, constant=1.0), SESSIONS)
    assert score.inputs == ("a", "b")
    assert asked(score, 0, a=3.0, b=4.0) == 5.0
    assert isnan(asked(score, 0, a=3.0))


@given(st.permutations([("a", 1e16), ("b", 1.0), ("c", -1e16)]))
def test_the_order_of_the_weights_does_not_matter(weights: list[tuple[str, float]]) -> None:
    score = WeightedSum("s", None, WeightedSumParameters(weights=dict(weights)), SESSIONS)
    assert asked(score, 0, a=1.0, b=1.0, c=1.0) == 1.0


# --- debounce ---------------------------------------------------------------------------------------------------


def debounced(**parameters: Any) -> Debounce:
    return Debounce("d", None, DebounceParameters(signal="on", **parameters), SESSIONS)


def on_days(signal: CombinedSignal, values: list[float | None], name: str = "on") -> list[float]:
    return [asked(signal, new_york(day), **{name: value}) for day, value in zip(DAYS, values, strict=False)]


def test_a_new_value_is_taken_over_after_so_many_sessions() -> None:
    found = on_days(debounced(sessions=2), [1.0, 1.0, 0.0, 1.0, 0.0, 0.0])
    assert isnan(found[0])
    assert found[1:] == [1.0, 1.0, 1.0, 1.0, 0.0]


def test_two_events_of_one_session_are_one_session() -> None:
    signal = debounced(sessions=2)
    for clock in ("10:00", "11:00", "12:00"):
        assert isnan(asked(signal, new_york(DAYS[0], clock), on=1.0))
    assert asked(signal, new_york(DAYS[1], "10:00"), on=1.0) == 1.0


def test_an_interruption_within_a_session_begins_anew() -> None:
    signal = debounced(sessions=2)
    on_days(signal, [1.0, 1.0])
    for clock, value in (("10:00", 0.0), ("11:00", 1.0), ("12:00", 0.0)):
        assert asked(signal, new_york(DAYS[2], clock), on=value) == 1.0
    assert asked(signal, new_york(DAYS[3], "10:00"), on=0.0) == 0.0


def test_a_value_may_have_to_stand_for_minutes() -> None:
    signal = debounced(minutes=5)
    shown = [asked(signal, new_york(DAYS[0], clock), on=1.0) for clock in ("10:00", "10:04", "10:05")]
    assert isnan(shown[0])
    assert isnan(shown[1])
    assert shown[2] == 1.0


def test_a_signal_without_a_value_leaves_what_was_taken_over() -> None:
    assert on_days(debounced(sessions=2), [1.0, 1.0, None, 0.0, 0.0])[1:] == [1.0, 1.0, 1.0, 0.0]


@pytest.mark.parametrize("said", [{}, {"sessions": 2, "minutes": 5}])
def test_a_debounce_has_one_unit(said: dict[str, int]) -> None:
    with pytest.raises(ValueError, match="the debounce of signal 'on' needs either `sessions` or `minutes`"):
        debounced(**said)


# --- cross ------------------------------------------------------------------------------------------------------


def crossing(**parameters: Any) -> Cross:
    return Cross("c", None, CrossParameters(signal="fast", **parameters), SESSIONS)


def test_a_crossing_is_the_session_in_which_the_sides_change() -> None:
    found = on_days(crossing(level=10.0), [9.0, 9.5, 11.0, 12.0, 8.0, 7.0], "fast")
    assert isnan(found[0])
    assert found[1:] == [0.0, 1.0, 0.0, -1.0, 0.0]


def test_touching_and_turning_back_is_no_crossing() -> None:
    assert on_days(crossing(level=10.0), [9.0, 10.0, 9.0, 10.0, 11.0], "fast")[1:] == [0.0, 0.0, 0.0, 1.0]


def test_a_crossing_is_against_the_sessions_before_and_may_be_undone_within_the_day() -> None:
    signal = crossing(over="slow")
    asked(signal, new_york(DAYS[0]), fast=1.0, slow=2.0)
    shown = [
        asked(signal, new_york(DAYS[1], clock), fast=fast, slow=2.0)
        for clock, fast in (("10:00", 3.0), ("11:00", 1.0), ("16:00", 3.0))
    ]
    assert shown == [1.0, 0.0, 1.0]
    assert asked(signal, new_york(DAYS[2]), fast=3.0, slow=2.0) == 0.0
    assert isnan(asked(signal, new_york(DAYS[3]), fast=3.0))


def test_a_crossing_reads_one_signal_or_two() -> None:
    assert crossing(over="slow").inputs == ("fast", "slow")
    assert crossing(level=1.0).inputs == ("fast",)


@pytest.mark.parametrize("said", [{}, {"over": "slow", "level": 1.0}])
def test_a_crossing_crosses_one_thing(said: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="the crossing of signal 'fast' needs either `over` or `level`"):
        crossing(**said)


@given(st.lists(st.integers(-3, 3), min_size=2, max_size=40))
def test_crossings_up_and_down_take_turns(values: list[int]) -> None:
    found = [one for one in on_days(crossing(level=0.0), [float(one) for one in values], "fast") if one in (1.0, -1.0)]
    assert all(one == -other for one, other in pairwise(found))
