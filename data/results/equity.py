"""An equity curve as bytes: its columns, compressed, self-describing (Parquet)."""

from __future__ import annotations

import io

import numpy as np
import pyarrow as pa
from pyarrow import parquet

from data.results.records import EquityColumns

_STARTING_CAPITAL = b"starting_capital_micros"


def equity_bytes(equity: EquityColumns) -> bytes:
    """Parquet file of a curve."""
    columns = {
        "at_ns": equity.at,
        "net_liquidation_micros": equity.net_liquidation,
        "margin_requirement_micros": equity.margin_requirement,
        "external_flows_micros": equity.external_flows,
        "growth_usd": equity.growth,
    }
    table = pa.table({name: pa.array(column) for name, column in columns.items()})
    described = table.replace_schema_metadata({_STARTING_CAPITAL: str(equity.starting_capital).encode()})
    stream = io.BytesIO()
    parquet.write_table(described, stream)
    return stream.getvalue()


def equity_columns(content: bytes) -> EquityColumns:
    """The curve of a Parquet file that `equity_bytes` made."""
    table = parquet.read_table(pa.BufferReader(content))
    at, value, margin, flows, growth = (np.asarray(column.to_numpy()) for column in table.columns)
    return EquityColumns(at, value, margin, flows, growth, int(table.schema.metadata[_STARTING_CAPITAL]))
