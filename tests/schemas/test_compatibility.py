"""What counts as a change that breaks somebody: by hand, and by documents that are valid by the older schema."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from schemas.compatibility import narrowings

ENTRY = {
    "type": "object",
    "properties": {"name": {"type": "string"}},
    "required": ["name"],
    "additionalProperties": False,
}


def entry(**changes: Any) -> dict[str, Any]:
    return {**ENTRY, **changes}


def nullable(schema: dict[str, Any]) -> dict[str, Any]:
    return {"anyOf": [schema, {"type": "null"}]}


NUMBER, INTEGER, TEXT = {"type": "number"}, {"type": "integer"}, {"type": "string"}
SIZE = {"name": TEXT, "size": NUMBER}
TREE = {"$ref": "#/$defs/Tree", "$defs": {"Tree": entry(properties={"name": TEXT, "of": {"$ref": "#/$defs/Tree"}})}}
DEEPER = {
    "$ref": "#/$defs/Tree",
    "$defs": {"Tree": entry(properties={"name": INTEGER, "of": {"$ref": "#/$defs/Tree"}})},
}
A_OR_B, PAIR = {"enum": ["a", "b"]}, {"type": "array", "prefixItems": [TEXT, NUMBER], "minItems": 2, "maxItems": 2}

KEEPING = {
    "the same": (ENTRY, ENTRY),
    "another description": ({**NUMBER, "description": "one"}, {**NUMBER, "description": "other"}),
    "a new field that may be left out": (ENTRY, entry(properties=SIZE)),
    "a field that may be left out": (ENTRY, entry(required=[])),
    "a wider number": (INTEGER, NUMBER),
    "a field that may be null": (NUMBER, nullable(NUMBER)),
    "one more word": (A_OR_B, {"enum": ["a", "b", "c"]}),
    "words instead of one": ({"const": "a"}, A_OR_B),
    "words instead of a union": (A_OR_B, {"anyOf": [{"const": "a"}, {"const": "b"}]}),
    "a lower bound": ({"type": "number", "minimum": 1}, {"type": "number", "minimum": 0}),
    "a longer tuple as a list": (PAIR, {"type": "array", "items": {"type": ["string", "number"]}}),
    "a recursion": (TREE, TREE),
    "a definition of another name": (
        {"$ref": "#/$defs/One", "$defs": {"One": ENTRY}},
        {"$ref": "#/$defs/Two", "$defs": {"Two": ENTRY}},
    ),
}
BREAKING = {
    "a field is gone": (entry(properties=SIZE), ENTRY, "size: is known no more"),
    "a field is new and must be there": (
        ENTRY,
        entry(properties=SIZE, required=["name", "size"]),
        "size: is required and was not",
    ),
    "a field must be there": (entry(required=[]), ENTRY, "name: is required and was not"),
    "a narrower number": (NUMBER, INTEGER, "the document: number is accepted no more"),
    "null is gone": (nullable(NUMBER), NUMBER, "the document: null is accepted no more"),
    "a word is gone": (A_OR_B, {"const": "a"}, "the document: 'b' is accepted no more"),
    "text becomes words": (TEXT, A_OR_B, "the document: only 'a', 'b' is accepted"),
    "a higher bound": ({**NUMBER, "minimum": 0}, {**NUMBER, "minimum": 1}, "the document: minimum 1 was 0"),
    "a new pattern": (TEXT, {**TEXT, "pattern": "^a"}, 'the document: pattern "^a" was null'),
    "names become few": (
        {"type": "object"},
        {"type": "object", "additionalProperties": False},
        "*: only nothing is accepted",
    ),
    "deep inside": (
        entry(properties={"name": {"type": "array", "items": entry(properties=SIZE)}}),
        entry(properties={"name": {"type": "array", "items": ENTRY}}),
        "name[].size: is known no more",
    ),
    "inside of a recursion": (TREE, DEEPER, "name: string is accepted no more"),
    "a member of a union": (
        {"anyOf": [TEXT, entry(properties=SIZE)]},
        {"anyOf": [TEXT, ENTRY]},
        "the document: object is accepted no more",
    ),
    "a shorter tuple": (PAIR, {**PAIR, "maxItems": 1}, "the document: maxItems 1 was 2"),
    "1 is not true": ({"const": 1}, {"const": True}, "the document: 1 is accepted no more"),
    "something unknown": (NUMBER, {**NUMBER, "not": {"const": 3}}, 'the document: not {"const": 3} was null'),
}


@pytest.mark.parametrize("name", KEEPING)
def test_nothing_is_lost_by(name: str) -> None:
    assert narrowings(*KEEPING[name]) == []


@pytest.mark.parametrize("name", BREAKING)
def test_it_breaks_when(name: str) -> None:
    old, new, said = BREAKING[name]
    assert narrowings(old, new) == [said]


def test_who_ignores_what_it_does_not_know_takes_new_fields_but_misses_old_ones() -> None:
    longer = entry(properties=SIZE, required=["name", "size"])
    assert narrowings(longer, ENTRY, ignores_unknown=True) == []
    assert narrowings(ENTRY, longer, ignores_unknown=True) == ["size: is required and was not"]


NAMES = st.sampled_from("abc")
VALUES = st.sampled_from([None, True, False, 0, 1, 2, 0.5, "", "a", "bb"])
BOUNDS = st.integers(0, 3)
SIMPLE = st.one_of(
    st.sampled_from([{"type": one} for one in ("null", "boolean", "integer", "number", "string", "object", "array")]),
    st.builds(lambda low, room: {"type": "number", "minimum": low, "maximum": low + room}, BOUNDS, BOUNDS),
    st.builds(
        lambda kind, low: {"type": kind, "exclusiveMinimum": low}, st.sampled_from(["integer", "number"]), BOUNDS
    ),
    st.builds(lambda most: {"type": "string", "maxLength": most}, BOUNDS),
    st.lists(VALUES, min_size=1, max_size=3).map(lambda values: {"enum": values}),
    VALUES.map(lambda value: {"const": value}),
    st.booleans(),
    st.just({"$ref": "#/$defs/Other"}),
)


def larger(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.one_of(
        st.builds(
            lambda properties, required, others: {
                "type": "object",
                "properties": properties,
                "required": sorted(required),
                "additionalProperties": others,
            },
            st.dictionaries(NAMES, inner, max_size=3),
            st.sets(NAMES, max_size=2),
            st.one_of(st.booleans(), inner),
        ),
        st.builds(lambda one, most: {"type": "array", "items": one, "maxItems": most}, inner, BOUNDS),
        st.builds(
            lambda few, rest: {"type": "array", "prefixItems": few, "items": rest},
            st.lists(inner, min_size=1, max_size=2),
            inner,
        ),
        st.lists(inner, min_size=1, max_size=3).map(lambda branches: {"anyOf": branches}),
    )


SCHEMAS = st.recursive(SIMPLE, larger, max_leaves=6)
DOCUMENTS = st.recursive(
    VALUES,
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(NAMES, inner, max_size=3)),
    max_leaves=6,
)


def whole(schema: Any, other: Any) -> Any:
    return {**(schema if isinstance(schema, dict) else {"anyOf": [schema]}), "$defs": {"Other": other}}


@st.composite
def changes(draw: st.DrawFn) -> tuple[Any, Any]:
    """A schema, and what became of it: mostly itself with one part replaced."""
    old, other = (
        draw(SCHEMAS),
        draw(
            st.sampled_from([NUMBER, ENTRY, nullable(entry(properties={"a": {"$ref": "#/$defs/Other"}}, required=[]))])
        ),
    )
    new = draw(st.one_of(st.just(old).map(lambda one: replaced(one, draw(SIMPLE), draw)), SCHEMAS))
    return whole(old, other), whole(new, draw(st.sampled_from([other, NUMBER, True])))


def replaced(schema: Any, part: Any, draw: st.DrawFn) -> Any:
    if not isinstance(schema, dict) or draw(st.integers(0, 3)) == 0:
        return draw(st.sampled_from([schema, part, {"anyOf": [schema, part]}]))
    key = draw(st.sampled_from(sorted(schema)))
    value = schema[key]
    if isinstance(value, dict) and key == "properties" and value:
        name = draw(st.sampled_from(sorted(value)))
        kept = {one: schema for one, schema in value.items() if one != name}
        return {**schema, key: draw(st.sampled_from([kept, {**value, name: replaced(value[name], part, draw)}]))}
    if key in ("anyOf", "prefixItems"):
        return {**schema, key: [replaced(value[0], part, draw), *value[1:]]}
    return {**schema, key: replaced(value, part, draw)} if key in ("items", "additionalProperties") else schema


@given(changes(), st.lists(DOCUMENTS, min_size=20, max_size=20), st.booleans())
def test_whatever_the_old_schema_accepts_the_new_one_accepts_or_it_is_told(
    change: tuple[Any, Any], documents: list[Any], ignores: bool
) -> None:
    old, new = change
    if narrowings(old, new, ignores_unknown=ignores):
        return
    reader = opened(new) if ignores else new
    by_old, by_new = Draft202012Validator(old), Draft202012Validator(reader)
    assert [one for one in documents if by_old.is_valid(one) and not by_new.is_valid(one)] == []


def opened(schema: Any) -> Any:
    """The schema of a reader that passes over what it does not know."""
    if isinstance(schema, list):
        return [opened(one) for one in schema]
    if not isinstance(schema, dict):
        return schema
    return {
        key: True
        if key == "additionalProperties" and one is False
        else one
        if key in ("enum", "const")
        else opened(one)
        for key, one in schema.items()
    }


@given(SCHEMAS, st.sampled_from([NUMBER, ENTRY]))
def test_a_schema_is_compatible_with_itself(schema: Any, other: Any) -> None:
    found = whole(schema, other)
    assert narrowings(found, found) == []
    described = {**found, "description": "the same in other words"}
    assert narrowings(found, described) == []
