"""The environment of the peers that clash with ours: made once, below var/, and kept until its requirements change."""

from __future__ import annotations

import hashlib
import platform
import shutil
import subprocess
import sys
from pathlib import Path

_REQUIREMENTS = Path(__file__).with_name("requirements.txt")
_CACHE = Path(__file__).parents[3] / "var" / "pricing-peers"


class EnvironmentUnavailable(Exception):
    """The environment could not be made, e.g. without a network; the message says why."""


def interpreter() -> Path:
    """Interpreter of the environment, which is made when it is not there. Raises `EnvironmentUnavailable`."""
    key = hashlib.sha256(_REQUIREMENTS.read_bytes()).hexdigest()[:12]
    folder = _CACHE / f"{platform.python_version()}-{key}"
    python = folder / "bin" / "python"
    ready = folder / "ready"
    if not ready.exists():
        print(f"making the environment of the pricing peers in {folder}", flush=True)
        shutil.rmtree(folder, ignore_errors=True)
        _run(sys.executable, "-m", "venv", str(folder))
        _run(str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "-r", str(_REQUIREMENTS))
        ready.touch()
    return python


def _run(*command: str) -> None:
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        lines = [line for line in done.stderr.splitlines() if line.startswith("ERROR")] or ["no reason given"]
        raise EnvironmentUnavailable(f"`{' '.join(command[1:4])}` failed: {lines[-1]}")
