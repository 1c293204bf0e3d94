"""The queue: backtests wait, one worker at a time takes each of them up, and only that worker may change it.

A worker holds a backtest by a lease that it renews. When the lease runs out, or the worker is known to be dead, the
next claim raises the attempt number; whatever the former worker still writes carries the old number and is refused.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import date
from typing import Any, Final

import sqlalchemy as sql
from sqlalchemy.engine import Connection

from data.results.database import ResultsDatabase
from data.results.equity import equity_bytes
from data.results.errors import KeyReused, LeaseLost
from data.results.records import BacktestRecord, Job, Outcome, Status, Submission
from data.results.repository import record_of
from data.results.tables import BACKTESTS, RESULTS, TRADES
from engine.instants import NANOS_PER_SECOND, Instant

MOST_ATTEMPTS: Final = 3
"""A backtest whose workers died so often is given up."""
LEASE_NS: Final = 15 * NANOS_PER_SECOND


class BacktestQueue:
    """The writer's side of the database."""

    def __init__(self, database: ResultsDatabase, now: Callable[[], Instant]) -> None:
        """Use a database.

        Args:
            now: the present instant of the machine's clock.
        """
        self._database = database
        self._now = now

    # --- for those who ask -----------------------------------------------------------------------------------------

    def submit(self, submission: Submission, key: str | None = None) -> BacktestRecord:
        """Queue a backtest; with a key that was used before: the backtest that it made.

        Raises:
            KeyReused: when that backtest has another configuration.
        """
        with self._database.writing() as connection:
            known = self._known(connection, key)
            if known is None:
                return self._queued(connection, submission, key)
            if known.configuration_hash != submission.configuration_hash:
                raise KeyReused(f"{key!r} made backtest {known.id}, which has another configuration")
            return record_of(connection, known.id)

    @staticmethod
    def _known(connection: Connection, key: str | None) -> Any:
        if key is None:
            return None
        return connection.execute(sql.select(BACKTESTS).where(BACKTESTS.c.idempotency_key == key)).one_or_none()

    def _queued(self, connection: Connection, submission: Submission, key: str | None) -> BacktestRecord:
        backtest_id = uuid.uuid4().hex
        connection.execute(
            sql.insert(BACKTESTS).values(
                id=backtest_id,
                idempotency_key=key,
                name=submission.name,
                configuration=submission.configuration,
                configuration_hash=submission.configuration_hash,
                model_prices=submission.model_prices,
                status=Status.QUEUED.value,
                created=self._now(),
            )
        )
        return record_of(connection, backtest_id)

    # --- for workers -----------------------------------------------------------------------------------------------

    def claim(self, worker: str) -> Job | None:
        """Take up the oldest backtest that waits or whose worker is gone; None when there is none."""
        now = self._now()
        free = sql.or_(
            BACKTESTS.c.status == Status.QUEUED.value,
            sql.and_(BACKTESTS.c.status == Status.RUNNING.value, BACKTESTS.c.lease_until < now),
        )
        oldest = sql.select(BACKTESTS).where(free, BACKTESTS.c.attempt < MOST_ATTEMPTS)
        with self._database.writing() as connection:
            row = connection.execute(oldest.order_by(BACKTESTS.c.number).limit(1)).one_or_none()
            if row is None:
                return None
            job = Job(row.id, row.attempt + 1, row.configuration, row.created)
            taken = {"status": Status.RUNNING.value, "attempt": job.attempt, "worker": worker, "started": now}
            taken |= _reached(0.0, None, "opening the data") | {"lease_until": now + LEASE_NS}
            self._change(connection, BACKTESTS.c.id == row.id, taken)
            return job

    def report(self, job: Job, fraction: float, simulated_to: date | None, message: str) -> None:
        """Write how far a run has come, and renew its lease.

        Raises:
            LeaseLost: when the backtest belongs to another attempt.
        """
        with self._database.writing() as connection:
            self._own(connection, job, _reached(fraction, simulated_to, message))

    def renew(self, job: Job) -> None:
        """Keep a backtest. Raises as `report`."""
        with self._database.writing() as connection:
            held = sql.update(BACKTESTS).where(*_held(job)).values(lease_until=self._now() + LEASE_NS)
            _expect_one(connection.execute(held).rowcount, job)

    def finish(self, job: Job, outcome: Outcome, publish: Callable[[], None] = lambda: None) -> None:
        """Store a result and end its backtest, both or neither. Raises as `report`.

        Args:
            publish: makes known what is kept outside of the database; only called where the job still belongs to this
                attempt, and what it raises leaves the backtest as it was.
        """
        with self._database.writing() as connection:
            number = connection.scalar(sql.select(BACKTESTS.c.number).where(BACKTESTS.c.id == job.id))
            end = {"status": outcome.status.value, "finished": self._now(), "headline": outcome.headline}
            self._own(connection, job, end | _reached(1.0, outcome.simulated_to, outcome.status.value))
            result = {"number": number, "summary": outcome.summary, "equity": equity_bytes(outcome.equity)}
            connection.execute(sql.insert(RESULTS).values(result))
            rows = [{"number": number, "position": at, "document": one} for at, one in enumerate(outcome.trades)]
            if rows:
                connection.execute(sql.insert(TRADES), rows)
            publish()

    def fail(self, job: Job, problem: str) -> None:
        """End a backtest with the JSON text of a problem. Raises as `report`."""
        end = {"status": Status.FAILED.value, "finished": self._now(), "problem": problem, "message": "failed"}
        with self._database.writing() as connection:
            self._own(connection, job, end)

    def give_back(self, job: Job) -> None:
        """Let another worker begin anew: this one was asked to stop. The attempt does not count. Raises as `report`."""
        waiting = {"status": Status.QUEUED.value, "attempt": job.attempt - 1, "started": None}
        with self._database.writing() as connection:
            self._own(connection, job, waiting | _reached(0.0, None, "waiting for a worker"))

    # --- for whoever watches the workers ---------------------------------------------------------------------------

    def release(self, worker: str) -> None:
        """End the leases of a worker that is dead, so that nobody waits for them to run out."""
        of_worker = sql.and_(BACKTESTS.c.worker == worker, BACKTESTS.c.status == Status.RUNNING.value)
        with self._database.writing() as connection:
            self._change(connection, of_worker, {"lease_until": 0, "message": "the worker ended; waiting for another"})

    def give_up(self, problem: str) -> None:
        """Fail, with the JSON text of a problem, every backtest whose attempts are used up and whose worker is gone."""
        lost = sql.and_(
            BACKTESTS.c.status == Status.RUNNING.value,
            BACKTESTS.c.lease_until < self._now(),
            BACKTESTS.c.attempt >= MOST_ATTEMPTS,
        )
        end = {"status": Status.FAILED.value, "finished": self._now(), "problem": problem, "message": "failed"}
        with self._database.writing() as connection:
            self._change(connection, lost, end)

    # --- writes ----------------------------------------------------------------------------------------------------

    def _own(self, connection: Connection, job: Job, values: dict[str, Any]) -> None:
        changed = self._change(connection, sql.and_(*_held(job)), values | {"lease_until": self._now() + LEASE_NS})
        _expect_one(changed, job)

    @staticmethod
    def _change(connection: Connection, which: sql.ColumnElement[bool], values: dict[str, Any]) -> int:
        revised = values | {"revision": BACKTESTS.c.revision + 1}
        return connection.execute(sql.update(BACKTESTS).where(which).values(revised)).rowcount


def _reached(fraction: float, simulated_to: date | None, message: str) -> dict[str, Any]:
    return {"fraction": fraction, "simulated_to": simulated_to, "message": message}


def _held(job: Job) -> tuple[sql.ColumnElement[bool], ...]:
    running = BACKTESTS.c.status == Status.RUNNING.value
    return BACKTESTS.c.id == job.id, BACKTESTS.c.attempt == job.attempt, running


def _expect_one(changed: int, job: Job) -> None:
    if changed != 1:
        raise LeaseLost(f"backtest {job.id} no longer belongs to attempt {job.attempt}")
