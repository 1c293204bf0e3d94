"""Tables as data frames, read from the CSV files of a run."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any, Final

import pandas as pd
import pyarrow as pa
from pyarrow import csv as arrow_csv

from api.errors import RunUnreadable
from api.runs.columns import Column, Kind, Table

_BLOCK_BYTES: Final = 1 << 24
"""Room for the longest row; an event can name a hundred legs."""
_TYPES: Final[dict[Kind, Any]] = {
    Kind.INSTANT: pa.timestamp("us", tz="UTC"),
    Kind.DAY: pa.date32(),
    Kind.MONEY: pa.float64(),
    Kind.NUMBER: pa.float64(),
    Kind.COUNT: pa.int64(),
    Kind.TEXT: pa.string(),
    Kind.FLAG: pa.bool_(),
}
_DTYPES: Final = {Kind.DAY: "datetime64[us]", Kind.TEXT: "str"}


def read_frame(table: Table, folder: Path) -> pd.DataFrame:
    """A table of a run with the types that `Kind` states.

    Raises:
        RunUnreadable: when the file is missing, is none of this version's, or is damaged.
    """
    file = folder / table.file
    _check_header(table, file)
    try:
        read = arrow_csv.read_csv(
            file,
            read_options=arrow_csv.ReadOptions(block_size=_BLOCK_BYTES),
            parse_options=arrow_csv.ParseOptions(newlines_in_values=True),
            convert_options=arrow_csv.ConvertOptions(
                column_types={column.name: _TYPES[column.kind] for column in table.columns},
                null_values=[""],
                strings_can_be_null=False,
            ),
        )
    except pa.ArrowInvalid as error:
        raise RunUnreadable(f"{file}: {error}; run the configuration again") from error
    frame: pd.DataFrame = read.to_pandas(date_as_object=False, integer_object_nulls=True)
    return frame.astype({column.name: dtype for column in table.columns if (dtype := _dtype(column)) is not None})


def _dtype(column: Column) -> str | None:
    """Type in a data frame where it is not the one that the reader gives."""
    if column.kind is Kind.COUNT:
        return "Int64" if column.empty else "int64"
    return _DTYPES.get(column.kind)


def _check_header(table: Table, file: Path) -> None:
    try:
        with file.open(encoding="utf-8", newline="") as stream:
            header = tuple(next(csv.reader(stream), ()))
    except (OSError, UnicodeDecodeError) as error:
        raise RunUnreadable(f"{file} cannot be read: {error}; run the configuration again") from error
    if header == table.header:
        return
    missing = [name for name in table.header if name not in header]
    said = f"has no column {missing[0]!r}" if missing else f"has the columns {', '.join(header)}"
    raise RunUnreadable(f"{file} {said}; another version of ironfly wrote it: run the configuration again")
