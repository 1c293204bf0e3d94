"""Reading backtests: their state, and the results of those that have some."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sql
from sqlalchemy.engine import Connection

from data.results.database import ResultsDatabase
from data.results.equity import equity_columns
from data.results.errors import NotFinished, UnknownBacktest
from data.results.records import BacktestRecord, EquityColumns, Status
from data.results.tables import BACKTESTS, RESULTS, TRADES


class ResultsRepository:
    """The reader's side of the database."""

    def __init__(self, database: ResultsDatabase) -> None:
        self._database = database

    def backtest(self, backtest_id: str) -> BacktestRecord:
        """State of a backtest.

        Raises:
            UnknownBacktest: when there is none of that id.
        """
        with self._database.reading() as connection:
            return record_of(connection, backtest_id)

    def newest(self, limit: int, before: str | None = None) -> tuple[BacktestRecord, ...]:
        """Backtests, newest first, from the one that was submitted just before `before`.

        Raises:
            UnknownBacktest: when there is none of the id `before`.
        """
        query = sql.select(BACKTESTS).order_by(BACKTESTS.c.number.desc()).limit(limit)
        with self._database.reading() as connection:
            if before is not None:
                query = query.where(BACKTESTS.c.number < _row(connection, before).number)
            return tuple(_record(row) for row in connection.execute(query))

    def summary(self, backtest_id: str) -> str:
        """JSON text of the summary.

        Raises:
            UnknownBacktest, NotFinished: when there is none.
        """
        with self._database.reading() as connection:
            number = _finished(connection, backtest_id)
            return str(connection.scalar(sql.select(RESULTS.c.summary).where(RESULTS.c.number == number)))

    def trades(self, backtest_id: str, offset: int, limit: int) -> tuple[Sequence[str], int]:
        """JSON texts of some trades in the order of opening, and how many there are. Raises as `summary`."""
        with self._database.reading() as connection:
            of_backtest = TRADES.c.number == _finished(connection, backtest_id)
            query = sql.select(TRADES.c.document).where(of_backtest).order_by(TRADES.c.position)
            documents = connection.scalars(query.offset(offset).limit(limit)).all()
            total = connection.scalar(sql.select(sql.func.count()).select_from(TRADES).where(of_backtest))
            return documents, int(total or 0)

    def equity(self, backtest_id: str) -> EquityColumns:
        """The whole equity curve. Raises as `summary`."""
        with self._database.reading() as connection:
            number = _finished(connection, backtest_id)
            content = connection.scalar(sql.select(RESULTS.c.equity).where(RESULTS.c.number == number))
        return equity_columns(bytes(content or b""))


def record_of(connection: Connection, backtest_id: str) -> BacktestRecord:
    """State of a backtest inside a transaction. Raises as `ResultsRepository.backtest`."""
    return _record(_row(connection, backtest_id))


def _row(connection: Connection, backtest_id: str) -> Any:
    row = connection.execute(sql.select(BACKTESTS).where(BACKTESTS.c.id == backtest_id)).one_or_none()
    if row is None:
        raise UnknownBacktest(f"no backtest has the id {backtest_id!r}")
    return row


def _finished(connection: Connection, backtest_id: str) -> int:
    row = _row(connection, backtest_id)
    if row.status not in (Status.COMPLETE, Status.INTERRUPTED):
        raise NotFinished(f"backtest {backtest_id} is {row.status}")
    return int(row.number)


def _record(row: Any) -> BacktestRecord:
    return BacktestRecord(
        id=row.id,
        name=row.name,
        status=Status(row.status),
        configuration=row.configuration,
        model_prices=row.model_prices,
        created=row.created,
        started=row.started,
        finished=row.finished,
        attempt=row.attempt,
        revision=row.revision,
        fraction=row.fraction,
        simulated_to=row.simulated_to,
        message=row.message,
        problem=row.problem,
        headline=row.headline,
    )
