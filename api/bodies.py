"""A submitted configuration: JSON bytes to a checked run request."""

from __future__ import annotations

import json
import math
from pathlib import Path
from typing import Any, Final, NoReturn

from api.errors import RequestUnreadable
from api.parts import signals_of
from engine.config import RunConfig
from engine.strategies.script import ScriptedStrategy
from engine.strategies.spec import PythonStrategy
from schemas.errors import InvalidConfiguration, Problem
from schemas.run_request import RunRequest, run_request_of

_DOCUMENT: Final = "the body"


def submitted_request(body: bytes) -> RunRequest:
    """The run that a body asks for, as far as a service may carry it out.

    Raises:
        RequestUnreadable: when the body is no JSON object with finite numbers.
        InvalidConfiguration: when it breaks the schema, contradicts itself, or names files of the server.
    """
    request = run_request_of(_json_object(body), _DOCUMENT, Path())
    problems = [*_programmed(request.config), *_files(request.config)]
    if problems:
        raise InvalidConfiguration(problems)
    signals_of(request.config, request.base)
    return request


def _json_object(body: bytes) -> dict[str, Any]:
    try:
        value = json.loads(body, parse_constant=_refuse, parse_float=_finite)
    except (ValueError, RecursionError) as error:
        raise RequestUnreadable(f"the body is no JSON: {error}") from None
    if not isinstance(value, dict):
        raise RequestUnreadable('the body is no JSON object; a configuration is one, e.g. {"name": "my run", ...}')
    return value


def _refuse(constant: str) -> NoReturn:
    raise ValueError(f"{constant} is no JSON number")


def _finite(text: str) -> float:
    value = float(text)
    if not math.isfinite(value):
        raise ValueError(f"{text[:40]} is too large for a number")
    return value


def _programmed(config: RunConfig) -> list[Problem]:
    message = "the service runs declarative strategies only; run Python strategies with `ironfly run`"
    return [
        Problem(("strategies", index, "kind"), message)
        for index, strategy in enumerate(config.strategies)
        if isinstance(strategy, PythonStrategy)
    ] + [
        Problem(("signals", index, "source"), "the service runs no Python of a request; run it with `ironfly run`")
        for index, signal in enumerate(config.signals)
        if signal.source is not None
    ]


def _files(config: RunConfig) -> list[Problem]:
    message = "the service reads no files of its machine; leave the key out, or run it with `ironfly run`"
    given = {"settlement_values": config.data.settlement_values, "overrides": config.data.overrides}
    logs = [
        Problem(("strategies", index, "file"), message)
        for index, strategy in enumerate(config.strategies)
        if isinstance(strategy, ScriptedStrategy) and strategy.file is not None
    ]
    series = [Problem(("benchmark", "file"), message)] if config.benchmark.file is not None else []
    values = [
        Problem(("signals", index, "parameters", "file"), message)
        for index, signal in enumerate(config.signals)
        if signal.parameters.get("file") is not None
    ]
    of_data = [Problem(("data", key), message) for key, file in given.items() if file is not None]
    return of_data + logs + series + values
