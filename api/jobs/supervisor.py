"""Keeps one worker process alive while the server lives."""

from __future__ import annotations

import logging
import multiprocessing
import threading
import uuid
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess
from typing import Final

from api.jobs.worker import STOPPING_S, work
from api.settings import Settings
from data.results.queue import BacktestQueue

_LOG: Final = logging.getLogger(__name__)
_RESTART_AFTER_S: Final = 1.0


class WorkerSupervisor:
    """Starts a worker, and another one when it ends without having been asked to.

    The worker holds one end of a pipe and this process the other: however this process ends, the worker notices.
    """

    def __init__(self, settings: Settings, queue: BacktestQueue) -> None:
        self._settings, self._queue = settings, queue
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._supervise, name="worker-supervisor", daemon=True)
        self._process: SpawnProcess | None = None
        self._lifeline: Connection | None = None

    def start(self) -> None:
        """Start supervising."""
        self._thread.start()

    def stop(self) -> None:
        """End the worker: it gives back what it runs; one that does not end in time is killed."""
        self._stopping.set()
        self._cut_lifeline()
        self._thread.join(STOPPING_S)
        if self._process is not None and self._process.is_alive():
            self._process.kill()
            self._thread.join()

    def _supervise(self) -> None:
        while not self._stopping.is_set():
            name = uuid.uuid4().hex
            process = self._spawn(name)
            process.join()
            self._cut_lifeline()
            self._queue.release(name)
            if not self._stopping.is_set():
                _LOG.error("the worker ended with exit code %s; starting another", process.exitcode)
                self._stopping.wait(_RESTART_AFTER_S)

    def _spawn(self, name: str) -> SpawnProcess:
        # Spawned, not forked: the server has threads, and a fork would inherit their locks.
        context = multiprocessing.get_context("spawn")
        theirs, self._lifeline = context.Pipe(duplex=False)
        process = context.Process(target=work, args=(name, theirs, self._settings), name="ironfly-worker", daemon=True)
        process.start()
        theirs.close()
        self._process = process
        if self._stopping.is_set():
            self._cut_lifeline()
        return process

    def _cut_lifeline(self) -> None:
        if self._lifeline is not None:
            self._lifeline.close()
