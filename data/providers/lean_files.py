"""LEAN's zips and folders (FORMATS section 1): entries, their rows, and the instants at which bars end.

No file has a header. A folder says what a file holds: `<kind>/usa/<resolution>/...`, with the ticker as a folder of
minute files and as the beginning of the name of hour and daily ones. Times are those of the bar's start, in the zone
of the data: Chicago for indices, New York for everything else.
"""

from __future__ import annotations

import io
import math
import re
import zipfile
import zlib
from collections.abc import Sequence
from datetime import date, datetime, time
from pathlib import Path
from typing import Any, Final, NamedTuple
from zoneinfo import ZoneInfo

import numpy as np
import pyarrow as pa
import pyarrow.csv
from numpy.typing import NDArray

from data.calendar import session_table
from data.errors import BadFile, BadRow, UnreadableFile
from data.providers import files
from engine.instants import NANOS_PER_DAY, NANOS_PER_SECOND, instant
from engine.model import Session

_MILLISECOND: Final = NANOS_PER_SECOND // 1_000
_BAR: Final = {"minute": 60 * NANOS_PER_SECOND, "hour": 3_600 * NANOS_PER_SECOND}
_INDEX_OVERTIME: Final = 15 * 60 * NANOS_PER_SECOND
_NUMBER: Final = re.compile(rb"-?\d+(\.\d+)?([eE][+-]?\d+)?")
_TIME: Final = {"minute": re.compile(rb"\d{1,8}"), "hour": re.compile(rb"\d{8} \d\d:\d\d")}
_REPAIR: Final = "download it again"


class Place(NamedTuple):
    """What the folders of a file say.

    Attributes:
        market: folder of one kind of security, e.g. `.../option/usa`.
        kind: `equity`, `index`, `option` or `indexoption`.
        resolution: `minute`, `hour` or `daily`.
        ticker: lower case, as LEAN writes it.
    """

    market: Path
    kind: str
    resolution: str
    ticker: str


class Entry(NamedTuple):
    """One CSV of a zip."""

    name: str
    data: bytes


class Rows(NamedTuple):
    """Rows of all entries, one after the other.

    Attributes:
        entry: int64, position of each row's entry.
        line: int64, line of each row in its entry.
        starts: what the first column says, bytes.
        numbers: float64, shape (rows, columns); NaN for an empty cell.
    """

    entry: NDArray[np.int64]
    line: NDArray[np.int64]
    starts: NDArray[np.bytes_]
    numbers: NDArray[np.float64]


def place_of(path: Path) -> Place:
    """Kind, resolution and ticker of a file.

    Raises:
        BadFile: for a file that does not lie in LEAN's folders.
    """
    parts = path.resolve().parents
    for depth in (0, 1):
        if len(parts) > depth + 2 and parts[depth].name in ("minute", "hour", "daily"):
            market = parts[depth + 1]
            ticker = parts[0].name if depth else path.name.split("_")[0].removesuffix(".zip")
            return Place(market, market.parent.name, parts[depth].name, ticker)
    raise BadFile(
        f"{path.name}: LEAN's folders say what a file holds; keep it at e.g. "
        "option/usa/minute/<ticker>/ or equity/usa/daily/"
    )


def read_zip(path: Path) -> tuple[tuple[Entry, ...], str]:
    """Entries of a zip by name, and the SHA-256 of the zip.

    Raises:
        UnreadableFile: when it cannot be opened, is damaged, or unpacks to more than `files.most_unpacked`.
    """
    digest = files.file_hash(path)
    limit = files.most_unpacked(path.stat().st_size)
    try:
        with zipfile.ZipFile(io.BytesIO(path.read_bytes())) as archive:
            infos = sorted(archive.infolist(), key=lambda info: info.filename)
            # zipfile reads no more of an entry than its directory declares, so that the sum of them is a limit.
            if sum(info.file_size for info in infos) > limit:
                raise files.too_large(path, limit)
            entries = tuple(Entry(info.filename, archive.read(info)) for info in infos)
    except (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, NotImplementedError) as error:
        raise UnreadableFile(f"{path.name}: the zip file is damaged or cut off ({error}); {_REPAIR}") from error
    if not any(entry.data for entry in entries):
        raise UnreadableFile(f"{path.name}: the zip file holds no rows; {_REPAIR}")
    return entries, digest


