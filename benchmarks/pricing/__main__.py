"""`python -m benchmarks.pricing`: the pricing kernels alone, beside their peers; exit code 1 when a goal is missed."""

from __future__ import annotations

import sys

from benchmarks.measure import report
from benchmarks.pricing.goals import measure

if __name__ == "__main__":
    sys.exit(report([measure]))
