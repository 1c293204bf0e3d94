"""Tables of a run row by row and by position; what is in a cell, the definitions of the tables say (`api/runs/`)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pandas as pd


def rows_of(table: pd.DataFrame) -> Iterator[Any]:
    """Rows whose cells are attributes by the name of their column."""
    return iter(table.itertuples(index=False))


def by_position(table: pd.DataFrame) -> dict[int, list[Any]]:
    """The rows of every position, in their order."""
    found: dict[int, list[Any]] = {}
    for row in rows_of(table):
        found.setdefault(row.position_id, []).append(row)
    return found
