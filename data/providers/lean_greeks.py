"""LEAN's test data of Greeks: model values of one option at some moments, `SPX230811C04300000.csv`.

The contract stands in the file's name alone, and each contract is a dataset of its own, since files share moments.
Times are UTC, theta is per calendar day and vega per point of volatility. There are no quotes: `model_price` is a value
that somebody computed, which becomes neither quote nor last price.
"""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from data.datasets import SourceFile
from data.errors import BadFile, BadSymbol
from data.providers.delimited import DelimitedTable, Layout, renamed
from data.providers.files import read_text_bytes
from data.providers.recognition import Signature
from data.raw_rows import RawRows, VendorUnits
from data.roots import root_facts
from data.symbols import parse_symbol
from engine.instants import instant

_NUMBERS: Final = MappingProxyType(
    {
        "underlying_price": "model_undPrice",
        "implied_volatility": "model_impliedVol",
        "delta": "model_delta",
        "gamma": "model_gamma",
        "vega": "model_vega",
        "theta": "model_theta",
    }
)
_MOMENT: Final = "moment"
_LAYOUT: Final = Layout(numbers=tuple(_NUMBERS.values()), optional_numbers=(), texts=(_MOMENT,))
_UNITS: Final = VendorUnits(vega=100.0, theta=365.0)


class LeanGreeks:
    """Provider of the format `lean_greeks`."""

    signature = Signature(headers=(("model_price", *_NUMBERS.values()),))

    @property
    def name(self) -> str:
        return "lean_greeks"

    @property
    def suffixes(self) -> tuple[str, ...]:
        return (".csv",)

    def read(self, path: Path) -> RawRows:
        content = read_text_bytes(path)
        try:
            symbol = parse_symbol(path.name.split(".")[0])
        except BadSymbol as error:
            raise BadFile(f"{path.name}: the contract is told by the file's name, and {error.reason}") from None
        # The first column, which holds the moments, has no name.
        table = DelimitedTable(path.name, content.data.replace(b",", f"{_MOMENT},".encode(), 1), _LAYOUT)
        codes, moments = table.coded(_MOMENT, _moment)
        count = len(table)
        columns: dict[str, NDArray[Any]] = {
            **renamed(_NUMBERS, table),
            "at": np.array(moments, np.int64)[codes],
            "symbol": np.full(count, path.name.split(".")[0].encode()),
            "underlying": np.full(count, root_facts(symbol.root).underlying.encode()),
            "bid": np.full(count, np.nan),
            "ask": np.full(count, np.nan),
        }
        return RawRows(
            source=SourceFile(path.name, self.name, content.sha256, count),
            resolution=f"greeks {path.name.split('.')[0]}",
            columns=columns,
            units=_UNITS,
            line_of=table.line_of,
            column_names=_NUMBERS,
        )


def _moment(cell: str) -> int:
    try:
        return instant(datetime.strptime(cell, "%Y%m%d %H:%M:%S.%f").replace(tzinfo=UTC))
    except ValueError:
        raise ValueError(f"{cell[:40]!r} is no moment (YYYYMMDD HH:MM:SS.ffffff)") from None
