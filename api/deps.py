"""What routes ask for: made once per application, kept in its state."""

from __future__ import annotations

from typing import Annotated

from fastapi import Depends, Request

from api.settings import Settings
from data.results.queue import BacktestQueue
from data.results.repository import ResultsRepository


def _settings(request: Request) -> Settings:
    settings: Settings = request.app.state.settings
    return settings


def _queue(request: Request) -> BacktestQueue:
    queue: BacktestQueue = request.app.state.queue
    return queue


def _results(request: Request) -> ResultsRepository:
    results: ResultsRepository = request.app.state.results
    return results


ServiceSettings = Annotated[Settings, Depends(_settings)]
Queue = Annotated[BacktestQueue, Depends(_queue)]
Results = Annotated[ResultsRepository, Depends(_results)]
