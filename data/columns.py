"""The canonical columns of option quotes, as they are stored.

Units are those of DESIGN section 4: USD per share, vega per 1.00 of volatility, theta per year, implied volatility
as a fraction; NaN where the vendor has no value. Instants are UTC nanoseconds, dates are exchange dates.
"""

from __future__ import annotations

from typing import Any, Final

import pyarrow as pa

from engine.model import QUOTE_COLUMNS

CONTRACT: Final = "contract"
"""Row of the partition's contract list: what replay reads instead of the columns that spell the contract out."""
REPLAY_COLUMNS: Final = (CONTRACT, *QUOTE_COLUMNS, "flags")

_CODED_TEXT: Final = pa.dictionary(pa.int32(), pa.string())

CHAIN_SCHEMA: Final[Any] = pa.schema(
    [
        pa.field("at", pa.timestamp("ns", "UTC"), nullable=False),
        pa.field("underlying", _CODED_TEXT, nullable=False),
        pa.field("underlying_price", pa.float64(), nullable=False),
        pa.field("root", _CODED_TEXT, nullable=False),
        pa.field("symbol_date", pa.date32(), nullable=False),
        pa.field("expires_on", pa.date32(), nullable=False),
        pa.field("right", pa.int8(), nullable=False),
        pa.field("strike", pa.float64(), nullable=False),
        pa.field(CONTRACT, pa.int32(), nullable=False),
        *(pa.field(name, pa.float64(), nullable=False) for name in QUOTE_COLUMNS),
        pa.field("flags", pa.uint16(), nullable=False),
    ]
)
"""Rows of stored chains, sorted by `at`, then (expires_on, root), right, strike."""

CODED_COLUMNS: Final = ("at", "underlying", "underlying_price", "root", "symbol_date", "expires_on", "right", "flags")
"""Columns with long runs or few values: dictionary-encoded in Parquet."""

CONTRACT_SCHEMA: Final[Any] = pa.schema(
    [
        pa.field("root", pa.string(), nullable=False),
        pa.field("symbol_date", pa.date32(), nullable=False),
        pa.field("expires_on", pa.date32(), nullable=False),
        pa.field("right", pa.int8(), nullable=False),
        pa.field("strike", pa.float64(), nullable=False),
        pa.field("first_seen", pa.timestamp("ns", "UTC"), nullable=False),
        pa.field("last_seen", pa.timestamp("ns", "UTC"), nullable=False),
    ]
)
"""The contract list of a partition: row i is contract i of its chain rows."""
