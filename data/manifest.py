"""What a Parquet store holds, in SQL: files, partitions, snapshots.

The manifest decides: a partition file that it does not name does not exist.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, fields
from datetime import date
from math import isnan, nan
from pathlib import Path
from typing import Any, Final

import sqlalchemy as sql
from sqlalchemy.engine import Connection

from data.datasets import PriceOrigin, QualityCounts, RepeatHashes, SkippedRows, SnapshotInfo, SourceFile
from data.errors import StoreError
from data.markets import MARKETS, Market
from data.partitions import Place
from data.planning import DatasetKey

SCHEMA_VERSION: Final = 5
_LOCK_SECONDS: Final = 60

METADATA = sql.MetaData()
_STORE = sql.Table("store", METADATA, sql.Column("schema_version", sql.Integer, nullable=False))
SOURCES = sql.Table(
    "sources",
    METADATA,
    sql.Column("id", sql.Integer, primary_key=True),
    sql.Column("name", sql.String, nullable=False),
    sql.Column("format", sql.String, nullable=False),
    sql.Column("sha256", sql.String, nullable=False),
    sql.Column("rows", sql.Integer, nullable=False),
    sql.UniqueConstraint("format", "sha256"),
)
_SKIPPED = sql.Table(
    "skipped",
    METADATA,
    sql.Column("source_id", sql.ForeignKey("sources.id"), nullable=False),
    sql.Column("underlying", sql.String, nullable=False),
    sql.Column("resolution", sql.String, nullable=False),
    sql.Column("day", sql.Date, nullable=False),
    sql.Column("rows", sql.Integer, nullable=False),
    sql.Column("reason", sql.String, nullable=False),
)
_PARTITIONS = sql.Table(
    "partitions",
    METADATA,
    sql.Column("underlying", sql.String, primary_key=True),
    sql.Column("resolution", sql.String, primary_key=True),
    sql.Column("year", sql.Integer, primary_key=True),
    sql.Column("file", sql.String, nullable=False),
)
_COUNTS: Final = tuple(one.name for one in fields(QualityCounts))
_SNAPSHOTS = sql.Table(
    "snapshots",
    METADATA,
    sql.Column("underlying", sql.String, primary_key=True),
    sql.Column("resolution", sql.String, primary_key=True),
    sql.Column("at", sql.BigInteger, primary_key=True),
    sql.Column("day", sql.Date, nullable=False),
    sql.Column("underlying_price", sql.Float),
    sql.Column("price_origin", sql.String, nullable=False),
    sql.Column("market", sql.String, nullable=False),
    sql.Column("content", sql.LargeBinary, nullable=False),
    sql.Column("digest", sql.LargeBinary, nullable=False),
    sql.Column("whole", sql.LargeBinary, nullable=False),
    sql.Column("carried", sql.LargeBinary, nullable=False),
    sql.Column("arrived", sql.LargeBinary, nullable=False),
    *(sql.Column(name, sql.Integer, nullable=False) for name in _COUNTS),
    sql.Column("time_assumed", sql.Boolean, nullable=False),
    sql.Column("source_id", sql.ForeignKey("sources.id"), nullable=False),
    sql.Column("row_start", sql.BigInteger, nullable=False),
)


@dataclass(frozen=True, slots=True)
class PlacedSnapshot:
    """A snapshot and where its rows stand in the partition of its year."""

    info: SnapshotInfo
    place: Place


class Manifest:
    """The SQLite file of a store; one writer at a time, readers see the last committed state."""

    def __init__(self, path: Path) -> None:
        self._path = path
        url = sql.URL.create("sqlite", database=str(path))
        self._engine = sql.create_engine(url, poolclass=sql.pool.NullPool, connect_args={"timeout": _LOCK_SECONDS})
        sql.event.listen(self._engine, "connect", _leave_transactions_to_us)
        sql.event.listen(self._engine, "begin", _begin)

    @property
    def exists(self) -> bool:
        """Whether anything was ever committed; a first import that was killed may leave an empty file."""
        if not self._path.exists():
            return False
        with self._session(writes=False) as session:
            return sql.inspect(session.connection).has_table(_STORE.name)

    @contextmanager
    def reading(self) -> Iterator[ManifestSession]:
        """A consistent view.

        Raises:
            StoreError: when the manifest is damaged, locked or of another version.
        """
        with self._session(writes=False) as session:
            session.check_version()
            yield session

    @contextmanager
    def writing(self) -> Iterator[ManifestSession]:
        """The only writer; all of it is committed at the end, or none of it.

        Raises:
            StoreError: as `reading`, and when another import holds the lock for a minute.
        """
        with self._session(writes=True) as session:
            METADATA.create_all(session.connection)
            session.check_version(stamp=True)
            yield session

    @contextmanager
    def _session(self, *, writes: bool) -> Iterator[ManifestSession]:
        try:
            with self._engine.connect().execution_options(writes=writes) as connection, connection.begin():
                yield ManifestSession(connection)
        except sql.exc.OperationalError as error:
            busy = "locked" in str(error.orig)
            remedy = "another import is running, wait for it" if busy else "check the folder and its free space"
            raise StoreError(f"{self._path.name}: {error.orig}; {remedy}") from error
        except sql.exc.DatabaseError as error:
            raise StoreError(f"{self._path.name}: {error.orig}; remove the store and import again") from error


class ManifestSession:
    """Reads and writes of one transaction."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection

    def check_version(self, *, stamp: bool = False) -> None:
        """Refuse a store of another version; stamp an empty one.

        Raises:
            StoreError: for another version.
        """
        version = self.connection.scalar(sql.select(_STORE.c.schema_version))
        if version is None and stamp:
            self.connection.execute(sql.insert(_STORE).values(schema_version=SCHEMA_VERSION))
        elif version != SCHEMA_VERSION:
            raise StoreError(f"the store has version {version}, this program reads {SCHEMA_VERSION}; import again")

    def holds(self, format_name: str, sha256: str) -> bool:
        """Whether a file was added."""
        query = sql.select(SOURCES.c.id).where(SOURCES.c.format == format_name, SOURCES.c.sha256 == sha256)
        return self.connection.scalar(query) is not None

    def dataset_keys(self) -> list[DatasetKey]:
        """Datasets, ascending."""
        query = sql.select(_PARTITIONS.c.underlying, _PARTITIONS.c.resolution).distinct()
        return sorted((row.underlying, row.resolution) for row in self.connection.execute(query))

    def days(self, key: DatasetKey) -> list[date]:
        """Exchange dates with snapshots, ascending."""
        query = sql.select(_SNAPSHOTS.c.day).distinct().where(*_of(_SNAPSHOTS, key)).order_by(_SNAPSHOTS.c.day)
        return list(self.connection.scalars(query))

    def market(self, key: DatasetKey) -> Market:
        """Where the contracts of a dataset that is stored are traded."""
        names = self.connection.scalars(sql.select(_SNAPSHOTS.c.market).where(*_of(_SNAPSHOTS, key)).limit(1))
        return MARKETS[str(names.one())]

    def files(self, key: DatasetKey) -> dict[int, str]:
        """Names of partition files by year."""
        query = sql.select(_PARTITIONS.c.year, _PARTITIONS.c.file).where(*_of(_PARTITIONS, key))
        return {row.year: row.file for row in self.connection.execute(query)}

    def all_files(self) -> list[tuple[DatasetKey, str]]:
        """Names of all partition files, with their datasets."""
        query = sql.select(_PARTITIONS.c.underlying, _PARTITIONS.c.resolution, _PARTITIONS.c.file)
        return [((row.underlying, row.resolution), row.file) for row in self.connection.execute(query)]

    def snapshots(self, key: DatasetKey, first: date = date.min, last: date = date.max) -> list[PlacedSnapshot]:
        """Snapshots of a dataset from one day to another, in time order."""
        query = (
            sql.select(_SNAPSHOTS, *_source_columns())
            .join(SOURCES, _SNAPSHOTS.c.source_id == SOURCES.c.id)
            .where(*_of(_SNAPSHOTS, key), _SNAPSHOTS.c.day.between(first, last))
            .order_by(_SNAPSHOTS.c.at)
        )
        return [_placed(row) for row in self.connection.execute(query)]

    def year(self, key: DatasetKey, year: int) -> list[PlacedSnapshot]:
        """All snapshots of a dataset in one year, in time order."""
        return self.snapshots(key, date(year, 1, 1), date(year, 12, 31))

    def skipped(self, key: DatasetKey, first: date = date.min, last: date = date.max) -> list[SkippedRows]:
        """Rows that made no snapshot, ascending."""
        query = (
            sql.select(_SKIPPED, *_source_columns())
            .join(SOURCES, _SKIPPED.c.source_id == SOURCES.c.id)
            .where(*_of(_SKIPPED, key), _SKIPPED.c.day.between(first, last))
        )
        found = self.connection.execute(query)
        return sorted(SkippedRows(row.day, row.underlying, _source(row), row.rows, row.reason) for row in found)

    def add_source(self, source: SourceFile) -> int:
        """Number of a source; it is added when it is new."""
        query = sql.select(SOURCES.c.id).where(SOURCES.c.format == source.format, SOURCES.c.sha256 == source.sha256)
        known = self.connection.scalar(query)
        if known is not None:
            return int(known)
        values = {"name": source.name, "format": source.format, "sha256": source.sha256, "rows": source.rows}
        key = self.connection.execute(sql.insert(SOURCES).values(values)).inserted_primary_key
        return int(key[0]) if key is not None else self.add_source(source)

    def add_skipped(self, resolution: str, skips: Iterable[SkippedRows]) -> None:
        """Remember rows that made no snapshot."""
        for skip in skips:
            values = {
                "source_id": self.add_source(skip.source),
                "underlying": skip.underlying,
                "resolution": resolution,
                "day": skip.day,
                "rows": skip.rows,
                "reason": skip.reason,
            }
            self.connection.execute(sql.insert(_SKIPPED).values(values))

    def replace_year(self, key: DatasetKey, year: int, file: str, snapshots: Sequence[PlacedSnapshot]) -> None:
        """Let a year of a dataset be these snapshots in this file."""
        span = _SNAPSHOTS.c.day.between(date(year, 1, 1), date(year, 12, 31))
        self.connection.execute(sql.delete(_SNAPSHOTS).where(*_of(_SNAPSHOTS, key), span))
        self.connection.execute(sql.delete(_PARTITIONS).where(*_of(_PARTITIONS, key), _PARTITIONS.c.year == year))
        values = {"underlying": key[0], "resolution": key[1], "year": year, "file": file}
        self.connection.execute(sql.insert(_PARTITIONS).values(values))
        numbers = {source: self.add_source(source) for source in dict.fromkeys(one.info.source for one in snapshots)}
        rows = [_row(one, numbers[one.info.source]) for one in snapshots]
        self.connection.execute(sql.insert(_SNAPSHOTS), rows)

    def forget_unused_sources(self) -> None:
        """Forget files of which nothing is stored any more, so that they can be added again."""
        tables = (table for table in METADATA.sorted_tables if "source_id" in table.c)
        used = sql.union_all(*(sql.select(table.c.source_id) for table in tables))
        self.connection.execute(sql.delete(SOURCES).where(SOURCES.c.id.not_in(used)))


