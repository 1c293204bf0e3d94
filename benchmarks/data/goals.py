"""What is asked of the data path: import, own Greeks, and streams out of the store."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from datetime import date
from pathlib import Path
from time import perf_counter

import numpy as np

from benchmarks.data.generated import FIRST, LAST, write_months
from benchmarks.data.minutes import RESOLUTION, add_minutes
from benchmarks.measure import Goal, timed
from data.cache.greeks import own_greeks
from data.contract_list import contract_table, sessions_for
from data.importing import import_files
from data.parquet_store import ParquetStore
from data.replay import open_range
from data.selection import ReadOptions
from engine.events import SnapshotArrived

OWN = ReadOptions(greeks="own")
_REPETITIONS = 5


def measure() -> list[Goal]:
    """Generate both markets in a temporary folder, and measure."""
    with tempfile.TemporaryDirectory(prefix="ironfly-bench-") as name:
        folder = Path(name)
        (folder / "csv").mkdir()
        store, minutes = ParquetStore(folder / "eod"), ParquetStore(folder / "minute")
        imported = _import(write_months(folder / "csv"), store)
        derived = _derive(store)
        days = add_minutes(minutes)
        whole_years = _stream(store, "eod", FIRST, LAST)
        in_minutes = _stream(minutes, RESOLUTION, *days, opened=True)
        private = _private_megabytes(folder / "eod")
        return [
            imported,
            derived,
            Goal("open and stream 5 years, own Greeks, warm", whole_years, "seconds", 0.3, at_least=False),
            Goal("stream 20 days of minutes, 3.9 million quotes", in_minutes, "seconds", 0.5, at_least=False),
            Goal("private memory of a stream of 5 years", private, "MB", 300, at_least=False),
        ]


def touch(source: object) -> float:
    """Read bid and ask of every quote."""
    total = 0.0
    for event in source:  # type: ignore[attr-defined]
        if isinstance(event, SnapshotArrived):
            total += float(event.snapshot.bid.sum()) + float(event.snapshot.ask.sum())
    return total


def _import(paths: list[Path], store: ParquetStore) -> Goal:
    began = perf_counter()
    report = import_files(paths, "auto", store)
    rows = sum(file.rows for file in report.files)
    return Goal(
        f"import of {rows:,} rows of CSV", rows / (perf_counter() - began), "rows/second", 500_000, at_least=True
    )


def _derive(store: ParquetStore) -> Goal:
    chains = store.read("SPX", "eod", FIRST, LAST)
    table = contract_table({"SPX": chains.contracts}, sessions_for([chains.contracts], FIRST, LAST))
    loaded = list(chains.load())
    seconds = float(np.median([timed(lambda: own_greeks(loaded, table))() for _ in range(_REPETITIONS)]))
    return Goal("forwards, volatilities and Greeks of all rows", seconds, "seconds", 3.0, at_least=False)


def _stream(store: ParquetStore, resolution: str, first: date, last: date, *, opened: bool = False) -> float:
    """Median seconds; with `opened` the opening is not counted."""
    seconds = []
    for _ in range(_REPETITIONS + 1):
        began = perf_counter()
        source = open_range(store, ["SPX"], resolution, first, last, OWN)
        began = perf_counter() if opened else began
        touch(source)
        seconds.append(perf_counter() - began)
    return float(np.median(seconds[1:]))


def _private_megabytes(folder: Path) -> float:
    """Private memory above the imports, in a process that does nothing else."""
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.data.private_memory", str(folder)],
        capture_output=True,
        text=True,
        check=True,
    )
    return float(done.stdout)
