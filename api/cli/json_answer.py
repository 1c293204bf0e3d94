"""Answers and errors as one JSON document, for programs that call the command line."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from typing import Any

from pydantic_core import to_json

from schemas.errors import InvalidConfiguration, dotted


def print_json(document: object) -> None:
    """Print a document on stdout: dataclasses as objects, dates and paths as text, what is not finite as null."""
    print(to_json(document, indent=2, inf_nan_mode="null").decode())


def print_error(error: Exception, message: str, code: int) -> None:
    """Print an error on stderr: its class, what people read, the exit code, and the fields of a configuration."""
    problems = error.problems if isinstance(error, InvalidConfiguration) else ()
    document: Mapping[str, Any] = {
        "error": type(error).__name__,
        "message": message,
        "exit_code": code,
        "fields": [{"field": dotted(one.path), "problem": one.message, "place": one.place} for one in problems],
    }
    sys.stderr.write(to_json(document, indent=2).decode() + "\n")
