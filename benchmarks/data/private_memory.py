"""Prints the highest private memory, in MB above the imports, of a process that streams a store."""

from __future__ import annotations

import sys
from pathlib import Path

from benchmarks.data.generated import FIRST, LAST
from benchmarks.data.goals import OWN
from data.parquet_store import ParquetStore
from data.replay import open_range


def private_megabytes() -> float:
    """Anonymous resident memory of this process."""
    status = Path("/proc/self/status").read_text()
    return int(next(line for line in status.splitlines() if line.startswith("RssAnon")).split()[1]) / 1024


if __name__ == "__main__":
    before = private_megabytes()
    highest = before
    for number, _ in enumerate(open_range(ParquetStore(Path(sys.argv[1])), ["SPX"], "eod", FIRST, LAST, OWN)):
        if number % 50 == 0:
            highest = max(highest, private_megabytes())
    print(highest - before)
