"""Prints the private memory, in MB above the imports, of a process that loads a store and runs over it.

The larger figure of after loading and after the run, its result still held.
"""

from __future__ import annotations

import sys
from pathlib import Path

from benchmarks.backtest.daily_spread import load, run
from benchmarks.data.private_memory import private_megabytes

if __name__ == "__main__":
    before = private_megabytes()
    source = load(Path(sys.argv[1]))
    loaded = private_megabytes()
    result = run(source, "maximum_loss")
    print(max(loaded, private_megabytes()) - before)
