"""Conditions over signals as text: what they mean, what they refuse, and what they say when they do not hold."""

import ast
from collections.abc import Mapping
from math import nan

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.errors import ConfigurationError
from engine.strategies.expressions import Reference, Unmet, expression
from engine.strategies.previous_values import PreviousValues

NOW = {"rank": 0.4, "fast": 12.0, "slow": 10.0, "zero": 0.0, "iv-rank": 35.0, "not": 1.0}
BEFORE = {"rank": 0.2, "fast": 9.0, "slow": 10.0}


def reason(text: str, now: Mapping[str, float] = NOW, before: Mapping[str, float] = BEFORE) -> str | None:
    unmet = expression(text).unmet(now.get, before.get)
    return None if unmet is None else unmet.reason


@pytest.mark.parametrize(
    "text",
    [
        "rank > 0.3 and fast > slow",
        "rank < 0.3 or fast > slow",
        "not rank < 0.3",
        "0.3 < rank <= 0.4 < 1",
        "fast - slow == 2",
        "fast != slow",
        "(fast + slow) * 2 / 4 == 11",
        "fast + slow * 2 == 32",
        "-fast < -11.5",
        "abs(slow - fast) >= 2",
        "min(fast, slow, 11) == 10",
        "max(fast, slow) == 12",
        "fast > slow and previous(fast) <= previous(slow)",
        "previous(fast - slow) == -1",
        "rank - previous(rank) > 0.19",
        "'iv-rank' > 30 and 'not' == 1",
        "  rank\n   > 0.3 ",
        "zero != 0 and fast / zero > 1 or rank > 0.3",
    ],
)
def test_what_holds(text: str) -> None:
    assert reason(text) is None


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("rank > 0.5", "not_met:rank > 0.5"),
        ("rank  >\n0.5", "not_met:rank > 0.5"),
        ("rank > 0.4", "not_met:rank > 0.4"),
        ("0.3 < rank < 0.4", "not_met:0.3 < rank < 0.4"),
        ("vix > 20", "signal_undefined:vix:vix > 20"),
        ("rank > 0.3 or vix > 20", "signal_undefined:vix:rank > 0.3 or vix > 20"),
        ("not vix > 20", "signal_undefined:vix:not vix > 20"),
        ("previous(zero) < 1", "signal_undefined:previous(zero):previous(zero) < 1"),
        ("fast / zero > 1", "not_a_number:fast / zero > 1"),
        ("not fast / zero > 1", "not_a_number:not fast / zero > 1"),
        ("fast * 1e308 > 1", "not_a_number:fast * 1e308 > 1"),
    ],
)
def test_what_does_not_hold_says_the_expression_and_the_signal(text: str, said: str) -> None:
    assert reason(text) == said


@pytest.mark.parametrize("missing", [{}, {"vix": nan}])
def test_a_signal_without_a_value_is_undefined_and_not_false(missing: Mapping[str, float]) -> None:
    assert expression("vix > 20").unmet(missing.get, missing.get) == Unmet("signal_undefined:vix:vix > 20", True)
    assert expression("vix > 20").unmet({"vix": 10.0}.get, missing.get) == Unmet("not_met:vix > 20", False)


def test_an_expression_knows_what_it_asks_for() -> None:
    said = expression("fast > slow and previous(fast) <= slow and 'iv-rank' > 3")
    assert [str(one) for one in said.references] == ["fast", "slow", "previous(fast)", "iv-rank"]
    assert said.looks_back
    assert expression("fast > slow").references == (Reference("fast"), Reference("slow"))
    assert not expression("fast > slow").looks_back


