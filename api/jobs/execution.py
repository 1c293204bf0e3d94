"""From a job to its outcome: the wiring that the command line uses, and the documents that are kept."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Protocol

from api import wiring
from api.mapping import FinishedRun, summarise
from api.observed_source import ObservedSource
from api.runs.catalogue import ARTIFACTS
from api.runs.folder import Writer
from api.runs.rows.equity_columns import equity_columns
from api.runs.writing import files_of
from api.trade_views import trade_views
from data.model_store import BuildProgress
from data.results.records import Job, Outcome, Status
from engine.config import RunConfig
from engine.instants import Instant, utc_datetime
from schemas.backtest import Headline
from schemas.publication import publish
from schemas.run_request import run_request_of
from schemas.summary import Summary


class Observer(Protocol):
    """Is told how far a job is; what it raises ends the job."""

    def making(self, build: BuildProgress) -> None:
        """Model prices are made, once."""

    def begins(self, config: RunConfig) -> None:
        """The run begins."""

    def reached(self, at: Instant) -> None:
        """The run comes to an event."""


@dataclass(frozen=True, slots=True)
class Done:
    """What a job came to.

    Attributes:
        outcome: what the database keeps of it.
        files: writers of the files of its folder by name.
    """

    outcome: Outcome
    files: Mapping[str, Writer]


def carry_out(job: Job, store: Path, observer: Observer) -> Done:
    """Run a job's configuration.

    Raises:
        Any error of the packages, and whatever the observer raises.
    """
    request = run_request_of(json.loads(job.configuration), "the configuration", Path())
    prepared = wiring.prepare(request, store, observer.making)
    observer.begins(request.config)
    played = wiring.play(prepared, lambda source: ObservedSource(source, observer.reached))
    record = replace(played.record, id=job.id, created=utc_datetime(job.created))
    finished = replace(played, record=record)
    summary = summarise(finished, ARTIFACTS)
    published = publish(summary)
    return Done(_outcome(finished, _headline(summary), published), files_of(finished, published))


def _outcome(finished: FinishedRun, headline: Headline, summary: str) -> Outcome:
    result = finished.result
    return Outcome(
        status=Status.INTERRUPTED if result.interrupted else Status.COMPLETE,
        simulated_to=result.days[-1],
        headline=headline.model_dump_json(),
        summary=summary,
        trades=tuple(trade.model_dump_json() for trade in trade_views(finished.config, result, finished.attribution)),
        equity=equity_columns(result),
    )


def _headline(summary: Summary) -> Headline:
    return Headline(
        profit_usd=summary.capital.profit_usd,
        total_return=summary.returns.total,
        max_drawdown=summary.drawdown.max,
        trades=summary.trades.count,
    )
