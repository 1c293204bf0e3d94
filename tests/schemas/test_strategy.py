from dataclasses import dataclass
from typing import Annotated, Any

import pytest
from annotated_types import Interval

from engine.strategies.spec import DeclarativeStrategy, PythonStrategy
from schemas.errors import InvalidConfiguration
from schemas.strategy import parse_strategy, typed_parameters

SPREAD = """\
name: spread
structure: put_credit_spread
underlying: SPX
expirations: {near: {target_dte: 30, min_dte: 20, max_dte: 45}}
legs:
  - {name: long, side: buy, right: put, expiration: near, delta: {target: 0.05}}
  - {name: short, side: sell, right: put, expiration: near, delta: {target: 0.16}}
"""


@dataclass(frozen=True)
class Parameters:
    days: Annotated[int, Interval(ge=1, le=60)] = 30
    width: float = 25.0

    def __post_init__(self) -> None:
        if self.width <= 0:
            raise ValueError(f"width {self.width:g} must be positive")


def test_a_strategy_on_its_own() -> None:
    assert isinstance(parse_strategy(SPREAD), DeclarativeStrategy)
    programmed = parse_strategy("{name: mine, kind: python, source: 'my.py:Mine', parameters: {days: 3}}")
    assert programmed == PythonStrategy(name="mine", kind="python", source="my.py:Mine", parameters={"days": 3})


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("right: put", "right: putt", "put.yaml:6: legs[0].right: unknown value 'putt'; did you mean 'put'?"),
        ("expiration: near", "expiration: far", "put.yaml:6: legs[0].expiration: leg 'long': unknown expiration 'far'"),
    ],
)
def test_problems_name_file_line_and_path(old: str, new: str, message: str) -> None:
    with pytest.raises(InvalidConfiguration) as caught:
        parse_strategy(SPREAD.replace(old, new, 1), "put.yaml")
    assert str(caught.value).startswith(message)


def test_parameters_become_their_dataclass() -> None:
    assert typed_parameters(Parameters, {"days": 5}, ()) == Parameters(days=5)


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"dais": 5}, "strategies[0].parameters.dais: unknown key; did you mean 'days'?"),
        ({"days": 0}, "strategies[0].parameters.days: expected a value greater than or equal to 1, got 0"),
        ({"days": "5"}, "strategies[0].parameters.days: expected a whole number, got '5'"),
        ({"width": -1}, "strategies[0].parameters: width -1 must be positive"),
    ],
)
def test_wrong_parameters_are_named(values: dict[str, Any], message: str) -> None:
    with pytest.raises(InvalidConfiguration) as caught:
        typed_parameters(Parameters, values, ("strategies", 0, "parameters"))
    assert str(caught.value) == message
