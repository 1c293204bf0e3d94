"""The series that the curve of a run is compared with."""

from __future__ import annotations

from api.data_access import RunData
from engine.benchmark import Benchmark
from engine.config import RunConfig
from engine.result import BacktestResult


def benchmark_of(config: RunConfig, data: RunData, result: BacktestResult) -> Benchmark | None:
    """The file that the configuration names, else a market of the run; None for a market that had no price."""
    if data.benchmark is not None:
        return Benchmark(data.benchmark.name, [data.benchmark.values.get(day) for day in result.days])
    symbol = config.benchmark.symbol or config.data.underlyings[0]
    return Benchmark(symbol, result.levels[symbol]) if symbol in result.levels else None
