"""An import that is killed at a chosen step, in a process of its own.

Steps are the moments at which the store on disk may differ before and after: file system calls and SQL statements.
"""

import os
import signal
import sys
from datetime import date
from itertools import count
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

import sqlalchemy as sql

from data.calendar import session_table
from data.importing import import_files
from data.parquet_store import ParquetStore
from tests.forking import forking_context

FILE_SYSTEM_CALLS = {"os.rename", "os.remove", "os.mkdir", "sqlite3.connect"}

# Built here, once, in the server process that the killed ones are forked from.
session_table(date(2019, 4, 29), date(2019, 5, 15))


def steps_of_import(store: Path, paths: list[Path], killed_at: int | None) -> int | None:
    """Import in another process; None when it was killed, else the number of steps that it took."""
    context = forking_context()
    receiving, sending = context.Pipe(duplex=False)
    process = context.Process(target=_import, args=(store, paths, killed_at, sending))
    process.start()
    sending.close()
    try:
        taken: int | None = receiving.recv()
    except EOFError:
        taken = None
    receiving.close()
    process.join()
    process.close()
    return taken


def _import(store: Path, paths: list[Path], killed_at: int | None, sending: Connection) -> None:
    numbers = count(1)
    taken = 0

    def step(*_: Any, **__: Any) -> None:
        nonlocal taken
        taken = next(numbers)
        if taken == killed_at:
            os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(lambda event, _: step() if event in FILE_SYSTEM_CALLS else None)
    for moment in ("before_cursor_execute", "commit"):
        sql.event.listen(sql.Engine, moment, step)
    import_files(paths, "cboe_table", ParquetStore(store), replace_days=True)
    sending.send(taken)
