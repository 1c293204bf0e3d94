"""`ironfly serve`: the API, the built page and a worker, on one address."""

from __future__ import annotations

import os
import socket
import sys
import time
from contextlib import closing, suppress
from typing import Final

import uvicorn

from api.errors import AddressUnusable
from api.examples import examples
from api.main import create_app
from api.settings import Settings
from api.submission import submit
from data.results.database import ResultsDatabase
from data.results.queue import BacktestQueue

_OPEN_STREAMS_END_AFTER_S: Final = 2


def serve(settings: Settings, host: str, port: int, demo: bool) -> None:
    """Serve until Ctrl-C or a signal to end.

    Args:
        port: 0 takes any free one; the address is printed.
        demo: submit the first example where no run of it is stored.

    Raises:
        AddressUnusable: when the address is taken, or none of this machine.
        ResultsUnavailable: when the database cannot be used.
    """
    listening = _listening(host, port)
    if demo:
        _submit_demo(settings)
    config = uvicorn.Config(
        create_app(settings), log_level="warning", timeout_graceful_shutdown=_OPEN_STREAMS_END_AFTER_S
    )
    shown = f"[{host}]" if ":" in host else host
    sys.stdout.write(f"Ironfly is served on http://{shown}:{listening.getsockname()[1]} (Ctrl-C ends it)\n")
    sys.stdout.flush()
    with suppress(KeyboardInterrupt):  # uvicorn has shut down by then, and says so once more
        uvicorn.Server(config).run([listening])


def _listening(host: str, port: int) -> socket.socket:
    """Taken before anything is started, so that a second server leaves nothing behind."""
    try:
        return socket.create_server((host, port), family=socket.AF_INET6 if ":" in host else socket.AF_INET)
    except OSError as error:
        reason = os.strerror(error.errno) if error.errno else str(error)
        raise AddressUnusable(f"{host}:{port}: {reason}; choose another with --host or --port") from error


def _submit_demo(settings: Settings) -> None:
    with closing(ResultsDatabase(settings.results)) as database:
        database.prepare()
        for example in examples()[:1]:
            submit(example.configuration, BacktestQueue(database, time.time_ns), f"demo-{example.name}")
