"""Records that are made quickly are the dataclasses that they were, frozen where Python sees to it."""

import copy
import pickle
from dataclasses import FrozenInstanceError, dataclass, field, fields, replace

import pytest

from engine.records import quickly_made, record


@quickly_made
@dataclass(frozen=True, slots=True)
class Pair:
    """Two numbers in their order."""

    low: int
    high: int = 9
    name: str = field(default="", metadata={"hashed": "when_set"})

    def __post_init__(self) -> None:
        if self.low > self.high:
            raise ValueError("out of order")


def test_arguments_are_taken_by_place_and_by_name_and_defaults_fill_the_rest() -> None:
    assert Pair(1, 2, "a") == Pair(low=1, high=2, name="a")
    assert (Pair(1).low, Pair(1).high, Pair(1).name) == (1, 9, "")


def test_what_was_made_never_changes() -> None:
    pair = Pair(1, 2)
    with pytest.raises(FrozenInstanceError):
        pair.low = 0  # type: ignore[misc]  # what is tested
    assert pair.low == 1
    assert len({pair, Pair(1, 2)}) == 1


def test_it_is_checked_when_it_is_made() -> None:
    with pytest.raises(ValueError, match="out of order"):
        Pair(3, 2)
    with pytest.raises(TypeError, match=r"Pair.__init__\(\) missing 1 required positional argument: 'low'"):
        Pair()  # type: ignore[call-arg]  # what is tested
    with pytest.raises(TypeError, match="middle"):
        Pair(1, middle=2)  # type: ignore[call-arg]  # what is tested


def test_everything_that_copies_dataclasses_works() -> None:
    pair = Pair(1, 2)
    assert replace(pair, high=5) == Pair(1, 5)
    assert pickle.loads(pickle.dumps(pair)) == copy.deepcopy(pair) == pair
    assert [one.name for one in fields(pair)] == ["low", "high", "name"]
    assert repr(pair) == "Pair(low=1, high=2, name='')"


def test_a_subclass_without_fields_is_made_the_same_way() -> None:
    class Named(Pair):
        __slots__ = ()

    assert Named(1, 2).high == 2


@record
class Span:
    """Two numbers and a label that does not count."""

    first: int
    last: int = 9
    label: str = field(default="", compare=False)


def test_what_the_engine_makes_for_itself_is_equal_and_hashed_by_its_fields() -> None:
    assert Span(1, 2, "a") == Span(first=1, last=2)
    assert len({Span(1), Span(1, 9, "b"), Span(2)}) == 2
    assert replace(Span(1), last=3) == Span(1, 3)
    assert pickle.loads(pickle.dumps(Span(1))) == copy.deepcopy(Span(1)) == Span(1)
    assert not hasattr(Span(1), "__dict__")
