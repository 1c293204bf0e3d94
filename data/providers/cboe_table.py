"""Cboe delayed-quote table, one CSV a day (FORMATS section 2).

`optionroot` is, despite its name, the whole OSI symbol. There is no time of day, no theta and no vega.
"""

from __future__ import annotations

from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from data.datasets import SourceFile
from data.providers.delimited import DelimitedTable, Layout, renamed
from data.providers.files import read_text_bytes
from data.providers.recognition import Signature
from data.raw_rows import RawRows, VendorUnits

_LAYOUT: Final = Layout(
    numbers=("underlying_last", "strike", "bid", "ask"),
    optional_numbers=("last", "volume", "openinterest", "impliedvol", "delta", "gamma"),
    texts=("underlying", "optionroot", "type", "expiration", "quotedate"),
)
_NUMBERS: Final = MappingProxyType(
    {
        "underlying_price": "underlying_last",
        "strike": "strike",
        "bid": "bid",
        "ask": "ask",
        "last": "last",
        "volume": "volume",
        "open_interest": "openinterest",
        "implied_volatility": "impliedvol",
        "delta": "delta",
        "gamma": "gamma",
    }
)
_TEXTS: Final = MappingProxyType(
    {"symbol": "optionroot", "right": "type", "expiration": "expiration", "quote_date": "quotedate"}
)
_RIGHTS: Final = MappingProxyType({"call": 1, "put": -1})


class CboeTable:
    """Provider of the format `cboe_table`."""

    signature = Signature(
        headers=(("underlying", "underlying_last", "exchange", "optionroot", "quotedate", "net", "impliedvol"),)
    )

    @property
    def name(self) -> str:
        return "cboe_table"

    @property
    def suffixes(self) -> tuple[str, ...]:
        return (".csv", ".csv.gz")

    def read(self, path: Path) -> RawRows:
        content = read_text_bytes(path)
        table = DelimitedTable(path.name, content.data, _LAYOUT)
        columns: dict[str, NDArray[Any]] = dict(renamed(_NUMBERS, table))
        codes, symbols = table.coded("underlying", str)
        columns["underlying"] = np.array(symbols, np.bytes_)[codes]
        columns["symbol"] = table.texts("optionroot")
        codes, rights = table.coded("type", _right)
        columns["right"] = np.array(rights, np.int8)[codes]
        for canonical in ("expiration", "quote_date"):
            columns[canonical] = table.dates(_TEXTS[canonical], "%m/%d/%Y", "MM/DD/YYYY")
        return RawRows(
            source=SourceFile(path.name, self.name, content.sha256, len(table)),
            resolution="eod",
            columns=columns,
            units=VendorUnits(),
            line_of=table.line_of,
            column_names={**_NUMBERS, **_TEXTS},
        )


def _right(cell: str) -> int:
    if cell not in _RIGHTS:
        raise ValueError(f"{cell[:40]!r} is neither 'call' nor 'put'")
    return _RIGHTS[cell]
