"""`python -m benchmarks.data`: import, own Greeks and streams alone; exit code 1 when a goal is missed."""

from __future__ import annotations

import sys

from benchmarks.data.goals import measure
from benchmarks.measure import report

if __name__ == "__main__":
    sys.exit(report([measure]))