KNOWN = "signals, numbers, + - * /, < <= > >= == !=, and, or, not, abs, max, min, previous"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("rank", "`rank` is no condition; compare it with something, e.g. `iv_rank > 0.3`"),
        ("rank > 0.3 and fast", "`fast` is no condition; compare it"),
        ("True", "`True` is no condition; compare it"),
        ("rank == True", f"`True` is not known here; an expression may hold {KNOWN}"),
        ("(rank > 1) + 1 > 0", "`rank > 1` is true or false and no number; join conditions with `and`, `or`, `not`"),
        ("(rank > 1) < 1", "`rank > 1` is true or false and no number"),
        ("rank ** 2 > 1", "`rank ** 2` is not known here"),
        ("rank > 0.3 & fast > 2", "`0.3 & fast` is not known here"),
        ("rank in fast", "`rank in fast` compares in a way that is not known here"),
        ("fast.slow > 1", "`fast.slow` is not known here"),
        ("fast[0] > 1", "`fast[0]` is not known here"),
        ("(lambda: 1)() > 1", "`(lambda: 1)()` is not known here"),
        ("__import__('os') > 1", "unknown function '__import__': valid: abs, max, min, previous; a signal has a name"),
        ("sma(50) > sma(200)", "unknown function 'sma': did you mean 'max'? valid: abs, max, min, previous; a signal "
         "has a name of its own and takes no arguments here, e.g. `sma50`"),
        ("prev(rank) > 1", "unknown function 'prev': did you mean 'previous'?"),
        ("abs(rank, fast) > 1", "abs takes 1 argument, not 2, in 'abs(rank, fast) > 1'"),
        ("max(rank) > 1", "max takes 2 arguments or more, not 1"),
        ("max() > 1", "max takes 2 arguments or more, not 0"),
        ("abs(x=rank) > 1", "`abs(x=rank)` is not known here"),
        ("previous(previous(rank)) > 1", "previous stands inside previous in"),
        ("rank >", "'rank >' is no expression: invalid syntax; it may hold signals, numbers"),
        ("rank = 1", "'rank = 1' is no expression: invalid syntax at character 6; it may hold signals, numbers"),
        ("", "'' is no expression"),
        ("rank > 1\0", "'rank > 1\\x00' is no expression"),
        ("rank > 1; fast > 1", "'rank > 1; fast > 1' is no expression"),
        ("rank > 1e999", "a number in 'rank > 1e999' is too large"),
        (f"rank > 1{'0' * 400}", "a number in"),
        ("rank > 1j", "`1j` is not known here"),
        (f"{'-' * 60}rank > 1", "an expression nests at most 50 deep"),
        (f"{'(' * 300}rank{')' * 300} > 1", ""),
        (f"rank > {'1 + ' * 400}1", "an expression has at most 1000 characters, this one"),
        ("rank if fast else slow", "`rank if fast else slow` is no condition"),
        ("(rank := 3) > 1", "`rank := 3` is not known here"),
    ],
)  # fmt: skip
def test_what_is_no_condition_is_refused_with_what_may_stand_there(text: str, message: str) -> None:
    with pytest.raises(ConfigurationError) as caught:
        expression(text)
    assert str(caught.value).startswith(message)


def test_previous_values_are_those_of_the_chain_before() -> None:
    crossed = expression("fast > slow and previous(fast) <= previous(slow)")
    memory, held = PreviousValues([crossed, expression("rank > 1")]), []
    for fast in (9.0, 11.0, 12.0, 8.0, 11.0):
        now = {"fast": fast, "slow": 10.0}
        memory.turn(now.get)
        held.append(crossed.unmet(now.get, memory.value_of) is None)
    assert held == [False, True, False, False, True]


def test_previous_of_the_first_chain_is_undefined() -> None:
    memory = PreviousValues([expression("previous(fast) > 1")])
    memory.turn({"fast": 3.0}.get)
    assert memory.value_of("fast") is None


# --- what Python says, as long as everything has a value --------------------------------------------------------

NAMES = st.sampled_from(["a", "b", "c"])
NUMBERS = st.recursive(
    NAMES | st.integers(0, 9).map(str),
    lambda inner: st.one_of(
        st.tuples(inner, st.sampled_from("+-*/"), inner).map(lambda it: f"({it[0]} {it[1]} {it[2]})"),
        inner.map(lambda it: f"-{it}"),
        inner.map(lambda it: f"abs({it})"),
        st.tuples(st.sampled_from(["min", "max"]), inner, inner).map(lambda it: f"{it[0]}({it[1]}, {it[2]})"),
    ),
    max_leaves=6,
)
COMPARED = st.tuples(NUMBERS, st.sampled_from(["<", "<=", ">", ">=", "==", "!="]), NUMBERS).map(" ".join)
CONDITIONS = st.recursive(
    COMPARED,
    lambda inner: st.one_of(
        st.tuples(inner, st.sampled_from(["and", "or"]), inner).map(lambda it: f"({it[0]} {it[1]} {it[2]})"),
        inner.map(lambda it: f"(not {it})"),
    ),
    max_leaves=4,
)
VALUES = st.dictionaries(NAMES, st.integers(-50, 50).map(float))


@given(CONDITIONS, VALUES)
def test_an_expression_means_what_python_means(text: str, values: dict[str, float]) -> None:
    unmet = expression(text).unmet(values.get, values.get)
    asked = {node.id for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Name)} & {"a", "b", "c"}
    if not asked <= set(values):
        assert unmet is not None
        assert unmet.undefined
        return
    try:
        truth = eval(text, {"__builtins__": {"abs": abs, "min": min, "max": max}}, values)
    except ArithmeticError:
        assert unmet is not None
        assert unmet.undefined
    else:
        assert unmet == (None if truth else Unmet(f"not_met:{text}"))
