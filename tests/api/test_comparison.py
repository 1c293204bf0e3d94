"""What differs between documents, and between tables."""

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.runs.comparison import ABSENT, document_differences, table_differences

SCALARS = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=3)
DOCUMENTS = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3)
)


def differences(*documents: Any) -> list[tuple[str, tuple[Any, ...]]]:
    return [(one.path, one.values) for one in document_differences(*documents)]


def test_fields_are_named_by_their_path_in_the_order_of_the_document() -> None:
    was = {"capital": {"end_usd": 1.0, "start_usd": 2.0}, "trades": [{"count": 1}, {"count": 2}], "same": [1]}
    now = {"capital": {"start_usd": 3.0, "end_usd": 1.0}, "trades": [{"count": 1}, {"count": 5}], "same": [1]}
    assert differences(was, now) == [("capital.start_usd", (2.0, 3.0)), ("trades[1].count", (2, 5))]


def test_a_whole_number_is_the_same_with_and_without_a_fraction_and_truth_is_no_number() -> None:
    assert differences({"a": 1, "b": 1}, {"a": 1.0, "b": True}) == [("b", (1, True))]


def test_what_one_of_them_does_not_have_is_absent() -> None:
    assert differences({"a": [1, 2]}, {"a": [1], "b": None}) == [("a[1]", (2, ABSENT)), ("b", (ABSENT, None))]


def test_another_kind_of_value_is_one_difference() -> None:
    assert differences({"a": {"b": 1}}, {"a": [1]}) == [("a", ({"b": 1}, [1]))]


def test_three_documents_are_compared_at_once() -> None:
    assert differences({"a": 1, "b": 1}, {"a": 1, "b": 1}, {"a": 2, "b": 1}) == [("a", (1, 1, 2))]


@given(DOCUMENTS)
def test_a_document_does_not_differ_from_itself(document: Any) -> None:
    assert differences(document, document) == []


@given(DOCUMENTS, DOCUMENTS)
def test_documents_without_a_difference_are_equal(was: Any, now: Any) -> None:
    if not differences(was, now):
        assert was == now


# --- tables -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("now", "found"),
    [
        ("id,usd\n1,2.50\n2,x\n", []),
        ("id,usd\n1,2.60\n2,y\n", [("t.csv:2 usd", ("2.50", "2.60")), ("t.csv:3 usd", ("x", "y"))]),
        ("id,usd\n1,2.50\n", [("t.csv:3", ("2,x", ABSENT))]),
        ("id,usd\n1,2.50\n2,x\n3,4\n", [("t.csv:4", (ABSENT, "3,4"))]),
        ("id,eur\n1,2.50\n2,x\n", [("t.csv:1 usd", ("usd", "eur"))]),
        ("id\n1\n2\n", [("t.csv:1", ("id,usd", "id")), ("t.csv:2", ("1,2.50", "1")), ("t.csv:3", ("2,x", "2"))]),
        ("", [("t.csv:1", ("id,usd", ABSENT)), ("t.csv:2", ("1,2.50", ABSENT)), ("t.csv:3", ("2,x", ABSENT))]),
    ],
)
def test_cells_are_named_by_line_and_column(now: str, found: list[tuple[str, tuple[Any, ...]]], tmp_path: Path) -> None:
    was, other = tmp_path / "t.csv", tmp_path / "other.csv"
    was.write_text("id,usd\n1,2.50\n2,x\n")
    other.write_text(now)
    assert [(one.path, one.values) for one in table_differences(was, other)] == found
