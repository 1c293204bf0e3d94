"""Prints the private memory, in MB above the imports, of a process that loads a store and runs over it."""

from __future__ import annotations

import sys
from pathlib import Path

from benchmarks.backtest.daily_spread import load, run
from benchmarks.data.private_memory import private_megabytes

if __name__ == "__main__":
    before = private_megabytes()
    source = load(Path(sys.argv[1]))
    result = run(source, "maximum_loss")
    print(private_megabytes() - before)
