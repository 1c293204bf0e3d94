"""schemathesis against a running service: every operation of its own document, good and bad requests, sequences."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.api.server import Server

CONFIG = Path(__file__).with_name("schemathesis.toml")


def schemathesis(service: Server, folder: Path, *options: str) -> subprocess.CompletedProcess[str]:
    """Run it as people do; the same cases every time."""
    program, document = Path(sys.executable).with_name("schemathesis"), f"{service.http.base_url}/api/openapi.json"
    same = ("--generation-deterministic", "--no-color")
    command: list[str | Path] = [program, "--config-file", CONFIG, "run", document, *same, *options]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=1800, check=False)


def test_the_service_keeps_its_contract(service: Server, tmp_path: Path) -> None:
    done = schemathesis(service, tmp_path, "--max-examples", "10", "--phases", "fuzzing,stateful")
    assert done.returncode == 0, done.stdout[-5000:]
    assert "Operations:       13 selected / 13 total" in done.stdout


@pytest.mark.long
def test_the_service_keeps_its_contract_over_thousands_of_requests(service: Server, tmp_path: Path) -> None:
    done = schemathesis(service, tmp_path, "--max-examples", "1000")
    assert done.returncode == 0, done.stdout[-5000:]
