"""From an error to the problem that a client is told: one table, the most special class counts.

The same problems stand in answers of the service and in backtests that failed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from api.errors import ApiError, RequestUnreadable, RunUnreadable, UnknownRun, one_line
from data.errors import DataError, NotCovered, StoreError
from data.results.errors import KeyReused, LeaseLost, NotFinished, ResultsUnavailable, UnknownBacktest
from engine.errors import ConfigurationError, EngineError, UnsupportedContract
from engine.pricing.errors import PricingInputError
from schemas.errors import InvalidConfiguration, InvalidSummary, SchemaError, UnreadableResult, dotted
from schemas.errors import Problem as InvalidField
from schemas.problem import FieldProblem, Problem
from schemas.validation import expectation
from signals.errors import SignalError


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of problem: everything that does not depend on the occasion."""

    name: str
    status: int
    title: str
    remedy: str


INVALID_REQUEST: Final = Kind(
    "invalid-request", 422, "The request is not valid", "Correct what `errors` lists and send the request again."
)
TOO_LARGE: Final = Kind(
    "body-too-large", 413, "The body is too large", "Send a smaller body; a configuration needs a few kilobytes."
)
WORKER_LOST: Final = Kind(
    "worker-lost",
    500,
    "The worker ended in the middle of the run, more than once",
    "Look into the log of the service; most often memory ran out: submit a shorter backtest.",
)
INTERNAL: Final = Kind(
    "internal-error", 500, "The program has a defect", "Look into the log of the service, and report what stands there."
)
_CONFIGURATION: Final = Kind(
    "invalid-configuration",
    422,
    "The configuration is not valid",
    "Correct the fields that `errors` lists and submit it again; schemas/run.schema.json says what each may hold.",
)
_OUTDATED: Final = Kind(
    "result-outdated",
    409,
    "The stored result is not of a version that can be read",
    "Submit the backtest again; or read its result with the version of ironfly that made it.",
)
_RUN_FAILED: Final = Kind(
    "run-failed", 500, "The run failed", "Read the detail: it names the part that failed and the simulated time."
)
_DATA: Final = Kind(
    "data-unusable", 422, "The market data cannot be used", "Read the detail: it names the data and what is wrong."
)

KINDS: Final[dict[type[Exception], Kind]] = {
    ApiError: INVALID_REQUEST,
    RequestUnreadable: Kind(
        "unreadable-body", 400, "The body cannot be read", "Send one JSON object in UTF-8 with finite numbers."
    ),
    SchemaError: _CONFIGURATION,
    InvalidSummary: INTERNAL,
    UnreadableResult: _OUTDATED,
    RunUnreadable: _OUTDATED,
    UnknownRun: Kind(
        "no-files", 409, "The files of the backtest are gone", "Check the folder of runs, or submit the backtest again."
    ),
    ConfigurationError: _CONFIGURATION,
    UnsupportedContract: _CONFIGURATION,
    SignalError: _CONFIGURATION,
    EngineError: _RUN_FAILED,
    PricingInputError: Kind(
        "payoff-not-possible", 422, "These legs have no payoff", "Correct the value that the detail names."
    ),
    DataError: _DATA,
    NotCovered: Kind(
        "data-not-stored",
        404,
        "The store does not hold that data",
        "Choose dates that the store covers (`ironfly data list`), or import more.",
    ),
    StoreError: Kind("store-unusable", 503, "The store cannot be used", "Check the folder of the store and its space."),
    UnknownBacktest: Kind(
        "unknown-backtest", 404, "There is no such backtest", "Ask GET /api/backtests for the ids that exist."
    ),
    NotFinished: Kind(
        "no-result", 409, "The backtest has no result", "Wait until its status is complete; a failed one has a problem."
    ),
    KeyReused: Kind(
        "idempotency-key-reused",
        422,
        "The idempotency key belongs to another configuration",
        "Send the first configuration again, or this one with a new key.",
    ),
    LeaseLost: INTERNAL,
    ResultsUnavailable: Kind(
        "results-unavailable",
        503,
        "The database of results cannot be used",
        "Check the folder of results (IRONFLY_RUNS) and its free space, then try again.",
    ),
    OSError: Kind("system-error", 503, "The system refused", "Check the folders and the free space of the service."),
}

HTTP_KINDS: Final[dict[int, Kind]] = {
    400: Kind("unreadable-body", 400, "The body cannot be read", "Send one JSON object in UTF-8."),
    404: Kind("unknown-address", 404, "Nothing is here", "Look up the address in /api/openapi.json."),
    405: Kind("method-not-allowed", 405, "The address has no such method", "Use a method of the header Allow."),
    413: TOO_LARGE,
    415: Kind("not-json", 415, "The body is not said to be JSON", "Send the header Content-Type: application/json."),
}
"""Problems that the web framework finds."""


def kind_of(error: Exception) -> Kind | None:
    """The kind of an error, or None for one that nobody expects."""
    return next((KINDS[one] for one in type(error).__mro__ if one in KINDS), None)


def problem_of(error: Exception) -> Problem:
    """The problem that an error is; one that nobody expects tells nothing about the inside."""
    kind = kind_of(error)
    if kind is None:
        return problem(INTERNAL, "an error that nobody expects; it is in the log of the service")
    if isinstance(error, InvalidConfiguration):
        fields = [FieldProblem(field=_field(one), problem=one.message) for one in error.problems]
        return problem(kind, _counted(fields), fields)
    if isinstance(error, KeyReused):
        return problem(kind, one_line(error), [FieldProblem(field="Idempotency-Key", problem=one_line(error))])
    return problem(kind, one_line(error))


def problem(kind: Kind, detail: str, errors: Iterable[FieldProblem] = ()) -> Problem:
    """A problem of a kind."""
    return Problem(
        type=f"urn:ironfly:problem:{kind.name}",
        title=kind.title,
        status=kind.status,
        detail=detail,
        remedy=kind.remedy,
        errors=tuple(errors),
    )


def request_problem(errors: Sequence[Mapping[str, Any]]) -> Problem:
    """The problem of a request that breaks the declared shapes, from pydantic's errors."""
    if any(one["type"] == "json_invalid" for one in errors):
        return problem(KINDS[RequestUnreadable], f"the body is no JSON: {errors[0]['ctx']['error']}")
    places = [one["loc"] for one in errors]
    fields = [
        FieldProblem(field=_place(one["loc"]), problem=expectation(str(one["msg"]).removeprefix("Value error, ")))
        for one in errors
        # A list is only too short because its items are wrong, which is said of each item.
        if not any(place != one["loc"] and place[: len(one["loc"])] == one["loc"] for place in places)
    ]
    return problem(INVALID_REQUEST, _counted(fields), fields)


def _place(location: tuple[str | int, ...]) -> str:
    """Path of a value without the part of the request it stands in; a parameter is known by its name alone."""
    return dotted(tuple(location[1:])) or str(location[0])


_MISSING: Final = re.compile(r"^required key '(.*)' is missing$")


def _field(found: InvalidField) -> str:
    """Path of a field that is wrong, also of one that is not there."""
    missing = _MISSING.match(found.message)
    return dotted((*found.path, missing[1]) if missing else found.path)


def _counted(fields: list[FieldProblem]) -> str:
    first = fields[0]
    more = f" (and {len(fields) - 1} more)" if len(fields) > 1 else ""
    return f"{first.field}: {first.problem}{more}" if first.field else f"{first.problem}{more}"
