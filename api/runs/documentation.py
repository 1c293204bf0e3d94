"""The tables of a run as Markdown: `python -m api.runs.documentation` writes them into docs/results.md."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from api.runs.catalogue import TABLES
from api.runs.columns import Table

PAGE: Final = Path(__file__).parents[2] / "docs" / "results.md"
_GENERATED: Final = re.compile(r"(?<=<!-- tables -->\n).*(?=<!-- end of tables -->)", re.DOTALL)


def documented(page: str) -> str:
    """A page with its tables between the two marks as they are defined."""
    text = "\n".join(line for table in TABLES for line in _lines(table))
    return _GENERATED.sub(lambda _: f"\n{text}\n", page)


def _lines(table: Table) -> Iterator[str]:
    yield from (f"### {table.name}", "", table.meaning, "", "| column | is | meaning |", "|---|---|---|")
    for column in table.columns:
        empty = f" Empty: {column.empty}." if column.empty else ""
        yield f"| `{column.name}` | {column.kind} | {column.meaning}{empty} |"
    yield ""


if __name__ == "__main__":
    PAGE.write_text(documented(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
