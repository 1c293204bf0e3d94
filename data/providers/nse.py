"""Contract-wise price and volume of the National Stock Exchange of India (FORMATS section 18): options by the day.

Names of columns end with blanks, and cells may too. There is no bid and no ask: the last traded price goes to `last`,
and nothing can be filled or marked on it. The lot size is not in the file.
"""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from data.datasets import SourceFile
from data.errors import MissingColumn
from data.markets import NSE
from data.providers.day_ends import day_ends
from data.providers.delimited import DelimitedTable, Layout, header_of, renamed
from data.providers.files import read_text_bytes
from data.providers.recognition import Signature
from data.raw_rows import RawRows, VendorUnits

_NUMBERS: Final = MappingProxyType(
    {
        "strike": "Strike Price",
        "last": "LTP",
        "volume": "No. of contracts",
        "open_interest": "Open Int",
        "underlying_price": "Underlying Value",
    }
)
_TEXTS: Final = ("Symbol", "Date", "Expiry", "Option type")
_RIGHTS: Final = MappingProxyType({"CE": 1, "PE": -1})
_MONTHS: Final = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_NAMES: Final = MappingProxyType({**_NUMBERS, "at": "Date", "expiration": "Expiry", "right": "Option type"})


class NseOptions:
    """Provider of the format `nse`."""

    signature = Signature(headers=((*_TEXTS, "Strike Price", "LTP", "Settle Price", "Underlying Value"),))

    @property
    def name(self) -> str:
        return "nse"

    @property
    def suffixes(self) -> tuple[str, ...]:
        return (".csv", ".csv.gz")

    def read(self, path: Path) -> RawRows:
        content = read_text_bytes(path)
        written = _written_names(path.name, content.data)
        layout = Layout(
            numbers=(written["Strike Price"],),
            optional_numbers=tuple(written[name] for name in _NUMBERS.values() if name != "Strike Price"),
            texts=tuple(written[name] for name in _TEXTS),
        )
        table = DelimitedTable(path.name, content.data, layout)
        columns: dict[str, NDArray[Any]] = dict(
            renamed({canonical: written[name] for canonical, name in _NUMBERS.items()}, table)
        )
        nothing = np.full(len(table), np.nan)
        roots = np.strings.strip(table.texts(written["Symbol"]))
        columns |= {
            "underlying": roots,
            "root": roots,
            "expiration": _decoded(table, written["Expiry"], _date, "datetime64[D]"),
            "right": _decoded(table, written["Option type"], _right, "int8"),
            "at": day_ends(path.name, _decoded(table, written["Date"], _date, "datetime64[D]"), NSE),
            "bid": nothing,
            "ask": nothing,
        }
        return RawRows(
            source=SourceFile(path.name, self.name, content.sha256, len(table)),
            resolution="eod",
            columns=columns,
            units=VendorUnits(),
            line_of=table.line_of,
            column_names=_NAMES,
            market=NSE,
        )


def _written_names(name: str, data: bytes) -> dict[str, str]:
    """Names of columns as the file writes them, by what they are without blanks."""
    written = {cell.strip(): cell for cell in header_of(data)}
    missing = [column for column in (*_TEXTS, *_NUMBERS.values()) if column not in written]
    if missing:
        lacking = ", ".join(repr(column) for column in missing)
        raise MissingColumn(f"{name}: the header lacks {lacking}; download the contract-wise price volume data again")
    return written


def _decoded(table: DelimitedTable, column: str, decode: Any, kind: str) -> NDArray[Any]:
    codes, values = table.coded(column, decode)
    return np.array(values, kind)[codes]


def _date(cell: str) -> date:
    # Months by their English names: those of `strptime` depend on the machine.
    try:
        day, month, year = cell.strip().split("-")
        return datetime(int(year), _MONTHS.index(month.title()) + 1, int(day)).date()  # noqa: DTZ001 - a calendar date
    except ValueError:
        raise ValueError(f"{cell[:40]!r} is no date (DD-Mon-YYYY)") from None


def _right(cell: str) -> int:
    if cell.strip() not in _RIGHTS:
        raise ValueError(f"{cell[:40]!r} is neither 'CE' nor 'PE'; leave futures out of the file")
    return _RIGHTS[cell.strip()]
