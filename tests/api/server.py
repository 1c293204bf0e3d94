"""`ironfly serve` as users start it: a process of its own, on loopback, on a port that is free."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx2

from tests.api.shell import OWN

FINAL = ("complete", "interrupted", "failed")
PATIENCE_S = 120.0
"""The first run of a fresh environment compiles kernels."""


@dataclass(frozen=True)
class Server:
    """`folder` is where it runs, and where its results are."""

    folder: Path
    process: subprocess.Popen[str]
    http: httpx2.Client

    def submit(self, configuration: Mapping[str, Any], key: str | None = None) -> httpx2.Response:
        headers = {} if key is None else {"Idempotency-Key": key}
        return self.http.post("/api/backtests", json=configuration, headers=headers)

    def state(self, backtest: str) -> dict[str, Any]:
        return dict(self.http.get(f"/api/backtests/{backtest}").json())

    def wait_for(self, backtest: str, *statuses: str) -> dict[str, Any]:
        """The backtest as soon as it has one of the statuses."""
        until = time.monotonic() + PATIENCE_S
        while (state := self.state(backtest))["status"] not in (statuses or FINAL):
            assert time.monotonic() < until, state
            time.sleep(0.05)
        return state

    def events(self, backtest: str, seen: int = 0) -> list[tuple[int, dict[str, Any]]]:
        """Revisions and backtests of the event stream, to its end."""
        found, name, data = [], "", ""
        address, headers = f"/api/backtests/{backtest}/events", {"Last-Event-ID": str(seen)} if seen else {}
        with self.http.stream("GET", address, headers=headers, timeout=PATIENCE_S) as answer:
            assert answer.headers["content-type"].startswith("text/event-stream")
            for line in answer.iter_lines():
                field, _, value = line.partition(": ")
                name, data = (value if field == "event" else name), (value if field == "data" else data)
                if field == "id":
                    assert name == "progress"
                    found.append((int(value), json.loads(data)))
        return found

    def worker(self) -> int:
        """Process id of the worker."""
        until = time.monotonic() + PATIENCE_S
        while not (found := _workers_below(self.process.pid)):
            assert time.monotonic() < until
            time.sleep(0.05)
        return found[0]


@contextmanager
def running_server(folder: Path, store: Path, *options: str, **environment: str) -> Iterator[Server]:
    """A server whose results are in a folder; it is stopped at the end."""
    inherited = {key: value for key, value in os.environ.items() if not key.startswith("IRONFLY_")}
    variables = inherited | OWN | environment
    command = [sys.executable, "-m", "api.cli.main", "serve", "--port", "0", "--store", str(store), *options]
    process = subprocess.Popen(command, cwd=folder, env=variables, stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout is not None
        address = process.stdout.readline().partition("http://")[2].partition(" ")[0]
        assert address, "the server did not start"
        with httpx2.Client(base_url=f"http://{address}", timeout=PATIENCE_S) as http:
            yield Server(folder, process, http)
    finally:
        process.send_signal(signal.SIGINT)
        assert process.stdout is not None
        process.stdout.close()
        process.wait(PATIENCE_S)


def is_alive(pid: int) -> bool:
    """Whether a process runs; one that ended and that nobody asked about does not."""
    stat = Path(f"/proc/{pid}/stat")
    try:
        return stat.read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def _workers_below(server: int) -> list[int]:
    found = []
    for folder in Path("/proc").iterdir():
        try:
            if folder.name.isdecimal() and f"PPid:\t{server}\n" in (folder / "status").read_text():
                found += [int(folder.name)] if b"spawn_main" in (folder / "cmdline").read_bytes() else []
        except OSError:
            continue  # ended meanwhile
    return found
