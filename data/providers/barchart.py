"""Barchart option tables (FORMATS section 9): percent signs, thousands separators, and a footer as the last line.

`Time` is the date of the download. There is no price of the underlying.
"""

from __future__ import annotations

import csv
import io
import math
import re
from datetime import date, datetime
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from data.datasets import SourceFile
from data.errors import BadFile, BadRow, MissingColumn
from data.providers.files import read_text_bytes
from data.providers.recognition import Signature
from data.raw_rows import RawRows, VendorUnits
from data.symbols import osi_symbols

_COLUMNS: Final = ("Symbol", "Strike", "Last", "Bid", "Ask", "IV", "Volume", "Open Int", "Type", "Exp Date", "Time")
_FOOTER: Final = "Downloaded from Barchart"
_SYMBOL: Final = re.compile(r"(?P<root>[A-Z0-9$]{1,6})\|(?P<date>\d{8})\|(?P<strike>[\d.]+)(?P<right>[CP])", re.ASCII)
_NOTHING: Final = ("", "N/A", "unch")


class Barchart:
    """Provider of the format `barchart`."""

    signature = Signature(headers=(("Symbol", "Strike", "% From Last", "Midpoint", "Open Int", "Exp Date", "Avg IV"),))

    @property
    def name(self) -> str:
        return "barchart"

    @property
    def suffixes(self) -> tuple[str, ...]:
        return (".csv", ".csv.gz")

    def read(self, path: Path) -> RawRows:
        content = read_text_bytes(path)
        rows = _Rows(path.name, content.data.decode("utf-8-sig"))
        symbols = [rows.symbol(row) for row in range(len(rows))]
        roots = np.array([one["root"].lstrip("$") for one in symbols], np.bytes_)
        rights = np.array([1 if one["right"] == "C" else -1 for one in symbols], np.int8)
        expiration = np.array([rows.date(row, "Exp Date") for row in range(len(rows))], "datetime64[D]")
        strike = rows.numbers("Strike")
        columns: dict[str, NDArray[Any]] = {
            "underlying": roots,
            "symbol": osi_symbols(roots, expiration, rights, strike),
            "right": np.array([1 if cell == "Call" else -1 for cell in rows.cells("Type")], np.int8),
            "expiration": np.array([rows.symbol_date(row) for row in range(len(rows))], "datetime64[D]"),
            "strike": np.array([float(one["strike"]) for one in symbols]),
            "quote_date": np.array([rows.date(row, "Time") for row in range(len(rows))], "datetime64[D]"),
            "bid": rows.numbers("Bid"),
            "ask": rows.numbers("Ask"),
            "last": rows.numbers("Last"),
            "volume": rows.numbers("Volume"),
            "open_interest": rows.numbers("Open Int"),
            "implied_volatility": rows.numbers("IV"),
        }  # fmt: skip
        return RawRows(
            source=SourceFile(path.name, self.name, content.sha256, len(rows)),
            resolution="eod",
            columns=columns,
            units=VendorUnits(implied_volatility=0.01),
            line_of=lambda row: rows.lines[row],
            column_names={"symbol": "Symbol", "right": "Type", "expiration": "Exp Date", "strike": "Strike"},
        )


class _Rows:
    """Rows of the table without its footer; `lines` are their lines in the file."""

    def __init__(self, name: str, text: str) -> None:
        reader = csv.reader(io.StringIO(text, newline=""))
        try:
            filled = [(reader.line_num, row) for row in reader if any(row)]
        except csv.Error as error:
            raise BadRow(f"{name}: line {reader.line_num}: {error}; correct the file") from None
        header = filled[0][1] if filled else []
        missing = [column for column in _COLUMNS if column not in header]
        if missing:
            raise MissingColumn(f"{name}: the header lacks {', '.join(map(repr, missing))}; is it a table of Barchart?")
        body = [pair for pair in filled[1:] if not pair[1][0].startswith(_FOOTER)]
        for line, row in body:
            if len(row) != len(header):
                reason = f"{len(row)} cells where the header has {len(header)}"
                raise BadRow(f"{name}: line {line}: {reason}; the file may be cut off, download it again")
        if not body:
            raise BadFile(f"{name}: the file has a header and no rows; download it again")
        self.lines = [line for line, _ in body]
        self._name, self._header, self._body = name, header, [row for _, row in body]

    def __len__(self) -> int:
        return len(self._body)

    def cells(self, column: str) -> list[str]:
        position = self._header.index(column)
        return [row[position].strip() for row in self._body]

    def numbers(self, column: str) -> NDArray[np.float64]:
        """Numbers without percent signs and thousands separators; NaN where Barchart has nothing."""
        return np.array([self._number(row, column, cell) for row, cell in enumerate(self.cells(column))])

    def symbol(self, row: int) -> re.Match[str]:
        cell = self._cell(row, "Symbol")
        found = _SYMBOL.fullmatch(cell)
        if found is None:
            raise self._bad(row, "Symbol", f"{cell[:40]!r} is no symbol like 'SPY|20210115|25.00C'")
        return found

    def symbol_date(self, row: int) -> date:
        """Expiration that the symbol names."""
        digits = self.symbol(row)["date"]
        try:
            return datetime.strptime(digits, "%Y%m%d").date()  # noqa: DTZ007 - a calendar date has no zone
        except ValueError:
            raise self._bad(row, "Symbol", f"{digits} is no date (YYYYMMDD)") from None

    def date(self, row: int, column: str) -> date:
        cell = self._cell(row, column)
        try:
            return datetime.strptime(cell, "%m/%d/%y").date()  # noqa: DTZ007 - a calendar date has no zone
        except ValueError:
            raise self._bad(row, column, f"{cell[:40]!r} is no date (MM/DD/YY)") from None

    def _cell(self, row: int, column: str) -> str:
        return self._body[row][self._header.index(column)].strip()

    def _number(self, row: int, column: str, cell: str) -> float:
        if cell in _NOTHING:
            return math.nan
        try:
            number = float(cell.replace(",", "").removesuffix("%"))
        except ValueError:
            number = math.nan
        if not math.isfinite(number):
            raise self._bad(row, column, f"{cell[:40]!r} is no number")
        return number

    def _bad(self, row: int, column: str, reason: str) -> BadRow:
        return BadRow(f"{self._name}: line {self.lines[row]}, column {column!r}: {reason}; correct the file")
