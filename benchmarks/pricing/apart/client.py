"""Our end of the worker: its tasks as timers that take their turn with ours."""

from __future__ import annotations

import json
import os
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.measure import Timer
from benchmarks.pricing.apart.environment import interpreter
from benchmarks.pricing.inputs import Column, Contracts

_REPOSITORY = Path(__file__).parents[3]
# One thread for all but iv_engine's pool, which works only where a task says so.
_THREADS = {"NUMBA_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "RAYON_NUM_THREADS": "2"}


class WorkerFailed(Exception):
    """The worker ended; what it said is on standard error."""


class Client:
    """The peers of the other environment."""

    def __init__(self, process: subprocess.Popen[str], folder: Path) -> None:
        self._process, self._folder = process, folder
        self.missing: dict[str, str] = {}

    def load(self, contracts: Contracts, prices: Column) -> list[tuple[str, str]]:
        """Hand contracts over; returns the peers, each with a kind of work that it does."""
        path = self._folder / "inputs.npz"
        np.savez(path, contracts=np.array(contracts), prices=prices)
        answer = self._ask(do="load", path=str(path))
        self.missing = answer["missing"]
        return [(peer, kind) for peer, kinds in answer["work"].items() for kind in kinds]

    def timer(self, peer: str, work: str, calls: int) -> Timer:
        return lambda: float(self._ask(do="time", peer=peer, work=work, calls=calls))

    def answer(self, peer: str, work: str) -> Callable[[], Column]:
        """What computes the rows of a task over there."""

        def values() -> Column:
            path = self._folder / "values.npy"
            self._ask(do="values", peer=peer, work=work, path=str(path))
            return np.asarray(np.load(path))

        return values

    def _ask(self, **order: object) -> Any:
        orders, answers = self._process.stdin, self._process.stdout
        if orders is None or answers is None:
            raise WorkerFailed("the worker of the pricing peers has no pipes")
        print(json.dumps(order), file=orders, flush=True)
        answer = answers.readline()
        if not answer:
            raise WorkerFailed(f"the worker of the pricing peers ended at {order}")
        return json.loads(answer)


@contextmanager
def peers_apart() -> Iterator[Client]:
    """Start the worker; it ends with the context. Raises `EnvironmentUnavailable`."""
    command = [str(interpreter()), "-m", "benchmarks.pricing.apart.worker"]
    with (
        tempfile.TemporaryDirectory() as folder,
        subprocess.Popen(
            command,
            cwd=_REPOSITORY,
            env=os.environ | _THREADS,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        ) as process,
    ):
        yield Client(process, Path(folder))
