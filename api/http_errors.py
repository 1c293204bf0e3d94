"""Every error of a request becomes a problem: those of the packages, of the framework, and those nobody expects."""

from __future__ import annotations

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException
from starlette.routing import compile_path

from api.problems import HTTP_KINDS, INVALID_REQUEST, KINDS, problem, problem_of, request_problem
from api.routes.answers import PROBLEM_JSON
from schemas.problem import Problem


def answer_with_problems(app: FastAPI) -> None:
    """Register the handlers."""
    for kind in KINDS:
        app.add_exception_handler(kind, _expected)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(HTTPException, _of_the_framework)
    app.add_exception_handler(Exception, _expected)


def problem_answer(found: Problem, headers: dict[str, str] | None = None) -> JSONResponse:
    """A problem as an answer."""
    return JSONResponse(found.model_dump(mode="json"), found.status, headers, media_type=PROBLEM_JSON)


def _expected(request: Request, error: Exception) -> JSONResponse:
    return problem_answer(problem_of(error))


def is_json(request: Request) -> bool:
    """Whether the body of a request is said to be JSON."""
    media_type = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    return media_type == "application/json" or (media_type.startswith("application/") and media_type.endswith("+json"))


def _invalid(request: Request, error: Exception) -> JSONResponse:
    if request.method == "POST" and not is_json(request):
        return _of_the_framework(request, HTTPException(415))
    found = error.errors() if isinstance(error, RequestValidationError) else []
    return problem_answer(request_problem(found))


def _of_the_framework(request: Request, error: Exception) -> JSONResponse:
    status, detail, headers = 500, "", None
    if isinstance(error, HTTPException):
        status, detail, headers = error.status_code, error.detail, error.headers
    found = problem(HTTP_KINDS.get(status, INVALID_REQUEST), f"{request.method} {request.url.path}: {detail}")
    return problem_answer(found, {**(headers or {}), **(_allowed(request) if status == 405 else {})})


def _allowed(request: Request) -> dict[str, str]:
    """The methods of an address; the framework knows those of one of its routes only."""
    paths: dict[str, dict[str, object]] = request.app.openapi()["paths"]
    methods = next((paths[path] for path in paths if compile_path(path)[0].match(request.url.path)), None)
    return {} if methods is None else {"Allow": ", ".join(sorted(method.upper() for method in methods))}
