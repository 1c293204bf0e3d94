"""What is asked of a whole run: processor time after loading, and private memory."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median
from time import process_time
from typing import get_args

from benchmarks.backtest.daily_spread import Margin, load, run
from benchmarks.data.generated import write_months
from benchmarks.measure import Goal
from data.importing import import_files
from data.parquet_store import ParquetStore
from engine.sources import RecordedSource

_REPETITIONS = 3


def measure() -> list[Goal]:
    """Generate and import the chains in a temporary folder, and measure."""
    with tempfile.TemporaryDirectory(prefix="ironfly-bench-") as name:
        folder = Path(name)
        (folder / "csv").mkdir()
        import_files(write_months(folder / "csv"), "auto", ParquetStore(folder / "eod"))
        source = load(folder / "eod")
        private = _private_megabytes(folder / "eod")
    return [
        *(
            Goal(f"5 years, a spread a day, margin {margin}", _seconds(source, margin), "seconds", 0.8, at_least=False)
            for margin in get_args(Margin)
        ),
        Goal("private memory of loading and running 5 years", private, "MB", 500, at_least=False),
    ]


def _seconds(source: RecordedSource, margin: Margin) -> float:
    """Median processor seconds of a run; the first one warms up."""
    seconds = []
    for _ in range(_REPETITIONS + 1):
        began = process_time()
        result = run(source, margin)
        seconds.append(process_time() - began)
    if len(result.fills) < 1_250:
        raise RuntimeError(f"only {len(result.fills)} spreads were opened")
    return median(seconds[1:])


def _private_megabytes(folder: Path) -> float:
    """Private memory above the imports, in a process that does nothing else."""
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.backtest.private_memory", str(folder)],
        capture_output=True,
        text=True,
        check=True,
    )
    return float(done.stdout)
