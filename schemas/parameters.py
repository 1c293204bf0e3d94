"""What may be set of a programmed strategy, as JSON Schema: for forms, sweeps, and whoever writes a configuration."""

from __future__ import annotations

import re
from inspect import cleandoc
from textwrap import dedent
from typing import Any, Final

from pydantic import TypeAdapter
from pydantic.errors import PydanticUserError

from schemas.errors import InvalidConfiguration, Problem
from schemas.generate import DIALECT, without_titles

_ATTRIBUTE: Final = re.compile(r"\n(\w+(?:, \w+)*): ")


def parameters_schema(shape: type) -> dict[str, Any]:
    """Types, bounds, defaults and the docstring of a dataclass of parameters, as JSON Schema 2020-12.

    Raises:
        InvalidConfiguration: when a field has a type that no configuration can say.
    """
    try:
        schema = TypeAdapter(shape).json_schema(mode="validation")
    except PydanticUserError as error:
        said = str(error).split("\n", maxsplit=1)[0]
        raise InvalidConfiguration([Problem(("parameters",), f"{shape.__name__}: {said}")]) from error
    published: dict[str, Any] = without_titles(schema)
    said, attributes = _documentation(shape)
    for name, field in published.get("properties", {}).items():
        if name in attributes:
            field["description"] = attributes[name]
    return {"$schema": DIALECT, **published, "description": said, "additionalProperties": False}


def _documentation(shape: type) -> tuple[str, dict[str, str]]:
    """What a docstring says in front of its section `Attributes:`, and of each attribute in it."""
    said, _, section = cleandoc(shape.__doc__ or "").partition("\nAttributes:\n")
    entries = _ATTRIBUTE.split(f"\n{dedent(section)}")
    names, texts = entries[1::2], entries[2::2]
    found = {
        name.strip(): " ".join(text.split())
        for group, text in zip(names, texts, strict=True)
        for name in group.split(",")
    }
    return said.strip(), found
