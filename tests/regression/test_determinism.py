"""The same run has the same hashes in any process, hash seed, time zone and supported Python."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.reference import NO_PYTHON313, REPOSITORY

NAMES = ("spx_put_spread", "spx_iron_condor")
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


def _hashes(python: str | Path, store: Path, hash_seed: int, zone: str) -> list[list[str]]:
    environment = os.environ | {"PYTHONHASHSEED": str(hash_seed), "TZ": zone, "PYTHONPATH": str(REPOSITORY)}
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


@pytest.mark.may_skip_in_ci(NO_PYTHON313)
def test_python_3_13_makes_the_same_hashes(hashes: list[list[str]], store: Path, python313: Path) -> None:
    assert _hashes(python313, store, 23, "America/Los_Angeles") == hashes
