"""Orders of a scripted strategy from a CSV file `at,order,symbol,quantity,position`, one line per leg.

    2019-04-25T10:00,1,SPXW  190426P02900000,-1,spread
    2019-04-25T10:00,1,SPXW  190426P02850000,1,spread
    2019-04-26T12:30,2,SPXW  190426P02900000,1,spread

`at` is exchange clock time; lines with one number in `order` are one package; `position` may be empty. The columns of
`OPTIONAL` may follow in any order. A line with `cancel` or `replace`, the label of an earlier order, names no symbol.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from pathlib import Path
from typing import Final, Literal, TypeAlias, TypedDict

from api.errors import TradeLogUnreadable
from engine.strategies.script import (
    ScriptedCancel,
    ScriptedChange,
    ScriptedLeg,
    ScriptedOrder,
    ScriptedReplacement,
)

HEADER: Final = ["at", "order", "symbol", "quantity", "position"]
OPTIONAL: Final = ["label", "limit_usd", "stop_usd", "kind", "good_until", "cancel", "replace", "effect"]
LoggedLine: TypeAlias = ScriptedOrder | ScriptedChange


@dataclass(frozen=True, slots=True)
class _Row:
    """One line: its cells by column, empty where the file has no such column."""

    number: int
    cells: Mapping[str, str]

    @property
    def of_the_order(self) -> list[str]:
        """What all legs of an order say alike."""
        return [cell for column, cell in self.cells.items() if column not in ("symbol", "quantity")]


class _Terms(TypedDict):
    limit_usd: float | None
    stop_usd: float | None
    kind: Literal["market_on_close"] | None


def read_trade_log(path: Path) -> tuple[LoggedLine, ...]:
    """Read a file of orders and their changes.

    Raises:
        TradeLogUnreadable: naming file, line and remedy.
    """
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise TradeLogUnreadable(f"{path.name} cannot be read: {error}") from error
    reader = csv.reader(io.StringIO(text, newline=""))
    header = [name.strip() for name in next(reader, [])]
    more = header[len(HEADER) :]
    if header[: len(HEADER)] != HEADER or not set(more) <= set(OPTIONAL) or len(set(more)) < len(more):
        raise TradeLogUnreadable(
            f"{path.name}: line 1 is {','.join(header)!r}; it must be {','.join(HEADER)!r}, "
            f"and after it any of {', '.join(OPTIONAL)}"
        )
    return tuple(_logged(list(_rows(reader, header, path.name)), path.name))


def _rows(reader: Iterator[list[str]], header: list[str], name: str) -> Iterator[_Row]:
    for number, cells in enumerate(reader, 2):
        if not cells:
            continue
        if len(cells) != len(header):
            raise TradeLogUnreadable(f"{name}: line {number}: {len(cells)} cells instead of {','.join(header)!r}")
        said = zip(header, (cell.strip() for cell in cells), strict=True)
        yield _Row(number, dict.fromkeys(OPTIONAL, "") | dict(said))


def _logged(rows: list[_Row], name: str) -> Iterator[LoggedLine]:
    seen: set[str] = set()
    for order, group in groupby(rows, key=lambda row: row.cells["order"]):
        legs = list(group)
        first = legs[0]
        if order in seen:
            raise TradeLogUnreadable(f"{name}: line {first.number}: order {order} stands there twice; number it anew")
        seen.add(order)
        for row in legs:
            if row.of_the_order != first.of_the_order:
                raise TradeLogUnreadable(
                    f"{name}: line {row.number}: order {order} has another time, position or terms "
                    f"than in line {first.number}"
                )
        changes = bool(first.cells["cancel"] or first.cells["replace"])
        yield _change(legs, name) if changes else _order(legs, name)


def _order(rows: list[_Row], name: str) -> ScriptedOrder:
    """The order of its legs' lines."""
    cells = rows[0].cells
    try:
        return ScriptedOrder(
            at=datetime.fromisoformat(cells["at"]),
            legs=tuple(_leg(row, name) for row in rows),
            label=cells["label"] or None,
            position=cells["position"] or None,
            good_until=date.fromisoformat(cells["good_until"]) if cells["good_until"] else None,
            effect=_effect(cells["effect"]),
            **_terms(cells),
        )
    except ValueError as error:
        raise TradeLogUnreadable(f"{name}: line {rows[0].number}: {error}") from None


def _effect(text: str) -> Literal["close"] | None:
    if text and text != "close":
        raise ValueError(f"effect {text!r} is unknown; write close, or nothing")
    return "close" if text else None


def _leg(row: _Row, name: str) -> ScriptedLeg:
    try:
        return ScriptedLeg(symbol=row.cells["symbol"], quantity=int(row.cells["quantity"]))
    except ValueError as error:
        raise TradeLogUnreadable(f"{name}: line {row.number}: {error}") from None


def _change(rows: list[_Row], name: str) -> ScriptedChange:
    """The change that one line says."""
    row, cells = rows[0], rows[0].cells
    try:
        if len(rows) > 1:
            raise ValueError("a change of an order is one line; number the next one anew")
        kept = ["symbol", "position", "label", "good_until", "effect", *(["replace"] if cells["cancel"] else [])]
        unwanted = [column for column in kept if cells[column]]
        if unwanted:
            raise ValueError(f"a change of an order keeps its {unwanted[0]}; leave the cell empty")
        at = datetime.fromisoformat(cells["at"])
        if not cells["cancel"]:
            quantity = int(cells["quantity"]) if cells["quantity"] else None
            if quantity is not None and quantity < 1:
                raise ValueError(f"quantity is {quantity}; a replacement names packages, at least 1, or none")
            return ScriptedReplacement(at=at, order=cells["replace"], quantity=quantity, **_terms(cells))
        if any(cells[column] for column in ("quantity", "limit_usd", "stop_usd", "kind")):
            raise ValueError("an order is cancelled as a whole; leave quantity and terms empty")
        return ScriptedCancel(at=at, order=cells["cancel"])
    except ValueError as error:
        raise TradeLogUnreadable(f"{name}: line {row.number}: {error}") from None


def _terms(cells: Mapping[str, str]) -> _Terms:
    kind: Literal["market_on_close"] | None = None
    if cells["kind"] == "market_on_close":
        kind = "market_on_close"
    elif cells["kind"]:
        raise ValueError(f"kind {cells['kind']!r} is unknown; write market_on_close, or nothing")
    limit, stop = cells["limit_usd"], cells["stop_usd"]
    return {"limit_usd": float(limit) if limit else None, "stop_usd": float(stop) if stop else None, "kind": kind}
