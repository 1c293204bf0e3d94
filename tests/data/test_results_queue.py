"""The queue: nothing is lost, nothing is done twice, and a worker that was replaced can no longer write."""

from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from data.results.database import ResultsDatabase
from data.results.errors import KeyReused, LeaseLost, NotFinished, ResultsUnavailable, UnknownBacktest
from data.results.queue import LEASE_NS, MOST_ATTEMPTS, BacktestQueue
from data.results.records import EquityColumns, Job, Outcome, Status, Submission
from data.results.repository import ResultsRepository

ASKED = Submission("mine", '{"name": "mine"}', "aa", model_prices=False)
EQUITY = EquityColumns(
    np.array([1, 2, 3]),
    np.array([10, 12, 9]),
    np.array([0, -1, 5]),
    np.array([0, 0, -2]),
    np.array([10.0, 12.0, 11.0]),
    starting_capital=10,
)
OUTCOME = Outcome(
    Status.COMPLETE, date(2019, 5, 1), '{"trades": 2}', '{"summary": 1}', ('{"id": 1}', '{"id": 2}'), EQUITY
)


class Clock:
    def __init__(self) -> None:
        self.now = 1_000

    def __call__(self) -> int:
        self.now += 1
        return self.now

    def pass_lease(self) -> None:
        self.now += LEASE_NS


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def database(tmp_path: Path) -> Iterator[ResultsDatabase]:
    with closing(ResultsDatabase(tmp_path / "deep" / "results.sqlite")) as made:
        made.prepare()
        yield made


@pytest.fixture
def queue(database: ResultsDatabase, clock: Clock) -> BacktestQueue:
    return BacktestQueue(database, clock)


@pytest.fixture
def results(database: ResultsDatabase) -> ResultsRepository:
    return ResultsRepository(database)


def claimed(queue: BacktestQueue, worker: str = "a") -> Job:
    job = queue.claim(worker)
    assert job is not None
    return job


def test_the_oldest_waiting_backtest_is_taken_up_first_and_by_one_worker_only(queue: BacktestQueue) -> None:
    first, second = queue.submit(ASKED).id, queue.submit(ASKED).id
    assert [claimed(queue, "a").id, claimed(queue, "b").id, queue.claim("c")] == [first, second, None]


def test_the_same_key_and_configuration_are_one_backtest(queue: BacktestQueue, results: ResultsRepository) -> None:
    once = queue.submit(ASKED, "key")
    assert queue.submit(ASKED, "key") == once
    assert queue.submit(ASKED, "other").id != once.id
    assert len(results.newest(10)) == 2
    with pytest.raises(KeyReused, match=once.id):
        queue.submit(replace(ASKED, configuration_hash="bb"), "key")
    assert len(results.newest(10)) == 2


def test_a_result_is_stored_with_its_state(queue: BacktestQueue, results: ResultsRepository) -> None:
    queue.submit(ASKED)
    job = claimed(queue)
    queue.report(job, 0.5, date(2019, 4, 30), "half")
    with pytest.raises(NotFinished, match="is running"):
        results.summary(job.id)
    queue.finish(job, OUTCOME)
    record = results.backtest(job.id)
    assert (record.status, record.fraction, record.simulated_to) == (Status.COMPLETE, 1.0, date(2019, 5, 1))
    assert (results.summary(job.id), record.headline) == (OUTCOME.summary, OUTCOME.headline)
    assert results.trades(job.id, 1, 5) == (['{"id": 2}'], 2)
    stored = results.equity(job.id)
    assert stored.starting_capital == 10
    for name in ("at", "net_liquidation", "margin_requirement", "external_flows", "growth"):
        assert getattr(stored, name).tolist() == getattr(EQUITY, name).tolist()


def test_every_change_raises_the_revision(queue: BacktestQueue, results: ResultsRepository) -> None:
    revisions = [queue.submit(ASKED).revision]
    job = claimed(queue)
    changes: list[Callable[[], None]] = [
        lambda: queue.report(job, 0.1, date(2019, 4, 30), "x"),
        lambda: queue.finish(job, OUTCOME),
    ]
    for change in [lambda: None, *changes]:
        change()
        revisions.append(results.backtest(job.id).revision)
    assert revisions == [1, 2, 3, 4]


