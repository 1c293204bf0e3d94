"""Completion: what is offered, and that a real bash offers it."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from api.cli.completion import configurations, run_folders
from tests.api.shell import OWN
from tests.schemas.examples import CONDOR

SCRIPT = """\
eval "$(ironfly --show-completion)"
complete -p ironfly
offered() {
    COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); COMPREPLY=()
    _ironfly_completion ironfly
    echo "$* -> ${COMPREPLY[*]}"
}
offered ironfly expl
offered ironfly show --section att
offered ironfly run configs/
offered ironfly show ru
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Two configurations, another YAML file, a hidden one, and the results of two runs."""
    for name in ("condor.yaml", "configs/put spread.yaml", ".cache/old.yaml"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(CONDOR)
    (tmp_path / "mapping.yaml").write_text("columns: {bid: b}\n")
    for name in ("runs/condor-1a", "runs/condor-2b", "runs/unfinished", "elsewhere/mine"):
        (tmp_path / name).mkdir(parents=True)
        if name != "runs/unfinished":
            (tmp_path / name / "summary.json").write_text('{"config": {"strategies": []}')
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.usefixtures("folder")
def test_configurations_are_offered_and_other_files_are_not() -> None:
    assert configurations("") == ["condor.yaml", "configs/put spread.yaml"]
    assert configurations("configs/p") == ["configs/put spread.yaml"]
    assert configurations("nothing") == []


@pytest.mark.usefixtures("folder")
def test_runs_are_offered_where_they_go_by_default_and_where_the_path_leads() -> None:
    assert run_folders("") == ["runs/condor-1a", "runs/condor-2b"]
    assert run_folders("runs/condor-2") == ["runs/condor-2b"]
    assert run_folders("elsewhere/") == ["elsewhere/mine"]


def test_bash_completes_commands_options_configurations_and_runs(folder: Path) -> None:
    (folder / "configs" / "put spread.yaml").rename(folder / "configs" / "spread.yaml")
    # A program, not a function, is what the script calls by name.
    program = folder / "bin" / "ironfly"
    program.parent.mkdir()
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m api.cli.main "$@"\n')
    program.chmod(0o755)
    bash = shutil.which("bash")
    assert bash is not None
    environment = os.environ | OWN | {"PATH": f"{program.parent}:{os.environ['PATH']}", "HOME": str(folder)}
    done = subprocess.run(
        [bash, "--norc", "--noprofile", "-c", SCRIPT],
        cwd=folder, env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines() == [
        "complete -o default -F _ironfly_completion ironfly",
        "ironfly expl -> explain",
        "ironfly show --section att -> attribution",
        "ironfly run configs/ -> configs/spread.yaml",
        "ironfly show ru -> runs/condor-1a runs/condor-2b",
    ]
