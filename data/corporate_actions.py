"""Symbol changes, splits and dividends out of LEAN's map and factor files (FORMATS section 1).

Both are read for what happened, never to adjust prices: chains and bars stay raw.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from dataclasses import dataclass
from datetime import date, datetime
from itertools import pairwise
from pathlib import Path
from typing import Final

from data.errors import BadFile, BadRow
from data.providers.files import read_text_bytes

_UNCHANGED: Final = 1e-9


@dataclass(frozen=True, slots=True)
class SymbolHistory:
    """Symbols of one company.

    Attributes:
        until: last dates on which `symbols` were used, strictly ascending.
        symbols: capitals, one per date.
    """

    until: tuple[date, ...]
    symbols: tuple[str, ...]

    def on(self, day: date) -> str | None:
        """Symbol on a date; None after the last one. Before the first date it is the first symbol."""
        place = bisect_left(self.until, day)
        return self.symbols[place] if place < len(self.symbols) else None


@dataclass(frozen=True, slots=True)
class CorporateAction:
    """What happened between the close of a session and the open of the next one.

    Attributes:
        last_day: last session before it; the ex-date is the session after.
        dividend: USD per share of before, 0.0 without one; as exact as the factors, which have seven digits.
        shares: shares after for one share before, 1.0 without a split; 7.0 for a split of 7 for 1.
    """

    last_day: date
    dividend: float
    shares: float


def read_symbol_history(path: Path) -> SymbolHistory:
    """Symbols out of a map file, rows `date,ticker[,exchange]`.

    Raises:
        UnreadableFile, BadFile: naming file, line and remedy.
    """
    rows = _rows(path, (2, 3))
    for number, _, cells in rows:
        if not cells[0].isalnum():
            raise BadRow(f"{path.name}: line {number}: {cells[0][:40]!r} is no ticker; correct the file")
    return SymbolHistory(tuple(day for _, day, _ in rows), tuple(cells[0].upper() for _, _, cells in rows))


def read_corporate_actions(path: Path) -> tuple[CorporateAction, ...]:
    """Actions out of a factor file, rows `date,price factor,split factor,close before`, ascending.

    A row holds the factors of all dates up to its own, so that an action is the quotient of two rows.

    Raises:
        UnreadableFile, BadFile: naming file, line and remedy.
    """
    factors: list[tuple[date, float, float, float]] = []
    for number, day, cells in _rows(path, (4,)):
        price, split, close = map(_number, cells)
        if not (price > 0 and split > 0 and close >= 0):
            raise BadRow(f"{path.name}: line {number}: factors are numbers above zero; correct the file")
        factors.append((day, price, split, close))
    actions = []
    for (day, price, split, close), (_, next_price, next_split, _) in pairwise(factors):
        kept, shares = price / next_price, next_split / split
        happened = abs(kept - 1) > _UNCHANGED, abs(shares - 1) > _UNCHANGED
        if any(happened):
            actions.append(CorporateAction(day, close * (1 - kept) if happened[0] else 0.0, shares))
    return tuple(actions)


def _rows(path: Path, widths: tuple[int, ...]) -> list[tuple[int, date, list[str]]]:
    """Lines as (number, date, other cells), dates strictly ascending."""
    rows: list[tuple[int, date, list[str]]] = []
    for number, line in enumerate(read_text_bytes(path).data.decode().splitlines(), 1):
        if not line.strip():
            continue
        place, cells = f"{path.name}: line {number}", line.strip().split(",")
        if len(cells) not in widths:
            raise BadRow(f"{place}: {len(cells)} cells where there must be {widths[-1]}; download the file again")
        try:
            day = datetime.strptime(cells[0], "%Y%m%d").date()  # noqa: DTZ007 - a calendar date has no zone
        except ValueError:
            raise BadRow(f"{place}: {cells[0][:40]!r} is no date (YYYYMMDD); correct the file") from None
        if rows and day <= rows[-1][1]:
            raise BadRow(f"{place}: {day} does not come after {rows[-1][1]}; correct the file")
        rows.append((number, day, cells[1:]))
    if not rows:
        raise BadFile(f"{path.name}: the file holds no rows; download it again")
    return rows


def _number(cell: str) -> float:
    try:
        value = float(cell)
    except ValueError:
        return math.nan
    return value if math.isfinite(value) else math.nan
