"""What the user knows better than the data: CSV `underlying,at,symbol,column,value,reason`.

    SPX,2019-07-04,*,day,drop,the chain of 07-03 again
    SPX,2019-04-26,SPXW190426P00800000,ask,0.05,time and sales of that day
    SPX,2019-04-26,SPXW190426P00800000,stub,clear,the same
    SPX,2019-05-01T19:45:00Z,*,stale,clear,nothing moved that day

`at` is an exchange date or an instant in UTC; `symbol` an OSI symbol, or `*` for all quotes of the chain. `column` and
`value` are `bid` or `ask` and a price (0: none), a flag of `engine.model.QuoteFlag` in lower case and `set` or `clear`,
or `day` and `drop`. Lines act in their order, when chains are replayed; the store keeps what the vendor delivered.
"""

from __future__ import annotations

import csv
import io
import math
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Final

from data.datasets import SnapshotInfo
from data.errors import BadSymbol, OverrideFileError, UnreadableFile
from data.providers.files import read_text_bytes
from data.symbols import Symbol, parse_symbol
from engine.instants import Instant, instant
from engine.model import QuoteFlag

HEADER: Final = ["underlying", "at", "symbol", "column", "value", "reason"]
ALL_QUOTES: Final = "*"
DAY: Final = "day"
PRICES: Final = ("bid", "ask")
FLAGS: Final = {str(flag.name).lower(): flag for flag in QuoteFlag}


@dataclass(frozen=True, slots=True)
class Override:
    """One line.

    Attributes:
        line: its number in the file, from 1.
        at: exchange date, or instant of one chain.
        contract: None for all quotes.
        column: `bid`, `ask`, the name of a flag, or `day`.
        value: the price; for flags 1 to set and 0 to clear.
    """

    line: int
    underlying: str
    at: date | Instant
    contract: Symbol | None
    column: str
    value: float
    reason: str

    @property
    def decides(self) -> tuple[object, ...]:
        """What the line is about; two lines about the same would contradict each other."""
        return self.underlying, self.at, self.contract, self.column

    def concerns(self, info: SnapshotInfo) -> bool:
        """Whether it is about that chain."""
        return self.underlying == info.underlying and self.at in (info.day, info.at)


@dataclass(frozen=True, slots=True)
class Overrides:
    """The lines of one file.

    Attributes:
        name: file name.
        sha256: hash of the file, hexadecimal.
        lines: in their order.
    """

    name: str
    sha256: str
    lines: tuple[Override, ...]

    def of(self, info: SnapshotInfo) -> tuple[Override, ...]:
        """Lines about one chain."""
        return tuple(one for one in self.lines if one.concerns(info))


def read_overrides(path: Path) -> Overrides:
    """Read a file of overrides.

    Raises:
        OverrideFileError: naming file, line and remedy.
    """
    try:
        content = read_text_bytes(path)
    except UnreadableFile as error:
        raise OverrideFileError(str(error)) from error
    reader = csv.reader(io.StringIO(content.data.decode("utf-8-sig"), newline=""))
    header = [name.strip() for name in next(reader, [])]
    if header != HEADER:
        raise OverrideFileError(f"{path.name}: line 1 is {','.join(header)!r}; it must be {','.join(HEADER)!r}")
    lines: list[Override] = []
    for cells in reader:
        if cells:
            line = _line(reader.line_num, [cell.strip() for cell in cells], path.name)
            _check_once(line, lines, path.name)
            lines.append(line)
    return Overrides(path.name, content.sha256, tuple(lines))


def _line(number: int, cells: list[str], name: str) -> Override:
    if len(cells) != len(HEADER):
        raise OverrideFileError(f"{name}: line {number}: {len(cells)} cells instead of {','.join(HEADER)!r}")
    underlying, at, symbol, column, value, reason = cells
    try:
        if not underlying:
            raise _wrong("underlying", underlying, "write its symbol, e.g. SPX")
        if not reason:
            raise _wrong("reason", reason, "say why; nobody else knows")
        contract = _contract(symbol)
        return Override(number, underlying, _at(at), contract, column, _value(contract, column, value), reason)
    except OverrideFileError as error:
        raise OverrideFileError(f"{name}: line {number}, {error}") from None


def _wrong(column: str, cell: str, remedy: str) -> OverrideFileError:
    return OverrideFileError(f"column {column!r}: {cell!r}; {remedy}")


def _at(cell: str) -> date | Instant:
    try:
        if len(cell) == len("2019-05-01"):
            return date.fromisoformat(cell)
        moment = datetime.fromisoformat(cell)
    except ValueError:
        raise _wrong("at", cell, "write a date (2019-05-01) or an instant in UTC (2019-05-01T19:45:00Z)") from None
    if moment.tzinfo is None:
        raise _wrong("at", cell, "an instant needs its zone; end it with Z for UTC")
    return instant(moment)


def _contract(cell: str) -> Symbol | None:
    if cell == ALL_QUOTES:
        return None
    try:
        return parse_symbol(cell)
    except BadSymbol as error:
        raise _wrong("symbol", cell, f"{error.reason}, or write * for all quotes") from None


def _value(contract: Symbol | None, column: str, cell: str) -> float:
    if column == DAY:
        if contract is not None or cell != "drop":
            raise _wrong("value", cell, "a day can only be dropped whole: symbol *, value drop")
        return 0.0
    if column in FLAGS:
        if cell not in ("set", "clear"):
            raise _wrong("value", cell, "a flag is set or cleared: write set or clear")
        return float(cell == "set")
    if column not in PRICES:
        raise _wrong("column", column, f"write bid, ask, day or a flag: {', '.join(FLAGS)}")
    if contract is None:
        raise _wrong("symbol", ALL_QUOTES, f"one {column} for all quotes cannot be right; name the contract")
    try:
        price = float(cell)
    except ValueError:
        price = math.nan
    if not math.isfinite(price) or price < 0:
        raise _wrong("value", cell, "write a price in USD per share, e.g. 12.30, or 0 for none")
    return price


def _check_once(line: Override, earlier: list[Override], name: str) -> None:
    for one in earlier:
        if one.decides == line.decides:
            raise OverrideFileError(f"{name}: lines {one.line} and {line.line} decide the same; keep one")
