"""Reports of a run of some 500 trades by a fresh process, and the key figures of five years of minutes."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path
from time import perf_counter

from benchmarks.measure import Goal, interleaved_medians, medians
from benchmarks.minute_bars import SESSIONS, minute_source
from benchmarks.minute_bars import run as minute_run
from engine.metrics import statistics

_REPOSITORY = Path(__file__).parents[1]
_YEARS = 5
_LEAST_TRADES = 500
_LEAST_POINTS = 200_000
"""The book is marked at every minute at which something is held."""
_CHANGES = {
    "strategies.0.entry.max_open_positions": 12,
    "risk.limits.max_open_positions": 12,
    "risk.limits.max_abs_delta_shares": 4_000,
    "risk.limits.max_abs_vega_usd_per_point": 50_000,
}
"""The condor that comes along, four times as often."""


def measure() -> list[Goal]:
    """Make the run once in a temporary folder, and report it several times."""
    with tempfile.TemporaryDirectory(prefix="ironfly-bench-") as name:
        folder = Path(name)
        _run(folder)
        page = folder / "report.html"
        seconds = medians(
            {"pdf": lambda: _ironfly("report", folder / "run", "--pdf", "--out", folder),
             "html": lambda: _ironfly("report", folder / "run", "--html", "--out", folder)},
            3,
        )  # fmt: skip
        megabytes = page.stat().st_size / 1e6
    return [
        Goal("PDF of a run of 500 trades, fresh process", seconds["pdf"], "seconds", 3, at_least=False),
        Goal("HTML of a run of 500 trades, fresh process", seconds["html"], "seconds", 3, at_least=False),
        Goal("size of that HTML", megabytes, "MB", 3, at_least=False),
        Goal("key figures of 5 years of minutes", _key_figures(), "seconds", 1, at_least=False),
    ]


def _run(folder: Path) -> None:
    settings = [part for path, value in _CHANGES.items() for part in ("--set", f"{path}={value}")]
    place = ("--out", folder / "run", "--store", folder / "store", "--quiet")
    _ironfly("run", _REPOSITORY / "configs" / "spx_model_iron_condor.yaml", *settings, *place)
    trades = len((folder / "run" / "trades.csv").read_text().splitlines()) - 1
    if trades < _LEAST_TRADES:
        raise RuntimeError(f"only {trades} trades were opened")


def _ironfly(*words: str | Path) -> float:
    """Seconds of a command in a process of its own, whose caches of bytecode are warm as after an installation."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    environment["PYTHONPYCACHEPREFIX"] = str(_REPOSITORY / "var" / "bytecode")
    command = [sys.executable, "-m", "api.cli.main", *map(str, words)]
    began = perf_counter()
    subprocess.run(command, cwd=_REPOSITORY, env=environment, check=True, stdout=subprocess.DEVNULL)
    return perf_counter() - began


def _key_figures() -> float:
    result = minute_run(minute_source(_YEARS * SESSIONS))
    if len(result.equity) < _LEAST_POINTS:
        raise RuntimeError(f"the curve has only {len(result.equity)} points")
    return interleaved_medians({"statistics": lambda: statistics(result)})["statistics"]
