"""Figures of one kind, a row per peer and a column per kind of work."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias

Cells: TypeAlias = Mapping[tuple[str, str], float]
"""Figures by (row, column)."""


@dataclass(frozen=True, slots=True)
class Table:
    """Cells by (row, column), printed in the order in which rows and columns first occur."""

    title: str
    cells: Cells
    style: str = ",.1f"

    def __str__(self) -> str:
        rows, columns = dict.fromkeys(row for row, _ in self.cells), dict.fromkeys(column for _, column in self.cells)
        lines = ["", f"{self.title:<66}" + "".join(f"{column:>14}" for column in columns)]
        for row in rows:
            values = (self.cells.get((row, column)) for column in columns)
            texts = ("" if value is None else format(value, self.style) for value in values)
            lines.append(f"  {row:<64}" + "".join(f"{text:>14}" for text in texts))
        return "\n".join(lines)
