"""Cboe DataShop end-of-day summaries, with and without calculations (FORMATS section 6).

A row has quotes of two moments: 15 minutes before the close and at the close. Those of 15:45 are read; expiring and
PM-settled series trade at the close itself, and the calculations belong to 15:45.
"""

from __future__ import annotations

from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from data.datasets import SourceFile
from data.providers.delimited import DelimitedTable, Layout, header_of, renamed
from data.providers.files import read_text_bytes
from data.providers.recognition import Signature
from data.raw_rows import RawRows, VendorUnits
from data.symbols import osi_symbols

_QUOTES: Final = MappingProxyType(
    {
        "strike": "strike",
        "bid": "bid_1545",
        "ask": "ask_1545",
        "bid_size": "bid_size_1545",
        "ask_size": "ask_size_1545",
        "last": "close",
        "volume": "trade_volume",
        "open_interest": "open_interest",
    }
)
_CALCULATED: Final = MappingProxyType(
    {
        "implied_volatility": "implied_volatility_1545",
        "delta": "delta_1545",
        "gamma": "gamma_1545",
        "theta": "theta_1545",
        "vega": "vega_1545",
    }
)
_UNDERLYING: Final = ("underlying_bid_1545", "underlying_ask_1545")
_ACTIVE: Final = "active_underlying_price_1545"
_NEEDED: Final = ("strike", "bid_1545", "ask_1545", *_UNDERLYING)
_TEXTS: Final = ("underlying_symbol", "quote_date", "root", "expiration", "option_type")
_UNITS: Final = VendorUnits(vega=100.0, theta=365.0)
"""Vega per point of volatility, theta per calendar day."""


class CboeDataShop:
    """Provider of the format `cboe_datashop`."""

    signature = Signature(
        headers=(("underlying_symbol", "quote_date", "root", "expiration", "bid_1545", "ask_1545", "delivery_code"),)
    )

    @property
    def name(self) -> str:
        return "cboe_datashop"

    @property
    def suffixes(self) -> tuple[str, ...]:
        return (".csv", ".csv.gz")

    def read(self, path: Path) -> RawRows:
        content = read_text_bytes(path)
        calculated = _ACTIVE in header_of(content.data)
        names = {**_QUOTES, **(_CALCULATED if calculated else {})}
        optional = tuple(name for name in names.values() if name not in _NEEDED) + ((_ACTIVE,) if calculated else ())
        table = DelimitedTable(path.name, content.data, Layout(_NEEDED, optional, _TEXTS))
        columns: dict[str, NDArray[Any]] = dict(renamed(names, table))
        columns["underlying_price"] = _underlying_price(table, calculated)
        codes, symbols = table.coded("underlying_symbol", lambda text: text.removeprefix("^"))
        columns["underlying"] = np.array(symbols, np.bytes_)[codes]
        columns["right"] = table.rights("option_type")
        for canonical in ("expiration", "quote_date"):
            columns[canonical] = table.usual_dates(canonical)
        columns["symbol"] = osi_symbols(table.texts("root"), columns["expiration"], columns["right"], columns["strike"])
        return RawRows(
            source=SourceFile(path.name, self.name, content.sha256, len(table)),
            resolution="eod",
            columns=columns,
            units=_UNITS,
            line_of=table.line_of,
            column_names={**names, "symbol": "root", "right": "option_type", "underlying": "underlying_symbol"},
        )


def _underlying_price(table: DelimitedTable, calculated: bool) -> NDArray[np.float64]:
    """Price at 15:45: the one that calculations used, else the middle of bid and ask; NaN where the file has zeros."""
    bid, ask = (table.numbers(name) for name in _UNDERLYING)
    middle = np.where((bid > 0) & (ask > 0), 0.5 * (bid + ask), np.nan)
    if not calculated:
        return middle
    active = table.numbers(_ACTIVE)
    return np.asarray(np.where(active > 0, active, middle))
