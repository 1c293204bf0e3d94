"""Summaries that were written before: checked, brought to today's shape, and typed."""

from __future__ import annotations

import json
from typing import Any

from pydantic import ValidationError

from engine.fingerprint import summary_hash
from schemas.errors import UnreadableResult, dotted
from schemas.migrations import upgraded
from schemas.summary import Summary


def read_summary(text: str | bytes) -> Summary:
    """The summary in a JSON text, of any version that can be read; `summary_hash` stays that of the text.

    Raises:
        UnreadableResult: when it is no summary, was changed after it was made, or is of a shape that nobody knows.
    """
    document = _document(text)
    today = upgraded(document)
    if document.get("summary_hash") != summary_hash(document):
        raise UnreadableResult("summary_hash: does not match the content; the document was changed after it was made")
    try:
        return Summary.model_validate_json(text if today is document else json.dumps(today))
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        raise UnreadableResult(
            f"{dotted(first['loc'])}: {first['msg'][:1].lower()}{first['msg'][1:]}; the summary is of another version"
            " of ironfly than its schema_version says: run its `config` again"
        ) from None


def _document(text: str | bytes) -> dict[str, Any]:
    try:
        document = json.loads(text)
    except ValueError as error:
        raise UnreadableResult(f"is not JSON: {error}; name the summary.json that a run wrote") from None
    if not isinstance(document, dict):
        raise UnreadableResult("holds no JSON object; name the summary.json that a run wrote")
    return document
