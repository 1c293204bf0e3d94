"""CSV of the DoltHub database `post-no-preference/options` (FORMATS section 14): several underlyings in one file.

`vol` is the implied volatility, not a volume. The database is filled once a day, also at weekends: a Saturday's or
Sunday's rows are the quotes of the session before. It has no price of the underlying.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from data.datasets import SourceFile
from data.providers.delimited import DelimitedTable, Layout, renamed
from data.providers.files import read_text_bytes
from data.providers.greek_units import PER_POINT_AND_DAY, found_volatility
from data.providers.index_roots import symbol_of
from data.providers.moments import last_session
from data.providers.recognition import Signature
from data.raw_rows import RawRows
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
    numbers=("strike",),
    optional_numbers=("bid", "ask", "vol", "delta", "gamma", "theta", "vega"),
    texts=("date", "act_symbol", "expiration", "call_put"),
)
_NAMES: Final = MappingProxyType(
    {**_NUMBERS, "symbol": "act_symbol", "right": "call_put", "quote_date": "date", "underlying": "act_symbol"}
)
_SATURDAY: Final = 5


class Dolthub:
    """Provider of the format `dolthub`."""

    signature = Signature(headers=(("date", "act_symbol", "expiration", "strike", "call_put", "bid", "ask", "vol"),))

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
        columns["implied_volatility"] = found_volatility(columns["implied_volatility"])
        codes, symbols = table.coded("act_symbol", symbol_of)
        columns["underlying"] = np.array(symbols, np.bytes_)[codes]
        columns["right"] = table.rights("call_put")
        columns["expiration"] = table.dates("expiration", "%Y-%m-%d", "YYYY-MM-DD")
        codes, sessions = table.coded("date", _session)
        columns["quote_date"] = np.array(sessions, "datetime64[D]")[codes]
        columns["symbol"] = osi_symbols(
            columns["underlying"], columns["expiration"], columns["right"], columns["strike"]
        )
        return RawRows(
            source=SourceFile(path.name, self.name, content.sha256, len(table)),
            resolution="eod",
            columns=columns,
            units=PER_POINT_AND_DAY,
            line_of=table.line_of,
            column_names=_NAMES,
        )


def _session(cell: str) -> date:
    """The date of a row, at a weekend the session before; a holiday stays and makes no snapshot."""
    try:
        day = date.fromisoformat(cell)
    except ValueError:
        raise ValueError(f"{cell[:40]!r} is no date (YYYY-MM-DD)") from None
    return last_session(day) if day.weekday() >= _SATURDAY else day
