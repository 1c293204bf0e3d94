"""A strategy specification on its own: the shape is `engine.strategies.spec`, published and validated here."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

from pydantic import TypeAdapter, ValidationError

from engine.strategies.spec import StrategyConfig
from schemas.documents import parse_document
from schemas.errors import InvalidConfiguration, Path, Problem
from schemas.shapes import fields_of, unknown_key
from schemas.validation import problems_of, validated


@cache
def strategy_adapter() -> TypeAdapter[StrategyConfig]:
    """The validator and serializer of strategies, declarative and programmed."""
    return TypeAdapter(StrategyConfig)


def parse_strategy(text: str, name: str = "strategy") -> StrategyConfig:
    """A strategy from YAML or JSON text; `name` stands for the file in messages.

    Raises:
        UnreadableDocument: when the text is no YAML.
        InvalidConfiguration: when it breaks the schema or contradicts itself.
    """
    document = parse_document(text, name)
    return validated(strategy_adapter(), StrategyConfig, document)


def typed_parameters(shape: type, values: dict[str, Any], path: Path) -> Any:
    """Parameters of a programmed strategy or a signal as its dataclass.

    Args:
        shape: a dataclass, e.g. the `Parameters` of a strategy.
        path: where the values stand in the configuration, for messages.

    Raises:
        InvalidConfiguration: for unknown or missing parameters and values out of range.
    """
    unknown = _unknown(shape, values, path)
    if unknown:
        raise InvalidConfiguration(unknown)
    try:
        return TypeAdapter(shape).validate_json(json.dumps(values), strict=True)
    except ValidationError as error:
        problems = problems_of(error, shape, values)
    raise InvalidConfiguration([Problem((*path, *one.path), one.message) for one in problems])


def _unknown(shape: type, values: dict[str, Any], path: Path) -> list[Problem]:
    # A dataclass that does not forbid unknown keys would ignore them in silence.
    known = fields_of(shape)
    return [Problem((*path, key), unknown_key(key, shape)) for key in values if key not in known]
