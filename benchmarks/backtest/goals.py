"""What is asked of a whole run: processor time after loading, and private memory."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path
from typing import get_args

from benchmarks.backtest.daily_spread import Margin
from benchmarks.data.generated import write_months
from benchmarks.measure import Goal
from data.importing import import_files
from data.parquet_store import ParquetStore


def measure() -> list[Goal]:
    """Generate and import the chains in a temporary folder, and measure."""
    with tempfile.TemporaryDirectory(prefix="ironfly-bench-") as name:
        folder = Path(name)
        (folder / "csv").mkdir()
        import_files(write_months(folder / "csv"), "auto", ParquetStore(folder / "eod"))
        store = str(folder / "eod")
        seconds = {margin: _printed("processor_time", store, margin) for margin in get_args(Margin)}
        (private,) = _printed("private_memory", store)
    for margin, (_, least) in seconds.items():
        print(f"5 years, a spread a day, margin {margin}: the fastest run took {least:.2f} seconds")
    return [
        *(
            Goal(f"5 years, a spread a day, margin {margin}", taken, "seconds", 0.8, at_least=False)
            for margin, (taken, _) in seconds.items()
        ),
        Goal("private memory of loading and running 5 years", private, "MB", 500, at_least=False),
    ]


def _printed(module: str, *arguments: str) -> list[float]:
    """The numbers that a module of this folder prints, in a process that does nothing else."""
    command = [sys.executable, "-m", f"benchmarks.backtest.{module}", *arguments]
    return [float(one) for one in subprocess.run(command, capture_output=True, text=True, check=True).stdout.split()]
