"""Writes how far a job is, a few times a second; every write asks whether the job is still wanted."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import date
from typing import Final

from data.model_store import BuildProgress
from data.results.queue import BacktestQueue
from data.results.records import Job
from engine.config import RunConfig
from engine.instants import Instant, utc_datetime

_WRITE_EVERY_S: Final = 0.2


class WorkerStopping(Exception):
    """The worker was asked to stop in the middle of a job."""


class JobProgress:
    """The `Observer` of one job."""

    def __init__(self, queue: BacktestQueue, job: Job, stopping: Callable[[], bool]) -> None:
        self._queue, self._job, self._stopping = queue, job, stopping
        self._start, self._days = date.min, 1
        self._written = 0.0

    def making(self, build: BuildProgress) -> None:
        """Say which model prices are made. Raises `WorkerStopping`, `LeaseLost`."""
        self._stop_if_asked()
        what = f"making model prices of {build.underlying} {build.year} ({build.done + 1} of {build.years}), once"
        self._queue.report(self._job, 0.0, None, what)

    def begins(self, config: RunConfig) -> None:
        """Learn which dates the run covers."""
        self._start, self._days = config.start, max((config.end - config.start).days + 1, 1)

    def reached(self, at: Instant) -> None:
        """Say how far the simulated date has come. Raises `WorkerStopping`, `LeaseLost`."""
        self._stop_if_asked()
        now = time.monotonic()
        if now - self._written >= _WRITE_EVERY_S:
            self._written = now
            day = utc_datetime(at).date()
            done = min(max((day - self._start).days, 0), self._days) / self._days
            self._queue.report(self._job, done, day, f"simulating {day.isoformat()}")

    def _stop_if_asked(self) -> None:
        if self._stopping():
            raise WorkerStopping
