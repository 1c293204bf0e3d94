"""CSV of any vendor, read by a user's mapping of its columns."""

from __future__ import annotations

import functools
from datetime import datetime
from pathlib import Path
from typing import Any, Final
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

from data.calendar import is_standard_monthly, quote_instant
from data.datasets import SourceFile
from data.errors import BadSymbol, CalendarError
from data.markets import MARKETS
from data.providers.delimited import DelimitedTable, Layout, without_blanks
from data.providers.files import read_text_bytes
from data.providers.mapping_file import ColumnMapping, MappingFile, RootRule
from data.raw_rows import RawRows
from data.roots import root_facts
from data.symbols import osi_symbols, parse_symbols
from engine.instants import Instant

_LAST_INSTANT: Final = 1 << 62
_TEXTS: Final = ("underlying", "root", "expiration", "right", "quote_date")
_NUMBERS: Final = ("strike", "underlying_price")

Columns = dict[str, NDArray[Any]]


class Mapped:
    """Provider of one mapping; another mapping is another format, so that a corrected one reads a file again."""

    def __init__(self, file: MappingFile) -> None:
        self._mapping = file.mapping
        self._name = f"{file.mapping.name}-{file.sha256[:8]}"

    @property
    def name(self) -> str:
        return self._name

    @property
    def suffixes(self) -> tuple[str, ...]:
        return (".csv", ".csv.gz", ".tsv", ".tsv.gz", ".txt", ".txt.gz")

    def read(self, path: Path) -> RawRows:
        mapping = self._mapping
        content = read_text_bytes(path)
        data = without_blanks(content.data, mapping.delimiter) if mapping.trim else content.data
        table = DelimitedTable(path.name, data, _layout(mapping))
        columns = _shared(table, mapping)
        count = len(table)
        if mapping.is_wide:
            columns = {name: np.tile(column, 2) for name, column in columns.items()}
            columns["right"] = np.repeat(np.array([1, -1], np.int8), count)
        columns |= _quotes(table, mapping)
        columns["symbol"] = _symbols(path.name, table, mapping, columns)
        columns["underlying"] = _underlyings(path.name, table, mapping, columns)
        columns.pop("root", None)
        return RawRows(
            source=SourceFile(path.name, self.name, content.sha256, len(columns["symbol"])),
            resolution=mapping.resolution,
            columns=columns,
            units=mapping.units.factors(),
            line_of=lambda row: table.line_of(row % count),
            column_names=_names(mapping),
            market=MARKETS[mapping.market],
        )


def _layout(mapping: ColumnMapping) -> Layout:
    given = mapping.columns
    texts = [name for key in _TEXTS if (name := getattr(given, key)) is not None]
    texts += [side.symbol for side in mapping.sides if side.symbol is not None]
    counted = mapping.time.tick is not None
    return Layout(
        numbers=tuple(name for key in _NUMBERS if (name := getattr(given, key)) is not None),
        optional_numbers=tuple(name for side in mapping.sides for name in side.quotes().values()),
        texts=(*texts, *(() if counted else given.at)),
        integers=given.at if counted else (),
        delimiter=mapping.delimiter,
    )


def _shared(table: DelimitedTable, mapping: ColumnMapping) -> Columns:
    """What does not depend on the side, one entry per row of the file."""
    given = mapping.columns
    columns = _contracts(table, mapping)
    for key in ("expiration", "quote_date"):
        name, pattern = getattr(given, key), getattr(mapping.dates, key)
        if name is not None:
            columns[key] = table.dates(name, pattern, pattern)
    if given.at:
        columns["at"] = _instants(table, mapping)
    if given.underlying_price is not None:
        columns["underlying_price"] = table.numbers(given.underlying_price)
    elif mapping.constants.underlying_price is not None:
        columns["underlying_price"] = np.full(len(table), mapping.constants.underlying_price)
    return columns


def _contracts(table: DelimitedTable, mapping: ColumnMapping) -> Columns:
    given, constants = mapping.columns, mapping.constants
    columns: Columns = {}
    for key in ("underlying", "root"):
        name, constant = getattr(given, key), getattr(constants, key)
        if name is not None:
            columns[key] = table.texts(name)
        elif constant is not None:
            columns[key] = np.full(len(table), constant.encode())
    if given.right is not None:
        codes, values = table.coded(given.right, functools.partial(_right, mapping.rights.codes()))
        columns["right"] = np.array(values, np.int8)[codes]
    elif constants.right is not None:
        columns["right"] = np.full(len(table), 1 if constants.right == "call" else -1, np.int8)
    if given.strike is not None:
        columns["strike"] = _scaled(table.numbers(given.strike), mapping.units.strike)
    return columns


