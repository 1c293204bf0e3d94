"""Tardis.dev `options_chain`: a row per update of a Deribit option (FORMATS section 15).

Prices count coins of the underlying, which is kept: the chains import and can be looked at, and no run is made on them.
Volatilities are percent. A chain holds what each contract's last update in a minute said.
"""

from __future__ import annotations

import re
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from data.datasets import SourceFile
from data.markets import DERIBIT
from data.providers.delimited import DelimitedTable, Layout, renamed
from data.providers.files import read_text_bytes
from data.providers.minute_ends import minute_ends
from data.providers.recognition import Signature
from data.raw_rows import RawRows, VendorUnits
from data.symbols import osi_symbols

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
    numbers=("timestamp", "local_timestamp", "strike_price", "expiration"),
    optional_numbers=("underlying_price", *_NUMBERS.values()),
    texts=("exchange", "symbol", "type"),
)
_UNITS: Final = VendorUnits(implied_volatility=0.01, vega=100.0, theta=365.0)
_SYMBOL: Final = re.compile(r"(?P<coin>[A-Z]{2,5})-\d{1,2}[A-Z]{3}\d{2}-\d+-[CP]", re.ASCII)
_NANOS_PER_MICROSECOND: Final = 1_000


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
        codes, coins = table.coded("symbol", _coin)
        updated, order = (_nanoseconds(table.numbers(name)) for name in ("timestamp", "local_timestamp"))
        ends = minute_ends(codes, updated, order)
        expiration = _nanoseconds(table.numbers("expiration")).astype("datetime64[ns]").astype("datetime64[D]")
        right, strike = table.rights("type"), table.numbers("strike_price")
        underlying = np.array(coins, np.bytes_)[codes]
        columns: dict[str, NDArray[Any]] = {
            **renamed(_NUMBERS, table),
            "underlying": underlying,
            "underlying_price": table.numbers("underlying_price"),
            "expiration": expiration,
            "right": right,
            "strike": strike,
            "symbol": osi_symbols(underlying, expiration, right, strike),
        }
        columns = {name: column[ends.rows] for name, column in columns.items()} | {"at": ends.at}
        columns["underlying_price"] = _latest_price(columns)
        return RawRows(
            source=SourceFile(path.name, self.name, content.sha256, len(table)),
            resolution="minute",
            columns=columns,
            units=_UNITS,
            line_of=lambda row: table.line_of(int(ends.rows[row])),
            column_names={**_NUMBERS, "at": "timestamp", "right": "type", "strike": "strike_price"},
            market=DERIBIT,
        )


def _nanoseconds(microseconds: NDArray[np.float64]) -> NDArray[np.int64]:
    return microseconds.astype(np.int64) * _NANOS_PER_MICROSECOND


def _coin(symbol: str) -> str:
    found = _SYMBOL.fullmatch(symbol)
    if found is None:
        raise ValueError(f"{symbol[:40]!r} is no option of Deribit like 'BTC-9JUN20-9875-P'")
    return found["coin"]


def _latest_price(columns: dict[str, NDArray[Any]]) -> NDArray[np.float64]:
    """One price of the underlying for each chain: every update has its own, and every expiration its own index."""
    groups = [columns["underlying"], columns["at"]]
    _, first, codes = np.unique(np.rec.fromarrays(groups), return_index=True, return_inverse=True)
    return np.asarray(columns["underlying_price"][first][codes])
