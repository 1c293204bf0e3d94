"""The shape of a configuration: which keys may stand where, read from the engine's dataclasses.

A union of dataclasses is a choice; its members are told apart by a field `kind: Literal[...]`, or where none has one by
the keys that each of them requires.
"""

from __future__ import annotations

import dataclasses
import types
from collections.abc import Mapping
from functools import cache
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints

from engine.naming import by_nearness, nearest, suggestion


@cache
def fields_of(record: type) -> dict[str, Any]:
    """Annotations of the fields of a dataclass, in order."""
    hints = get_type_hints(record, include_extras=True)
    return {one.name: hints[one.name] for one in dataclasses.fields(record) if one.init}


def kind_of(record: type) -> str | None:
    """The kind that a member of a choice is known by, or None where it has none."""
    annotation = fields_of(record).get("kind")
    return str(get_args(annotation)[0]) if get_origin(annotation) is Literal else None


def bare(annotation: Any) -> Any:
    """An annotation without `Annotated[...]` and `| None`."""
    while True:
        if get_origin(annotation) is Annotated:
            annotation = get_args(annotation)[0]
        elif get_origin(annotation) in (Union, types.UnionType):
            members = [one for one in get_args(annotation) if one is not type(None)]
            if len(members) != 1:
                return annotation
            annotation = members[0]
        else:
            return annotation


def records_of(annotation: Any) -> tuple[type, ...]:
    """The dataclasses that a value may be: one for a record, several for a choice, none for anything else."""
    plain = bare(annotation)
    candidates = get_args(plain) if get_origin(plain) in (Union, types.UnionType) else (plain,)
    return tuple(one for one in candidates if isinstance(one, type) and dataclasses.is_dataclass(one))


def item_of(annotation: Any) -> Any | None:
    """Annotation of the items of a list, or None where the annotation is no list."""
    plain = bare(annotation)
    return get_args(plain)[0] if get_origin(plain) in (tuple, list) else None


def entry_of(annotation: Any) -> Any | None:
    """Annotation of the values of a mapping with free keys, or None where the annotation is none."""
    plain = bare(annotation)
    return get_args(plain)[1] if get_origin(plain) in (Mapping, dict) else None


def chosen(records: tuple[type, ...], value: Any) -> type | str:
    """The member of a choice that a value means, or what is wrong with its `kind`.

    A value without a kind means the member among those whose kind has a default that its words do not deny
    (`instrument: shares`) and that knows most of its keys.
    """
    if len(records) == 1:
        return records[0]
    if all(kind_of(record) is None for record in records):
        return _told_by_keys(records, value)
    if not isinstance(value, Mapping):
        return f"expected a mapping with a `kind` of {_listed(records)}, got {shown(value)}"
    return _told_by_kind(records, value)


def _told_by_kind(records: tuple[type, ...], value: Mapping[str, Any]) -> type | str:
    by_kind = {kind_of(record): record for record in records}
    kind = value.get("kind")
    if isinstance(kind, str) and kind in by_kind:
        return by_kind[kind]
    if kind is not None:
        kinds = by_nearness(str(kind), [one for one in by_kind if one])
        close = nearest(str(kind), kinds)
        hint = f"; did you mean {close!r}?" if close else ""
        return f"unknown kind {shown(kind)}{hint} (valid kinds: {', '.join(kinds)})"
    implied = [record for record in records if "kind" not in required_of(record)]
    if not implied:
        return f"`kind` is missing; one of {_listed(records)}"
    return min(implied, key=lambda record: _misfit(record, value))


def _told_by_keys(records: tuple[type, ...], value: Any) -> type | str:
    keys = [key for record in records for key in fields_of(record) if key in required_of(record)]
    if not isinstance(value, Mapping):
        return f"expected a mapping with one of the keys {', '.join(keys)}, got {shown(value)}"
    fitting = [record for record in records if required_of(record) & set(value)]
    if not fitting:
        close = next(filter(None, (nearest(key, keys) for key in value)), None)
        hint = f"did you mean {close!r}? " if close else ""
        return f"expected one of the keys {', '.join(keys)}; {hint}the mapping has {', '.join(value) or 'none'}"
    return min(fitting, key=lambda record: _misfit(record, value))


def _misfit(record: type, value: Mapping[str, Any]) -> tuple[int, int, int]:
    """How little a value is meant as a record: words that stand for another one, unknown keys, missing ones."""
    fields, keys = fields_of(record), set(value)
    words = [(key, get_args(one)) for key, one in fields.items() if get_origin(one) is Literal and key in keys]
    denied = sum(len(allowed) == 1 and value[key] not in allowed for key, allowed in words)
    return denied, len(keys - set(fields)), len(required_of(record) - keys)


def required_of(record: type) -> set[str]:
    """Fields of a dataclass that have no default."""
    absent = dataclasses.MISSING
    return {one.name for one in dataclasses.fields(record) if one.default is absent and one.default_factory is absent}


def unknown_key(key: str, record: type, choice: tuple[type, ...] = ()) -> str:
    """Message for a key that a record does not have; `choice` are all members it was chosen from."""
    elsewhere = [kind_of(one) for one in choice if one is not record and key in fields_of(one)]
    if elsewhere and elsewhere[0]:
        return f"unknown key for kind {kind_of(record)!r}; {key!r} belongs to `kind: {elsewhere[0]}`"
    return f"unknown key{suggestion(key, fields_of(record), 'key')}"


def shown(value: Any) -> str:
    """A value in a message, short."""
    match value:
        case None:
            return "nothing"
        case bool():
            return str(value).lower()
        case dict():
            return "a mapping"
        case list():
            return "a list"
    text = repr(value)
    return text if len(text) <= 60 else f"{text[:57]}..."


def _listed(records: tuple[type, ...]) -> str:
    return ", ".join(str(kind_of(record)) for record in records)
