"""Writes the JSON schema of mapping files: `python -m data.mapping_schema`, or `--check` to fail when it is old."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import Any, Final

from pydantic.json_schema import GenerateJsonSchema

from data.markets import MARKETS
from data.providers.mapping_file import ColumnMapping

FILE: Final = Path(__file__).resolve().parents[1] / "schemas" / "mapping.schema.json"


def mapping_schema() -> dict[str, Any]:
    """JSON Schema (2020-12) of `ColumnMapping`; what parts say about one another is checked by the reader only."""
    schema: dict[str, Any] = _untitled(ColumnMapping.model_json_schema(mode="validation"))
    schema["properties"]["market"]["enum"] = sorted(MARKETS)
    at = schema["$defs"]["Columns"]["properties"]["at"]
    # One column needs no list in YAML.
    schema["$defs"]["Columns"]["properties"]["at"] = {"anyOf": [at["items"], at], "default": at.pop("default")}
    return {"$schema": GenerateJsonSchema.schema_dialect, "$id": "urn:ironfly:mapping.schema.json", **schema}


def text() -> str:
    """The published file."""
    return json.dumps(mapping_schema(), indent=2, ensure_ascii=False) + "\n"


def main(arguments: list[str] | None = None) -> int:
    """Write or check the file; the exit code is 1 when `--check` finds it out of date."""
    parser = argparse.ArgumentParser(prog="python -m data.mapping_schema", description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing; fail when the file is out of date")
    if not parser.parse_args(arguments).check:
        FILE.write_text(text(), encoding="utf-8")
    elif not FILE.exists() or FILE.read_text(encoding="utf-8") != text():
        sys.stderr.write("error: schemas/mapping.schema.json is out of date; run python -m data.mapping_schema\n")
        return 1
    return 0


def _untitled(node: Any) -> Any:
    """A schema without the titles that pydantic makes out of names."""
    if isinstance(node, list):
        return [_untitled(one) for one in node]
    if not isinstance(node, dict):
        return node
    return {name: _untitled(one) for name, one in node.items() if name != "title" or not isinstance(one, str)}


if __name__ == "__main__":
    sys.exit(main())
