"""Tables of a run as Parquet: they read back as the data frames that they are, and say what their columns mean."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pyarrow as pa
from pyarrow import parquet

from api.runs.columns import Table


def write_parquet(table: Table, frame: pd.DataFrame, path: Path) -> None:
    """Write a table.

    Money is float64 USD, instants are UTC to the microsecond, days timestamps at midnight without a zone. The metadata
    of every field has its `kind`, its `meaning` and, where it can be, when it is `empty`.
    """
    plain = pa.Table.from_pandas(frame, preserve_index=False)
    described = [
        plain.schema.field(column.name).with_metadata(
            {"kind": column.kind.value, "meaning": column.meaning} | ({"empty": column.empty} if column.empty else {})
        )
        for column in table.columns
    ]
    schema = pa.schema(described, {**plain.schema.metadata, b"meaning": table.meaning.encode()})
    parquet.write_table(plain.cast(schema), path, compression="zstd")
