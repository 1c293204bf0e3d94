"""From a summary of an older version to one of today's: a pure function per step.

Adding a field with a default keeps the version: documents without it are read with the default. Whatever else changes
what a reader finds (a field that is gone, a narrower or a wider type, another meaning) raises it, and adds a step here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final, TypeAlias

from schemas.errors import UnreadableResult

Step: TypeAlias = Callable[[dict[str, Any]], dict[str, Any]]
"""A document of a version to one of the next, `schema_version` included; it changes nothing in its argument."""

SCHEMA_VERSION: Final = 1
STEPS: Final[Mapping[int, Step]] = {}
"""Steps by the version that they begin with."""


def upgraded(
    document: dict[str, Any], steps: Mapping[int, Step] = STEPS, current: int = SCHEMA_VERSION
) -> dict[str, Any]:
    """A summary in the shape of the current version; the same object where it is of that.

    Raises:
        UnreadableResult: when its version is missing, newer, or one that nobody can read any more.
    """
    version = document.get("schema_version")
    if not isinstance(version, int) or isinstance(version, bool):
        raise UnreadableResult("says no schema_version, as a summary does; run the configuration again")
    if version > current:
        raise UnreadableResult(
            f"is of schema_version {version}, and this program reads {current} and older; update ironfly"
        )
    for one in range(version, current):
        if one not in steps:
            raise UnreadableResult(
                f"is of schema_version {one}, older than anything that this program reads; run the configuration again"
            )
        document = steps[one](document)
    return document
