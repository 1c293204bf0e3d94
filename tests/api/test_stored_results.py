"""Results of before are served in today's shape, or with a problem that says what to do."""

import json
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from api.backtest_views import summary_text, trade_page
from api.problems import problem_of
from data.results.database import ResultsDatabase
from data.results.queue import BacktestQueue
from data.results.records import EquityColumns, Outcome, Status, Submission
from data.results.repository import ResultsRepository
from schemas.errors import UnreadableResult
from tests.schemas.published import PUBLISHED

NOBODY = np.zeros(0, np.int64)
EQUITY = EquityColumns(NOBODY, NOBODY, NOBODY, NOBODY, np.zeros(0), starting_capital=1)
STORED = sorted(PUBLISHED.glob("v*/*.json"))


@pytest.fixture
def database(tmp_path: Path) -> Iterator[ResultsDatabase]:
    with closing(ResultsDatabase(tmp_path / "results.sqlite")) as made:
        made.prepare()
        yield made


@pytest.fixture
def store(database: ResultsDatabase) -> Callable[..., str]:
    """Puts a result into the database; returns its id."""

    def stored(summary: str, *trades: str) -> str:
        queue = BacktestQueue(database, lambda: 1)
        queue.submit(Submission("mine", "{}", "aa", model_prices=False))
        job = queue.claim("worker")
        assert job is not None
        queue.finish(job, Outcome(Status.COMPLETE, date(2019, 5, 1), "{}", summary, trades, EQUITY))
        return job.id

    return stored


@pytest.mark.parametrize("file", STORED, ids=lambda file: f"{file.parent.name}/{file.stem}")
def test_a_summary_of_any_version_is_served_in_the_shape_of_today(
    file: Path, database: ResultsDatabase, store: Callable[..., str]
) -> None:
    text = file.read_text(encoding="utf-8")
    served = summary_text(ResultsRepository(database), store(text))
    assert json.loads(served)["summary_hash"] == json.loads(text)["summary_hash"]


def test_a_summary_that_nobody_can_read_is_a_problem_with_a_remedy(
    database: ResultsDatabase, store: Callable[..., str]
) -> None:
    old = json.loads(STORED[0].read_text(encoding="utf-8"))
    del old["returns"]
    with pytest.raises(UnreadableResult) as caught:
        summary_text(ResultsRepository(database), store(json.dumps(old)))
    told = problem_of(caught.value)
    assert (told.status, told.type) == (409, "urn:ironfly:problem:result-outdated")
    assert "(returns: Field required); run the configuration again" in told.detail
    assert "Submit the backtest again" in told.remedy


def test_trades_of_an_older_shape_are_a_problem_with_a_remedy(
    database: ResultsDatabase, store: Callable[..., str]
) -> None:
    with pytest.raises(UnreadableResult, match=r"^trades: strategy is not as today's: Field required$") as caught:
        trade_page(ResultsRepository(database), store("{}", '{"id": 1}'), 0, 10)
    assert problem_of(caught.value).status == 409