def read_rows(name: str, entries: Sequence[Entry], resolution: str, columns: Sequence[str]) -> Rows:
    """Rows of entries whose first column is the time and whose others are `columns`.

    Raises:
        BadRow: naming zip, entry, line and column.
    """
    texts = [entry.data if entry.data.endswith(b"\n") or not entry.data else entry.data + b"\n" for entry in entries]
    kinds: dict[str, Any] = {column: pa.float64() for column in columns} | {"time": pa.binary()}
    try:
        table = pyarrow.csv.read_csv(
            io.BytesIO(b"".join(texts)),
            read_options=pyarrow.csv.ReadOptions(column_names=["time", *columns]),
            parse_options=pyarrow.csv.ParseOptions(ignore_empty_lines=False),
            convert_options=pyarrow.csv.ConvertOptions(column_types=kinds, null_values=[""]),
        ).combine_chunks()
        numbers = np.column_stack([table[column].to_numpy() for column in columns])
        starts = np.array(table["time"].to_pylist(), np.bytes_)
    except pa.ArrowInvalid as error:
        raise _diagnose(name, entries, resolution, columns) or BadFile(f"{name}: {error}; {_REPAIR}") from None
    counts = np.array([text.count(b"\n") for text in texts])
    rows = Rows(
        np.repeat(np.arange(len(entries)), counts),
        np.concatenate([np.arange(1, count + 1) for count in counts]),
        starts,
        numbers,
    )
    shape = _TIME["minute" if resolution == "minute" else "hour"]
    empty = sum(table[column].null_count for column in columns)
    unreal = int(np.count_nonzero(~np.isfinite(numbers))) > empty
    if unreal or not all(shape.fullmatch(cell) for cell in np.unique(starts)):
        raise _diagnose(name, entries, resolution, columns) or BadFile(f"{name}: a cell is wrong; {_REPAIR}")
    return rows


def _diagnose(name: str, entries: Sequence[Entry], resolution: str, columns: Sequence[str]) -> BadRow | None:
    """Read again, cell by cell, up to the first one that cannot be right."""
    shape = _TIME["minute" if resolution == "minute" else "hour"]
    for entry in entries:
        for number, line in enumerate(entry.data.splitlines(), 1):
            place, cells = f"{name}: {entry.name}: line {number}", line.split(b",")
            if len(cells) != len(columns) + 1:
                reason = f"{len(cells)} cells where there must be {len(columns) + 1}"
                return BadRow(f"{place}: {reason}; the file may be cut off, {_REPAIR}")
            if not shape.fullmatch(cells[0]):
                return BadRow(f"{place}, column 'time': {_shown(cells[0])} is no time of a bar; correct the file")
            for column, cell in zip(columns, cells[1:], strict=True):
                if cell and not (_NUMBER.fullmatch(cell) and math.isfinite(float(cell))):
                    return BadRow(f"{place}, column {column!r}: {_shown(cell)} is no number; correct the file")
    return None


def _shown(cell: bytes) -> str:
    return repr(cell[:40].decode("utf-8", "replace"))


def ends_of(name: str, place: Place, day: date | None, starts: NDArray[np.bytes_]) -> NDArray[np.int64]:
    """Instants at which bars end; hour and daily bars end with the session at the latest.

    Index options trade 15 minutes longer than everything else, and so do their last bars.

    Args:
        day: date of a minute file, whose rows have only a time.

    Raises:
        BadFile: for dates that are none, or no sessions.
        CalendarError: for dates outside the calendars.
    """
    cells, code = np.unique(starts, return_inverse=True)
    ends = np.array([_end(name, place, day, cell.decode()) for cell in cells], np.int64)
    return ends[code]


def _end(name: str, place: Place, day: date | None, cell: str) -> int:
    if place.resolution == "minute":
        if day is None:
            raise BadFile(f"{name}: a minute file's name begins with its date, YYYYMMDD; name it so")
        since = int(cell) * _MILLISECOND
        if since >= NANOS_PER_DAY:
            raise BadFile(f"{name}: {cell} milliseconds are more than a day; correct the file")
        return _midnight(place, day) + since + _BAR["minute"]
    try:
        moment = datetime.strptime(cell, "%Y%m%d %H:%M")  # noqa: DTZ007 - the zone is that of the data
    except ValueError:
        raise BadFile(f"{name}: {cell!r} is no date and time (YYYYMMDD HH:MM); correct the file") from None
    closes_at = _session(name, moment.date()).closes_at + (_INDEX_OVERTIME if place.kind == "indexoption" else 0)
    if place.resolution == "daily":
        return closes_at
    since = (moment.hour * 60 + moment.minute) * _BAR["minute"]
    end = _midnight(place, moment.date()) + since + _BAR["hour"]
    return min(end, closes_at) if end - _BAR["hour"] < closes_at else end


def _midnight(place: Place, day: date) -> int:
    """Instant of 00:00 by the clock that holds at noon: clocks change while no exchange is open."""
    zone = ZoneInfo("America/Chicago" if place.kind == "index" else "America/New_York")
    return instant(datetime.combine(day, time(12), zone)) - NANOS_PER_DAY // 2


def _session(name: str, day: date) -> Session:
    session = session_table(day, day).on(day)
    if session is None:
        raise BadFile(f"{name}: {day} is no session of the exchange; remove its rows")
    return session


def file_date(path: Path, place: Place) -> date | None:
    """Date that a minute file's name begins with; None for other files.

    Raises:
        BadFile: when it begins with none.
    """
    if place.resolution != "minute":
        return None
    try:
        return datetime.strptime(path.name[:8], "%Y%m%d").date()  # noqa: DTZ007 - a calendar date has no zone
    except ValueError:
        raise BadFile(f"{path.name}: a minute file's name begins with its date, YYYYMMDD; name it so") from None
