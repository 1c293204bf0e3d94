"""OptionsDX text files, call and put of one strike in a row (FORMATS section 5).

Cells begin with a blank, and names stand in brackets. Neither underlying nor root is in a row: the underlying is read
from the file's name, and `optionsdx_expirations` says which root a date means.
"""

from __future__ import annotations

import re
from datetime import datetime
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

from data.calendar import FIRST_YEAR, LAST_YEAR
from data.datasets import SourceFile
from data.errors import BadFile, CalendarError
from data.markets import US
from data.providers.delimited import DelimitedTable, Layout, both_sides
from data.providers.files import read_text_bytes
from data.providers.greek_units import PER_POINT_AND_DAY, found_volatility
from data.providers.optionsdx_expirations import Expiration, Written, expirations_of
from data.providers.recognition import Signature
from data.raw_rows import RawRows
from data.symbols import osi_symbols
from engine.instants import NANOS_PER_SECOND

_SIDES: Final = MappingProxyType(
    {
        "bid": ("[C_BID]", "[P_BID]"),
        "ask": ("[C_ASK]", "[P_ASK]"),
        "last": ("[C_LAST]", "[P_LAST]"),
        "volume": ("[C_VOLUME]", "[P_VOLUME]"),
        "implied_volatility": ("[C_IV]", "[P_IV]"),
        "delta": ("[C_DELTA]", "[P_DELTA]"),
        "gamma": ("[C_GAMMA]", "[P_GAMMA]"),
        "theta": ("[C_THETA]", "[P_THETA]"),
        "vega": ("[C_VEGA]", "[P_VEGA]"),
    }
)
_SIZES: Final = ("[C_SIZE]", "[P_SIZE]")
_TIME: Final = "[QUOTE_UNIXTIME]"
_LAYOUT: Final = Layout(
    numbers=(_TIME, "[UNDERLYING_LAST]", "[EXPIRE_UNIX]", "[STRIKE]"),
    optional_numbers=tuple(column for pair in _SIDES.values() for column in pair),
    texts=("[QUOTE_DATE]", "[EXPIRE_DATE]"),
    optional_texts=_SIZES,
)
_NAMES: Final = MappingProxyType(
    {
        "at": _TIME,
        "underlying_price": "[UNDERLYING_LAST]",
        "strike": "[STRIKE]",
        "symbol": "[EXPIRE_DATE], [STRIKE]",
    }
)
_FILE_NAME: Final = re.compile(r"(?P<ticker>[a-z]{1,6})_[a-z0-9]+_\d{4,6}\b.*", re.IGNORECASE | re.ASCII)
_SIZE: Final = re.compile(r"(\d{1,9}) x (\d{1,9})", re.ASCII)
_UNIX_TIMES: Final = tuple(datetime(year, 1, 1, tzinfo=ZoneInfo("UTC")).timestamp() for year in (FIRST_YEAR, LAST_YEAR))
_NEW_YORK: Final = ZoneInfo(US.timezone)


class _OptionsDx:
    """Reads the files; the formats differ in what a standard expiration of an index means."""

    name: str
    monthlies_at_open: bool

    @property
    def suffixes(self) -> tuple[str, ...]:
        return (".txt", ".csv", ".txt.gz", ".csv.gz")

    def read(self, path: Path) -> RawRows:
        underlying = _underlying(path)
        content = read_text_bytes(path)
        table = DelimitedTable(path.name, _without_blanks(content.data), _LAYOUT)
        count = len(table)
        columns: dict[str, NDArray[Any]] = both_sides(_SIDES, table)
        columns["implied_volatility"] = found_volatility(columns["implied_volatility"])
        columns |= _sizes(table)
        columns["at"] = np.tile(_instants(table), 2)
        columns["underlying"] = np.full(2 * count, underlying.encode())
        columns["underlying_price"] = np.tile(table.numbers("[UNDERLYING_LAST]"), 2)
        columns["strike"] = np.tile(table.numbers("[STRIKE]"), 2)
        columns["right"] = np.repeat(np.array([1, -1], np.int8), count)
        codes, expirations = self._expirations(path.name, table, underlying)
        root = np.tile(np.array([one.root for one in expirations], np.bytes_)[codes], 2)
        days = np.tile(np.array([one.on for one in expirations], "datetime64[D]")[codes], 2)
        columns["symbol"] = osi_symbols(root, days, columns["right"], columns["strike"])
        return RawRows(
            source=SourceFile(path.name, self.name, content.sha256, 2 * count),
            resolution=_resolution(columns["at"]),
            columns=columns,
            units=PER_POINT_AND_DAY,
            line_of=lambda row: table.line_of(row % count),
            column_names=_NAMES,
        )

    def _expirations(
        self, name: str, table: DelimitedTable, underlying: str
    ) -> tuple[NDArray[np.int64], list[Expiration]]:
        """Code of each row, and the expirations by code."""
        seconds = _unix_times(table, "[EXPIRE_UNIX]")
        days = table.dates("[EXPIRE_DATE]", "%Y-%m-%d", "YYYY-MM-DD")
        found, codes = np.unique(np.stack([days.astype(np.int64), seconds]), axis=1, return_inverse=True)
        written = [
            Written(day, datetime.fromtimestamp(moment, _NEW_YORK))
            for day, moment in zip(found[0].astype("datetime64[D]").tolist(), found[1].tolist(), strict=True)
        ]
        try:
            return codes.ravel(), expirations_of(underlying, written, self.monthlies_at_open)
        except CalendarError as error:
            raise CalendarError(f"{name}: column '[EXPIRE_DATE]': {error}") from None


