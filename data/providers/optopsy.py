"""CSV of optopsy, version 1 (FORMATS section 4): a contract in columns, without its symbol.

What the file calls the underlying is the root: `SPXW`, whose options are written on the SPX.
"""

from __future__ import annotations

from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from data.calendar import FIRST_YEAR
from data.datasets import SourceFile
from data.providers.delimited import DelimitedTable, Layout, renamed
from data.providers.files import read_text_bytes
from data.providers.recognition import Signature
from data.raw_rows import RawRows, VendorUnits
from data.roots import root_facts
from data.symbols import osi_symbols

_LAYOUT: Final = Layout(
    numbers=("underlying_price", "strike", "bid", "ask"),
    optional_numbers=("delta",),
    texts=("underlying_symbol", "option_type", "expiration", "quote_date"),
)
_NAMES: Final = MappingProxyType({"symbol": "underlying_symbol", "right": "option_type"})


class Optopsy:
    """Provider of the format `optopsy`."""

    signature = Signature(headers=((*_LAYOUT.texts, *_LAYOUT.numbers, "delta"),))

    @property
    def name(self) -> str:
        return "optopsy"

    @property
    def suffixes(self) -> tuple[str, ...]:
        return (".csv", ".csv.gz")

    def read(self, path: Path) -> RawRows:
        content = read_text_bytes(path)
        table = DelimitedTable(path.name, content.data, _LAYOUT)
        names = (*_LAYOUT.numbers, *_LAYOUT.optional_numbers)
        columns: dict[str, NDArray[Any]] = dict(renamed({name: name for name in names}, table))
        codes, underlyings = table.coded("underlying_symbol", lambda root: root_facts(root).underlying)
        columns["underlying"] = np.array(underlyings, np.bytes_)[codes]
        columns["right"] = table.rights("option_type")
        for name in ("expiration", "quote_date"):
            columns[name] = table.usual_dates(name)
        _check_years(table, columns["quote_date"])
        columns["symbol"] = osi_symbols(
            table.texts("underlying_symbol"), columns["expiration"], columns["right"], columns["strike"]
        )
        return RawRows(
            source=SourceFile(path.name, self.name, content.sha256, len(table)),
            resolution="eod",
            columns=columns,
            units=VendorUnits(),
            line_of=table.line_of,
            column_names=_NAMES,
        )


def _check_years(table: DelimitedTable, days: NDArray[np.datetime64]) -> None:
    """Refuse quotes older than the calendar: published files hold a junk row of 01/03/1990 among those of 2018."""
    old = np.flatnonzero(days <= np.datetime64(f"{FIRST_YEAR}-12-31"))
    if len(old):
        row = int(old[0])
        reason = (
            f"{days[row]} is before {FIRST_YEAR + 1}, where sessions begin to be known; if the row is junk, remove it"
        )
        raise table.bad_row(row, "quote_date", reason)
