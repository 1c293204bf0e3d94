"""Tardis.dev `options_chain`: a row per update of a Deribit option (FORMATS section 15).

Prices count coins of the underlying, which is kept: the chains can be looked at, and no run is made on them.
Volatilities are percent, Greeks are in US dollars. A chain holds what each contract's last update in a minute said.
Every expiration has an index of its own; the price of the underlying is that of the nearest one.
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
        "bid": "bid_price",
        "ask": "ask_price",
        "bid_size": "bid_amount",
        "ask_size": "ask_amount",
        "last": "last_price",
        "open_interest": "open_interest",
        "implied_volatility": "mark_iv",
        "delta": "delta",
        "gamma": "gamma",
        "theta": "theta",
        "vega": "vega",
    }
)
_LAYOUT: Final = Layout(
    numbers=("strike_price",),
    optional_numbers=("underlying_price", *_NUMBERS.values()),
    texts=("exchange", "symbol", "type"),
    integers=("timestamp", "local_timestamp", "expiration"),
)
_UNITS: Final = VendorUnits(implied_volatility=0.01, vega=100.0, theta=365.0)
_MICROSECOND: Final = NANOS_PER_SECOND // 1_000_000
_EXPIRES_AT: Final = 8 * 3_600 * NANOS_PER_SECOND


class Tardis:
    """Provider of the format `tardis`."""

    signature = Signature(
        headers=(("exchange", "symbol", "local_timestamp", "strike_price", "mark_iv", "underlying_index"),)
    )

    @property
    def name(self) -> str:
        return "tardis"

    @property
    def suffixes(self) -> tuple[str, ...]:
        return (".csv", ".csv.gz")

    def read(self, path: Path) -> RawRows:
        content = read_text_bytes(path)
        table = DelimitedTable(path.name, content.data, _LAYOUT)
        table.coded("exchange", _exchange)
        updated, received = (table.instants(name, _MICROSECOND) for name in ("timestamp", "local_timestamp"))
        columns: dict[str, NDArray[Any]] = {
            **renamed(_NUMBERS, table),
            **contract_columns(table, "symbol"),
            "underlying_price": table.numbers("underlying_price"),
        }
        _check_contracts(table, columns)
        ends = minute_ends(table.texts("symbol"), updated, received)
        columns = {name: column[ends.rows] for name, column in columns.items()} | {"at": ends.at}
        order = (updated[ends.rows], -columns["expiration"].astype(np.int64))
        prices = columns["underlying_price"]
        columns["underlying_price"] = latest_of_chain(prices, columns["underlying"], ends.at, *order)
        return RawRows(
            source=SourceFile(path.name, self.name, content.sha256, len(table)),
            resolution="minute",
            columns=columns,
            units=_UNITS,
            line_of=lambda row: table.line_of(int(ends.rows[row])),
            column_names={**_NUMBERS, "at": "timestamp", "root": "symbol", "strike": "symbol"},
            market=DERIBIT,
        )


def _exchange(cell: str) -> str:
    if cell != "deribit":
        raise ValueError(f"{cell[:40]!r} is not 'deribit', the one exchange whose symbols are read")
    return cell


def _check_contracts(table: DelimitedTable, columns: dict[str, NDArray[Any]]) -> None:
    """Refuse rows whose type, strike or expiration is not that of their symbol."""
    expires_at = columns["expiration"].astype("datetime64[ns]").astype(np.int64) + _EXPIRES_AT
    agrees = {
        "type": table.rights("type") == columns["right"],
        "strike_price": table.numbers("strike_price") == columns["strike"],
        "expiration": table.instants("expiration", _MICROSECOND) == expires_at,
    }
    for column, holds in agrees.items():
        wrong = np.flatnonzero(~holds)
        if len(wrong):
            row = int(wrong[0])
            symbol = table.texts("symbol")[row].decode()
            raise table.bad_row(row, column, f"contradicts symbol {symbol!r} (expirations are at 08:00 UTC)")
