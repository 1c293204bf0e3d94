"""Properties of symbols out of LEAN's symbol-properties database (FORMATS section 1), and how one is looked up.

They are kept to be looked at: contracts of a run are what their roots say (`data.roots`).
"""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Final

from data.errors import BadFile, BadRow, MissingColumn
from data.providers.files import Content, read_text_bytes
from data.roots import RootFacts
from data.underlying_rows import SymbolProperties
from engine.model import UnderlyingKind

COLUMNS: Final = ("market", "symbol", "type", "quote_currency", "contract_multiplier", "minimum_price_variation")
_LOT_SIZE: Final = "lot_size"
_STRIKE_MULTIPLIER: Final = "strike_multiplier"
_ALL_OTHERS: Final = "[*]"
_MARKET: Final = "usa"


def read_symbol_properties(path: Path) -> tuple[Content, tuple[SymbolProperties, ...]]:
    """Content and rows of a file; lines that begin with `#` are comments, rows may end early.

    Raises:
        UnreadableFile, BadFile: naming file, line and remedy.
    """
    content = read_text_bytes(path)
    reader = csv.reader(io.StringIO(content.data.decode("utf-8-sig"), newline=""))
    header = [name.strip() for name in next(reader, [])]
    missing = [name for name in (*COLUMNS, _LOT_SIZE) if name not in header]
    if missing:
        raise MissingColumn(f"{path.name}: the header lacks {', '.join(missing)}; download the file again")
    found: dict[tuple[str, str, str], SymbolProperties] = {}
    for cells in reader:
        if not any(cells) or cells[0].startswith("#"):
            continue
        place = f"{path.name}: line {reader.line_num}"
        one = _properties(place, dict(zip(header, (cell.strip() for cell in cells), strict=False)))
        key = (one.market, one.kind, one.symbol)
        if key in found:
            raise BadRow(f"{place}: {' '.join(key)} stands there twice; keep one row")
        found[key] = one
    if not found:
        raise BadFile(f"{path.name}: the file has a header and no rows; download it again")
    return content, tuple(found.values())


def properties_of(root: RootFacts, known: Iterable[SymbolProperties]) -> SymbolProperties | None:
    """Properties of the options of a root in the US: its own, else those of all that are not named."""
    kind = "indexoption" if root.kind is UnderlyingKind.INDEX else "option"
    by_symbol = {one.symbol: one for one in known if (one.market, one.kind) == (_MARKET, kind)}
    return by_symbol.get(root.root, by_symbol.get(_ALL_OTHERS))


def _properties(place: str, cells: Mapping[str, str]) -> SymbolProperties:
    market, kind, symbol, currency = (cells.get(name, "") for name in ("market", "type", "symbol", "quote_currency"))
    if not (market and kind and symbol and currency):
        raise BadRow(f"{place}: market, symbol, type or currency is empty; correct the file")
    multiplier, step, lot = (_number(place, name, cells.get(name, "")) for name in (*COLUMNS[4:], _LOT_SIZE))
    strikes = _number(place, _STRIKE_MULTIPLIER, cells.get(_STRIKE_MULTIPLIER, "") or "1")
    return SymbolProperties(market, kind, symbol, currency, multiplier, step, lot, strikes)


def _number(place: str, column: str, cell: str) -> float:
    try:
        value = float(cell)
    except ValueError:
        value = math.nan
    if not (math.isfinite(value) and value > 0):
        raise BadRow(f"{place}, column {column!r}: {cell[:40]!r} is no number above zero; correct the file")
    return value
