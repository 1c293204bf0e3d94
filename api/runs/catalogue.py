"""Every table of a run, and every file of its folder."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final

from api.runs.account_tables import ATTRIBUTION, EQUITY, GREEKS, MARGIN_CALLS
from api.runs.columns import Table
from api.runs.course_tables import EVENTS, FUNNEL
from api.runs.order_tables import FILLS, ORDERS
from api.runs.trade_tables import LEGS, TRADES
from schemas.sections.run import Artifacts

SUMMARY: Final = "summary.json"
REPORT_HTML: Final = "report.html"
REPORT_PDF: Final = "report.pdf"
"""Not written by the run: `ironfly report` puts them beside its results."""

TABLES: Final = (TRADES, LEGS, ORDERS, FILLS, EQUITY, GREEKS, ATTRIBUTION, MARGIN_CALLS, EVENTS, FUNNEL)
ARTIFACTS: Final = Artifacts(summary=SUMMARY, **{table.name: table.file for table in TABLES})


def artifacts_of(folder: Path, configuration: Path) -> Artifacts:
    """All files of the folder of a run that was made from a configuration file."""
    try:
        seen = Path(os.path.relpath(configuration.resolve(), folder.resolve())).as_posix()
    except ValueError:  # on Windows, another drive
        return ARTIFACTS
    return ARTIFACTS.model_copy(update={"configuration": seen})


def parquet_file(table: Table) -> str:
    """Name of the Parquet file of a table."""
    return f"{table.name}.parquet"


FILES: Final = frozenset(
    {SUMMARY, REPORT_HTML, REPORT_PDF, *(table.file for table in TABLES), *map(parquet_file, TABLES)}
)
"""What may stand in the folder of a run; a folder with anything else is never replaced."""
