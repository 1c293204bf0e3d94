"""The first price of a fresh process whose caches, of bytecode and of compiled kernels, are warm."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from benchmarks.measure import medians

_REPOSITORY = Path(__file__).parents[2]
_SCRIPT = """
import time
began = time.perf_counter()
from engine.pricing import price
price([1, -1], 100.0, [95.0, 105.0], 0.25, 0.04, 0.01, 0.2)
print(time.perf_counter() - began)
"""


def first_price() -> float:
    """Return seconds from the beginning of the import to the first price; the round that is not counted warms up."""
    return medians({"first price": _run}, 3)["first price"]


def _run() -> float:
    # Installers do not always compile, and some environments forbid Python to: a third of a second would be compiling.
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    environment["PYTHONPYCACHEPREFIX"] = str(_REPOSITORY / "var" / "bytecode")
    command = [sys.executable, "-c", _SCRIPT]
    done = subprocess.run(command, cwd=_REPOSITORY, env=environment, capture_output=True, text=True, check=True)
    return float(done.stdout)
