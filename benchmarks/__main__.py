"""`make bench`: prints every figure with its goal; exit code 1 when one is missed."""

from __future__ import annotations

import sys

from benchmarks import idle_snapshot, margin, minute_bars
from benchmarks.measure import report
from benchmarks.pricing import goals as pricing

if __name__ == "__main__":
    sys.exit(report([minute_bars.measure, idle_snapshot.measure, margin.measure, pricing.measure]))
