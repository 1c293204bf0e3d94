"""Runs in the environment of the peers: does what it is told on standard input, a line of JSON each, and answers so.

{"do": "load", "path"} reads contracts and prices and answers with the kinds of work of each peer, or why it is missing.
{"do": "time", "peer", "work", "calls"} answers with the mean seconds of a call.
{"do": "values", "peer", "work", "path"} writes the rows of the work's answer.
"""

from __future__ import annotations

import json
import sys
import warnings
from contextlib import redirect_stdout
from importlib import import_module
from typing import Any

import numpy as np

from benchmarks.measure import timed
from benchmarks.pricing.task import Tasks

_PEERS = ("py_vollib_vectorized", "fast_vollib", "iv_engine")


class _Worker:
    def __init__(self) -> None:
        self._tasks: dict[str, Tasks] = {}

    def load(self, path: str) -> dict[str, Any]:
        """Answer with the kinds of work by peer, and with what could not be imported."""
        columns = np.load(path)
        contracts, missing = tuple(columns["contracts"]), {}
        self._tasks.clear()
        for name in _PEERS:
            try:
                module = import_module(f"benchmarks.pricing.apart.{name}")
            except ImportError as error:
                missing[name] = str(error)
            else:
                self._tasks |= module.tasks(contracts, columns["prices"])
        return {"work": {peer: list(tasks) for peer, tasks in self._tasks.items()}, "missing": missing}

    def time(self, peer: str, work: str, calls: int) -> float:
        return timed(self._tasks[peer][work].run, calls, warm_up=True)()

    def values(self, peer: str, work: str, path: str) -> None:
        np.save(path, self._tasks[peer][work].values())


def main() -> None:
    warnings.simplefilter("ignore")
    worker, answers = _Worker(), sys.stdout
    with redirect_stdout(sys.stderr):
        for line in sys.stdin:
            order = json.loads(line)
            answer = getattr(worker, order.pop("do"))(**order)
            print(json.dumps(answer), file=answers, flush=True)


main()
