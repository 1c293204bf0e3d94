"""What fills a table."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from api.mapping import FinishedRun
from api.runs.columns import Table


@dataclass(frozen=True, slots=True)
class TableRows:
    """How a finished run fills a table.

    Attributes:
        rows: makes its rows, one after the other.
        values: what a row says in each column, by the name of the column; None where it says nothing.
    """

    table: Table
    rows: Callable[[FinishedRun], Iterable[Any]]
    values: Mapping[str, Callable[[Any], Any]]
