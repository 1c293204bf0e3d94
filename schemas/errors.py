"""Everything that can go wrong at the edge where documents come in and go out.

SchemaError
├── UnreadableDocument      a file that cannot be read, or is no YAML
├── InvalidConfiguration    a configuration that breaks the schema or contradicts itself; lists its problems
├── UnreadableResult        a stored result that is damaged, or of a version that cannot be read
└── InvalidSummary          a summary that breaks its own published schema: a defect, never a market condition
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Protocol, TypeAlias

Path: TypeAlias = tuple[str | int, ...]
"""Keys and list indices from the top of a document to a value."""


def dotted(path: Path) -> str:
    """A path as people write it, e.g. `strategies[0].exit.dte`."""
    text = ""
    for part in path:
        text += f"[{part}]" if isinstance(part, int) else f".{part}"
    return text.removeprefix(".")


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong in a document.

    Attributes:
        path: where, from the top of the document.
        message: what is wrong and what would be right, one line.
        place: file and line, or the override that set the value; empty when nobody knows yet.
    """

    path: Path
    message: str
    place: str = ""

    def __str__(self) -> str:
        return ": ".join(part for part in (self.place, dotted(self.path), self.message) if part)


class Places(Protocol):
    """Knows where in a user's files a value stands."""

    def place_of(self, path: Path) -> str:
        """File and line of the value, or of the nearest thing that holds it."""


class SchemaError(Exception):
    """Base of every error of this package."""


class UnreadableDocument(SchemaError):
    """A file that cannot be read, or is no YAML; names file, line and column."""


class InvalidConfiguration(SchemaError):
    """A configuration with problems.

    Attributes:
        problems: at least one, in the order of the document.
    """

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__(self.problems)

    def __str__(self) -> str:
        more = len(self.problems) - 1
        rest = f" (and {more} more problem{'s' if more > 1 else ''}; `ironfly validate` lists all)" if more else ""
        return f"{self.problems[0]}{rest}"

    def located(self, places: Places) -> InvalidConfiguration:
        """The same error with the place of every problem that has none yet."""
        return InvalidConfiguration(
            [one if one.place else replace(one, place=places.place_of(one.path)) for one in self.problems]
        )


class UnreadableResult(SchemaError):
    """A stored result that is damaged, or of a version that cannot be read; says what to do."""


class InvalidSummary(SchemaError):
    """A summary does not validate against `schemas/summary.schema.json`."""
