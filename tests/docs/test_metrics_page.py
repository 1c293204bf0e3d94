"""docs/metrics.md names figures that there are: in the summary, in a table of a run, or in another program's column."""

import re
from collections.abc import Iterator
from typing import Any

import pytest

from api.runs.catalogue import TABLES
from schemas.generate import summary_schema
from tests.reference import REPOSITORY

PAGE = re.sub(r"^```.*?^```", "", (REPOSITORY / "docs/metrics.md").read_text(), flags=re.MULTILINE | re.DOTALL)
NAMED = sorted(set(re.findall(r"`([a-z][a-z0-9_]*(?:\.[a-z0-9_]+)*)`", PAGE)))
SCHEMA = summary_schema()
DEEPEST = 8
"""Conditions of strategies hold conditions: the configuration has no end."""
ELSEWHERE = {"atm_iv", "unknown"}
"""A signal, and the name of a group."""


def paths(node: dict[str, Any], before: str = "", depth: int = 0) -> Iterator[str]:
    """Every path of the summary and every end of it, `trades.times.longest_days` and `longest_days` too."""
    if depth > DEEPEST:
        return
    if "$ref" in node:
        yield from paths(SCHEMA["$defs"][node["$ref"].rsplit("/", 1)[-1]], before, depth + 1)
    for inner in (node.get("items"), node.get("additionalProperties"), *node.get("anyOf", ())):
        if isinstance(inner, dict):
            yield from paths(inner, before, depth + 1)
    for name, field in node.get("properties", {}).items():
        path = f"{before}.{name}" if before else name
        yield path
        yield from paths(field, path, depth + 1)


FULL = set(paths(SCHEMA))
KNOWN = {".".join(path.split(".")[start:]) for path in FULL for start in range(path.count(".") + 1)}
COLUMNS = {column.name for table in TABLES for column in table.columns}
FILES = {table.file for table in TABLES} | {"summary.json"}


@pytest.mark.parametrize("name", NAMED)
def test_a_figure_that_the_page_names_is_there(name: str) -> None:
    assert name in KNOWN | COLUMNS | FILES | ELSEWHERE, f"nothing is called {name}"


def test_the_page_is_searched_with_eyes_that_see() -> None:
    assert {"trades.dispersion.win_concentration", "returns.sharpe", "capital.time_in_market"} <= set(NAMED) & FULL
    assert "trades.dispersion.nonsense" not in KNOWN
