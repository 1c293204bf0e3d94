"""Stored chains as one file for other programs: CSV or Parquet, the same columns, one row per quote."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet
from numpy.typing import NDArray

from data.errors import ExportError
from data.repository import ChainRange, StoredChain
from data.symbols import osi_symbols
from engine.model import QUOTE_COLUMNS, QuoteFlag

EXPORT_SCHEMA: Final[Any] = pa.schema(
    [
        pa.field("at", pa.timestamp("ns", "UTC")),
        pa.field("underlying", pa.string()),
        pa.field("underlying_price", pa.float64()),
        pa.field("symbol", pa.string()),
        pa.field("root", pa.string()),
        pa.field("expires_on", pa.date32()),
        pa.field("right", pa.string()),
        pa.field("strike", pa.float64()),
        *(pa.field(name, pa.float64()) for name in QUOTE_COLUMNS),
        pa.field("flags", pa.string()),
    ]
)
"""Columns of an export. Units are those of the store: per share, vega per 1.00 of volatility, theta per year; a value
that the vendor does not give is null. `symbol` is OSI without blanks; `flags` are names, joined by `|`."""

_WRITERS: Final[dict[str, Callable[[Path], Any]]] = {
    ".csv": lambda path: pyarrow.csv.CSVWriter(path, EXPORT_SCHEMA),
    ".parquet": lambda path: pyarrow.parquet.ParquetWriter(path, EXPORT_SCHEMA, compression="zstd"),
}


def export_chains(chains: ChainRange, path: Path, progress: Callable[[int], None] | None = None) -> int:
    """Write every quote of a range; a file of that name is replaced once the new one is whole.

    Args:
        path: ends with `.csv` or `.parquet`.
        progress: called with the number of rows written so far.

    Returns:
        The number of rows.

    Raises:
        ExportError: for another ending, or when the file cannot be written.
        StoreError: when the store is damaged.
    """
    make = _WRITERS.get(path.suffix)
    if make is None:
        raise ExportError(f"{path.name}: exports are written as {' or '.join(_WRITERS)}; choose one of these endings")
    rows = 0
    try:
        with replacing(path) as unfinished, make(unfinished) as writer:
            for chain in chains.load():
                writer.write_table(_table(chains, chain))
                rows += len(chain.contract)
                if progress is not None:
                    progress(rows)
    except OSError as error:
        # pyarrow puts its own sentence, with the name of the unfinished file, where the system's reason belongs.
        reason = os.strerror(error.errno) if error.errno else str(error)
        raise ExportError(f"{path}: cannot be written ({reason}); check folder and space") from error
    return rows


@contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """A name to write a file under, which takes the place of `path` once it is whole."""
    unfinished = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        yield unfinished
        unfinished.replace(path)
    finally:
        unfinished.unlink(missing_ok=True)


def _table(chains: ChainRange, chain: StoredChain) -> Any:
    info, listed = chain.info, chains.contracts.take(chain.contract)
    series = listed.series_index
    roots = np.array([key.root for key in listed.series], np.bytes_)[series]
    symbol_dates = np.array([key.symbol_date for key in listed.series], "datetime64[D]")[series]
    columns = [
        pa.array(np.full(len(listed), info.at)).cast(pa.timestamp("ns", "UTC")),
        np.full(len(listed), info.underlying),
        np.full(len(listed), info.underlying_price),
        _texts(osi_symbols(roots, symbol_dates, listed.right, listed.strike)),
        _texts(roots),
        np.array([key.expires_on for key in listed.series], "datetime64[D]")[series],
        np.where(listed.right > 0, "call", "put"),
        listed.strike,
        *(chain.columns[name] for name in QUOTE_COLUMNS),
        _flag_names(chain.flags),
    ]
    # NaN is how columns in memory say "none"; files say it with null.
    arrays = [
        pa.array(column, field.type, from_pandas=True) for column, field in zip(columns, EXPORT_SCHEMA, strict=True)
    ]
    return pa.table(arrays, schema=EXPORT_SCHEMA)


def _texts(cells: NDArray[np.bytes_]) -> NDArray[np.str_]:
    return cells.astype(np.str_)


def _flag_names(flags: NDArray[np.uint16]) -> NDArray[np.str_]:
    values, codes = np.unique(flags, return_inverse=True)
    names = ["|".join(str(one.name).lower() for one in QuoteFlag(int(value))) for value in values]
    return np.array(names, np.str_)[codes]
