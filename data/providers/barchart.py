"""Barchart's downloads of option prices (FORMATS section 9): percent signs, thousands separators, and a footer.

`Time` is the date of a row's last trade, not of its quote. The footer has the time of the download, and without one
the days to expiration tell its date. Symbols spell the contract: `SPY|20210115|25.00C`, with a W before the right for
index options that settle at the close (`$SPX|20261016|3200.00WC`). There is no price of the underlying.
"""

from __future__ import annotations

import csv
import io
import re
from datetime import date, datetime
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final, NamedTuple
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

from data.datasets import SourceFile
from data.errors import BadFile, BadRow
from data.providers.delimited import DelimitedTable, Layout, renamed
from data.providers.files import read_text_bytes
from data.providers.greek_units import found_volatility
from data.providers.index_roots import settles_both_ways, settling_root, symbol_of
from data.providers.moments import download_moment, last_session
from data.providers.recognition import Signature
from data.raw_rows import RawRows, VendorUnits
from data.symbols import osi_symbols
from engine.instants import Instant, instant
from engine.model import SettlementSession

_NUMBERS: Final = MappingProxyType(
    {
        "strike": "Strike",
        "last": "Last",
        "bid": "Bid",
        "ask": "Ask",
        "implied_volatility": "IV",
        "volume": "Volume",
        "open_interest": "Open Int",
    }
)
_LAYOUT: Final = Layout(
    numbers=("Strike", "DTE"),
    optional_numbers=("Last", "Bid", "Ask", "IV", "Volume", "Open Int"),
    texts=("Symbol", "Type", "Exp Date"),
)
_NAMES: Final = MappingProxyType(
    {**_NUMBERS, "symbol": "Symbol", "right": "Type", "expiration": "Exp Date", "quote_date": "DTE"}
)
_PERCENT: Final = VendorUnits(implied_volatility=0.01)
_FOOTER: Final = re.compile(rb'"?Downloaded from Barchart\.com[^\r\n]*', re.IGNORECASE)
_TIME: Final = re.compile(rb"as of (\d{2}-\d{2}-\d{4} \d{2}:\d{2}[ap]m) C[DS]T", re.IGNORECASE)
_CHICAGO: Final = ZoneInfo("America/Chicago")
_SYMBOL: Final = re.compile(r"(?P<ticker>[^|]+)\|(?P<day>\d{8})\|(?P<strike>\d+\.\d+)(?P<weekly>W?)(?P<right>[CP])")
_MOST_DAYS: Final = 10_000
_NO_NUMBER: Final = frozenset({"N/A", "unch", "-"})


class _Contract(NamedTuple):
    """What a symbol says."""

    underlying: str
    root: str
    expiration: date
    right: int
    strike: float


class Barchart:
    """Provider of the format `barchart`."""

    signature = Signature(headers=(("Symbol", "Strike", "Midpoint", "Open Int", "Type", "DTE", "Exp Date"),))

    @property
    def name(self) -> str:
        return "barchart"

    @property
    def suffixes(self) -> tuple[str, ...]:
        return (".csv", ".csv.gz")

    def read(self, path: Path) -> RawRows:
        content = read_text_bytes(path)
        footer = _FOOTER.search(content.data)
        body = content.data[: footer.start()] if footer else content.data
        table = DelimitedTable(path.name, _plain(path.name, body), _LAYOUT)
        columns: dict[str, NDArray[Any]] = dict(renamed(_NUMBERS, table))
        columns["implied_volatility"] = found_volatility(columns["implied_volatility"])
        columns |= _contracts(table)
        columns["right"] = table.rights("Type")
        columns["expiration"] = table.dates("Exp Date", "%m/%d/%y", "MM/DD/YY")
        return RawRows(
            source=SourceFile(path.name, self.name, content.sha256, len(table)),
            resolution="eod",
            columns={**columns, **_moment(path.name, footer[0] if footer else b"", table, columns["expiration"])},
            units=_PERCENT,
            line_of=table.line_of,
            column_names=_NAMES,
        )


