"""Signals that are on or off."""

from math import isnan, nan

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.strategies.spec import SignalCondition
from signals.base import CombinedSignal
from signals.conditions import AllHold, AnyHolds, ConditionsParameters, Threshold, ThresholdParameters
from tests.signals.smiles import AT, SESSIONS

CONDITIONS = ConditionsParameters(
    conditions=(SignalCondition(signal="rank", above=0.3), SignalCondition(signal="vix", above=10.0, below=25.0))
)


def asked(signal: CombinedSignal, **values: float) -> float:
    value = signal.on_signals(AT, values)
    return nan if value is None else value


def joined(kind: type[CombinedSignal]) -> CombinedSignal:
    return kind("joined", None, CONDITIONS, SESSIONS)


def test_all_is_on_while_every_condition_holds() -> None:
    assert asked(joined(AllHold), rank=0.31, vix=20.0) == 1.0
    assert asked(joined(AllHold), rank=0.30, vix=20.0) == 0.0
    assert asked(joined(AllHold), rank=0.31, vix=25.0) == 0.0


def test_any_is_on_while_one_condition_holds() -> None:
    assert asked(joined(AnyHolds), rank=0.31, vix=30.0) == 1.0
    assert asked(joined(AnyHolds), rank=0.30, vix=20.0) == 1.0
    assert asked(joined(AnyHolds), rank=0.30, vix=10.0) == 0.0


def test_an_answer_that_depends_on_a_signal_without_a_value_is_undefined() -> None:
    assert isnan(asked(joined(AllHold), rank=0.31))
    assert asked(joined(AllHold), rank=0.30) == 0.0
    assert asked(joined(AnyHolds), rank=0.31) == 1.0
    assert isnan(asked(joined(AnyHolds), rank=0.30))


def test_a_combination_reads_the_signals_of_its_conditions() -> None:
    assert joined(AllHold).inputs == ("rank", "vix")


@given(st.floats(0.0, 1.0), st.floats(0.0, 50.0))
def test_all_is_never_on_without_any(rank: float, vix: float) -> None:
    assert asked(joined(AllHold), rank=rank, vix=vix) <= asked(joined(AnyHolds), rank=rank, vix=vix)


# --- threshold --------------------------------------------------------------------------------------------------


def switched(values: list[float | None], **parameters: float) -> list[float]:
    signal = Threshold("switch", None, ThresholdParameters(signal="rsi", **parameters), SESSIONS)
    return [asked(signal, **({} if value is None else {"rsi": value})) for value in values]


def test_a_threshold_switches_strictly_above() -> None:
    assert switched([69.0, 70.0, 71.0, 70.0], above=70.0) == [0.0, 0.0, 1.0, 0.0]


def test_a_threshold_below_is_released_beyond_its_release_only() -> None:
    assert switched([40.0, 29.0, 45.0, 50.0, 45.0, 29.9], below=30.0, release=50.0) == [0.0, 1.0, 1.0, 0.0, 0.0, 1.0]


def test_a_threshold_of_nothing_is_undefined_and_stays_as_it_was() -> None:
    found = switched([80.0, None, 60.0, 50.0], above=70.0, release=50.0)
    assert isnan(found[1])
    assert (found[0], *found[2:]) == (1.0, 1.0, 0.0)


@given(st.lists(st.floats(-100.0, 100.0), max_size=20), st.floats(-50.0, 50.0), st.floats(0.0, 20.0))
def test_a_threshold_from_below_mirrors_one_from_above(values: list[float], at: float, slack: float) -> None:
    mirrored = switched([-value for value in values], below=-at, release=-at + slack)
    assert switched(list(values), above=at, release=at - slack) == mirrored


@pytest.mark.parametrize(
    ("said", "message"),
    [
        ({}, "the threshold on signal 'rsi' needs either `above` or `below`"),
        ({"above": 1.0, "below": 2.0}, "needs either `above` or `below`"),
        ({"above": 70.0, "release": 71.0}, "release 71.0 must not lie above 70.0, where it switches on"),
        ({"below": 30.0, "release": 29.0}, "release 29.0 must not lie below 30.0, where it switches on"),
    ],
)
def test_a_threshold_that_cannot_be_is_refused(said: dict[str, float], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        ThresholdParameters(signal="rsi", **said)
