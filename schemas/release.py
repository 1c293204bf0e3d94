"""The summary as it was last released, and what of today's would break whoever relies on it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Final

from schemas.compatibility import Schema, narrowings
from schemas.migrations import SCHEMA_VERSION

FOLDER: Final = Path(__file__).resolve().parent / "released"
_FREE: Final = "config"
"""Programs that read a summary are not held to the configuration in it: new strategies and keys come all the time."""


def released_file(folder: Path = FOLDER, version: int = SCHEMA_VERSION) -> Path:
    """Where the schema of a version is kept."""
    return folder / f"summary-{version}.schema.json"


def breaches(published: Schema, readable: Schema, folder: Path = FOLDER) -> list[str]:
    """What breaks the released schema of today's version; empty where there is none yet.

    A field may be added, if documents without it can be read. Everything else takes a new version.

    Args:
        published: what new summaries look like.
        readable: what summaries of today's version may look like to be read.
    """
    file = released_file(folder)
    if not file.exists():
        return []
    released = json.loads(file.read_text(encoding="utf-8"))
    documents = narrowings(released, readable)
    programs = narrowings(_without_configuration(published), _without_configuration(released), ignores_unknown=True)
    return [
        *(f"summaries that were written cannot be read: {one}" for one in documents),
        *(f"programs do not know what they find: {one}" for one in programs),
    ]


def _without_configuration(schema: dict[str, Any]) -> dict[str, Any]:
    properties = {name: one for name, one in schema["properties"].items() if name != _FREE}
    return {**schema, "properties": properties, "required": [name for name in schema["required"] if name in properties]}