def test_a_lease_that_ran_out_goes_to_another_worker_and_the_first_can_no_longer_write(
    queue: BacktestQueue, results: ResultsRepository, clock: Clock
) -> None:
    queue.submit(ASKED)
    slow = claimed(queue, "slow")
    clock.pass_lease()
    quick = claimed(queue, "quick")
    assert (slow.id, slow.attempt, quick.attempt) == (quick.id, 1, 2)
    published: list[str] = []
    writes: list[Callable[[], None]] = [
        lambda: queue.report(slow, 0.9, date(2019, 4, 30), "late"),
        lambda: queue.renew(slow),
        lambda: queue.finish(slow, OUTCOME, lambda: published.append("slow")),
        lambda: queue.fail(slow, "{}"),
        lambda: queue.give_back(slow),
    ]
    before = results.backtest(slow.id)
    for write in writes:
        with pytest.raises(LeaseLost, match="no longer belongs to attempt 1"):
            write()
    assert results.backtest(slow.id) == before
    queue.finish(quick, OUTCOME, lambda: published.append("quick"))
    assert results.backtest(slow.id).status is Status.COMPLETE
    assert published == ["quick"]


def test_a_result_that_cannot_be_published_is_not_stored(queue: BacktestQueue, results: ResultsRepository) -> None:
    queue.submit(ASKED)
    job = claimed(queue)
    before = results.backtest(job.id)

    def full() -> None:
        raise OSError("No space left on device")

    with pytest.raises(OSError, match="No space left"):
        queue.finish(job, OUTCOME, full)
    assert results.backtest(job.id) == before
    queue.finish(job, OUTCOME)


def test_a_lease_that_is_renewed_lasts(queue: BacktestQueue, clock: Clock) -> None:
    queue.submit(ASKED)
    job = claimed(queue)
    for _ in range(3):
        clock.now += LEASE_NS - 100
        queue.renew(job)
        assert queue.claim("b") is None


def test_the_leases_of_a_dead_worker_end_at_once_and_those_of_others_do_not(queue: BacktestQueue) -> None:
    dead, _ = (queue.submit(ASKED).id for _ in range(2))
    claimed(queue, "dead")
    claimed(queue, "alive")
    queue.release("dead")
    assert claimed(queue, "new").id == dead
    assert queue.claim("new") is None


def test_a_backtest_that_kills_its_workers_is_given_up_with_a_reason(
    queue: BacktestQueue, results: ResultsRepository
) -> None:
    backtest = queue.submit(ASKED).id
    for attempt in range(1, MOST_ATTEMPTS + 1):
        queue.give_up('{"why": "lost"}')
        assert claimed(queue, "w").attempt == attempt
        queue.release("w")
    assert queue.claim("w") is None
    queue.give_up('{"why": "lost"}')
    record = results.backtest(backtest)
    assert (record.status, record.problem) == (Status.FAILED, '{"why": "lost"}')


def test_a_backtest_that_is_given_back_waits_again_and_the_attempt_does_not_count(
    queue: BacktestQueue, results: ResultsRepository
) -> None:
    queue.submit(ASKED)
    for _ in range(MOST_ATTEMPTS + 2):
        job = claimed(queue)
        queue.report(job, 0.3, date(2019, 4, 30), "x")
        queue.give_back(job)
        record = results.backtest(job.id)
        assert (record.status, record.fraction, record.attempt, record.started) == (Status.QUEUED, 0.0, 0, None)


def test_pages_are_newest_first(queue: BacktestQueue, results: ResultsRepository) -> None:
    ids = [queue.submit(ASKED).id for _ in range(5)]
    assert [one.id for one in results.newest(2)] == [ids[4], ids[3]]
    assert [one.id for one in results.newest(9, before=ids[3])] == [ids[2], ids[1], ids[0]]


def test_unknown_ids_are_said_to_be_unknown(results: ResultsRepository) -> None:
    asks: list[Callable[[], object]] = [
        lambda: results.backtest("no"),
        lambda: results.newest(1, before="no"),
        lambda: results.summary("no"),
        lambda: results.trades("no", 0, 1),
        lambda: results.equity("no"),
    ]
    for ask in asks:
        with pytest.raises(UnknownBacktest, match="no backtest has the id 'no'"):
            ask()


def test_the_database_waits_for_the_disk_and_keeps_a_log(database: ResultsDatabase) -> None:
    with database.reading() as connection:
        assert connection.exec_driver_sql("PRAGMA journal_mode").scalar() == "wal"
        assert connection.exec_driver_sql("PRAGMA synchronous").scalar() == 2


def test_a_file_that_is_no_database_is_named(tmp_path: Path) -> None:
    (tmp_path / "results.sqlite").write_bytes(b"no database" * 1000)
    with pytest.raises(ResultsUnavailable, match=r"results\.sqlite: file is not a database"):
        ResultsDatabase(tmp_path / "results.sqlite").prepare()


def test_a_database_of_another_version_is_refused(database: ResultsDatabase) -> None:
    with database.writing() as connection:
        connection.exec_driver_sql("UPDATE results_version SET schema_version = 99")
    with pytest.raises(ResultsUnavailable, match="version 99"):
        database.prepare()
