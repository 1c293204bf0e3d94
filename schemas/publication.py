"""The last gate: no summary leaves the process unless it validates against the published schema."""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files
from typing import Any

from jsonschema import Draft202012Validator

from engine.fingerprint import summary_hash
from schemas.errors import InvalidSummary, dotted
from schemas.summary import Summary


def publish(summary: Summary) -> str:
    """The JSON text of a summary, checked against `summary.schema.json` and against its own hash.

    Raises:
        InvalidSummary: when it breaks the schema; a defect of the program, never of the data.
    """
    text = published_text(summary)
    check(json.loads(text))
    return text


def published_text(summary: Summary) -> str:
    """A summary as it is written."""
    return summary.model_dump_json(indent=2) + "\n"


def check(document: dict[str, Any]) -> None:
    """Validate a parsed summary.

    Raises:
        InvalidSummary: naming the first field that is wrong.
    """
    for error in sorted(_validator().iter_errors(document), key=lambda one: [str(part) for part in one.absolute_path]):
        where = dotted(tuple(error.absolute_path)) or "the summary"
        raise InvalidSummary(f"{where}: {error.message.splitlines()[0]}")
    if document["summary_hash"] != summary_hash(document):
        raise InvalidSummary("summary_hash: does not match the content; the document was changed after it was made")


@cache
def _validator() -> Draft202012Validator:
    schema = json.loads((files("schemas") / "summary.schema.json").read_text(encoding="utf-8"))
    return Draft202012Validator(schema, format_checker=Draft202012Validator.FORMAT_CHECKER)
