"""The same run has the same hashes in any process, hash seed, time zone, processor and supported Python."""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from numpy._core import _multiarray_umath as multiarray  # type: ignore[attr-defined]  # numpy types public names only

from tests.reference import NO_PYTHON313, REPOSITORY

NAMES = ("spx_put_spread", "spx_iron_condor")
_NEWER = [name for name in multiarray.__cpu_dispatch__ if multiarray.__cpu_features__.get(name)]
"""What numpy takes of this processor beyond the least that it can do with."""
_DIFFERING = re.compile(
    r"\bnp\.(exp2?|expm1|log(2|10|1p)?|(arc)?(sin|cos|tan)h?|power|float_power|cbrt|matmul|dot|inner|vdot|linalg)\b"
)
"""Functions of numpy that have other polynomials, or another order of summation, from processor to processor."""
PROGRAM = """\
import json, sys
from pathlib import Path
from api.mapping import summarise
from api.wiring import play, prepare
from schemas.publication import publish
from schemas.run_request import load_run_request

for name in sys.argv[2:]:
    finished = play(prepare(load_run_request(Path("configs") / f"{name}.yaml"), Path(sys.argv[1])))
    summary = json.loads(publish(summarise(finished)))
    print(json.dumps([summary["event_log_hash"], summary["summary_hash"]]))
"""


def _hashes(python: str | Path, store: Path, hash_seed: int, zone: str, **others: str) -> list[list[str]]:
    environment = os.environ | {"PYTHONHASHSEED": str(hash_seed), "TZ": zone, "PYTHONPATH": str(REPOSITORY)} | others
    command = [str(python), "-c", PROGRAM, str(store), *NAMES]
    done = subprocess.run(
        command, cwd=REPOSITORY, env=environment, capture_output=True, text=True, timeout=300, check=True
    )
    return [json.loads(line) for line in done.stdout.splitlines()]


@pytest.fixture(scope="session")
def hashes(store: Path) -> list[list[str]]:
    """Two hashes for each configuration, as this Python makes them in UTC."""
    return _hashes(sys.executable, store, 0, "UTC")


def test_t28_hash_seed_and_time_zone_change_nothing(hashes: list[list[str]], store: Path) -> None:
    assert len(hashes) == len(NAMES)
    assert _hashes(sys.executable, store, 4711, "Asia/Tokyo") == hashes


def test_an_older_processor_makes_the_same_hashes(hashes: list[list[str]], store: Path, tmp_path: Path) -> None:
    # Without the cache: it holds what this processor computed.
    shutil.copytree(store, tmp_path / "store", ignore=shutil.ignore_patterns("cache"))
    older = {"NPY_DISABLE_CPU_FEATURES": " ".join(_NEWER), "OPENBLAS_CORETYPE": "Nehalem"}
    assert _NEWER, "this processor has nothing that could be left out"
    assert _hashes(sys.executable, tmp_path / "store", 0, "UTC", **older) == hashes


def test_nothing_that_makes_results_takes_functions_that_differ_between_processors() -> None:
    taken = [
        f"{path.relative_to(REPOSITORY)}:{number}: {line.strip()}"
        for folder in ("engine", "data", "signals")
        for path in sorted((REPOSITORY / folder).rglob("*.py"))
        for number, line in enumerate(path.read_text().splitlines(), 1)
        if _DIFFERING.search(line)
    ]
    assert taken == [], "take engine.pricing.elementwise"


@pytest.mark.may_skip_in_ci(NO_PYTHON313)
def test_python_3_13_makes_the_same_hashes(hashes: list[list[str]], store: Path, python313: Path) -> None:
    assert _hashes(python313, store, 23, "America/Los_Angeles") == hashes
