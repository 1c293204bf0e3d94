"""What a store holds of underlyings, in tables beside its manifest: bars, corporate events, symbols, rates and more.

Bars are few beside quotes: a year of a symbol is one Parquet file inside the database, so that an import of bars and
chains is one transaction.
"""

from __future__ import annotations

import hashlib
import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.parquet
import sqlalchemy as sql
from numpy.typing import NDArray
from sqlalchemy.engine import Connection

from data.bar_rows import BarRows
from data.errors import DayConflict
from data.manifest import METADATA, SOURCES
from data.settlement_records import add_settlements, read_settlements
from data.underlying_rows import (
    CorporateEvent,
    RateSet,
    SettlementValue,
    SymbolChange,
    SymbolProperties,
    UnderlyingRows,
)
from engine.instants import Instant, iso, utc_datetime

BAR_COLUMNS: Final = ("open", "high", "low", "close", "volume")

_SOURCE: Final = "source_id"
_BARS = sql.Table(
    "bars",
    METADATA,
    sql.Column("symbol", sql.String, primary_key=True),
    sql.Column("resolution", sql.String, primary_key=True),
    sql.Column("year", sql.Integer, primary_key=True),
    sql.Column(_SOURCE, sql.ForeignKey("sources.id"), primary_key=True),
    sql.Column("rows", sql.Integer, nullable=False),
    sql.Column("first_at", sql.BigInteger, nullable=False),
    sql.Column("last_at", sql.BigInteger, nullable=False),
    sql.Column("content", sql.LargeBinary, nullable=False),
)
_EVENTS = sql.Table(
    "corporate_events",
    METADATA,
    sql.Column("symbol", sql.String, primary_key=True),
    sql.Column("ex_date", sql.Date, primary_key=True),
    sql.Column(_SOURCE, sql.ForeignKey("sources.id"), primary_key=True),
    sql.Column("dividend_usd", sql.Float, nullable=False),
    sql.Column("shares", sql.Float, nullable=False),
)
_CHANGES = sql.Table(
    "symbol_changes",
    METADATA,
    sql.Column("company", sql.String, primary_key=True),
    sql.Column("until", sql.Date, primary_key=True),
    sql.Column(_SOURCE, sql.ForeignKey("sources.id"), primary_key=True),
    sql.Column("symbol", sql.String, nullable=False),
)
_RATES = sql.Table(
    "rates",
    METADATA,
    sql.Column("on", sql.Date, primary_key=True),
    sql.Column(_SOURCE, sql.ForeignKey("sources.id"), primary_key=True),
    sql.Column("percent", sql.Float, nullable=False),
)
_PROPERTY_NUMBERS: Final = ("multiplier", "price_increment", "lot_size", "strike_multiplier")
_PROPERTIES = sql.Table(
    "symbol_properties",
    METADATA,
    sql.Column("market", sql.String, primary_key=True),
    sql.Column("kind", sql.String, primary_key=True),
    sql.Column("symbol", sql.String, primary_key=True),
    sql.Column(_SOURCE, sql.ForeignKey("sources.id"), primary_key=True),
    sql.Column("currency", sql.String, nullable=False),
    *(sql.Column(name, sql.Float, nullable=False) for name in _PROPERTY_NUMBERS),
)


@dataclass(frozen=True, slots=True, eq=False)
class Bars:
    """Bars of one symbol in time order; `columns` are those of `BarRows`."""

    symbol: str
    resolution: str
    ends_at: NDArray[np.int64]
    columns: dict[str, NDArray[np.float64]]

    @property
    def sha256(self) -> str:
        """Hash of all bars, hexadecimal."""
        digest = hashlib.sha256(f"{self.symbol}|{self.resolution}".encode() + self.ends_at.tobytes())
        for name in BAR_COLUMNS:
            digest.update(self.columns[name].tobytes())
        return digest.hexdigest()


@dataclass(frozen=True, slots=True, order=True)
class BarsInfo:
    """What is stored of the bars of one symbol at one resolution."""

    symbol: str
    resolution: str
    first_at: Instant
    last_at: Instant
    rows: int
    formats: tuple[str, ...]


