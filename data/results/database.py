"""The database of results: SQLite with a write-ahead log, every commit on the disk before it is answered."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

import sqlalchemy as sql
from sqlalchemy.engine import Connection

from data.results.errors import ResultsUnavailable
from data.results.tables import METADATA, SCHEMA_VERSION, VERSION

_LOCK_SECONDS: Final = 30


class ResultsDatabase:
    """One file; any number of processes may read and write it."""

    def __init__(self, path: Path) -> None:
        """Name the file; `prepare` makes it."""
        self._path = path
        url = sql.URL.create("sqlite", database=str(path))
        self._engine = sql.create_engine(url, connect_args={"timeout": _LOCK_SECONDS})
        sql.event.listen(self._engine, "connect", _configure)
        sql.event.listen(self._engine, "begin", _begin)

    def prepare(self) -> None:
        """Make folder, file and tables where they are absent.

        Raises:
            ResultsUnavailable: when that cannot be done, or the file is of another version.
        """
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise ResultsUnavailable(f"{self._path.parent} cannot be made: {error.strerror}") from error
        with self.writing() as connection:
            METADATA.create_all(connection)
            version = connection.scalar(sql.select(VERSION.c.schema_version))
            if version is None:
                connection.execute(sql.insert(VERSION).values(schema_version=SCHEMA_VERSION))
            elif version != SCHEMA_VERSION:
                raise ResultsUnavailable(
                    f"{self._path.name} has version {version}, this program writes {SCHEMA_VERSION}; name another file"
                )

    def close(self) -> None:
        """Give the connections back."""
        self._engine.dispose()

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A consistent view.

        Raises:
            ResultsUnavailable: when the file is damaged or cannot be opened.
        """
        with self._transaction(writes=False) as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """The only writer; all of it is committed at the end, or none of it. Raises as `reading`."""
        with self._transaction(writes=True) as connection:
            yield connection

    @contextmanager
    def _transaction(self, *, writes: bool) -> Iterator[Connection]:
        try:
            with self._engine.connect().execution_options(writes=writes) as connection, connection.begin():
                yield connection
        except sql.exc.IntegrityError:
            raise
        except sql.exc.DatabaseError as error:
            raise ResultsUnavailable(f"{self._path.name}: {error.orig}") from error


def _configure(connection: Any, _: object) -> None:
    # SQLAlchemy begins transactions itself, in `_begin`: the driver's own begin would take the lock too late.
    connection.isolation_level = None
    try:
        for pragma in ("journal_mode = WAL", "synchronous = FULL", "foreign_keys = ON"):
            connection.execute(f"PRAGMA {pragma}")
    except BaseException:
        connection.close()  # the pool does not know it yet
        raise


def _begin(connection: Connection) -> None:
    writes = connection.get_execution_options().get("writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
