"""Summaries that were written before, brought to today's shape and typed."""

from __future__ import annotations

import json
from typing import Any

from pydantic import ValidationError

from schemas.errors import UnreadableResult, dotted
from schemas.migrations import upgraded
from schemas.summary import Summary


def read_summary(text: str | bytes) -> Summary:
    """The summary in a JSON text, of any version that can be read; `summary_hash` stays that of the text.

    Raises:
        UnreadableResult: when it is no summary, or of a version that cannot be read.
    """
    document = _document(text)
    today = upgraded(document)
    try:
        return Summary.model_validate_json(text if today is document else json.dumps(today))
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        raise UnreadableResult(
            f"is no summary of version {document['schema_version']} as it was released ({dotted(first['loc'])}: "
            f"{first['msg']}); run the configuration again"
        ) from None


def _document(text: str | bytes) -> dict[str, Any]:
    try:
        document = json.loads(text)
    except ValueError as error:
        raise UnreadableResult(f"is not JSON ({error}); run the configuration again") from None
    if not isinstance(document, dict):
        raise UnreadableResult("holds no JSON object; run the configuration again")
    return document
