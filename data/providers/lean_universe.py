"""LEAN's option universes (FORMATS section 1): one CSV a day with IV and Greeks of every contract, and no quotes.

LEAN selects with the file of a date on the next session, and real files hold prices of that session, up to its close.
The chain is therefore stamped at the close of the session after the date. That does not make every file safe: one that
was filled in from later data (SPX 2020-12-30 has the price of 2021-01-04) shows it by nothing.
Their resolution is `universe`, so that they stand beside the day's quotes and not in their place.
Open to close of an option are middles of quotes, not trades: they become neither quotes nor `last`, nobody can trade or
mark on them. An implied volatility of 0 is one that LEAN did not find; it and the Greeks beside it are NaN.
"""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from data.calendar import session_table
from data.datasets import SourceFile
from data.errors import BadFile, BadRow, CalendarError
from data.providers.delimited import DelimitedTable, Layout, renamed
from data.providers.files import read_text_bytes
from data.providers.recognition import Signature
from data.raw_rows import RawRows, VendorUnits
from data.roots import root_facts
from engine.instants import Instant

_NUMBERS: Final = MappingProxyType(
    {
        "volume": "volume",
        "open_interest": "open_interest",
        "implied_volatility": "implied_volatility",
        "delta": "delta",
        "gamma": "gamma",
        "vega": "vega",
        "theta": "theta",
    }
)
_MODELLED: Final = ("implied_volatility", "delta", "gamma", "vega", "theta")
_LAYOUT: Final = Layout(
    numbers=("strike",),
    optional_numbers=tuple(_NUMBERS.values()),
    texts=("#expiry", "right"),
)
_UNITS: Final = VendorUnits(vega=100.0, theta=365.0)
"""LEAN gives vega per point of volatility and theta per calendar day."""
_CLOSE: Final = 6
_PRICE: Final = re.compile(rb"\d+(\.\d+)?")
_LAST_STRIKE: Final = 99_999_999
_RIGHTS: Final = frozenset({"C", "P"})


class LeanUniverse:
    """Provider of the format `lean_universe`."""

    signature = Signature(headers=(("#expiry", "right", "strike", "implied_volatility"),))

    @property
    def name(self) -> str:
        return "lean_universe"

    @property
    def suffixes(self) -> tuple[str, ...]:
        return (".csv",)

    def read(self, path: Path) -> RawRows:
        content = read_text_bytes(path)
        root = path.resolve().parent.name.upper()
        data, price = _underlying(path.name, content.data)
        table = DelimitedTable(path.name, data, _LAYOUT)
        columns: dict[str, NDArray[Any]] = dict(renamed(_NUMBERS, table))
        unknown = columns["implied_volatility"] == 0
        for name in _MODELLED:
            columns[name] = np.where(unknown, np.nan, columns[name])
        count = len(table)
        columns["symbol"] = _symbols(root, table)
        columns["underlying"] = np.full(count, root_facts(root).underlying.encode())
        columns["at"] = np.full(count, _selection_instant(path), np.int64)
        if price is not None:
            columns["underlying_price"] = np.full(count, price)
        columns["bid"] = columns["ask"] = np.full(count, np.nan)
        return RawRows(
            source=SourceFile(path.name, self.name, content.sha256, count),
            resolution="universe",
            columns=columns,
            units=_UNITS,
            line_of=table.line_of,
            column_names={"symbol": "#expiry, right, strike"},
        )


def _underlying(name: str, data: bytes) -> tuple[bytes, float | None]:
    """The file with an empty line in place of the underlying's, which keeps the numbers of lines, and its close.

    Universes of SPX from 2015 have no row of the underlying.
    """
    lines = data.splitlines()
    found = [number for number, line in enumerate(lines) if line.startswith(b",,,")]
    if not found:
        return data, None
    if len(found) > 1:
        lines_found = f"lines {found[0] + 1} and {found[1] + 1}"
        raise BadFile(f"{name}: {lines_found} are both of the underlying (they begin with ',,,'); keep the right one")
    cells = lines[found[0]].split(b",")
    close = cells[_CLOSE] if len(cells) > _CLOSE else b""
    if not _PRICE.fullmatch(close) or float(close) <= 0:
        shown = close.decode("utf-8", "replace")[:40]
        raise BadRow(f"{name}: line {found[0] + 1}, column 'close': {shown!r} is no price; correct the file")
    lines[found[0]] = b""
    return b"\n".join([*lines, b""]), float(close)


def _symbols(root: str, table: DelimitedTable) -> NDArray[np.bytes_]:
    expirations = table.dates("#expiry", "%Y%m%d", "YYYYMMDD")
    codes, rights = table.coded("right", _right)
    strikes = table.numbers("strike") * 1_000
    wrong = (strikes != np.round(strikes)) | (strikes <= 0) | (strikes > _LAST_STRIKE)
    if wrong.any():
        raise table.bad_row(int(np.flatnonzero(wrong)[0]), "strike", "no OSI symbol can hold this strike")
    days = [day.strftime("%y%m%d") for day in expirations.tolist()]
    parts = zip(days, codes.tolist(), strikes.tolist(), strict=True)
    return np.array(
        [f"{root}{day}{rights[code]}{round(strike):08d}".encode() for day, code, strike in parts], np.bytes_
    )


def _right(cell: str) -> str:
    if cell not in _RIGHTS:
        raise ValueError(f"{cell[:40]!r} is neither 'C' nor 'P'")
    return cell


def _selection_instant(path: Path) -> Instant:
    """Close of the first session after the file's date."""
    try:
        day = datetime.strptime(path.name.removesuffix(".csv"), "%Y%m%d").date()  # noqa: DTZ007 - a date has no zone
    except ValueError:
        raise BadFile(f"{path.name}: a universe is named by its date, YYYYMMDD.csv; name it so") from None
    later = day + timedelta(days=1)
    session = next(iter(session_table(later, later).between(later, later + timedelta(days=14))), None)
    if session is None:
        raise CalendarError(f"{path.name}: no session after {day}; correct the name")
    return session.closes_at
