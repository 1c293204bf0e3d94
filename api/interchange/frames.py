"""Tables of a run by position and row by row; what is in a cell, the definitions of the tables say (`api/runs/`)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pandas as pd


def by_position(table: pd.DataFrame) -> dict[int, pd.DataFrame]:
    """The rows of every position, in their order."""
    groups: Any = table.groupby("position_id")
    return {int(position): rows for position, rows in groups}


def rows_of(table: pd.DataFrame) -> Iterator[Any]:
    """Rows whose cells are attributes by the name of their column."""
    return iter(table.itertuples(index=False))
