"""What the routes have in common: the problems that they document, and answers that are stored JSON text."""

from __future__ import annotations

from typing import Any, Final

from fastapi import Response

from schemas.problem import Problem

PROBLEM_JSON: Final = "application/problem+json"
_MEANINGS: Final = {
    400: "The body cannot be read.",
    404: "There is no such thing.",
    409: "There is no result yet, or none at all.",
    413: "The body is too large.",
    415: "The body is not said to be JSON.",
    422: "The request is not valid; `errors` names the fields.",
    503: "The database or the store cannot be used.",
}
BODY_PROBLEMS: Final = (400, 413, 415, 422)


def problems(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """Documentation of the problems that a route may answer with."""
    content = {PROBLEM_JSON: {"schema": {"$ref": f"#/components/schemas/{Problem.__name__}"}}}
    return {status: {"description": _MEANINGS[status], "content": content} for status in sorted({*statuses, 503})}


def published(name: str, description: str) -> dict[int | str, dict[str, Any]]:
    """Documentation of an answer whose shape is a published schema."""
    content = {"application/json": {"schema": {"$ref": f"#/components/schemas/{name}"}}}
    return {200: {"description": description, "content": content}}


def stored_json(text: str) -> Response:
    """JSON text as it is stored, byte for byte."""
    return Response(text.encode(), media_type="application/json")
