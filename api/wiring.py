"""From a request to a finished run: the only place that puts source, strategies, models and signals together."""

from __future__ import annotations

import platform
import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from api.benchmarks import benchmark_of
from api.calendars import calendar_warnings
from api.data_access import RunData, open_data
from api.mapping import FinishedRun, RunRecord
from api.parts import models_of, names_of, signals_of, strategies_of
from api.share_trading import share_problems
from api.version import engine_version
from data.model_store import Progress
from engine.attribution.components import attribution_of
from engine.config import RunConfig
from engine.instants import Instant
from engine.metrics import statistics
from engine.runner import Listener, Models, run_backtest_sync
from engine.sources import EventSource
from engine.strategy import Strategy
from schemas.errors import InvalidConfiguration
from schemas.run_request import RunRequest
from signals.registry import Signal
from signals.service import SignalService


@dataclass(frozen=True, slots=True)
class PreparedRun:
    """All parts of a run, checked and ready; strategies and signals remember, so it can be played once."""

    config: RunConfig
    data: RunData
    strategies: list[Strategy]
    signals: list[Signal]
    models: Models
    created: datetime

    @property
    def cautions(self) -> tuple[str, ...]:
        """Warnings that are known before the run."""
        return calendar_warnings(self.strategies, self.signals, self.config.end)


def prepare(request: RunRequest, store: Path, progress: Progress | None = None) -> PreparedRun:
    """Choose and check all parts, and open the data.

    Args:
        store: folder of imported market data.
        progress: called while model prices are made, which happens once.

    Raises:
        InvalidConfiguration: for a name or a parameter that no part knows.
        DataError: when the store does not hold what the configuration asks for.
    """
    created = datetime.now(UTC)
    config = request.config
    try:
        strategies, models, makers = (
            strategies_of(config, request.base),
            models_of(config),
            signals_of(config, request.base),
        )
    except InvalidConfiguration as error:
        raise error.located(request.document) from error
    data = open_data(config, request.base, store, progress)
    problems = share_problems(config, data.source.underlyings)
    if problems:
        raise InvalidConfiguration(problems).located(request.document)
    if data.pricing_rate is not None:
        config = replace(config, pricing=replace(config.pricing, rate=data.pricing_rate))
        models = models_of(config)
    signals = [make(data.source.sessions) for make in makers]
    return PreparedRun(config, data, strategies, signals, replace(models, rates=data.rates), created)


def play(
    prepared: PreparedRun,
    wrap: Callable[[EventSource], EventSource] = lambda source: source,
    listeners: Sequence[Listener] = (),
) -> FinishedRun:
    """Run it.

    Args:
        wrap: puts something around the source, e.g. an interruption or a progress bar.
        listeners: who follows the run besides its signals.

    Raises:
        EngineError: when the run fails.
    """
    started = datetime.now(UTC)
    result = run_backtest_sync(
        prepared.config,
        wrap(prepared.data.source),
        prepared.strategies,
        prepared.models,
        (SignalService(prepared.signals, _adjustments(prepared.data)), *listeners),
    )
    return FinishedRun(
        config=prepared.config,
        result=result,
        statistics=statistics(result, benchmark_of(prepared.config, prepared.data, result), prepared.config.seed),
        attribution=attribution_of(
            result.stretches,
            result.bookings,
            prepared.config.pricing,
            prepared.data.source.sessions.date_of,
            prepared.data.later_rates,
        ),
        parts=names_of(prepared.models),
        data=prepared.data,
        record=_record(prepared.created, started),
        cautions=prepared.cautions,
    )


def _adjustments(data: RunData) -> dict[str, list[tuple[Instant, float]]]:
    return {symbol: [(step.at, step.factor) for step in steps] for symbol, steps in data.price_steps.items()}


def _record(created: datetime, started: datetime) -> RunRecord:
    return RunRecord(
        id=uuid.uuid4().hex,
        created=created,
        started=started,
        finished=datetime.now(UTC),
        engine_version=engine_version(),
        python=platform.python_version(),
        platform=f"{platform.system()} {platform.machine()}",
    )
