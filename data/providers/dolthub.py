"""DoltHub `post-no-preference/options` (FORMATS section 14): a few expirations and strikes of many symbols.

`vol` is implied volatility, not volume. There is no price of the underlying, no volume and no open interest; a Saturday
stands for the session before it.
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
from data.symbols import osi_symbols

_NUMBERS: Final = MappingProxyType(
    {
        "strike": "strike",
        "bid": "bid",
        "ask": "ask",
        "implied_volatility": "vol",
        "delta": "delta",
        "gamma": "gamma",
        "theta": "theta",
        "vega": "vega",
    }
)
_LAYOUT: Final = Layout(
    numbers=("strike", "bid", "ask"),
    optional_numbers=("vol", "delta", "gamma", "theta", "vega"),
    texts=("date", "act_symbol", "expiration", "call_put"),
)
_UNITS: Final = VendorUnits(vega=100.0, theta=365.0)
"""Vega per point of volatility and theta per day: an at-the-money vega of a 70-dollar stock in 30 days is 0.08."""
_SATURDAY: Final = 5


class DoltHub:
    """Provider of the format `dolthub`."""

    signature = Signature(headers=(("date", "act_symbol", "expiration", "strike", "call_put", "vol"),))

    @property
    def name(self) -> str:
        return "dolthub"

    @property
    def suffixes(self) -> tuple[str, ...]:
        return (".csv", ".csv.gz")

    def read(self, path: Path) -> RawRows:
        content = read_text_bytes(path)
        table = DelimitedTable(path.name, content.data, _LAYOUT)
        columns: dict[str, NDArray[Any]] = dict(renamed(_NUMBERS, table))
        columns["underlying"] = table.texts("act_symbol")
        columns["right"] = table.rights("call_put")
        columns["expiration"] = table.dates("expiration", "%Y-%m-%d", "YYYY-MM-DD")
        columns["quote_date"] = _sessions(table.dates("date", "%Y-%m-%d", "YYYY-MM-DD"))
        columns["symbol"] = osi_symbols(
            columns["underlying"], columns["expiration"], columns["right"], columns["strike"]
        )
        return RawRows(
            source=SourceFile(path.name, self.name, content.sha256, len(table)),
            resolution="eod",
            columns=columns,
            units=_UNITS,
            line_of=table.line_of,
            column_names={**_NUMBERS, "symbol": "act_symbol", "quote_date": "date", "right": "call_put"},
        )


def _sessions(days: NDArray[np.datetime64]) -> NDArray[np.datetime64]:
    """Saturdays moved to their Fridays; a holiday Friday is reported as no session by whoever knows calendars."""
    saturday = (days.astype(np.int64) + 3) % 7 == _SATURDAY
    return np.asarray(np.where(saturday, days - 1, days))
