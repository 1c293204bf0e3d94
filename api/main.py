"""The service: HTTP in front of the same wiring that the command line uses. Nothing is built at import."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import APIRouter, FastAPI
from fastapi.concurrency import run_in_threadpool

from api.gate import BodyLimit, BrowserHeaders
from api.http_errors import answer_with_problems
from api.jobs.supervisor import WorkerSupervisor
from api.openapi.document import openapi_document
from api.page import serve_page
from api.routes import backtests, chains, examples, health, payoff, reports
from api.settings import Settings
from api.version import engine_version
from data.results.database import ResultsDatabase
from data.results.queue import BacktestQueue
from data.results.repository import ResultsRepository

ROUTERS = (health.router, examples.router, backtests.router, reports.router, payoff.router, chains.router)


def create_app(settings: Settings) -> FastAPI:
    """The application; its database is opened and its workers run from its start to its end."""
    database = ResultsDatabase(settings.results)
    queue = BacktestQueue(database, time.time_ns)

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        database.prepare()
        supervisors = [WorkerSupervisor(settings, queue) for _ in range(settings.workers)]
        for supervisor in supervisors:
            supervisor.start()
        try:
            yield
        finally:
            for supervisor in supervisors:
                await run_in_threadpool(supervisor.stop)
            database.close()

    app = FastAPI(
        title="Ironfly",
        version=engine_version(),
        description="Event-driven options backtester. Times are ISO 8601 UTC, money is USD.",
        lifespan=lifespan,
        openapi_url="/api/openapi.json",
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
        separate_input_output_schemas=False,
        generate_unique_id_function=lambda route: route.name,
    )
    app.state.settings, app.state.queue, app.state.results = settings, queue, ResultsRepository(database)
    api = APIRouter(prefix="/api")
    for router in ROUTERS:
        api.include_router(router)
    app.include_router(api)
    serve_page(app, settings.page)
    answer_with_problems(app)
    app.add_middleware(BodyLimit, most_bytes=settings.most_body_bytes)
    app.add_middleware(BrowserHeaders)
    app.openapi = lambda: openapi_document(app)  # type: ignore[method-assign]
    return app