def _plain(name: str, data: bytes) -> bytes:
    """The table with plain numbers, line by line: no percent signs, no separators, no words for "none"."""
    plain = io.StringIO()
    writer = csv.writer(plain, lineterminator="\n")
    try:
        for number, line in enumerate(data.decode("utf-8-sig").splitlines(), 1):
            cells = next(csv.reader([line], strict=True), [])
            writer.writerow([_plain_cell(cell) for cell in cells] if number > 1 else cells)
    except csv.Error as error:
        raise BadRow(f"{name}: line {number}: {error}; the file may be cut off, download it again") from None
    return plain.getvalue().encode()


def _plain_cell(cell: str) -> str:
    if cell in _NO_NUMBER:
        return ""
    number = cell.removesuffix("%").replace(",", "")
    return number if number[-1:].isdigit() and number.lstrip("+-")[:1].isdigit() and "/" not in number else cell


def _contracts(table: DelimitedTable) -> dict[str, NDArray[Any]]:
    """Columns `symbol` and `underlying`."""
    codes, contracts = table.coded("Symbol", _contract)
    symbols = osi_symbols(
        np.array([one.root for one in contracts], np.bytes_),
        np.array([one.expiration for one in contracts], "datetime64[D]"),
        np.array([one.right for one in contracts], np.int8),
        np.array([one.strike for one in contracts]),
    )
    underlyings = np.array([one.underlying for one in contracts], np.bytes_)
    return {"symbol": symbols[codes], "underlying": underlyings[codes]}


def _contract(symbol: str) -> _Contract:
    parts = _SYMBOL.fullmatch(symbol)
    if parts is None:
        raise ValueError(f"{symbol[:40]!r} is no symbol of Barchart (SPY|20210115|25.00C)")
    try:
        expiration = datetime.strptime(parts["day"], "%Y%m%d").date()  # noqa: DTZ007 - a calendar date has no zone
    except ValueError:
        raise ValueError(f"{symbol[:40]!r}: {parts['day']} is no date (YYYYMMDD)") from None
    underlying = symbol_of(parts["ticker"])
    at_close = bool(parts["weekly"]) or not settles_both_ways(underlying)
    root = settling_root(underlying, SettlementSession.PM if at_close else SettlementSession.AM)
    return _Contract(underlying, root, expiration, 1 if parts["right"] == "C" else -1, float(parts["strike"]))


def _moment(
    name: str, footer: bytes, table: DelimitedTable, expiration: NDArray[np.datetime64]
) -> dict[str, NDArray[Any]]:
    """`at` or `quote_date` from the footer, or else the session of the date that days to expiration count from."""
    written = _TIME.search(footer)
    if written:
        return download_moment(name, _download(name, written[1].decode()), len(table))
    days_left = table.numbers("DTE")
    wrong = np.flatnonzero(~((days_left >= 0) & (days_left < _MOST_DAYS)))
    if len(wrong):
        row = int(wrong[0])
        raise table.bad_row(row, "DTE", f"{days_left[row]:g} counts no days to an expiration")
    days = expiration - days_left.astype(np.int64).astype("timedelta64[D]")
    other = np.flatnonzero(days != days[0])
    if len(other):
        row = int(other[0])
        reason = f"counts from {days[row]}, the first row from {days[0]}; keep rows of one download"
        raise table.bad_row(row, "DTE", reason)
    try:
        session = last_session(days[0].astype(date))
    except ValueError as error:
        raise table.bad_row(0, "DTE", str(error)) from None
    return {"quote_date": np.full(len(table), np.datetime64(session, "D"))}


def _download(name: str, written: str) -> Instant:
    """Instant of `07-02-2020 09:12am` in Chicago."""
    try:
        local = datetime.strptime(written.lower(), "%m-%d-%Y %I:%M%p").replace(tzinfo=_CHICAGO)
    except ValueError:
        raise BadFile(f"{name}: the footer's time {written!r} is none; download the file again") from None
    return instant(local)
