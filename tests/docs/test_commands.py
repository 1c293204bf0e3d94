"""Every command that the documentation shows works, in the order in which it is shown."""

import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from api.data_access import MODEL_FOLDER
from tests.api.shell import ironfly
from tests.reference import REPOSITORY

PAGES = [REPOSITORY / "README.md", *sorted((REPOSITORY / "docs").rglob("*.md"))]
BLOCK = re.compile(r"^```sh\n(.*?)^```", re.MULTILINE | re.DOTALL)
PYTHON = re.compile(r"^```python\n(.*?)^```", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"`((?:configs|docs|schemas|engine|data|signals|api|tests)/[\w./]+)`")


def commands(page: Path) -> list[str]:
    return [line for block in BLOCK.findall(page.read_text()) for line in block.splitlines() if line.strip()]


@pytest.mark.parametrize(
    "page", [page for page in PAGES if "ironfly" in " ".join(commands(page))], ids=lambda p: p.name
)
def test_every_ironfly_command_runs(page: Path, reference_data: Path, model_store: Path, tmp_path: Path) -> None:
    """In a copy of the configurations beside the reference data, as a reader has them; model prices are shared."""
    home, model = tmp_path / "ironfly", model_store.parent / MODEL_FOLDER
    shutil.copytree(REPOSITORY / "configs", home / "configs")
    (tmp_path / "shared").symlink_to(reference_data)
    model.mkdir(parents=True, exist_ok=True)
    (home / "var").mkdir()
    (home / "var" / MODEL_FOLDER).symlink_to(model)
    for command in commands(page):
        if command.startswith("ironfly "):
            answer = ironfly(*shlex.split(command)[1:], cwd=home)
            assert answer.code == 0, f"{command}\n{answer.err}"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_make_target_exists(page: Path) -> None:
    for command in commands(page):
        if command.startswith("make "):
            done = subprocess.run(
                [*command.split(), "--dry-run"], cwd=REPOSITORY, capture_output=True, text=True, check=False
            )
            assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_file_that_is_named_exists(page: Path) -> None:
    named = LINK.findall(page.read_text())
    assert [name for name in named if not (REPOSITORY / name).exists()] == []


@pytest.mark.parametrize(
    "page", [page for page in PAGES if "```python" in page.read_text()], ids=lambda page: page.name
)
def test_every_python_example_runs(page: Path) -> None:
    examples = PYTHON.findall(page.read_text())
    subprocess.run([sys.executable, "-c", "\n".join(examples)], cwd=REPOSITORY, check=True)
