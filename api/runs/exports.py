"""Tables of a run as files for other programs."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Final, Literal, TypeAlias

from api.errors import ExportUnusable
from api.runs.catalogue import TABLES, parquet_file
from api.runs.columns import Table
from api.runs.parquet import write_parquet
from api.runs.stored import StoredRun
from data.export import replacing

TableFormat: TypeAlias = Literal["csv", "parquet"]
FileWriter: TypeAlias = Callable[[Path], object]
"""Writes one file under the name that it is given."""


def _csv(run: StoredRun, tables: Sequence[Table]) -> Mapping[str, FileWriter]:
    """The files of the folder, once they are known to be whole."""
    for table in tables:
        run.table(table)
    return {table.file: partial(_copy, run.folder / table.file) for table in tables}


def _copy(source: Path, target: Path) -> None:
    target.write_bytes(source.read_bytes())


def _parquet(run: StoredRun, tables: Sequence[Table]) -> Mapping[str, FileWriter]:
    frames = {table: run.table(table) for table in tables}
    return {parquet_file(table): partial(write_parquet, table, frame) for table, frame in frames.items()}


_FILES: Final[Mapping[TableFormat, Callable[[StoredRun, Sequence[Table]], Mapping[str, FileWriter]]]] = {
    "csv": _csv,
    "parquet": _parquet,
}


def tables_named(names: Iterable[str]) -> tuple[Table, ...]:
    """Tables by name, each once in the order of the catalogue; all of them where none is named.

    Raises:
        ExportUnusable: for a name that no table has.
    """
    known = {table.name: table for table in TABLES}
    wanted = set(names)
    for name in sorted(wanted - set(known)):
        near = difflib.get_close_matches(name, known, 1)
        hint = f"did you mean {near[0]!r}?" if near else f"choose of {', '.join(known)}"
        raise ExportUnusable(f"no table is called {name!r}; {hint}")
    return tuple(table for table in TABLES if not wanted or table.name in wanted)


def export_run(run: StoredRun, form: TableFormat, tables: Sequence[Table], folder: Path) -> list[Path]:
    """Write tables of a run; each file replaces one of its name once it is whole.

    Raises:
        ExportUnusable: when the folder is a file.
        RunUnreadable: when a table cannot be read; nothing is written then.
        OSError: when a file cannot be written.
    """
    if folder.exists() and not folder.is_dir():
        raise ExportUnusable(f"{folder} is a file; name a folder with --out")
    writers = _FILES[form](run, tables)
    folder.mkdir(parents=True, exist_ok=True)
    return [_written(folder / name, writer) for name, writer in writers.items()]


def _written(path: Path, writer: FileWriter) -> Path:
    with replacing(path) as unfinished:
        writer(unfinished)
    return path
