import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.fingerprint import RUN_FIELDS_OUTSIDE_HASH, canonical_json, content_hash, summary_hash

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda children: st.lists(children) | st.dictionaries(st.text(), children),
    max_leaves=20,
)
SUMMARY: dict[str, Any] = {
    "run": {"id": "a", "created": 1, "started": 2, "finished": 3, "elapsed_s": 0.5, "host": {"python": "3"}, "seed": 7},
    "capital": {"start_usd": 100.0, "end_usd": 101.25},
    "warnings": ["one", "two"],
    "artifacts": {"trades": "trades.csv"},
    "summary_hash": "0",
}


def test_the_text_is_sorted_compact_and_utf8() -> None:
    assert canonical_json({"b": [1, None, True], "a": "é"}) == '{"a":"é","b":[1,null,true]}'


@pytest.mark.parametrize(("one", "other"), [(1.0, 1), (-0.0, 0), (1e15, 10**15)])
def test_whole_numbers_are_the_same_however_they_are_written(one: float, other: int) -> None:
    assert canonical_json([one]) == canonical_json([other])


@pytest.mark.parametrize("value", [float("nan"), float("inf")])
def test_numbers_that_json_cannot_say_are_refused(value: float) -> None:
    with pytest.raises(ValueError, match="not JSON compliant"):
        canonical_json({"x": value})


def test_keys_must_be_text() -> None:
    with pytest.raises(TypeError, match="key 1 is not a string"):
        canonical_json({1: 2})


@given(JSON)
def test_writing_and_reading_again_keeps_the_hash(value: Any) -> None:
    assert content_hash(json.loads(json.dumps(value))) == content_hash(value)


@given(st.dictionaries(st.text(), JSON, min_size=2))
def test_the_order_of_keys_does_not_matter(value: dict[str, Any]) -> None:
    assert content_hash(dict(reversed(value.items()))) == content_hash(value)


@pytest.mark.parametrize("field", sorted(RUN_FIELDS_OUTSIDE_HASH))
def test_who_ran_it_where_and_when_does_not_matter(field: str) -> None:
    changed = SUMMARY | {"run": SUMMARY["run"] | {field: "something else"}}
    assert summary_hash(changed) == summary_hash(SUMMARY)


def test_names_of_files_and_the_hash_itself_do_not_matter() -> None:
    changed = SUMMARY | {"artifacts": {"trades": "elsewhere.csv"}, "summary_hash": "1"}
    assert summary_hash(changed) == summary_hash(SUMMARY)


@pytest.mark.parametrize(
    "change",
    [
        {"run": SUMMARY["run"] | {"seed": 8}},
        {"capital": SUMMARY["capital"] | {"end_usd": 101.250001}},
        {"warnings": ["two", "one"]},
        {"extra": None},
    ],
)
def test_everything_else_matters(change: dict[str, Any]) -> None:
    assert summary_hash(SUMMARY | change) != summary_hash(SUMMARY)
