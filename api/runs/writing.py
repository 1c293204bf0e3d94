"""From a finished run to the files of its folder."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Final

from api.mapping import FinishedRun
from api.runs.catalogue import SUMMARY
from api.runs.csv_text import write_csv
from api.runs.folder import Writer
from api.runs.rows.account import ATTRIBUTION_ROWS, EQUITY_ROWS, GREEKS_ROWS, MARGIN_CALLS_ROWS
from api.runs.rows.course import EVENTS_ROWS, FUNNEL_ROWS
from api.runs.rows.order import FILLS_ROWS, ORDERS_ROWS
from api.runs.rows.trade import LEGS_ROWS, TRADES_ROWS

FILLED: Final = (
    TRADES_ROWS,
    LEGS_ROWS,
    ORDERS_ROWS,
    FILLS_ROWS,
    EQUITY_ROWS,
    GREEKS_ROWS,
    ATTRIBUTION_ROWS,
    MARGIN_CALLS_ROWS,
    EVENTS_ROWS,
    FUNNEL_ROWS,
)
"""How every table is filled."""


def files_of(run: FinishedRun, summary: str) -> Mapping[str, Writer]:
    """Writers of all files of a run by name.

    Args:
        summary: published text, which names its artifacts.
    """
    tables: dict[str, Writer] = {filled.table.file: partial(write_csv, filled, run) for filled in FILLED}
    return {SUMMARY: lambda stream: stream.write(summary), **tables}