class UnderlyingRecords:
    """Reads and writes of one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    # --- writing ---------------------------------------------------------------------------------------------------

    def add(self, rows: UnderlyingRows, source_id: int, *, replace: bool) -> int:
        """Add what a file says; returns the number of rows that are new.

        Raises:
            DayConflict: when a bar or a settlement value is stored with other content and `replace` is not set.
        """
        new = sum(self._add_bars(bars, source_id, replace=replace) for bars in rows.bars)
        new += add_settlements(self._connection, rows.settlements, source_id, replace=replace)
        own = {_SOURCE: source_id}
        tables: tuple[tuple[sql.Table, Sequence[Any], tuple[str, ...]], ...] = (
            (_EVENTS, rows.events, ("symbol", "ex_date", "dividend_usd", "shares")),
            (_CHANGES, rows.changes, ("company", "until", "symbol")),
            (_RATES, rows.rates, ("on", "percent")),
            (_PROPERTIES, rows.properties, ("market", "kind", "symbol", "currency", *_PROPERTY_NUMBERS)),
        )
        for table, records, names in tables:
            values = [{name: getattr(one, name) for name in names} | own for one in records]
            if values:
                self._connection.execute(sql.insert(table), values)
                new += len(values)
        return new

    def _add_bars(self, bars: BarRows, source_id: int, *, replace: bool) -> int:
        stored = self.bars(bars.symbol, bars.resolution)
        there = np.isin(bars.ends_at, stored.ends_at)
        differs = self._differences(bars, stored, there)
        if len(differs) and not replace:
            raise DayConflict(
                f"{bars.source.name}: the bar of {bars.symbol} ending {iso(int(differs[0]))} is stored with other "
                "content; ask to replace it"
            )
        if len(differs):
            self._remove(bars, differs)
            there &= ~np.isin(bars.ends_at, differs)
        fresh = np.flatnonzero(~there)
        years = bars.ends_at.astype("datetime64[ns]").astype("datetime64[Y]").astype(np.int64) + 1970
        for year in np.unique(years[fresh]).tolist():
            self._insert(bars, fresh[years[fresh] == year], int(year), source_id)
        return len(fresh)

    @staticmethod
    def _differences(bars: BarRows, stored: Bars, there: NDArray[np.bool_]) -> NDArray[np.int64]:
        rows = np.searchsorted(stored.ends_at, bars.ends_at[there])
        differs = np.zeros(len(rows), np.bool_)
        for name in BAR_COLUMNS:
            ours, theirs = bars.columns[name][there], stored.columns[name][rows]
            differs |= ~((ours == theirs) | (np.isnan(ours) & np.isnan(theirs)))
        return bars.ends_at[there][differs]

    def _insert(self, bars: BarRows, chosen: NDArray[np.int64], year: int, source_id: int) -> None:
        ends = bars.ends_at[chosen]
        values = {
            "symbol": bars.symbol,
            "resolution": bars.resolution,
            "year": year,
            _SOURCE: source_id,
            "rows": len(chosen),
            "first_at": int(ends[0]),
            "last_at": int(ends[-1]),
            "content": _packed(ends, {name: bars.columns[name][chosen] for name in BAR_COLUMNS}),
        }
        self._connection.execute(sql.insert(_BARS).values(values))

    def _remove(self, bars: BarRows, instants: NDArray[np.int64]) -> None:
        """Take stored bars of some instants out of whatever files brought them."""
        of = (_BARS.c.symbol == bars.symbol, _BARS.c.resolution == bars.resolution)
        for row in self._connection.execute(sql.select(_BARS).where(*of)).all():
            ends, columns = _unpacked(row.content)
            kept = ~np.isin(ends, instants)
            if kept.all():
                continue
            where = (*of, _BARS.c.year == row.year, _BARS.c.source_id == row.source_id)
            if not kept.any():
                self._connection.execute(sql.delete(_BARS).where(*where))
                continue
            content = _packed(ends[kept], {name: column[kept] for name, column in columns.items()})
            span = {"rows": int(kept.sum()), "first_at": int(ends[kept][0]), "last_at": int(ends[kept][-1])}
            self._connection.execute(sql.update(_BARS).where(*where).values(content=content, **span))

    # --- reading ---------------------------------------------------------------------------------------------------

    def bars(self, symbol: str, resolution: str, first: Instant = 0, last: Instant = 2**63 - 1) -> Bars:
        """Bars that end from one instant to another, both included; may be empty."""
        query = sql.select(_BARS.c.content).where(
            _BARS.c.symbol == symbol,
            _BARS.c.resolution == resolution,
            _BARS.c.last_at >= first,
            _BARS.c.first_at <= last,
        )
        parts = [_unpacked(content) for content in self._connection.scalars(query)]
        ends = np.concatenate([np.empty(0, np.int64), *(part[0] for part in parts)])
        columns = {name: np.concatenate([np.empty(0), *(part[1][name] for part in parts)]) for name in BAR_COLUMNS}
        order = np.argsort(ends, kind="stable")
        order = order[(ends[order] >= first) & (ends[order] <= last)]
        return Bars(symbol, resolution, ends[order], {name: column[order] for name, column in columns.items()})

    def infos(self) -> tuple[BarsInfo, ...]:
        """All bars, by symbol and resolution."""
        query = (
            sql.select(
                _BARS.c.symbol, _BARS.c.resolution, sql.func.min(_BARS.c.first_at), sql.func.max(_BARS.c.last_at),
                sql.func.sum(_BARS.c.rows), sql.func.group_concat(SOURCES.c.format.distinct()),
            )
            .join(SOURCES, _BARS.c.source_id == SOURCES.c.id)
            .group_by(_BARS.c.symbol, _BARS.c.resolution)
            .order_by(_BARS.c.symbol, _BARS.c.resolution)
        )  # fmt: skip
        found = self._connection.execute(query)
        return tuple(BarsInfo(*row[:5], tuple(sorted(str(row[5]).split(",")))) for row in found)

    def events(self, symbol: str | None = None) -> tuple[CorporateEvent, ...]:
        """Dividends and splits, ascending; of two files that name one date the one that came later holds."""
        query = sql.select(_EVENTS).order_by(_EVENTS.c.source_id)
        if symbol is not None:
            query = query.where(_EVENTS.c.symbol == symbol)
        found = {
            (row.symbol, row.ex_date): CorporateEvent(row.symbol, row.ex_date, row.dividend_usd, row.shares)
            for row in self._connection.execute(query)
        }
        return tuple(sorted(found.values()))

    def changes(self) -> tuple[SymbolChange, ...]:
        """Symbols of companies, ascending."""
        query = sql.select(_CHANGES).order_by(_CHANGES.c.source_id)
        found = {
            (row.company, row.until): SymbolChange(row.company, row.until, row.symbol)
            for row in self._connection.execute(query)
        }
        return tuple(sorted(found.values()))

    def rates(self) -> tuple[RateSet, ...]:
        """Rates by the date on which they were set, ascending."""
        query = sql.select(_RATES).order_by(_RATES.c.source_id)
        found: dict[date, RateSet] = {row.on: RateSet(row.on, row.percent) for row in self._connection.execute(query)}
        return tuple(sorted(found.values()))

    def settlements(self) -> tuple[SettlementValue, ...]:
        """Official settlement values, by root and date."""
        return read_settlements(self._connection)

    def properties(self) -> tuple[SymbolProperties, ...]:
        """Properties of symbols, ascending; of two files the one that came later holds."""
        found = {}
        for row in self._connection.execute(sql.select(_PROPERTIES).order_by(_PROPERTIES.c.source_id)):
            numbers = (row._mapping[name] for name in _PROPERTY_NUMBERS)
            one = SymbolProperties(row.market, row.kind, row.symbol, row.currency, *numbers)
            found[one.market, one.kind, one.symbol] = one
        return tuple(sorted(found.values()))


def _packed(ends_at: NDArray[np.int64], columns: dict[str, NDArray[np.float64]]) -> bytes:
    table = pa.table({"ends_at": ends_at, **{name: columns[name] for name in BAR_COLUMNS}})
    buffer = io.BytesIO()
    pyarrow.parquet.write_table(table, buffer, compression="zstd")
    return buffer.getvalue()


def _unpacked(content: bytes) -> tuple[NDArray[np.int64], dict[str, NDArray[np.float64]]]:
    table = pyarrow.parquet.read_table(io.BytesIO(content))
    return table["ends_at"].to_numpy(), {name: table[name].to_numpy() for name in BAR_COLUMNS}


def covered(info: BarsInfo) -> str:
    """First and last date of bars, in words."""
    return f"{utc_datetime(info.first_at):%Y-%m-%d} to {utc_datetime(info.last_at):%Y-%m-%d}"
