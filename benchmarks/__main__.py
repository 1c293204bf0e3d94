"""`make bench`: prints every figure with its goal; exit code 1 when one is missed."""

from __future__ import annotations

import sys

from benchmarks import idle_snapshot, margin, minute_bars, reports, selection
from benchmarks.backtest import goals as backtest
from benchmarks.data import goals as data
from benchmarks.measure import report
from benchmarks.pricing import goals as pricing

if __name__ == "__main__":
    parts = (minute_bars, idle_snapshot, selection, margin, pricing, data, backtest, reports)
    sys.exit(report([part.measure for part in parts]))
