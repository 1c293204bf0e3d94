"""`ironfly export RUN`: tables of a run as Parquet or CSV."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from api.cli.display import console
from api.cli.json_answer import print_json
from api.runs.exports import TableFormat, export_run, tables_named
from api.runs.stored import open_run


def export_tables(run: str, form: TableFormat, names: Iterable[str], out: Path | None, as_json: bool) -> None:
    """Write tables and say where they are.

    Args:
        run: folder of results, or the id of a run of the service.
        names: of the tables; all where there are none.

    Raises:
        As `open_run`, `tables_named` and `export_run`.
    """
    tables = tables_named(names)
    stored = open_run(run)
    files = export_run(stored, form, tables, out or Path(f"{stored.folder.resolve().name}-{form}"))
    if as_json:
        print_json({"files": list(map(str, files))})
        return
    console().print(f"Files: {', '.join(map(str, files))}", soft_wrap=True)