def _quotes(table: DelimitedTable, mapping: ColumnMapping) -> Columns:
    """Quotes and symbols of all sides, one side after the other; NaN where one side lacks what the other has."""
    nothing = np.full(len(table), np.nan)
    sides = [side.quotes() for side in mapping.sides]
    wanted = dict.fromkeys(("bid", "ask", *(name for side in sides for name in side)))
    return {
        name: np.concatenate([table.numbers(side[name]) if name in side else nothing for side in sides])
        for name in wanted
    }


def _symbols(name: str, table: DelimitedTable, mapping: ColumnMapping, columns: Columns) -> NDArray[np.bytes_]:
    if mapping.has_symbols:
        return np.concatenate([table.texts(side.symbol) for side in mapping.sides if side.symbol is not None])
    if mapping.roots is not None:
        columns["root"] = _roots(name, mapping.roots, columns["expiration"])
    root = columns["root"] if "root" in columns else columns["underlying"]
    return osi_symbols(root, columns["expiration"], columns["right"], columns["strike"])


def _roots(name: str, rule: RootRule, expiration: NDArray[np.datetime64]) -> NDArray[np.bytes_]:
    days, codes = np.unique(expiration, return_inverse=True)
    try:
        roots = [rule.monthly if is_standard_monthly(day) else rule.other for day in days.tolist()]
    except CalendarError as error:
        raise CalendarError(f"{name}: {error}") from None
    return np.array(roots, np.bytes_)[codes]


def _underlyings(name: str, table: DelimitedTable, mapping: ColumnMapping, columns: Columns) -> NDArray[np.bytes_]:
    """What the file says, or else what the roots are written on."""
    if "underlying" in columns:
        return columns["underlying"]
    try:
        roots = parse_symbols(columns["symbol"]).root
    except BadSymbol as error:
        column = _names(mapping).get("symbol", "symbol")
        place = f"{name}: line {table.line_of(error.row % len(table))}, column {column!r}"
        raise BadSymbol(f"{place}: {error.reason}", error.row) from None
    found, codes = np.unique(roots, return_inverse=True)
    return np.array([root_facts(root.decode()).underlying for root in found], np.bytes_)[codes]


def _instants(table: DelimitedTable, mapping: ColumnMapping) -> NDArray[np.int64]:
    first, tick = mapping.columns.at[0], mapping.time.tick
    if tick is not None:
        counted = table.integers(first)
        wrong = np.flatnonzero(np.abs(counted) > _LAST_INSTANT // tick)
        if len(wrong):
            raise table.bad_row(int(wrong[0]), first, f"{counted[wrong[0]]} is no time in {mapping.time.format}")
        return counted * tick
    parts: list[Any] = [table.texts(column) for column in mapping.columns.at]
    cells, codes = np.unique(
        functools.reduce(lambda one, other: np.strings.add(np.strings.add(one, b" "), other), parts),
        return_inverse=True,
    )
    found = np.empty(len(cells), np.int64)
    zone = ZoneInfo(mapping.time.zone)
    for code, cell in enumerate(cells.tolist()):
        try:
            found[code] = _instant(cell.decode(), mapping.time.format, zone)
        except ValueError as error:
            raise table.bad_row(int(np.flatnonzero(codes == code)[0]), first, str(error)) from None
    return found[codes]


def _instant(cell: str, pattern: str, zone: ZoneInfo) -> Instant:
    try:
        written = datetime.strptime(cell, pattern)  # noqa: DTZ007 - the zone is that of the mapping
    except ValueError:
        raise ValueError(f"{cell!r} is no time ({pattern})") from None
    if written.tzinfo is not None:
        return quote_instant(written)
    local = written.replace(tzinfo=zone)
    if local.utcoffset() != local.replace(fold=1).utcoffset():
        raise ValueError(f"{cell!r} happens twice, or never, in {zone.key}, where clocks change then")
    return quote_instant(local)


def _right(codes: dict[str, int], cell: str) -> int:
    if cell.lower() not in codes:
        raise ValueError(f"{cell[:40]!r} is none of {', '.join(codes)}")
    return codes[cell.lower()]


def _scaled(strike: NDArray[np.float64], factor: float) -> NDArray[np.float64]:
    """Strikes in USD; whole thousandths where the product is one but for the last bits."""
    product = strike * factor
    rounded = np.rint(product * 1_000) / 1_000
    return np.where(np.isclose(product, rounded, rtol=1e-12, atol=0.0), rounded, product)


def _names(mapping: ColumnMapping) -> dict[str, str]:
    """What the file calls a column, for messages."""
    given = mapping.columns
    keys = ("underlying_price", "expiration", "right", "strike", "quote_date")
    names = {key: name for key in keys if (name := getattr(given, key)) is not None}
    if given.at:
        names["at"] = given.at[0]
    for side in mapping.sides:
        for key, name in side.quotes().items():
            names[key] = f"{names[key]}, {name}" if key in names else name
    symbols = [side.symbol for side in mapping.sides if side.symbol is not None]
    built = [name for name in (given.root or given.underlying, given.strike) if name is not None]
    names["symbol"] = ", ".join(symbols if mapping.has_symbols else built)
    return names
