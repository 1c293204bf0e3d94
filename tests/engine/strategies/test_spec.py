"""What a specification refuses, built by hand and at the edge through pydantic."""

from dataclasses import replace
from typing import Any

import pytest
from pydantic import TypeAdapter, ValidationError

from engine.strategies.spec import (
    DeclarativeStrategy,
    DeltaTarget,
    ExpirationSpec,
    LegSpec,
    SignalCondition,
    StrategyConfig,
)

WEEKLY = ExpirationSpec(target_dte=10, min_dte=5, max_dte=20)
LONG = LegSpec(name="long", side="buy", right="put", expiration="weekly", delta=DeltaTarget(target=0.15))
SHORT = LegSpec(name="short", side="sell", right="put", expiration="weekly", delta=DeltaTarget(target=0.30))
SPREAD = DeclarativeStrategy(
    name="spread",
    structure="put_credit_spread",
    underlying="SPX",
    expirations={"weekly": WEEKLY},
    legs=(LONG, SHORT),
)


def said(**changes: Any) -> dict[str, Any]:
    """The spread as YAML would say it."""
    text: dict[str, Any] = {
        "name": "spread",
        "kind": "declarative",
        "structure": "put_credit_spread",
        "underlying": "SPX",
        "expirations": {"weekly": {"target_dte": 10, "min_dte": 5, "max_dte": 20}},
        "legs": [
            {"name": "long", "side": "buy", "right": "put", "expiration": "weekly", "delta": {"target": 0.15}},
            {"name": "short", "side": "sell", "right": "put", "expiration": "weekly", "delta": {"target": 0.30}},
        ],
    }
    return text | changes


def test_what_is_said_and_what_is_built_are_equal() -> None:
    assert TypeAdapter[StrategyConfig](StrategyConfig).validate_python(said()) == SPREAD


def test_target_dte_lies_within_its_bounds() -> None:
    with pytest.raises(ValueError, match="target_dte 30 must lie between min_dte 5 and max_dte 20"):
        replace(WEEKLY, target_dte=30)


def test_target_delta_lies_within_its_bounds() -> None:
    with pytest.raises(ValueError, match=r"target 0\.3 must lie between minimum 0\.4 and maximum 1\.0"):
        DeltaTarget(target=0.3, minimum=0.4)


def test_a_condition_says_something_that_can_hold() -> None:
    with pytest.raises(ValueError, match="needs `above`, `below`, or both"):
        SignalCondition(signal="iv_rank")
    with pytest.raises(ValueError, match=r"cannot be above 0\.5 and below 0\.5"):
        SignalCondition(signal="iv_rank", above=0.5, below=0.5)


def test_unknown_structure_names_the_nearest() -> None:
    with pytest.raises(ValueError, match="unknown structure 'put_credit_sread': did you mean 'put_credit_spread'"):
        replace(SPREAD, structure="put_credit_sread")


def test_unknown_expiration_names_leg_and_the_nearest() -> None:
    with pytest.raises(ValueError, match="leg 'long': unknown expiration 'weakly': did you mean 'weekly'"):
        replace(SPREAD, legs=(replace(LONG, expiration="weakly"), SHORT))


def test_leg_names_are_unique() -> None:
    with pytest.raises(ValueError, match="two legs are named 'long'"):
        replace(SPREAD, legs=(LONG, replace(SHORT, name="long")))


@pytest.mark.parametrize(
    "legs",
    [(SHORT, LONG), (LONG,), (LONG, replace(SHORT, right="call")), (LONG, replace(SHORT, ratio=2))],
    ids=["order", "number", "right", "ratio"],
)
def test_legs_are_those_of_the_structure_in_its_order(legs: tuple[LegSpec, ...]) -> None:
    with pytest.raises(ValueError, match=r"put_credit_spread \(buy 1 put K1 T1, sell 1 put K2 T1\) takes its legs"):
        replace(SPREAD, legs=legs)


def test_custom_structure_takes_any_legs() -> None:
    assert replace(SPREAD, structure="custom", legs=(SHORT,)).legs == (SHORT,)


def test_at_the_edge_the_refusal_carries_its_path() -> None:
    wrong = said(expirations={"weekly": {"target_dte": 30, "min_dte": 5, "max_dte": 20}})
    with pytest.raises(ValidationError) as caught:
        TypeAdapter(DeclarativeStrategy).validate_python(wrong)
    errors = {error["loc"]: error for error in caught.value.errors()}
    error = errors["expirations", "weekly", "ExpirationSpec"]
    assert error["msg"] == "Value error, target_dte 30 must lie between min_dte 5 and max_dte 20"


def test_at_the_edge_an_unknown_key_is_refused() -> None:
    with pytest.raises(ValidationError) as caught:
        TypeAdapter(DeclarativeStrategy).validate_python(said(exits={}))
    (error,) = caught.value.errors()
    assert (error["loc"], error["type"]) == (("exits",), "unexpected_keyword_argument")