class OptionsDx(_OptionsDx):
    """Provider of the format `optionsdx`: standard expirations of an index settle at the open."""

    signature = Signature(
        headers=(("[QUOTE_UNIXTIME]", "[UNDERLYING_LAST]", "[EXPIRE_DATE]", "[C_BID]", "[STRIKE]", "[P_BID]"),)
    )
    name = "optionsdx"
    monthlies_at_open = True


class OptionsDxPm(_OptionsDx):
    """Provider of the format `optionsdx_pm`: they settle at the close, as all others do. Never chosen by content."""

    name = "optionsdx_pm"
    monthlies_at_open = False


def _underlying(path: Path) -> str:
    named = _FILE_NAME.fullmatch(path.name)
    if named is None:
        raise BadFile(
            f"{path.name}: no column names the underlying, and neither does the file's name; name the file as the "
            "vendor does, e.g. spx_eod_201001.txt"
        )
    return named["ticker"].upper()


def _without_blanks(data: bytes) -> bytes:
    """The table without the blanks around its cells."""
    for padded, plain in ((b", ", b","), (b" ,", b","), (b" \n", b"\n"), (b" \r\n", b"\r\n"), (b"\n ", b"\n")):
        while padded in data:
            data = data.replace(padded, plain)
    return data.strip(b" ")


def _instants(table: DelimitedTable) -> NDArray[np.int64]:
    """Instants of the quotes, whose exchange date must be that of the row."""
    seconds = _unix_times(table, _TIME)
    dates = table.dates("[QUOTE_DATE]", "%Y-%m-%d", "YYYY-MM-DD")
    found, codes = np.unique(seconds, return_inverse=True)
    local = np.array([datetime.fromtimestamp(one, _NEW_YORK).date() for one in found.tolist()], "datetime64[D]")[codes]
    other = np.flatnonzero(local != dates)
    if len(other):
        row = int(other[0])
        raise table.bad_row(row, _TIME, f"{seconds[row]} is on {local[row]} in New York, and the row on {dates[row]}")
    return seconds * NANOS_PER_SECOND


def _unix_times(table: DelimitedTable, column: str) -> NDArray[np.int64]:
    seconds = table.numbers(column)
    first, last = _UNIX_TIMES
    wrong = np.flatnonzero(~((seconds > first) & (seconds < last) & (seconds == np.floor(seconds))))
    if len(wrong):
        row = int(wrong[0])
        reason = f"{seconds[row]:g} counts no seconds from 1970 to between {FIRST_YEAR} and {LAST_YEAR}"
        raise table.bad_row(row, column, reason)
    return seconds.astype(np.int64)


def _sizes(table: DelimitedTable) -> dict[str, NDArray[np.float64]]:
    """Sizes of both sides, from texts like `101 x 101`."""
    parts = []
    for column in _SIZES:
        codes, sizes = table.coded(column, _size)
        parts.append(np.array(sizes, np.float64)[codes])
    bid_size, ask_size = np.concatenate(parts).T
    return {"bid_size": bid_size, "ask_size": ask_size}


def _size(cell: str) -> tuple[float, float]:
    sizes = _SIZE.fullmatch(cell)
    if sizes is None and cell:
        raise ValueError(f"{cell[:40]!r} are no sizes (bid x ask)")
    return (float(sizes[1]), float(sizes[2])) if sizes else (np.nan, np.nan)


def _resolution(at: NDArray[np.int64]) -> str:
    """One chain a day, or several."""
    instants = np.unique(at)
    days = {datetime.fromtimestamp(one // NANOS_PER_SECOND, _NEW_YORK).date() for one in instants.tolist()}
    return "eod" if len(days) == len(instants) else "minute"
