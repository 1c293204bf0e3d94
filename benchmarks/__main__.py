"""`make bench`: prints every figure with its goal; exit code 1 when one is missed."""

from __future__ import annotations

import sys

from benchmarks import idle_snapshot, minute_bars
from benchmarks.measure import load
from benchmarks.pricing import goals as pricing


def main() -> int:
    """Measure everything, one after the other."""
    print(load())
    goals = [goal for module in (minute_bars, idle_snapshot, pricing) for goal in module.measure()]
    for goal in goals:
        print(goal)
    print(load())
    return 0 if all(goal.reached for goal in goals) else 1


if __name__ == "__main__":
    sys.exit(main())
