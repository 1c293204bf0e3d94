"""The real files of the reference data, imported by content, as the table in docs/data.md has them.

python -m tests.data.samples      prints the table
"""

import tempfile
from pathlib import Path

from data.datasets import QualityCounts, total
from data.importing import import_files
from data.parquet_store import ParquetStore
from tests.reference import find_reference_data

FOLDERS = (
    "cboe_quotedata",
    "cboe_scrape_spx_eod_2019",
    "databento_opra",
    "historicaloptiondata_spx",
    "lean/alternative",
    "lean/equity",
    "lean/index",
    "lean/indexoption",
    "lean/option",
    "lean/symbol-properties",
    "lean_greeks",
    "spxw_eod_2018",
    "spy_eod_2021",
    "tardis",
    "yahoo_chain",
)
"""Folders below `market`; each goes into a store of its own."""
NO_DATA = frozenset({".md", ".json", "", ".0"})
HEADER = "| folder | files | rows | contracts | sessions | found by the validator |\n|---|---|---|---|---|---|\n"


def data_files(folder: Path) -> list[Path]:
    """Files below a folder that hold market data."""
    return sorted(path for path in folder.rglob("*") if path.is_file() and path.suffix not in NO_DATA)


def table(market: Path) -> str:
    """The table of docs/data.md."""
    return HEADER + "".join(f"{_row(market, name)}\n" for name in FOLDERS)


def _row(market: Path, name: str) -> str:
    with tempfile.TemporaryDirectory() as folder:
        store = ParquetStore(Path(folder))
        files = data_files(market / name)
        report = import_files(files, "auto", store)
        assert len(report.files) == len(files)
        datasets = store.datasets()
        contracts = sum(
            len(
                store.read(
                    one.coverage.underlying, one.coverage.resolution, one.coverage.first, one.coverage.last
                ).contracts
            )
            for one in datasets
        )
        sessions = {day for one in datasets for day in one.coverage.days}
        rows = sum(file.rows for file in report.files)
        found = _found(total(one.counts for one in datasets), sum(len(one.coverage.missing) for one in datasets))
        skipped = sum(skip.rows for skip in report.skipped)
        if skipped:
            found.append(f"{skipped:,} rows of no session")
        cells = (
            f"`{name}`",
            str(len(files)),
            f"{rows:,}",
            f"{contracts:,}",
            str(len(sessions)),
            ", ".join(found) or "-",
        )
        return "| " + " | ".join(cells) + " |"


def _found(counts: QualityCounts, missing: int) -> list[str]:
    names = [name for name in QualityCounts.__slots__ if name != "rows"]
    found = [f"{getattr(counts, name):,} {name.replace('_', ' ')}" for name in names if getattr(counts, name)]
    return [*found, *([f"{missing:,} sessions missing in between"] if missing else [])]


if __name__ == "__main__":
    folder = find_reference_data()
    assert folder is not None
