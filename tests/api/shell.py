"""Runs the command line as users do: in a process of its own."""

import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from tests.reference import REPOSITORY

OWN = {
    "PYTHONPATH": str(REPOSITORY),
    "PYTHONSAFEPATH": "1",  # the folder of the command does not decide which packages are imported
}


@dataclass(frozen=True)
class Answer:
    code: int
    out: str
    err: str

    @property
    def error(self) -> str:
        """The one line of an expected error; fails when there is anything else on stderr."""
        lines = self.err.splitlines()
        assert len(lines) == 1, self.err
        assert lines[0].startswith("error: ")
        return lines[0].removeprefix("error: ")


def ironfly(*arguments: str | Path, cwd: Path, environment: Mapping[str, str] | None = None) -> Answer:
    """Run `ironfly` in a folder with no settings from outside."""
    inherited = {key: value for key, value in os.environ.items() if not key.startswith("IRONFLY_")}
    variables = inherited | OWN | dict(environment or {})
    command = [sys.executable, "-m", "api.cli.main", *map(str, arguments)]
    done = subprocess.run(command, cwd=cwd, env=variables, capture_output=True, text=True, timeout=120, check=False)
    return Answer(done.returncode, done.stdout, done.stderr)
