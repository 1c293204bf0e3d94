"""From pydantic's errors to one line each that says where, what was expected, and what was probably meant."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any, TypeVar

from pydantic import TypeAdapter, ValidationError

from engine.naming import suggestion
from schemas.documents import Document
from schemas.errors import InvalidConfiguration, Path, Problem
from schemas.shapes import chosen, entry_of, fields_of, item_of, records_of, shown, unknown_key

T = TypeVar("T")


def validated(adapter: TypeAdapter[T], shape: Any, document: Document) -> T:
    """The typed value of a document.

    Strict: a number in quotes is text. Only what JSON cannot say (dates, tuples) is converted.

    Args:
        shape: the annotation that the adapter was made from.

    Raises:
        InvalidConfiguration: with every problem, in the order of the document.
    """
    try:
        return adapter.validate_json(json.dumps(document.value), strict=True)
    except ValidationError as error:
        problems = problems_of(error, shape, document.value)
    raise InvalidConfiguration(_in_order(problems, document)).located(document)


def problems_of(error: ValidationError, shape: Any, value: Any) -> list[Problem]:
    """Problems of a document, each once, without those of union members that were not meant."""
    found: dict[tuple[Path, str], Problem] = {}
    for one in error.errors(include_url=False, include_input=False):
        problem = _Trail(shape, value).follow(one["loc"], one["type"], one["msg"], one.get("ctx", {}))
        if problem is not None:
            found.setdefault((problem.path, problem.message), problem)
    return _without_consequences(list(found.values()))


def _without_consequences(problems: list[Problem]) -> list[Problem]:
    # A mistyped key is one mistake, not also a missing key.
    explained = {
        (one.path[:-1], f"required key {key} is missing")
        for one in problems
        for key in re.findall(r"^unknown key; did you mean (.*)\?$", one.message)
    }
    return [one for one in problems if (one.path, one.message) not in explained]


def _in_order(problems: list[Problem], document: Document) -> list[Problem]:
    # Without a line of its own a problem stands where its container begins.
    def line(problem: Problem) -> int:
        starts = (problem.path[:n] for n in range(len(problem.path), -1, -1))
        return next((document.lines[start] for start in starts if start in document.lines), 0)

    return sorted(problems, key=line)


class _Trail:
    """Follows the location of one error down the shape and the value at once."""

    def __init__(self, shape: Any, value: Any) -> None:
        self.shape, self.value = shape, value
        self.path: Path = ()
        self.record: type | None = None
        self.choice: tuple[type, ...] = ()

    def follow(
        self, location: tuple[str | int, ...], kind: str, text: str, context: Mapping[str, Any]
    ) -> Problem | None:
        """The problem of the error, or None when it belongs to a member that was not meant."""
        parts = list(location)
        while parts:
            records = records_of(self.shape)
            if len(records) > 1:
                member = chosen(records, self.value)
                if isinstance(member, str):
                    return Problem(self._kind_path(), member)
                if parts.pop(0) != member.__name__:
                    return None
                self.shape, self.choice = member, records
                continue
            self._step(parts.pop(0), records)
        return self._problem(kind, text, context)

    def _kind_path(self) -> Path:
        has_kind = isinstance(self.value, Mapping) and "kind" in self.value
        return (*self.path, "kind") if has_kind else self.path

    def _step(self, part: str | int, records: tuple[type, ...]) -> None:
        self.path = (*self.path, part)
        self.value = _child(self.value, part)
        if records:
            self.record = records[0]
            self.shape = fields_of(records[0]).get(str(part))
        else:
            self.choice = ()
            self.shape = item_of(self.shape) or entry_of(self.shape)

    def _problem(self, kind: str, text: str, context: Mapping[str, Any]) -> Problem | None:
        match kind:
            case "unexpected_keyword_argument" if self.record is not None:
                return Problem(self.path, unknown_key(str(self.path[-1]), self.record, self.choice))
            case "missing" | "missing_argument" | "missing_keyword_only_argument":
                return Problem(self.path[:-1], f"required key {self.path[-1]!r} is missing")
            case "value_error":
                message = text.removeprefix("Value error, ")
                return Problem((*self.path, *_named_in(message, self.value)), message)
            case "literal_error":
                return Problem(self.path, self._literal(str(context.get("expected", ""))))
            case "too_short" | "too_long" if isinstance(self.value, list) and _long_enough(self.value, context):
                return None  # only short because items failed, which is reported for each item
        return Problem(self.path, f"{expectation(text)}, got {shown(self.value)}")

    def _literal(self, expected: str) -> str:
        valid = [part.strip(" '") for part in expected.replace(" or ", ",").split(",")]
        hint = suggestion(str(self.value), valid, "value") if isinstance(self.value, str) else ""
        listed = hint if hint.startswith("; valid") else f"{hint} (valid values: {', '.join(valid)})"
        return f"unknown value {shown(self.value)}{listed}"


_UNKNOWN = re.compile(r"unknown (\w+) '([^']*)'")
_ALSO_NAMED_BY = {"leg": "beyond", "expiration": "after"}
"""Keys whose value is the name of something that has another noun."""


def _named_in(message: str, value: Any) -> Path:
    """Path, inside a record that checks itself, of the name that it does not know: `unknown expiration 'far'`."""
    found = _UNKNOWN.search(message)
    if found is None:
        return ()
    noun, name = found.groups()
    return _path_of(noun, name, value) or _path_of(_ALSO_NAMED_BY.get(noun, noun), name, value) or ()


def _path_of(key: str, wanted: str, value: Any) -> Path | None:
    children = value.items() if isinstance(value, Mapping) else enumerate(value) if isinstance(value, list) else ()
    for part, child in children:
        inner = () if part == key and child == wanted else _path_of(key, wanted, child)
        if inner is not None:
            return (part, *inner)
    return None


def _child(value: Any, part: str | int) -> Any:
    if isinstance(value, Mapping):
        return value.get(part)
    return value[part] if isinstance(value, list) and isinstance(part, int) and part < len(value) else None


def _long_enough(value: list[Any], context: Mapping[str, Any]) -> bool:
    shortest, longest = context.get("min_length"), context.get("max_length")
    return (shortest is None or len(value) >= shortest) and (longest is None or len(value) <= longest)


_WORDS = {
    "Input should be an object": "expected a mapping",
    "Input should be a valid dictionary": "expected a mapping",
    "Input should be a valid array": "expected a list",
    "Input should be a valid tuple": "expected a list",
    "Input should be a valid string": "expected text",
    "Input should be a valid integer": "expected a whole number",
    "Input should be a valid number": "expected a number",
    "Input should be a finite number": "expected a finite number",
    "Field required": "is missing",
    "Extra inputs are not permitted": "unknown key",
    "String should have at least 1 character": "expected text that is not empty",
    "Input should be a valid date in the format YYYY-MM-DD": "expected a date YYYY-MM-DD",
    "Input should be a valid date": "expected a date YYYY-MM-DD",
}


def expectation(text: str) -> str:
    """What pydantic says about a value, in the words of this package."""
    for start, words in _WORDS.items():
        if text.startswith(start):
            return words
    if text.startswith("Tuple should have"):
        return "expected a list with" + text.removeprefix("Tuple should have").partition(" after")[0]
    return text.replace("Input should be", "expected a value", 1)
