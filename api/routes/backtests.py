"""Backtests: submit, follow, read."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Annotated

from fastapi import APIRouter, Depends, Header, HTTPException, Path, Query, Request, Response
from fastapi.concurrency import run_in_threadpool
from fastapi.sse import EventSourceResponse, ServerSentEvent

from api.backtest_views import backtest_page, backtest_view, equity_view, summary_text, trade_page
from api.bodies import submitted_request
from api.deps import Queue, Results
from api.http_errors import is_json
from api.jobs.following import follow
from api.routes.answers import BODY_PROBLEMS, problems, published, stored_json
from api.submission import submit
from data.results.queue import BacktestQueue
from data.results.records import BacktestRecord
from schemas.backtest import Backtest, BacktestPage, Equity, TradePage

router = APIRouter(prefix="/backtests", tags=["backtests"])

BacktestId = Annotated[str, Path(min_length=1, max_length=64, description="Id that the submission answered with.")]
IdempotencyKey = Annotated[
    str | None,
    Header(
        min_length=1,
        max_length=255,
        pattern=r"^[\x21-\x7e]+$",
        description="The same key and configuration give the same backtest, however often they are sent.",
    ),
]
CONFIGURATION = {
    "requestBody": {
        "required": True,
        "description": "A run configuration; Python strategies and files of the server are refused.",
        "content": {"application/json": {"schema": {"$ref": "#/components/schemas/RunConfig"}}},
    }
}
EVENTS = {
    "responses": {
        "200": {
            "description": "Events `progress`, each with a Backtest and its revision as id.",
            "content": {
                "text/event-stream": {
                    "itemSchema": {
                        "properties": {
                            "data": {
                                "contentMediaType": "application/json",
                                "contentSchema": {"$ref": "#/components/schemas/Backtest"},
                            }
                        }
                    }
                }
            },
        }
    }
}


@router.post(
    "",
    status_code=202,
    summary="Submit a backtest",
    openapi_extra=CONFIGURATION,
    responses={
        202: {
            "description": "The backtest is queued, or was so before under the same key.",
            "headers": {"Location": {"description": "Its address.", "schema": {"type": "string"}}},
        },
        **problems(*BODY_PROBLEMS),
    },
)
async def submit_backtest(
    request: Request, response: Response, queue: Queue, idempotency_key: IdempotencyKey = None
) -> Backtest:
    """The configuration is checked at once; the run happens in a worker process."""
    if not is_json(request):
        raise HTTPException(415)
    body = await request.body()
    record = await run_in_threadpool(_submitted, body, queue, idempotency_key)
    response.headers["Location"] = f"/api/backtests/{record.id}"
    return backtest_view(record)


def _submitted(body: bytes, queue: BacktestQueue, key: str | None) -> BacktestRecord:
    return submit(submitted_request(body).config, queue, key)


@router.get("", summary="Backtests, newest first", responses=problems(404, 422))
def list_backtests(
    results: Results,
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
    before: Annotated[str | None, Query(max_length=64, description="`next` of the page before.")] = None,
) -> BacktestPage:
    """A page of backtests and where the next one begins."""
    return backtest_page(results, limit, before)


@router.get("/{backtest_id}", summary="State of a backtest", responses=problems(404, 422))
def get_backtest(backtest_id: BacktestId, results: Results) -> Backtest:
    """State, progress and the first figures."""
    return backtest_view(results.backtest(backtest_id))


@router.get(
    "/{backtest_id}/summary",
    summary="Summary of a finished backtest",
    response_class=Response,
    responses={**published("Summary", "The summary, valid against summary.schema.json."), **problems(404, 409, 422)},
)
def get_summary(backtest_id: BacktestId, results: Results) -> Response:
    """The same document that `ironfly run` writes; one of an older version in today's shape."""
    return stored_json(summary_text(results, backtest_id))


@router.get("/{backtest_id}/trades", summary="Trades of a finished backtest", responses=problems(404, 409, 422))
def list_trades(
    backtest_id: BacktestId,
    results: Results,
    offset: Annotated[int, Query(ge=0, le=10_000_000)] = 0,
    limit: Annotated[int, Query(ge=1, le=1000)] = 100,
) -> TradePage:
    """Trades in the order of opening, each with its payoff."""
    return trade_page(results, backtest_id, offset, limit)


@router.get("/{backtest_id}/equity", summary="Equity curve of a finished backtest", responses=problems(404, 409, 422))
def get_equity(
    backtest_id: BacktestId,
    results: Results,
    points: Annotated[int, Query(ge=10, le=100_000, description="At most so many points.")] = 1000,
) -> Equity:
    """Thinned out so that no extreme of net liquidation or drawdown is lost."""
    return equity_view(results.equity(backtest_id), points)


def _found(backtest_id: BacktestId, results: Results) -> BacktestRecord:
    """Looked up before the stream begins, so that an unknown id is a problem and no broken stream."""
    return results.backtest(backtest_id)


@router.get(
    "/{backtest_id}/events",
    summary="Progress of a backtest as server-sent events",
    response_class=EventSourceResponse,
    openapi_extra=EVENTS,
    responses=problems(404, 422),
)
async def backtest_events(
    found: Annotated[BacktestRecord, Depends(_found)],
    results: Results,
    last_event_id: Annotated[str | None, Header(max_length=64, description="Sent by browsers that reconnect.")] = None,
) -> AsyncIterator[ServerSentEvent]:
    """`event: progress` with a Backtest at every change; ends after a final state."""
    seen = int(last_event_id) if last_event_id is not None and last_event_id.isdecimal() else 0
    async for record in follow(results, found.id, seen):
        yield ServerSentEvent(data=backtest_view(record), event="progress", id=str(record.revision))
