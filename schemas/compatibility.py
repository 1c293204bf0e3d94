"""Whether every document of one JSON schema is valid by another: what a schema may change without breaking anybody.

Covers what the published schemas are made of. It never passes over a document that is refused: whatever it does not
understand on the narrower side must be the same on both. `oneOf` is read as `anyOf`: members of unions here are told
apart by their kinds.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from itertools import zip_longest
from typing import Any, Final, TypeAlias

from jsonschema import Draft202012Validator

Schema: TypeAlias = Any
"""A mapping, or true or false."""

_ANNOTATIONS: Final = frozenset(
    {"$defs", "$id", "$schema", "default", "description", "discriminator", "examples", "title", "x-unit"}
)
_LEAST: Final = frozenset({"minimum", "exclusiveMinimum", "minLength", "minItems", "minProperties"})
_MOST: Final = frozenset({"maximum", "exclusiveMaximum", "maxLength", "maxItems", "maxProperties"})
_UNIONS: Final = frozenset({"anyOf", "oneOf"})
_LOOKED_AT: Final = _UNIONS | {"$ref", "additionalProperties", "items", "prefixItems", "properties", "required", "type"}
_TYPES: Final = frozenset({"array", "boolean", "integer", "null", "number", "object", "string"})


def narrowings(old: Schema, new: Schema, *, ignores_unknown: bool = False) -> list[str]:
    """What documents of the old schema may hold that the new one refuses; empty: it accepts all of them.

    Args:
        ignores_unknown: whoever reads by the new schema passes over properties that it does not name.
    """
    return list(_Comparison(old, new, ignores_unknown).of(old, new, "", frozenset()))


class _Comparison:
    """Two schemas side by side, down the same paths."""

    def __init__(self, old: Schema, new: Schema, ignores_unknown: bool) -> None:
        self.old, self.new = _definitions(old), _definitions(new)
        self.ignores_unknown = ignores_unknown
        self.unchanged = _unchanged(self.old, self.new)

    def of(self, old: Schema, new: Schema, path: str, held: frozenset[tuple[int, int]]) -> Iterator[str]:
        """Narrowings at a path.

        Args:
            held: pairs that are being compared further up; inside of themselves they are taken for compatible.
        """
        if _same(old, new) and _references(old) <= self.unchanged:
            return
        old, new = _resolved(old, self.old), _resolved(new, self.new)
        pair = (id(old), id(new))
        if pair in held or old is False or _accepts_all(new):
            return
        yield from self._different(old, new, path, held | {pair})

    def _different(self, old: Schema, new: Schema, path: str, held: frozenset[tuple[int, int]]) -> Iterator[str]:
        if branches := _branches(old):
            for branch in branches:
                yield from self.of(branch, new, path, held)
        elif values := _values(old):
            yield from (f"{_at(path)}: {one!r} is accepted no more" for one in values if not self._valid(one, new))
        elif branches := _branches(new):
            if not any(self._accepts(branch, old, held) for branch in branches):
                yield f"{_at(path)}: {_named(old)} is accepted no more"
            rest = {key: one for key, one in new.items() if key not in _UNIONS}
            if not _accepts_all(rest):
                yield from self._different(old, rest, path, held)
        elif new is False or _values(new):
            yield f"{_at(path)}: only {_named(new)} is accepted"
        else:
            yield from self._constrained({} if old is True else old, new, path, held)

    def _accepts(self, new: Schema, old: Schema, held: frozenset[tuple[int, int]]) -> bool:
        return next(self.of(old, new, "", held), None) is None

    def _valid(self, value: Any, new: Schema) -> bool:
        return bool(Draft202012Validator({**new, "$defs": self.new} if new else new).is_valid(value))

    def _constrained(
        self, old: Mapping[str, Any], new: Mapping[str, Any], path: str, held: frozenset[tuple[int, int]]
    ) -> Iterator[str]:
        types = _types(old)
        if lost := types - _types(new):
            yield f"{_at(path)}: {', '.join(sorted(lost))} is accepted no more"
            return
        for key in sorted(set(new) - _ANNOTATIONS - _LOOKED_AT):
            if _tighter(key, old.get(key), new[key]):
                yield f"{_at(path)}: {key} {json.dumps(new[key])} was {json.dumps(old.get(key))}"
        if "object" in types:
            yield from self._objects(old, new, path, held)
        if "array" in types:
            yield from self._arrays(old, new, path, held)

    def _objects(
        self, old: Mapping[str, Any], new: Mapping[str, Any], path: str, held: frozenset[tuple[int, int]]
    ) -> Iterator[str]:
        olds, news = old.get("properties", {}), new.get("properties", {})
        other_old, other_new = old.get("additionalProperties", True), new.get("additionalProperties", True)
        if self.ignores_unknown and other_new is False:
            other_new = True
        if old.get("patternProperties") != new.get("patternProperties"):
            yield f"{_at(path)}: patternProperties is not the same"
        for name in sorted(set(new.get("required", ())) - set(old.get("required", ()))):
            yield f"{_at(f'{path}.{name}')}: is required and was not"
        for name in {**olds, **news}:
            place = f"{path}.{name}"
            if name not in news and other_new is False and olds[name] is not False:
                yield f"{_at(place)}: is known no more"
            else:
                yield from self.of(olds.get(name, other_old), news.get(name, other_new), place, held)
        yield from self.of(other_old, other_new, f"{path}.*", held)

    def _arrays(
        self, old: Mapping[str, Any], new: Mapping[str, Any], path: str, held: frozenset[tuple[int, int]]
    ) -> Iterator[str]:
        olds, news = old.get("prefixItems", []), new.get("prefixItems", [])
        other_old, other_new = old.get("items", True), new.get("items", True)
        most = old.get("maxItems")
        for place, (one, other) in enumerate(zip_longest(olds, news)):
            if most is None or place < most:
                pair = (other_old if one is None else one, other_new if other is None else other)
                yield from self.of(*pair, f"{path}[{place}]", held)
        if most is None or most > max(len(olds), len(news)):
            yield from self.of(other_old, other_new, f"{path}[]", held)


def _definitions(schema: Schema) -> Mapping[str, Schema]:
    definitions: Mapping[str, Schema] = schema.get("$defs", {}) if isinstance(schema, Mapping) else {}
    return definitions


def _unchanged(old: Mapping[str, Schema], new: Mapping[str, Schema]) -> frozenset[str]:
    """Names of definitions that are the same in both, with all that they refer to."""
    same = {name for name in old if name in new and _same(old[name], new[name])}
    while changed := {name for name in same if not _references(old[name]) <= same}:
        same -= changed
    return frozenset(same)


def _same(old: Schema, new: Schema) -> bool:
    return json.dumps(old, sort_keys=True) == json.dumps(new, sort_keys=True)  # equal in Python: 1 and true


def _references(schema: Schema) -> set[str]:
    if isinstance(schema, list):
        return {name for one in schema for name in _references(one)}
    if not isinstance(schema, Mapping):
        return set()
    own = {_target(schema["$ref"])} if isinstance(schema.get("$ref"), str) else set()
    return own | {name for key, one in schema.items() if key not in _ANNOTATIONS for name in _references(one)}


def _target(reference: str) -> str:
    return re.sub(r"^#/\$defs/", "", reference)


def _resolved(schema: Schema, definitions: Mapping[str, Schema]) -> Schema:
    while isinstance(schema, Mapping) and "$ref" in schema:
        schema = definitions[_target(schema["$ref"])]
    return schema


def _accepts_all(schema: Schema) -> bool:
    return schema is True or (schema is not False and not set(schema) - _ANNOTATIONS)


def _branches(schema: Schema) -> list[Schema]:
    if not isinstance(schema, Mapping):
        return []
    branches: list[Schema] = schema.get("anyOf") or schema.get("oneOf") or []
    return branches


def _values(schema: Schema) -> list[Any]:
    if not isinstance(schema, Mapping):
        return []
    return [schema["const"]] if "const" in schema else list(schema.get("enum", ()))


def _types(schema: Mapping[str, Any]) -> frozenset[str]:
    found = schema.get("type", _TYPES)
    types = frozenset({found}) if isinstance(found, str) else frozenset(found)
    return types | {"integer"} if "number" in types else types


def _tighter(key: str, old: Any, new: Any) -> bool:
    if old is None:
        return True
    if key in _LEAST:
        return bool(new > old)
    return bool(new < old) if key in _MOST else bool(new != old)


def _named(schema: Schema) -> str:
    if schema is False:
        return "nothing"
    values = _values(schema)
    return ", ".join(map(repr, values)) if values else "/".join(sorted(_types(schema if schema is not True else {})))


def _at(path: str) -> str:
    return path.removeprefix(".") or "the document"
