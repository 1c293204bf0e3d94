"""ThetaData's end-of-day reports of options, versions 2 and 3 (FORMATS section 12).

Version 2 counts strikes in tenths of a cent and writes dates as whole numbers; version 3 has dollars and ISO dates.
Both are read as they come for wildcards, with the contract in the rows. The report is made at 17:15, an hour after its
quotes: rows are stamped at the close. A day without trades has prices of 0.0, which are none; before December 2023 a
report may lack quotes. There is no price of the underlying.
"""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from data.datasets import SourceFile
from data.errors import BadSymbol
from data.providers.day_ends import day_ends
from data.providers.delimited import DelimitedTable, Layout, header_of, renamed
from data.providers.files import read_text_bytes
from data.providers.recognition import Signature
from data.raw_rows import RawRows, VendorUnits
from data.roots import root_facts
from data.symbols import osi_symbols, parse_symbols
from engine.instants import NANOS_PER_DAY, NANOS_PER_SECOND

_SIDES: Final = MappingProxyType({"bid": "bid", "ask": "ask", "bid_size": "bid_size", "ask_size": "ask_size"})
_BAR: Final = ("open", "high", "low", "close", "volume")
_MILLISECONDS_PER_DAY: Final = NANOS_PER_DAY // (NANOS_PER_SECOND // 1_000)


class _Version(NamedTuple):
    """What a version calls things; `dollars` times its strikes are dollars."""

    layout: Layout
    root: str
    day: str
    dollars: float


_V2: Final = _Version(
    Layout(
        numbers=("strike", *_BAR),
        optional_numbers=tuple(_SIDES.values()),
        texts=("root", "expiration", "right", "date"),
        integers=("ms_of_day", "ms_of_day2"),
    ),
    root="root",
    day="date",
    dollars=0.001,
)
_V3: Final = _Version(
    Layout(
        numbers=("strike", *_BAR),
        optional_numbers=tuple(_SIDES.values()),
        texts=("symbol", "expiration", "right", "created"),
    ),
    root="symbol",
    day="created",
    dollars=1.0,
)


class ThetaData:
    """Provider of the format `thetadata`."""

    signature = Signature(
        headers=(
            ("root", "expiration", "strike", "right", "ms_of_day", "ms_of_day2", *_BAR, "date"),
            ("symbol", "expiration", "strike", "right", "created", "last_trade", *_BAR),
        )
    )

    @property
    def name(self) -> str:
        return "thetadata"

    @property
    def suffixes(self) -> tuple[str, ...]:
        return (".csv", ".csv.gz")

    def read(self, path: Path) -> RawRows:
        content = read_text_bytes(path)
        version = _V2 if "ms_of_day" in header_of(content.data) else _V3
        table = DelimitedTable(path.name, content.data, version.layout)
        if version is _V2:
            _check_times(table)
        columns: dict[str, NDArray[Any]] = dict(renamed(_SIDES, table))
        columns |= _contracts(path.name, table, version)
        columns |= {
            "at": day_ends(path.name, _decoded(table, version.day)),
            "last": _prices(table.numbers("close")),
            "volume": table.numbers("volume"),
        }
        return RawRows(
            source=SourceFile(path.name, self.name, content.sha256, len(table)),
            resolution="eod",
            columns=columns,
            units=VendorUnits(),
            line_of=table.line_of,
            column_names={"symbol": version.root, "at": version.day, "last": "close"},
        )


def _contracts(name: str, table: DelimitedTable, version: _Version) -> dict[str, NDArray[Any]]:
    strike = np.round(table.numbers("strike") * version.dollars, 6)
    right, expiration = table.rights("right"), _decoded(table, "expiration")
    symbol = osi_symbols(table.texts(version.root), expiration, right, strike)
    try:
        roots = parse_symbols(symbol).root
    except BadSymbol as error:
        raise BadSymbol(f"{name}: line {table.line_of(error.row)}: {error.reason}", error.row) from None
    found, code = np.unique(roots, return_inverse=True)
    underlyings = np.array([root_facts(root.decode()).underlying for root in found], np.bytes_)
    return {
        "symbol": symbol,
        "underlying": underlyings[code],
        "expiration": expiration,
        "right": right,
        "strike": strike,
    }


def _decoded(table: DelimitedTable, column: str) -> NDArray[np.datetime64]:
    codes, values = table.coded(column, _date)
    return np.array(values, "datetime64[D]")[codes]


def _date(cell: str) -> date:
    """The date of `20241108`, of `2024-11-08`, and of `2024-11-04T17:16:20.123` in New York."""
    try:
        return datetime.fromisoformat(cell).date()
    except ValueError:
        raise ValueError(f"{cell[:40]!r} is no date (YYYYMMDD or YYYY-MM-DD)") from None


def _prices(cells: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.where(cells == 0.0, np.nan, cells)


def _check_times(table: DelimitedTable) -> None:
    """Refuse times of day that are none: the columns may have moved."""
    for column in _V2.layout.integers:
        times = table.integers(column)
        wrong = np.flatnonzero((times < 0) | (times >= _MILLISECONDS_PER_DAY))
        if len(wrong):
            row = int(wrong[0])
            raise table.bad_row(row, column, f"{times[row]} is no number of milliseconds since midnight")
