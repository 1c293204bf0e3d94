"""`python -m benchmarks.backtest`: whole runs alone; exit code 1 when a goal is missed."""

from __future__ import annotations

import sys

from benchmarks.backtest.goals import measure
from benchmarks.measure import report

if __name__ == "__main__":
    sys.exit(report([measure]))
