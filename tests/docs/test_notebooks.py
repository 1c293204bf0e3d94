"""The notebooks are kept without outputs, use what is public, and run from the first cell to the last.

Their cells are carried out as a kernel does it: in one namespace, inside a running event loop.
"""

from __future__ import annotations

import ast
import asyncio
from pathlib import Path
from typing import Any

import matplotlib.pyplot
import nbformat
import pytest

from tests.reference import REPOSITORY

FOLDER = REPOSITORY / "docs" / "notebooks"
NOTEBOOKS = sorted(FOLDER.glob("*.ipynb"))
PUBLIC = {"api.reports.figures", "api.runs", "matplotlib", "pandas"}


def cells(notebook: Path) -> list[str]:
    """Source of its code cells."""
    return [cell.source for cell in nbformat.read(notebook, 4).cells if cell.cell_type == "code"]


@pytest.fixture
def executed(model_store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Runs a notebook where Jupyter would, with the tests' store, and answers with its names."""
    monkeypatch.setenv("IRONFLY_STORE", str(model_store))
    monkeypatch.setenv("IRONFLY_RUNS", str(tmp_path / "runs"))
    monkeypatch.chdir(FOLDER)
    monkeypatch.setattr(matplotlib.pyplot, "show", lambda: None)
    matplotlib.pyplot.switch_backend("agg")

    async def carried_out(notebook: str) -> dict[str, Any]:
        names: dict[str, Any] = {}
        for number, source in enumerate(cells(FOLDER / f"{notebook}.ipynb"), 1):
            exec(compile(source, f"{notebook}, code cell {number}", "exec"), names)
        return names

    yield lambda notebook: asyncio.run(carried_out(notebook))
    matplotlib.pyplot.close("all")


@pytest.mark.parametrize("notebook", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_is_valid_and_holds_no_outputs(notebook: Path) -> None:
    read = nbformat.read(notebook, 4)
    nbformat.validate(read)
    code = [cell for cell in read.cells if cell.cell_type == "code"]
    assert {(len(cell.outputs), cell.execution_count) for cell in code} == {(0, None)}


@pytest.mark.parametrize("notebook", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_imports_only_what_is_public(notebook: Path) -> None:
    nodes = [node for source in cells(notebook) for node in ast.walk(ast.parse(source))]
    plain = {name.name for node in nodes if isinstance(node, ast.Import) for name in node.names}
    named = {str(node.module) for node in nodes if isinstance(node, ast.ImportFrom)}
    assert plain | named <= PUBLIC


def test_the_first_run_opens_again_as_it_was(executed: Any) -> None:
    names = executed("1_first_run")
    assert names["again"].summary == names["summary"]
    assert names["by_reason"]["count"].sum() == names["summary"].trades.count > 20


def test_the_causes_are_the_profit(executed: Any) -> None:
    names = executed("2_where_the_profit_came_from")
    assert round(names["by_cause"].sum(), 6) == names["summary"].capital.profit_usd
    assert names["legs"]["position_id"].eq(names["worst"]["position_id"]).all()


def test_the_variants_differ_in_what_was_changed(executed: Any) -> None:
    variants = executed("3_two_variants")["variants"]
    reasons = {name: set(variant.trades["exit_reason"]) for name, variant in variants.items()}
    assert reasons["take 60 %"] - reasons["hold"] == {"profit_target"}
