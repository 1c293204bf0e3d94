"""The service: HTTP in front of the same wiring that the command line uses. Nothing is built at import."""

from __future__ import annotations

import time

from fastapi import APIRouter, FastAPI

from api.http_errors import answer_with_problems
from api.openapi.document import openapi_document
from api.routes import backtests, chains, examples, health, payoff
from api.settings import Settings
from api.version import engine_version
from data.results.database import ResultsDatabase
from data.results.queue import BacktestQueue
from data.results.repository import ResultsRepository

ROUTERS = (health.router, examples.router, backtests.router, payoff.router, chains.router)


def create_app(settings: Settings) -> FastAPI:
    """The application; its database is opened when it starts, and closed when it ends."""
    app = FastAPI(
        title="Ironfly",
        version=engine_version(),
        description="Event-driven options backtester. Times are ISO 8601 UTC, money is USD.",
        openapi_url="/api/openapi.json",
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
        separate_input_output_schemas=False,
        generate_unique_id_function=lambda route: route.name,
    )
    api = APIRouter(prefix="/api")
    for router in ROUTERS:
        api.include_router(router)
    app.include_router(api)
    database = ResultsDatabase(settings.results)
    app.state.settings = settings
    app.state.queue = BacktestQueue(database, time.time_ns)
    app.state.results = ResultsRepository(database)
    answer_with_problems(app)
    app.openapi = lambda: openapi_document(app)  # type: ignore[method-assign]
    return app