def _leave_transactions_to_us(connection: Any, _record: object) -> None:
    # The driver would otherwise begin a transaction at the first write only, too late to be the only writer.
    connection.isolation_level = None


def _begin(connection: Connection) -> None:
    writes = connection.get_execution_options().get("writes")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _of(table: sql.Table, key: DatasetKey) -> tuple[Any, Any]:
    return table.c.underlying == key[0], table.c.resolution == key[1]


def _source_columns() -> list[Any]:
    names = ("name", "format", "sha256", "rows")
    return [SOURCES.c[name].label(f"source_{name}") for name in names]


def _source(row: Any) -> SourceFile:
    return SourceFile(row.source_name, row.source_format, row.source_sha256, row.source_rows)


def _placed(row: Any) -> PlacedSnapshot:
    info = SnapshotInfo(
        underlying=row.underlying,
        resolution=row.resolution,
        at=row.at,
        day=row.day,
        underlying_price=nan if row.underlying_price is None else row.underlying_price,
        content=row.content,
        digest=row.digest,
        repeat=RepeatHashes(row.whole, row.carried, row.arrived),
        counts=QualityCounts(*(row._mapping[name] for name in _COUNTS)),
        time_assumed=row.time_assumed,
        source=_source(row),
        price_origin=PriceOrigin(row.price_origin),
        market=MARKETS[row.market],
    )
    return PlacedSnapshot(info, Place(row.row_start, info.counts.rows))


def _row(one: PlacedSnapshot, source_id: int) -> dict[str, Any]:
    info = one.info
    return {
        "underlying": info.underlying,
        "resolution": info.resolution,
        "at": info.at,
        "day": info.day,
        "underlying_price": None if isnan(info.underlying_price) else info.underlying_price,
        "price_origin": info.price_origin.value,
        "market": info.market.name,
        "content": info.content,
        "digest": info.digest,
        "whole": info.repeat.whole,
        "carried": info.repeat.carried,
        "arrived": info.repeat.arrived,
        **{name: getattr(info.counts, name) for name in _COUNTS},
        "time_assumed": info.time_assumed,
        "source_id": source_id,
        "row_start": one.place.row_start,
    }
