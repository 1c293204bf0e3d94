"""Overrides from the command line: `execution.fills.kind=mid`, `strategies[0].exit.dte=21`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from copy import deepcopy
from dataclasses import replace
from typing import Any

from schemas.documents import Document, parse_value
from schemas.errors import InvalidConfiguration, Path, Problem, UnreadableDocument, dotted
from schemas.nearest import suggestion
from schemas.shapes import chosen, entry_of, fields_of, item_of, records_of

_KEY = re.compile(r"[^.\[\]=]+|\[\d+\]")


def override(document: Document, settings: Sequence[str], shape: Any) -> Document:
    """A document with values replaced or added, in the order given.

    Args:
        settings: `path=value`; the value is YAML, so `21`, `[SPX]`, `null` and `'text'` mean what they mean there.
        shape: annotation of the whole document, e.g. `RunConfig`.

    Raises:
        InvalidConfiguration: for a path that the shape does not have, or a setting without `=`; names the nearest.
    """
    value, overridden = deepcopy(document.value), dict(document.overridden)
    for setting in settings:
        label = f"--set {setting}"
        path, new = _parsed(setting, label)
        _assign(value, path, new, shape, label)
        # What stood below the replaced value came from the file; none of it is left.
        overridden = {kept: by for kept, by in overridden.items() if kept[: len(path)] != path}
        overridden[path] = label
    return replace(document, value=value, overridden=overridden)


def _parsed(setting: str, label: str) -> tuple[Path, Any]:
    left, separator, right = setting.partition("=")
    parts = _KEY.findall(left.strip())
    if not separator or not parts or _joined(parts) != left.strip().replace(".[", "["):
        raise InvalidConfiguration([Problem((), "expected path=value, e.g. --set execution.fills.kind=mid", label)])
    try:
        value = parse_value(right)
    except UnreadableDocument as error:
        message = f"the value is no YAML ({str(error).partition(': ')[2]}); put it into quotes"
        raise InvalidConfiguration([Problem((), message, label)]) from None
    except InvalidConfiguration as error:
        raise InvalidConfiguration([Problem((), error.problems[0].message, label)]) from None
    return tuple(int(part.strip("[]")) if _is_index(part) else part for part in parts), value


def _is_index(part: str) -> bool:
    return part.strip("[]").isdecimal()


def _joined(parts: Sequence[str]) -> str:
    text = ""
    for part in parts:
        text += part if part.startswith("[") else f".{part}"
    return text.removeprefix(".")


def _assign(value: Any, path: Path, new: Any, shape: Any, label: str) -> None:
    for depth, part in enumerate(path):
        shape, problem = _step(shape, value, part)
        if problem:
            raise InvalidConfiguration([Problem(path[: depth + 1], problem, label)])
        if depth == len(path) - 1:
            value[part] = new
        elif isinstance(value, dict):
            child = value.get(str(part))
            value[str(part)] = child if child is not None else {}
            value = value[str(part)]
        else:
            value = value[part]
        if depth < len(path) - 1 and not isinstance(value, dict | list):
            message = f"is a single value, so nothing can be set inside it; set {dotted(path[: depth + 1])} itself"
            raise InvalidConfiguration([Problem(path[: depth + 1], message, label)])


def _step(shape: Any, value: Any, part: str | int) -> tuple[Any, str]:
    """Annotation of a key or an index inside a value, and what is wrong with it."""
    if isinstance(value, list):
        if not isinstance(part, int) or part >= len(value):
            return Any, f"no such item; the list has {len(value)}, numbered from 0"
        return item_of(shape) or Any, ""
    records = records_of(shape)
    if records:
        return _field(records, value, str(part))
    if isinstance(part, int) and item_of(shape) is not None:
        return Any, "the list is not in the file; set it as a whole, e.g. key=[a, b]"
    return entry_of(shape) or Any, ""


def _field(records: tuple[type, ...], value: Any, key: str) -> tuple[Any, str]:
    record = chosen(records, value)
    candidates = records if isinstance(record, str) or (key == "kind" and len(records) > 1) else (record,)
    # The first setting of a choice that the file leaves out decides its member: any member's key may come first.
    if not value:
        candidates = records
    for one in candidates:
        if key in fields_of(one):
            return fields_of(one)[key], ""
    known = {name: None for one in candidates for name in fields_of(one)}
    return Any, f"unknown key{suggestion(key, known, 'key')}"
