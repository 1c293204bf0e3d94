"""Official settlement values from the user's file: CSV `symbol,date,value`.

`symbol` is the root of the contracts: `SPX` for the opening (AM) value, `SPXW` for the close. `date` is the
expiration date (ISO 8601), `value` the price of the underlying that decides.
"""

from __future__ import annotations

import csv
import io
import math
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import Final

from data.errors import SettlementFileError, UnreadableFile
from data.providers.files import read_text_bytes
from engine.events import SettlementPublished, SettlementSource
from engine.model import ContractTable

HEADER: Final = ["symbol", "date", "value"]


@dataclass(frozen=True, slots=True)
class SettlementValues:
    """Settlement values of one file.

    Attributes:
        name: file name.
        sha256: hash of the file, which is part of a run's identity.
        values: price by root and expiration date.
    """

    name: str
    sha256: str
    values: MappingProxyType[tuple[str, date], float]


def read_settlement_values(path: Path) -> SettlementValues:
    """Read a file of settlement values.

    Raises:
        SettlementFileError: naming file, line and remedy.
    """
    try:
        content = read_text_bytes(path)
    except UnreadableFile as error:
        raise SettlementFileError(str(error)) from error
    reader = csv.reader(io.StringIO(content.data.decode("utf-8-sig"), newline=""))
    header = [name.strip() for name in next(reader, [])]
    if header != HEADER:
        raise SettlementFileError(f"{path.name}: line 1 is {','.join(header)!r}; it must be {','.join(HEADER)!r}")
    values: dict[tuple[str, date], float] = {}
    for cells in reader:
        if cells:
            place = f"{path.name}: line {reader.line_num}"
            key, value = _parse(place, [cell.strip() for cell in cells])
            if key in values:
                raise SettlementFileError(f"{place}: {key[0]} {key[1]} stands there twice; keep one value")
            values[key] = value
    return SettlementValues(path.name, content.sha256, MappingProxyType(values))


def settlement_events(values: SettlementValues, contracts: ContractTable) -> list[SettlementPublished]:
    """Events for the series that a contract table holds, in time order; values of other series are not used.

    Each is published at its series' own settlement instant, never earlier.
    """
    events = []
    for series in contracts.series:
        price = values.values.get((series.root, series.expires_on))
        if price is not None:
            at = series.settles_at
            events.append(SettlementPublished(at, series.root, at, price, SettlementSource.OFFICIAL))
    return sorted(events, key=lambda event: (event.at, event.root))


def _parse(place: str, cells: list[str]) -> tuple[tuple[str, date], float]:
    if len(cells) != len(HEADER):
        raise SettlementFileError(f"{place}: {len(cells)} cells instead of {','.join(HEADER)!r}")
    symbol, day, price = cells
    if not symbol:
        raise SettlementFileError(f"{place}: the symbol is empty; write the root, e.g. SPX or SPXW")
    try:
        on = date.fromisoformat(day)
    except ValueError:
        raise SettlementFileError(f"{place}: {day!r} is no date; write YYYY-MM-DD") from None
    try:
        value = float(price)
    except ValueError:
        value = math.nan
    if not math.isfinite(value) or value < 0:
        raise SettlementFileError(f"{place}: {price!r} is no price; write a number like 2859.53")
    return (symbol, on), value
