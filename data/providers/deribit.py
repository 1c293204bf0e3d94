"""Deribit's order books, answers of `public/get_order_book` that somebody wrote into one CSV (FORMATS section 15).

Cells of `bids`, `asks` and the like hold JSON and are not read. Prices count coins of the underlying, which is kept:
the chains can be looked at, and no run is made on them. Greeks are in US dollars. Each book has its own moment; a chain
holds the last book of each contract in a minute.
"""

from __future__ import annotations

from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from data.datasets import SourceFile
from data.markets import DERIBIT
from data.providers.delimited import DelimitedTable, Layout, renamed
from data.providers.deribit_names import contract_columns
from data.providers.files import read_text_bytes
from data.providers.minute_ends import latest_of_chain, minute_ends
from data.providers.recognition import Signature
from data.raw_rows import RawRows, VendorUnits
from engine.instants import NANOS_PER_SECOND

_NUMBERS: Final = MappingProxyType(
    {
        "bid": "best_bid_price",
        "ask": "best_ask_price",
        "bid_size": "best_bid_amount",
        "ask_size": "best_ask_amount",
        "last": "last_price",
        "open_interest": "open_interest",
        "implied_volatility": "mark_iv",
        "delta": "greeks.delta",
        "gamma": "greeks.gamma",
        "theta": "greeks.theta",
        "vega": "greeks.vega",
    }
)
_SPOT: Final = "index_price"
_LAYOUT: Final = Layout(
    numbers=(_SPOT,),
    optional_numbers=tuple(_NUMBERS.values()),
    texts=("instrument_name",),
    integers=("timestamp",),
)
_UNITS: Final = VendorUnits(implied_volatility=0.01, vega=100.0, theta=365.0)
"""Volatilities in percent, vega per point of them, theta per calendar day."""
_NANOS_PER_MILLISECOND: Final = NANOS_PER_SECOND // 1_000


class DeribitBooks:
    """Provider of the format `deribit`."""

    signature = Signature(
        headers=(("instrument_name", "timestamp", _SPOT, "best_bid_price", "best_ask_price", "mark_iv"),)
    )

    @property
    def name(self) -> str:
        return "deribit"

    @property
    def suffixes(self) -> tuple[str, ...]:
        return (".csv", ".csv.gz")

    def read(self, path: Path) -> RawRows:
        content = read_text_bytes(path)
        table = DelimitedTable(path.name, content.data, _LAYOUT)
        taken = table.instants("timestamp", _NANOS_PER_MILLISECOND)
        columns: dict[str, NDArray[Any]] = {
            **renamed(_NUMBERS, table),
            **contract_columns(table, "instrument_name"),
            "underlying_price": table.numbers(_SPOT),
        }
        ends = minute_ends(table.texts("instrument_name"), taken, np.arange(len(table)))
        columns = {name: column[ends.rows] for name, column in columns.items()}
        order = taken[ends.rows]
        prices = columns["underlying_price"]
        columns["underlying_price"] = latest_of_chain(prices, columns["underlying"], ends.at, order)
        return RawRows(
            source=SourceFile(path.name, self.name, content.sha256, len(table)),
            resolution="minute",
            columns=columns | {"at": ends.at},
            units=_UNITS,
            line_of=lambda row: table.line_of(int(ends.rows[row])),
            column_names={**_NUMBERS, "at": "timestamp", "underlying_price": _SPOT, "root": "instrument_name"},
            market=DERIBIT,
        )
