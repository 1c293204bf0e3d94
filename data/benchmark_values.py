"""A benchmark's values from outside: CSV `date,value`, one line per date, ISO 8601, values above 0."""

from __future__ import annotations

import csv
import io
import math
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import Final

from data.errors import BenchmarkFileError, UnreadableFile
from data.providers.files import read_text_bytes

HEADER: Final = ["date", "value"]


@dataclass(frozen=True, slots=True)
class BenchmarkValues:
    """Values of a benchmark by date.

    Attributes:
        name: file name.
        sha256: hash of the file.
    """

    name: str
    sha256: str
    values: MappingProxyType[date, float]


def read_benchmark_values(path: Path) -> BenchmarkValues:
    """Read a file of a benchmark's values.

    Raises:
        BenchmarkFileError: naming file, line and remedy.
    """
    try:
        content = read_text_bytes(path)
    except UnreadableFile as error:
        raise BenchmarkFileError(str(error)) from error
    reader = csv.reader(io.StringIO(content.data.decode("utf-8-sig"), newline=""))
    header = [name.strip() for name in next(reader, [])]
    if header != HEADER:
        raise BenchmarkFileError(f"{path.name}: line 1 is {','.join(header)!r}; it must be {','.join(HEADER)!r}")
    values: dict[date, float] = {}
    for cells in reader:
        if cells:
            place = f"{path.name}: line {reader.line_num}"
            day, value = _parse(place, [cell.strip() for cell in cells])
            if day in values:
                raise BenchmarkFileError(f"{place}: {day} stands there twice; keep one value")
            values[day] = value
    return BenchmarkValues(path.name, content.sha256, MappingProxyType(values))


def _parse(place: str, cells: list[str]) -> tuple[date, float]:
    if len(cells) != len(HEADER):
        raise BenchmarkFileError(f"{place}: {len(cells)} cells instead of {','.join(HEADER)!r}")
    try:
        day = date.fromisoformat(cells[0])
    except ValueError:
        raise BenchmarkFileError(f"{place}: {cells[0]!r} is no date; write YYYY-MM-DD") from None
    try:
        value = float(cells[1])
    except ValueError:
        value = math.nan
    if not 0 < value < math.inf:
        raise BenchmarkFileError(f"{place}: {cells[1]!r} is no value above 0; write a decimal number")
    return day, value
