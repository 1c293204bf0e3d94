"""A request for a run: a configuration document, checked and typed.

The shape is `engine.config.RunConfig`; this module reads it from YAML or JSON and explains what is wrong.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path as FilePath
from typing import Any

from pydantic import TypeAdapter

from engine.config import RunConfig
from schemas.consistency import contradictions
from schemas.documents import Document, parse_document, read_document
from schemas.errors import InvalidConfiguration
from schemas.overrides import override
from schemas.validation import validated


@dataclass(frozen=True, slots=True)
class RunRequest:
    """A valid configuration and the document it came from.

    Attributes:
        base: folder that relative paths inside the configuration start from.
        document: knows file and line of every value, for later problems: `error.located(request.document)`.
    """

    config: RunConfig
    base: FilePath
    document: Document


@cache
def run_config_adapter() -> TypeAdapter[RunConfig]:
    """The validator and serializer of run configurations (made at first use; it takes a tenth of a second)."""
    return TypeAdapter(RunConfig)


def load_run_request(file: FilePath, settings: Sequence[str] = ()) -> RunRequest:
    """Read a configuration file and apply overrides `path=value`.

    Raises:
        UnreadableDocument: when the file cannot be read or is no YAML.
        InvalidConfiguration: when it breaks the schema or contradicts itself.
    """
    return _request(read_document(file), file.resolve().parent, settings)


def parse_run_request(
    text: str, name: str = "configuration", settings: Sequence[str] = (), base: FilePath | None = None
) -> RunRequest:
    """As `load_run_request`, from text; `name` stands for the file in messages."""
    return _request(parse_document(text, name), base or FilePath.cwd(), settings)


def run_request_of(value: dict[str, Any], name: str, base: FilePath, settings: Sequence[str] = ()) -> RunRequest:
    """As `load_run_request`, from plain values, e.g. of parsed JSON; `name` stands for the document in messages."""
    return _request(Document(name, value, {}), base, settings)


def configuration_document(config: RunConfig) -> dict[str, Any]:
    """The full configuration as plain JSON values, every default written out."""
    document: dict[str, Any] = run_config_adapter().dump_python(config, mode="json")
    return document


def _request(document: Document, base: FilePath, settings: Sequence[str]) -> RunRequest:
    document = override(document, settings, RunConfig)
    config = validated(run_config_adapter(), RunConfig, document)
    problems = contradictions(config)
    if problems:
        raise InvalidConfiguration(problems).located(document)
    return RunRequest(config, base, document)
