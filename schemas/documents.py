"""YAML text to plain values that remember the lines they stood on."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path as FilePath
from typing import Any, Final

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.scalarbool import ScalarBoolean

from schemas.errors import InvalidConfiguration, Path, Problem, UnreadableDocument

MOST_VALUES: Final = 100_000
"""A document that holds more, aliases counted each time, is refused: a few lines of aliases can stand for billions."""
DEEPEST: Final = 100
MOST_BYTES: Final = 5_000_000


@dataclass(frozen=True, slots=True)
class Document:
    """A document as plain values: dict, list, str, int, float, bool, None; dates are ISO 8601 text.

    Attributes:
        name: file name, for messages.
        lines: 1-based line of each value, by path.
        overridden: label of the override that set a value, by path.
    """

    name: str
    value: dict[str, Any]
    lines: dict[Path, int]
    overridden: dict[Path, str] = field(default_factory=dict)

    def place_of(self, path: Path) -> str:
        """`file:line` of the value or of the nearest thing that holds it, or the override that set it."""
        for length in range(len(path), -1, -1):
            start = path[:length]
            if start in self.overridden:
                return self.overridden[start]
            if start in self.lines:
                return f"{self.name}:{self.lines[start]}"
        return self.name


def read_document(file: FilePath) -> Document:
    """Read and parse a YAML (or JSON) file.

    Raises:
        UnreadableDocument: when it cannot be read, is no YAML, or is not a mapping.
        InvalidConfiguration: for keys that are not text and numbers that are not finite.
    """
    try:
        if file.stat().st_size > MOST_BYTES:
            raise UnreadableDocument(f"{file}: larger than {MOST_BYTES // 1_000_000} MB; this is no configuration")
        text = file.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise UnreadableDocument(f"{file}: no such file; check the path") from None
    except UnicodeDecodeError as error:
        raise UnreadableDocument(f"{file}: byte {error.start} is not UTF-8; save the file as UTF-8") from None
    except OSError as error:
        raise UnreadableDocument(f"{file}: cannot be read: {error.strerror}") from None
    return parse_document(text, str(file))


def parse_document(text: str, name: str) -> Document:
    """Parse YAML text; `name` stands for the file in messages. Raises as `read_document`."""
    loader = YAML(typ="rt", pure=True)
    try:
        tree = loader.load(text)
    except MarkedYAMLError as error:
        raise UnreadableDocument(_syntax_message(name, error)) from None
    except (YAMLError, ValueError, RecursionError) as error:
        raise UnreadableDocument(f"{name}: is not YAML: {_one_line(str(error))}") from None
    if not isinstance(tree, CommentedMap):
        found = "is empty" if tree is None else f"holds a {_kind(tree)}"
        raise UnreadableDocument(f"{name}: {found}; a configuration is a mapping, e.g. `name: my_run`")
    reader = _Reader(name)
    reader.lines[()] = 1
    value = reader.plain(tree, (), 0)
    if reader.problems:
        raise InvalidConfiguration(reader.problems)
    return Document(name, value, reader.lines)


def parse_value(text: str) -> Any:
    """The plain value of one YAML expression, e.g. `[SPX, SPXW]` or `0.16`.

    Raises:
        UnreadableDocument: when the text is no YAML expression.
    """
    return parse_document("value: " + text, "value").value["value"]


_SCALARS: Final[tuple[tuple[Any, Callable[[Any], Any]], ...]] = (
    (type(None), lambda _: None),
    ((bool, ScalarBoolean), bool),
    (int, int),
    (float, float),
    (str, str),
    (date, lambda day: day.isoformat()),
)
"""How the scalars of the parser, which remember their spelling, become plain; booleans come before integers."""


class _Reader:
    """One walk over a parsed document: makes it plain and notes lines and problems."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.lines: dict[Path, int] = {}
        self.problems: list[Problem] = []
        self.count = 0

    def plain(self, node: Any, path: Path, depth: int) -> Any:
        self.count += 1
        if self.count > MOST_VALUES or depth > DEEPEST:
            raise UnreadableDocument(f"{self.name}: aliases or nesting expand without end; write the values out")
        tag = getattr(getattr(node, "tag", None), "value", None)
        if tag is not None and not str(tag).startswith("tag:yaml.org,2002:"):
            return self._problem(path, f"tag {tag} is not supported; write the value without it")
        if isinstance(node, CommentedMap):
            return self._mapping(node, path, depth)
        if isinstance(node, CommentedSeq):
            return self._sequence(node, path, depth)
        return self._scalar(node, path)

    def _mapping(self, node: CommentedMap, path: Path, depth: int) -> dict[str, Any]:
        plain = {}
        for key, child in node.items():
            position = (node.lc.data or {}).get(key)
            if position is not None and isinstance(key, str | int):
                self.lines[(*path, key)] = position[0] + 1
            if not isinstance(key, str):
                self._problem((*path, str(key)), "a key must be text; put it into quotes")
                continue
            plain[str(key)] = self.plain(child, (*path, str(key)), depth + 1)
        return plain

    def _sequence(self, node: CommentedSeq, path: Path, depth: int) -> list[Any]:
        plain = []
        for index, child in enumerate(node):
            position = (node.lc.data or {}).get(index)
            if position is not None:
                self.lines[(*path, index)] = position[0] + 1
            plain.append(self.plain(child, (*path, index), depth + 1))
        return plain

    def _scalar(self, node: Any, path: Path) -> Any:
        if isinstance(node, float) and not math.isfinite(node):
            return self._problem(path, "expected a finite number")
        for kind, make in _SCALARS:
            if isinstance(node, kind):
                return make(node)
        return self._problem(path, f"a {type(node).__name__} is not supported here")

    def _problem(self, path: Path, message: str) -> None:
        line = next((self.lines[path[:n]] for n in range(len(path), -1, -1) if path[:n] in self.lines), 1)
        self.problems.append(Problem(path, message, f"{self.name}:{line}"))


def _syntax_message(name: str, error: MarkedYAMLError) -> str:
    mark = error.problem_mark or error.context_mark
    place = f"{name}:{mark.line + 1}:{mark.column + 1}" if mark else name
    what = _one_line(error.problem or error.context or "cannot be parsed")
    remedy = "check indentation, quotes and colons there"
    if "duplicate key" in what:
        what, remedy = what.split(" with value")[0], "keep one of the two"
    return f"{place}: is not valid YAML: {what}; {remedy}"


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _kind(tree: object) -> str:
    return "list" if isinstance(tree, list) else "single value"
