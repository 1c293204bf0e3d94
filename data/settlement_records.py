"""Official settlement values in a store, in a table beside its manifest."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

import sqlalchemy as sql
from sqlalchemy.engine import Connection

from data.errors import DayConflict
from data.manifest import METADATA, SOURCES
from data.underlying_rows import SettlementValue

_SETTLEMENTS: Final = sql.Table(
    "settlement_values",
    METADATA,
    sql.Column("root", sql.String, primary_key=True),
    sql.Column("expires_on", sql.Date, primary_key=True),
    sql.Column("source_id", sql.ForeignKey("sources.id"), nullable=False),
    sql.Column("price", sql.Float, nullable=False),
    sql.Column("line", sql.Integer, nullable=False),
)


def add_settlements(connection: Connection, values: Iterable[SettlementValue], source_id: int, *, replace: bool) -> int:
    """Add values of one file; returns the number of those that are new.

    Raises:
        DayConflict: when a value is stored with another price and `replace` is not set; names both files and lines.
    """
    stored = {(one.root, one.expires_on): one for one in read_settlements(connection)}
    new = 0
    for value in values:
        known = stored.get((value.root, value.expires_on))
        if known is not None and known.price == value.price:
            continue
        if known is not None:
            _check(value, known, replace=replace)
            here = (_SETTLEMENTS.c.root == value.root, _SETTLEMENTS.c.expires_on == value.expires_on)
            connection.execute(sql.delete(_SETTLEMENTS).where(*here))
        row = {"root": value.root, "expires_on": value.expires_on, "price": value.price, "line": value.line}
        connection.execute(sql.insert(_SETTLEMENTS).values(source_id=source_id, **row))
        new += 1
    return new


def read_settlements(connection: Connection) -> tuple[SettlementValue, ...]:
    """All values, by root and date."""
    query = sql.select(_SETTLEMENTS, SOURCES.c.name).join(SOURCES, _SETTLEMENTS.c.source_id == SOURCES.c.id)
    found = connection.execute(query)
    return tuple(sorted(SettlementValue(row.root, row.expires_on, row.price, row.name, row.line) for row in found))


def _check(value: SettlementValue, known: SettlementValue, *, replace: bool) -> None:
    if not replace:
        raise DayConflict(
            f"{value.file}: line {value.line}: {value.root} {value.expires_on} is stored with {known.price} from "
            f"{known.file}, line {known.line}; ask to replace it"
        )
