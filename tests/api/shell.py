"""Runs the command line as users do: in a process of its own.

The process is forked from one that has imported the libraries, since that takes longer than most commands. Whoever sets
a variable of Python itself gets a new interpreter.
"""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from api.cli.main import main
from tests.forking import forking_context
from tests.reference import REPOSITORY

OWN = {
    "PYTHONPATH": str(REPOSITORY),
    "PYTHONSAFEPATH": "1",  # the folder of the command does not decide which packages are imported
}
PATIENCE_S = 600.0


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
    concerns_python = any(key.startswith("PYTHON") for key in environment or {})
    run = _in_new_interpreter if concerns_python else _forked
    return run([*map(str, arguments)], cwd, variables)


def _in_new_interpreter(arguments: list[str], cwd: Path, variables: Mapping[str, str]) -> Answer:
    command = [sys.executable, "-m", "api.cli.main", *arguments]
    done = subprocess.run(
        command, cwd=cwd, env=variables, capture_output=True, text=True, timeout=PATIENCE_S, check=False
    )
    return Answer(done.returncode, done.stdout, done.stderr)


def _forked(arguments: list[str], cwd: Path, variables: Mapping[str, str]) -> Answer:
    with tempfile.TemporaryDirectory() as folder:
        out, err = Path(folder, "out"), Path(folder, "err")
        process = forking_context().Process(target=_command, args=(arguments, cwd, variables, (out, err)))
        process.start()
        process.join(PATIENCE_S)
        process.kill()
        process.join()
        code = process.exitcode
        assert code is not None
        process.close()
        return Answer(code, out.read_text("utf-8"), err.read_text("utf-8"))


def _command(arguments: list[str], cwd: Path, variables: Mapping[str, str], streams: tuple[Path, Path]) -> None:
    for descriptor, stream in enumerate(streams, 1):
        os.dup2(os.open(stream, os.O_WRONLY | os.O_CREAT), descriptor)
    os.environ.clear()
    os.environ.update(variables)
    time.tzset()
    os.chdir(cwd)
    sys.argv = ["ironfly", *arguments]
    sys.exit(main())
