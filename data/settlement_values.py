"""Official settlement values: CSV `symbol,date,value`, of a run's own file, or imported into the store.

`symbol` is the root of the contracts: `SPX` for the opening (AM) value, `SPXW` for the close. `date` is the
expiration date (ISO 8601), `value` the price of the underlying that decides.
"""

from __future__ import annotations

import csv
import hashlib
import io
import math
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import Final, Literal

from data.errors import SettlementFileError, UnreadableFile
from data.providers.files import read_text_bytes
from data.underlying_rows import SettlementValue
from engine.events import SettlementPublished, SettlementSource
from engine.model import ContractTable

HEADER: Final = ["symbol", "date", "value"]


@dataclass(frozen=True, slots=True)
class SettlementValues:
    """Settlement values of a run.

    Attributes:
        name: file name; of the store: names of the files that the values came from.
        sha256: hash of the file, or of the values of the store, which is part of a run's identity.
        values: price by root and expiration date.
        origin: the file that the configuration names, or the store.
    """

    name: str
    sha256: str
    values: MappingProxyType[tuple[str, date], float]
    origin: Literal["file", "store"] = "file"


def read_settlement_values(path: Path) -> SettlementValues:
    """Read a run's file of settlement values.

    Raises:
        SettlementFileError: naming file, line and remedy.
    """
    sha256, rows = read_settlement_rows(path)
    prices = {(one.root, one.expires_on): one.price for one in rows}
    return SettlementValues(path.name, sha256, MappingProxyType(prices))


def read_settlement_rows(path: Path) -> tuple[str, tuple[SettlementValue, ...]]:
    """Hash of a file of settlement values, and its rows.

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
    rows: dict[tuple[str, date], SettlementValue] = {}
    for cells in reader:
        if cells:
            place = f"{path.name}: line {reader.line_num}"
            key, price = _parse(place, [cell.strip() for cell in cells])
            if key in rows:
                raise SettlementFileError(f"{place}: {key[0]} {key[1]} stands there twice; keep one value")
            rows[key] = SettlementValue(*key, price, path.name, reader.line_num)
    return content.sha256, tuple(rows.values())


def stored_settlement_values(stored: Iterable[SettlementValue], contracts: ContractTable) -> SettlementValues | None:
    """Those of a store's values that concern the series of a contract table; None where none does.

    Values of other series are no part of a run's identity, so that importing more of them changes no run.
    """
    series = {(one.root, one.expires_on) for one in contracts.series}
    used = sorted(one for one in stored if (one.root, one.expires_on) in series)
    if not used:
        return None
    prices = {(one.root, one.expires_on): one.price for one in used}
    text = "".join(f"{root},{day},{price!r}\n" for (root, day), price in prices.items())
    names = ", ".join(sorted({one.file for one in used}))
    return SettlementValues(names, hashlib.sha256(text.encode()).hexdigest(), MappingProxyType(prices), "store")


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
