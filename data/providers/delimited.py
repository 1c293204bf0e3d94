"""CSV with typed columns: read fast, and, only when that fails, again slowly to say where."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from types import MappingProxyType
from typing import Any, Final, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute
import pyarrow.csv
from numpy.typing import NDArray

from data.errors import BadFile, BadRow, MissingColumn

_NUMBER: Final = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?", re.ASCII)
_INTEGER: Final = re.compile(r"-?\d{1,18}|-?[1-8]\d{18}", re.ASCII)
_WIDEST: Final = 64
"""A longer cell is no name, date or symbol: mostly a quotation mark is lost, and the cell swallowed what follows."""
_RIGHTS: Final = MappingProxyType({"call": 1, "c": 1, "put": -1, "p": -1})
_BYTE_ORDER_MARK: Final = b"\xef\xbb\xbf"
_FIRST_LINE: Final = re.compile(rb"[\r\n]*([^\r\n]*)")


class Layout(NamedTuple):
    """Columns of a format by the kind of their cells; other columns are not read.

    Attributes:
        numbers: must hold a finite number in every row.
        optional_numbers: may be empty, which is NaN.
        texts: must not be empty.
        integers: must hold a whole number of 64 bits in every row, e.g. nanoseconds, which float64 would round.
        delimiter: one character.
        optional_texts: may be empty.
    """

    numbers: tuple[str, ...]
    optional_numbers: tuple[str, ...]
    texts: tuple[str, ...]
    integers: tuple[str, ...] = ()
    delimiter: str = ","
    optional_texts: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """Every column that the header must have."""
        return (*self.texts, *self.optional_texts, *self.integers, *self.numbers, *self.optional_numbers)


class DelimitedTable:
    """Columns of one CSV file."""

    def __init__(self, name: str, data: bytes, layout: Layout) -> None:
        """Parse.

        Raises:
            MissingColumn: when the header lacks columns, or names one twice.
            BadRow: naming line, column and cell.
        """
        self._name, self._data = name, data
        _check_header(name, data, layout)
        kinds = {column: pa.float64() for column in (*layout.numbers, *layout.optional_numbers)}
        kinds |= {column: pa.int64() for column in layout.integers}
        kinds |= {column: pa.binary() for column in (*layout.texts, *layout.optional_texts)}
        options = pyarrow.csv.ConvertOptions(
            column_types=kinds, include_columns=list(layout.names), null_values=[""], strings_can_be_null=True
        )
        try:
            self._table = pyarrow.csv.read_csv(
                pa.BufferReader(data),
                parse_options=pyarrow.csv.ParseOptions(delimiter=layout.delimiter),
                convert_options=options,
            ).combine_chunks()
        except pa.ArrowInvalid as error:
            raise _diagnose(name, data, layout) or BadRow(f"{name}: {error}; correct the file") from error
        for column in layout.names:
            self._check(column, column in (*layout.optional_numbers, *layout.optional_texts))
        if not len(self):
            raise BadFile(f"{name}: the file has a header and no rows; download it again")

    def __len__(self) -> int:
        return int(self._table.num_rows)

    def numbers(self, column: str) -> NDArray[np.float64]:
        """float64 cells; NaN where an optional one is empty."""
        cells: NDArray[np.float64] = self._table[column].to_numpy()
        return np.ascontiguousarray(cells, np.float64)

    def integers(self, column: str) -> NDArray[np.int64]:
        """int64 cells."""
        cells: NDArray[np.int64] = self._table[column].to_numpy()
        return np.ascontiguousarray(cells, np.int64)

    def instants(self, column: str, unit: int) -> NDArray[np.int64]:
        """Instants of a column of whole numbers that count `unit` nanoseconds since 1970.

        Raises:
            BadRow: naming the first one that is not of the years 1990 to 2099: it counts something else.
        """
        cells = self.integers(column)
        first, last = (int(np.datetime64(year, "ns").astype(np.int64)) // unit for year in ("1990", "2100"))
        wrong = np.flatnonzero((cells < first) | (cells >= last))
        if len(wrong):
            row = int(wrong[0])
            raise self.bad_row(row, column, f"{cells[row]} does not count units of {unit:,} ns since 1970")
        return cells * unit

    def texts(self, column: str) -> NDArray[np.bytes_]:
        """Cells as bytes of one width."""
        cells = self._table[column].combine_chunks()
        widths = pyarrow.compute.min_max(pyarrow.compute.binary_length(cells)).as_py()
        if cells.null_count or widths["min"] != widths["max"] or not widths["max"]:
            return np.array(cells.to_pylist(), np.bytes_)
        # Cells of one width stand side by side in memory, as numpy wants them.
        fixed = cells.cast(pa.binary(widths["max"]))
        return np.frombuffer(fixed.buffers()[1], f"S{widths['max']}", len(cells), fixed.offset * widths["max"])

    def coded(self, column: str, decode: Callable[[str], Any]) -> tuple[NDArray[np.int64], list[Any]]:
        """Code of each cell, and the decoded values by code; for columns with few different cells.

        Args:
            decode: from text to value; raises ValueError, whose text becomes the message.

        Raises:
            BadRow: naming the first line whose cell cannot be decoded.
        """
        encoded = self._table[column].fill_null(b"").combine_chunks().dictionary_encode()
        codes: NDArray[np.int64] = encoded.indices.to_numpy().astype(np.int64)
        values = []
        for code, cell in enumerate(encoded.dictionary.to_pylist()):
            try:
                values.append(decode(cell.decode()))
            except ValueError as error:
                raise self.bad_row(int(np.flatnonzero(codes == code)[0]), column, str(error)) from None
        return codes, values

    def dates(self, column: str, pattern: str, shown: str) -> NDArray[np.datetime64]:
        """datetime64[D] of cells in a `strptime` pattern; `shown` is how people write it, e.g. `MM/DD/YYYY`."""

        def decode(cell: str) -> date:
            try:
                return datetime.strptime(cell, pattern).date()  # noqa: DTZ007 - a calendar date has no zone
            except ValueError:
                raise ValueError(f"{cell!r} is no date ({shown})") from None

        codes, values = self.coded(column, decode)
        return np.array(values, "datetime64[D]")[codes]

    def usual_dates(self, column: str) -> NDArray[np.datetime64]:
        """datetime64[D] of cells that are all YYYY-MM-DD or all MM/DD/YYYY, as the first cell is."""
        iso = b"-" in self._table[column][0].as_py()
        return self.dates(column, *(("%Y-%m-%d", "YYYY-MM-DD") if iso else ("%m/%d/%Y", "MM/DD/YYYY")))

    def rights(self, column: str) -> NDArray[np.int8]:
        """+1 for calls, -1 for puts, from `call`, `put`, `c`, `p` in any case."""
        codes, values = self.coded(column, _right)
        return np.array(values, np.int8)[codes]

    def line_of(self, row: int) -> int:
        """Line of a row in the file, the header being line 1 if the file starts with it."""
        filled = (number for number, line in enumerate(self._data.splitlines(), 1) if line.strip(b"\r\n"))
        for position, number in enumerate(filled):
            if position == row + 1:
                return number
        return row + 2

    def bad_row(self, row: int, column: str, reason: str) -> BadRow:
        """Error that names file, line and column."""
        return BadRow(f"{self._name}: line {self.line_of(row)}, column {column!r}: {reason}; correct the file")

    def _check(self, column: str, optional: bool) -> None:
        cells = self._table[column]
        if cells.null_count and not optional:
            row = int(np.flatnonzero(cells.is_null().to_numpy())[0])
            raise self.bad_row(row, column, "the cell is empty")
        if pa.types.is_binary(cells.type):
            wide = pyarrow.compute.binary_length(cells).to_numpy() > _WIDEST
            if wide.any():
                reason = f"the cell has more than {_WIDEST} characters; a quotation mark may be lost"
                raise self.bad_row(int(np.flatnonzero(wide)[0]), column, reason)
        if pa.types.is_floating(cells.type):
            filled = cells.is_valid().to_numpy()
            wrong = filled & ~np.isfinite(cells.to_numpy())
            if wrong.any():
                raise self.bad_row(int(np.flatnonzero(wrong)[0]), column, "the cell holds no finite number")


def header_of(data: bytes, delimiter: str = ",") -> list[str]:
    """Cells of the first line that is not blank."""
    start = len(_BYTE_ORDER_MARK) if data.startswith(_BYTE_ORDER_MARK) else 0
    line = _FIRST_LINE.match(data, start)
    try:
        return next(csv.reader([line[1].decode() if line else ""], delimiter=delimiter), [])
    except csv.Error:
        return []  # no header: what it lacks is said by name


def without_blanks(data: bytes, delimiter: str = ",") -> bytes:
    """The same lines without blanks around delimiters and at their ends."""
    comma, blank = delimiter.encode(), rb"[ ]" if delimiter == "\t" else rb"[ \t]"
    between = rb"%b*%b%b*" % (blank, re.escape(comma), blank)
    at_ends = rb"%b+(?=\r?\n|$)|(?<=\n)%b+|^%b+" % (blank, blank, blank)
    return re.sub(between + b"|" + at_ends, lambda one: comma if comma in one[0] else b"", data)


def _right(cell: str) -> int:
    if cell.lower() not in _RIGHTS:
        raise ValueError(f"{cell[:40]!r} is neither 'call' nor 'put'")
    return _RIGHTS[cell.lower()]


def _check_header(name: str, data: bytes, layout: Layout) -> None:
    header = header_of(data, layout.delimiter)
    missing = [column for column in layout.names if column not in header]
    if missing:
        known = ", ".join(layout.names)
        raise MissingColumn(f"{name}: the header lacks {_quoted(missing)}; this format needs: {known}")
    twice = sorted({column for column in layout.names if header.count(column) > 1})
    if twice:
        raise MissingColumn(f"{name}: the header names {_quoted(twice)} twice; keep one of them")


def _diagnose(name: str, data: bytes, layout: Layout) -> BadRow | None:
    """Read again, cell by cell, up to the first one that cannot be right."""
    text = io.StringIO(data.removeprefix(_BYTE_ORDER_MARK).decode(), newline="")
    reader = csv.reader(text, delimiter=layout.delimiter)
    header = next(row for row in reader if row)
    numeric = {
        header.index(column): (column, _INTEGER if column in layout.integers else _NUMBER)
        for column in (*layout.integers, *layout.numbers, *layout.optional_numbers)
    }
    # A row whose quotation mark is not closed ends far below the line that is at fault.
    line = reader.line_num + 1
    try:
        for row in reader:
            if row and len(row) != len(header):
                reason = f"{len(row)} cells where the header has {len(header)}"
                return BadRow(f"{name}: line {line}: {reason}; the file may be cut off, download it again")
            for position, (column, shape) in numeric.items():
                if row and row[position] and not shape.fullmatch(row[position]):
                    place = f"{name}: line {line}, column {column!r}"
                    kind = "whole number" if shape is _INTEGER else "number"
                    return BadRow(f"{place}: {row[position][:40]!r} is no {kind}; correct the file")
            line = reader.line_num + 1
    except csv.Error as error:
        return BadRow(f"{name}: line {line}: {error}; correct the file")
    return None


def _quoted(names: Sequence[str]) -> str:
    return ", ".join(repr(name) for name in names)


def renamed(columns: Mapping[str, str], table: DelimitedTable) -> dict[str, NDArray[Any]]:
    """Number columns of a table under their canonical names, given as canonical -> vendor."""
    return {canonical: table.numbers(vendor) for canonical, vendor in columns.items()}


def both_sides(columns: Mapping[str, tuple[str, str]], table: DelimitedTable) -> dict[str, NDArray[Any]]:
    """Number columns of a table that has a call and a put in one row: those of all calls, then those of all puts.

    Args:
        columns: canonical name -> names of the column for calls and of the column for puts.
    """
    return {
        canonical: np.concatenate([table.numbers(call), table.numbers(put)])
        for canonical, (call, put) in columns.items()
    }
