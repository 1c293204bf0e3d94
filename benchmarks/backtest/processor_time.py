"""Prints processor seconds of a run, median and least of some, in a process that does nothing else but load a store.

A run in the process that generated and imported the files would be measured on the heap that they left behind.
"""

from __future__ import annotations

import sys
from pathlib import Path
from statistics import median
from time import process_time
from typing import Final, get_args

from benchmarks.backtest.daily_spread import Margin, load, run
from engine.sources import RecordedSource

_REPETITIONS: Final = 5
_SPREADS: Final = 1_250


def seconds(source: RecordedSource, margin: Margin) -> tuple[float, float]:
    """Median and least processor seconds of a run; the first one warms up."""
    taken = []
    for _ in range(_REPETITIONS + 1):
        began = process_time()
        result = run(source, margin)
        taken.append(process_time() - began)
    if len(result.fills) < _SPREADS:
        raise RuntimeError(f"only {len(result.fills)} spreads were opened")
    return median(taken[1:]), min(taken[1:])


if __name__ == "__main__":
    (named,) = [margin for margin in get_args(Margin) if margin == sys.argv[2]]
    print(*seconds(load(Path(sys.argv[1])), named))
