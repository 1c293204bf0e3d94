"""The result that the README shows is the result that a reader gets."""

import os
import re
import subprocess
import sys
from pathlib import Path

from tests.reference import REPOSITORY

SHOWN = re.compile(r"^```text\n(.*?)^```", re.MULTILINE | re.DOTALL)


def test_the_result_in_the_readme_is_what_the_demo_prints(tmp_path: Path) -> None:
    demo = REPOSITORY / "configs" / "spx_model_iron_condor.yaml"
    environment = os.environ | {"IRONFLY_STORE": str(tmp_path / "store"), "IRONFLY_RUNS": str(tmp_path / "runs")}
    command = [sys.executable, "-m", "api.cli.main", "run", str(demo)]
    done = subprocess.run(command, cwd=REPOSITORY, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    printed = [line.rstrip() for line in done.stdout.splitlines()]
    (shown,) = SHOWN.findall((REPOSITORY / "README.md").read_text())
    assert [line for line in shown.splitlines() if line not in printed] == []
