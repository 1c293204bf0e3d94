"""Orders of a scripted strategy from a CSV file `at,order,symbol,quantity,position`, one line per leg.

    2019-04-25T10:00,1,SPXW  190426P02900000,-1,spread
    2019-04-25T10:00,1,SPXW  190426P02850000,1,spread
    2019-04-26T12:30,2,SPXW  190426P02900000,1,spread

`at` is exchange clock time; lines with one number in `order` are one package; `position` may be empty.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from pathlib import Path
from typing import Final

from api.errors import TradeLogUnreadable
from engine.strategies.script import ScriptedLeg, ScriptedOrder

HEADER: Final = ["at", "order", "symbol", "quantity", "position"]


@dataclass(frozen=True, slots=True)
class _Line:
    number: int
    at: datetime
    order: str
    leg: ScriptedLeg
    position: str | None


def read_trade_log(path: Path) -> tuple[ScriptedOrder, ...]:
    """Read a file of orders.

    Raises:
        TradeLogUnreadable: naming file, line and remedy.
    """
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise TradeLogUnreadable(f"{path.name} cannot be read: {error}") from error
    reader = csv.reader(io.StringIO(text, newline=""))
    header = [name.strip() for name in next(reader, [])]
    if header != HEADER:
        raise TradeLogUnreadable(f"{path.name}: line 1 is {','.join(header)!r}; it must be {','.join(HEADER)!r}")
    return tuple(_orders(list(_lines(reader, path.name)), path.name))


def _lines(reader: Iterator[list[str]], name: str) -> Iterator[_Line]:
    for number, cells in enumerate(reader, 2):
        if not cells:
            continue
        place = f"{name}: line {number}"
        if len(cells) != len(HEADER):
            raise TradeLogUnreadable(f"{place}: {len(cells)} cells instead of {','.join(HEADER)!r}")
        at, order, symbol, quantity, position = (cell.strip() for cell in cells)
        try:
            yield _Line(
                number,
                datetime.fromisoformat(at),
                order,
                ScriptedLeg(symbol=symbol, quantity=int(quantity)),
                position or None,
            )
        except ValueError as error:
            raise TradeLogUnreadable(f"{place}: {error}") from None


def _orders(lines: list[_Line], name: str) -> Iterator[ScriptedOrder]:
    seen: set[str] = set()
    for order, group in groupby(lines, key=lambda line: line.order):
        legs = list(group)
        first = legs[0]
        if order in seen:
            raise TradeLogUnreadable(f"{name}: line {first.number}: order {order} stands there twice; number it anew")
        seen.add(order)
        for leg in legs:
            if (leg.at, leg.position) != (first.at, first.position):
                raise TradeLogUnreadable(
                    f"{name}: line {leg.number}: order {order} has another time or position than in line {first.number}"
                )
        try:
            yield ScriptedOrder(at=first.at, legs=tuple(leg.leg for leg in legs), position=first.position)
        except ValueError as error:
            raise TradeLogUnreadable(f"{name}: line {first.number}: {error}") from None
