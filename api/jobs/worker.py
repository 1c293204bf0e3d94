"""The worker process: takes backtests up one after the other, for as long as the process that started it lives."""

from __future__ import annotations

import logging
import os
import signal
import threading
import time
from contextlib import suppress
from multiprocessing.connection import Connection
from typing import Final

from api.jobs.execution import carry_out
from api.jobs.progress import JobProgress, WorkerStopping
from api.problems import WORKER_LOST, kind_of, problem, problem_of
from api.runs.folder import discard_staged, staged_folder
from api.settings import Settings
from data.results.database import ResultsDatabase
from data.results.errors import LeaseLost
from data.results.queue import MOST_ATTEMPTS, BacktestQueue
from data.results.records import Job

_LOG: Final = logging.getLogger(__name__)
_LOOK_EVERY_S: Final = 0.2
_RENEW_EVERY_S: Final = 3.0
STOPPING_S: Final = 5.0
"""A worker that was asked to stop and has not ended by then is ended."""


def work(name: str, lifeline: Connection, settings: Settings) -> None:
    """Be a worker; the target of a process.

    Args:
        lifeline: its other end is held by whoever started the process; when it closes, the worker stops.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C goes to all processes of a terminal; the server decides
    database = ResultsDatabase(settings.results)
    _Worker(name, lifeline, settings, BacktestQueue(database, time.time_ns)).work()
    database.close()


class _Worker:
    def __init__(self, name: str, lifeline: Connection, settings: Settings, queue: BacktestQueue) -> None:
        self._name, self._lifeline, self._settings, self._queue = name, lifeline, settings, queue
        self._stopping = threading.Event()
        self._job: Job | None = None

    def work(self) -> None:
        threading.Thread(target=self._live, name="lifeline", daemon=True).start()
        lost = problem(WORKER_LOST, f"{MOST_ATTEMPTS} workers ended while they ran this backtest").model_dump_json()
        while not self._stopping.is_set():
            self._queue.give_up(lost)
            self._job = self._queue.claim(self._name)
            if self._job is None:
                self._stopping.wait(_LOOK_EVERY_S)
            else:
                self._finish(self._job)

    def _live(self) -> None:
        """Renew the lease, also while a run is busy with one event, until the lifeline closes."""
        while not self._lifeline.poll(_RENEW_EVERY_S):
            job = self._job
            if job is not None:
                with suppress(LeaseLost):  # the run finds out itself when it reports
                    self._queue.renew(job)
        self._stopping.set()
        time.sleep(STOPPING_S)
        os._exit(1)

    def _finish(self, job: Job) -> None:
        """Run a job to one of its ends; whatever goes wrong in a run is the run's, not the worker's."""
        try:
            done = carry_out(job, self._settings.store, JobProgress(self._queue, job, self._stopping.is_set))
            folder = self._settings.runs / job.id
            discard_staged(folder)  # of a worker that was ended while it wrote
            with staged_folder(folder, done.files) as publish:
                self._queue.finish(job, done.outcome, publish)
        except WorkerStopping:
            self._queue.give_back(job)
        except LeaseLost as error:
            _LOG.warning("%s; its result is dropped", error)
        except Exception as error:  # noqa: BLE001 - a defect must not take the worker along
            self._fail(job, error)

    def _fail(self, job: Job, error: Exception) -> None:
        if kind_of(error) is None:
            _LOG.error("backtest %s failed on a defect", job.id, exc_info=error)
        with suppress(LeaseLost):
            self._queue.fail(job, problem_of(error).model_dump_json())
