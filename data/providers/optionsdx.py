"""OptionsDX text files: call and put of one strike in one row (FORMATS section 5).

Neither the underlying nor the root is in the file. The underlying is the first part of the file's name
(`spx_eod_202301.txt`); that is the one thing a name is asked for. Of an index with an AM-settled and a PM-settled root,
standard monthly expirations are read as the AM root (`SPX`), which has always been listed for them, and all others
as the PM root (`SPXW`).
"""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from data.calendar import is_standard_monthly
from data.datasets import SourceFile
from data.errors import BadFile, CalendarError
from data.providers.delimited import DelimitedTable, Layout, without_blanks
from data.providers.files import read_text_bytes
from data.providers.recognition import Signature
from data.raw_rows import RawRows, VendorUnits
from data.symbols import osi_symbols
from engine.instants import NANOS_PER_SECOND

_SIDES: Final = MappingProxyType({1: "C", -1: "P"})
_PER_SIDE: Final = MappingProxyType(
    {
        "bid": "BID",
        "ask": "ASK",
        "last": "LAST",
        "volume": "VOLUME",
        "implied_volatility": "IV",
        "delta": "DELTA",
        "gamma": "GAMMA",
        "theta": "THETA",
        "vega": "VEGA",
    }
)
_NEEDED: Final = ("[QUOTE_UNIXTIME]", "[UNDERLYING_LAST]", "[STRIKE]")
_TEXTS: Final = ("[EXPIRE_DATE]",)
_SIZES: Final = ("[C_SIZE]", "[P_SIZE]")
_UNITS: Final = VendorUnits(vega=100.0, theta=365.0)
"""Vega per point of volatility, theta per calendar day."""
_PM_ROOTS: Final = MappingProxyType({"SPX": "SPXW", "NDX": "NDXP", "RUT": "RUTW"})
_NAME: Final = re.compile(r"(?P<underlying>[a-zA-Z]{1,6})_(eod|\d+x\d+|\d+min)?", re.ASCII)
_SIZE: Final = re.compile(r"\s*(\d+)\s*x\s*(\d+)\s*", re.ASCII)
_HOUR: Final = 3_600


class OptionsDx:
    """Provider of the format `optionsdx`."""

    signature = Signature(headers=(("[QUOTE_UNIXTIME]", "[UNDERLYING_LAST]", "[EXPIRE_UNIX]", "[C_SIZE]", "[P_IV]"),))

    @property
    def name(self) -> str:
        return "optionsdx"

    @property
    def suffixes(self) -> tuple[str, ...]:
        return (".txt", ".csv", ".txt.gz", ".csv.gz")

    def read(self, path: Path) -> RawRows:
        underlying = _underlying(path)
        content = read_text_bytes(path)
        optional = tuple(f"[{side}_{name}]" for side in _SIDES.values() for name in _PER_SIDE.values())
        data = without_blanks(content.data)
        table = DelimitedTable(path.name, data, Layout(_NEEDED, optional, (*_TEXTS, *_SIZES)))
        count = len(table)
        stamped = (table.numbers("[QUOTE_UNIXTIME]") * NANOS_PER_SECOND).astype(np.int64)
        expiration = table.dates("[EXPIRE_DATE]", "%Y-%m-%d", "YYYY-MM-DD")
        roots = _roots(underlying, table)
        columns: dict[str, NDArray[Any]] = {
            "underlying": np.full(2 * count, underlying.encode()),
            "underlying_price": np.tile(table.numbers("[UNDERLYING_LAST]"), 2),
            "at": np.tile(stamped, 2),
            "expiration": np.tile(expiration, 2),
            "strike": np.tile(table.numbers("[STRIKE]"), 2),
            "right": np.repeat(np.array([*_SIDES], np.int8), count),
        }
        for canonical, vendor in _PER_SIDE.items():
            columns[canonical] = np.concatenate([table.numbers(f"[{side}_{vendor}]") for side in _SIDES.values()])
        sizes = [_sizes(table, name) for name in _SIZES]
        columns["bid_size"], columns["ask_size"] = (np.concatenate([one[end] for one in sizes]) for end in (0, 1))
        columns["symbol"] = osi_symbols(np.tile(roots, 2), columns["expiration"], columns["right"], columns["strike"])
        return RawRows(
            source=SourceFile(path.name, self.name, content.sha256, count),
            resolution=_resolution(stamped),
            columns=columns,
            units=_UNITS,
            line_of=lambda row: table.line_of(row % count),
            column_names={"at": "[QUOTE_UNIXTIME]", "symbol": "[STRIKE]", "underlying_price": "[UNDERLYING_LAST]"},
        )


def _underlying(path: Path) -> str:
    named = _NAME.match(path.name)
    if named is None or "_" not in path.name:
        raise BadFile(
            f"{path.name}: the file does not name its underlying, and its name should: call it like spx_eod_202301.txt"
        )
    return named["underlying"].upper()


def _roots(underlying: str, table: DelimitedTable) -> NDArray[np.bytes_]:
    afternoon = _PM_ROOTS.get(underlying, underlying)

    def root(cell: str) -> str:
        try:
            return underlying if is_standard_monthly(date.fromisoformat(cell)) else afternoon
        except CalendarError as error:
            raise ValueError(str(error)) from None

    codes, roots = table.coded("[EXPIRE_DATE]", root)
    return np.array(roots, np.bytes_)[codes]


def _sizes(table: DelimitedTable, column: str) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    def decode(cell: str) -> tuple[float, float]:
        found = _SIZE.fullmatch(cell)
        if found is None:
            raise ValueError(f"{cell[:40]!r} is no pair of sizes like '12 x 34'")
        return float(found[1]), float(found[2])

    codes, pairs = table.coded(column, decode)
    sizes = np.array(pairs, np.float64)[codes]
    return sizes[:, 0], sizes[:, 1]


def _resolution(stamped: NDArray[np.int64]) -> str:
    """`eod` where no date has two moments."""
    moments = np.unique(stamped)
    days = np.unique(moments // (24 * _HOUR * NANOS_PER_SECOND))
    return "eod" if len(moments) == len(days) else "minute"
