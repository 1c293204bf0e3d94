"""Writes what is published of the types, schemas and `docs/summary.md`: `python -m schemas.generate`.

`--check` fails when one of them is out of date, or breaks the summary as it was released. `--release` keeps today's
summary as the released one of its version.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import Any, Final

from pydantic import TypeAdapter
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaMode
from pydantic_core.core_schema import DataclassField, ModelField, TypedDictField

from engine.config import RunConfig
from engine.strategies.spec import StrategyConfig
from schemas.release import breaches, released_file
from schemas.summary import Summary
from schemas.summary_page import summary_page

ROOT: Final = Path(__file__).resolve().parents[1]
DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"
_OPAQUE: Final = frozenset({"default", "const", "enum", "examples", "required"})


class _Generator(GenerateJsonSchema):
    """A summary always holds every field; pydantic knows that of models only, not of dataclasses inside them."""

    def field_is_required(self, field: ModelField | DataclassField | TypedDictField, total: bool) -> bool:
        return True


def summary_schema() -> dict[str, Any]:
    """JSON Schema (2020-12) of what leaves the process as a summary."""
    return _published(TypeAdapter(Summary), "serialization", "summary.schema.json")


def readable_summary_schema() -> dict[str, Any]:
    """JSON Schema of what can be read as a summary of today's version: fields with a default may be left out."""
    schema: dict[str, Any] = without_titles(TypeAdapter(Summary).json_schema(mode="validation"))
    return schema


def run_schema() -> dict[str, Any]:
    """JSON Schema of a run configuration, for editors."""
    return _published(TypeAdapter(RunConfig), "validation", "run.schema.json")


def strategy_schema() -> dict[str, Any]:
    """JSON Schema of one strategy, for editors."""
    return _published(TypeAdapter(StrategyConfig), "validation", "strategy.schema.json")


def texts() -> dict[str, str]:
    """The text of everything published, by its path in the repository."""
    summary = summary_schema()
    schemas = {"run": run_schema(), "strategy": strategy_schema(), "summary": summary}
    return {
        **{f"schemas/{name}.schema.json": json_text(schema) for name, schema in schemas.items()},
        "docs/summary.md": summary_page(summary),
    }


def json_text(schema: dict[str, Any]) -> str:
    """A schema as it is kept in a file."""
    return json.dumps(schema, indent=2, ensure_ascii=False) + "\n"


def drifted(root: Path = ROOT) -> list[str]:
    """Paths of files that differ from what the types say."""
    return [path for path, text in texts().items() if _content(root / path) != text]


def main(arguments: list[str] | None = None) -> int:
    """Write, check or release; the exit code is 1 when something is out of date, or breaks what was released."""
    parser = argparse.ArgumentParser(prog="python -m schemas.generate", description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing; fail when a file is out of date")
    parser.add_argument("--release", action="store_true", help="keep today's summary as the released one")
    parsed = parser.parse_args(arguments)
    broken = breaches(summary_schema(), readable_summary_schema())
    remedies = [f"{one}; raise SCHEMA_VERSION and write its step in schemas/migrations.py" for one in broken]
    if parsed.check:
        remedies += [f"{path} is out of date; run python -m schemas.generate" for path in drifted()]
    elif not (parsed.release and broken):
        released = {released_file(): json_text(summary_schema())} if parsed.release else {}
        for file, text in ({ROOT / path: text for path, text in texts().items()} | released).items():
            file.write_text(text, encoding="utf-8")
    sys.stderr.writelines(f"error: {one}\n" for one in remedies)
    return 1 if remedies else 0


def _published(adapter: TypeAdapter[Any], mode: JsonSchemaMode, name: str) -> dict[str, Any]:
    generator = _Generator if mode == "serialization" else GenerateJsonSchema
    schema = adapter.json_schema(mode=mode, schema_generator=generator)
    untitled: dict[str, Any] = without_titles(schema)
    return {"$schema": DIALECT, "$id": f"urn:ironfly:{name}", **untitled}


def without_titles(node: Any) -> Any:
    """A schema without the titles that pydantic makes out of the names of fields."""
    if isinstance(node, list):
        return [without_titles(one) for one in node]
    if not isinstance(node, dict):
        return node
    return {
        key: value if key in _OPAQUE else without_titles(value)
        for key, value in node.items()
        if not (key == "title" and isinstance(value, str))
    }


def _content(file: Path) -> str | None:
    return file.read_text(encoding="utf-8") if file.exists() else None


if __name__ == "__main__":
    sys.exit(main())
