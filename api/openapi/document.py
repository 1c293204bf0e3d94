"""The OpenAPI 3.1 document of the service.

Run configuration and summary are described by their published schemas, not by what the framework makes of them. Where
both name a shape differently (a summary holds every field of its configuration), the summary's is called `Resolved...`.
"""

from __future__ import annotations

import json
from importlib.resources import files
from typing import Any, Final

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

from schemas.generate import without_titles

_COMPONENTS: Final = "#/components/schemas/"


def openapi_document(app: FastAPI) -> dict[str, Any]:
    """The document of an application, made once."""
    if app.openapi_schema is None:
        app.openapi_schema = _document(app)
    return app.openapi_schema


def _document(app: FastAPI) -> dict[str, Any]:
    made = get_openapi(
        title=app.title,
        version=app.version,
        description=app.description,
        routes=app.routes,
        separate_input_output_schemas=False,
    )
    document: dict[str, Any] = without_titles(made) | {"info": made["info"]}
    components = document["components"]["schemas"]
    # The framework's own shapes of validation errors: the service answers with problems instead.
    for name in ("HTTPValidationError", "ValidationError"):
        components.pop(name, None)
    run = _published("run.schema.json", "RunConfig")
    summary = _published("summary.schema.json", "Summary")
    components |= run
    renamed = {name: f"Resolved{name}" for name, shape in summary.items() if run.get(name, shape) != shape}
    components |= {renamed.get(name, name): _referring(shape, renamed) for name, shape in summary.items()}
    document["components"]["schemas"] = dict(sorted(components.items()))
    return document


def _published(file: str, name: str) -> dict[str, Any]:
    """Shapes of a published schema by name, itself included, without its address."""
    schema = json.loads((files("schemas") / file).read_text(encoding="utf-8"))
    shapes = schema.pop("$defs")
    if "$ref" not in schema:
        shapes[name] = {key: value for key, value in schema.items() if key not in ("$schema", "$id")}
    return {key: _moved(shape) for key, shape in shapes.items()}


def _moved(node: Any) -> Any:
    """A schema whose references lead to the components of the document."""
    if isinstance(node, list):
        return [_moved(one) for one in node]
    if not isinstance(node, dict):
        return node
    return {
        key: value.replace("#/$defs/", _COMPONENTS) if key == "$ref" else _moved(value) for key, value in node.items()
    }


def _referring(node: Any, renamed: dict[str, str]) -> Any:
    """A schema whose references follow new names."""
    if isinstance(node, list):
        return [_referring(one, renamed) for one in node]
    if not isinstance(node, dict):
        return node
    changed = {key: _referring(value, renamed) for key, value in node.items()}
    name = str(changed.get("$ref", "")).removeprefix(_COMPONENTS)
    return changed | {"$ref": _COMPONENTS + renamed[name]} if name in renamed else changed
