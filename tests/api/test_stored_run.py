"""Reading the folder of a run: its types, and what is said when it is none."""

import json
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pandas as pd
import pytest

from api.errors import RunUnreadable, UnknownRun
from api.runs import open_run
from api.runs.catalogue import TABLES
from engine.result import Trade
from tests.api.results import finished_run
from tests.api.written import written
from tests.reference import REPOSITORY


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """Folder of the small run that was made by hand."""
    return written(finished_run(), tmp_path / "small")


# --- types ------------------------------------------------------------------------------------------------------


def test_missing_values_keep_the_types(small: Path) -> None:
    run = open_run(small)
    assert list(run.trades.closed_at) == [pd.Timestamp(datetime(2019, 5, 13, 19, 45, tzinfo=UTC)), pd.NaT]
    assert str(run.attribution.position_id.dtype) == "Int64"
    assert list(run.attribution.position_id.isna()) == [False, True]
    assert list(run.trades.opened_on.dt.date) == [date(2019, 5, 2)] * 2
    assert list(run.trades.left_open) == ["SPXW  190510P02700000", ""]
    assert list(run.trades.proxy_settled) == [True, False]
    assert run.orders.empty
    assert str(run.orders["at"].dtype) == "datetime64[us, UTC]"


def test_a_table_is_read_once(small: Path) -> None:
    run = open_run(small)
    before = run.trades
    (small / "trades.csv").unlink()
    assert run.trades is before


def test_texts_of_every_kind_come_back(tmp_path: Path) -> None:
    strange = 'a "quoted", comma;\nsecond line № =1+1'
    result = finished_run().result
    trades = tuple(replace_texts(result.trades, strange))
    run = open_run(written(finished_run(trades=trades), tmp_path / "one"))
    assert list(run.trades.strategy) == [strange] * 2
    assert list(run.trades.entry_tag) == [strange] * 2


def replace_texts(trades: tuple[Trade, ...], text: str) -> Iterator[Trade]:
    for trade in trades:
        yield replace(trade, strategy=text, entry_tag=text)


# --- what is no run ---------------------------------------------------------------------------------------------


def test_a_run_is_found_by_its_name_among_the_runs(small: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("IRONFLY_RUNS", str(small.parent))
    assert open_run("small").folder == small


def test_an_unknown_run_is_refused_with_the_remedy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("IRONFLY_RUNS", str(tmp_path))
    for name in ("nothing", str(tmp_path)):
        with pytest.raises(UnknownRun, match=r"neither a folder of results nor the id of a run in .*IRONFLY_RUNS"):
            open_run(name)


def test_a_summary_of_another_version_is_refused_with_the_remedy(small: Path) -> None:
    document = json.loads((small / "summary.json").read_text())
    document["capital"].pop("end_usd")
    (small / "summary.json").write_text(json.dumps(document))
    with pytest.raises(RunUnreadable, match=r"summary.json is no summary .* \(capital.end_usd: Field required\); run"):
        open_run(small)


@pytest.mark.parametrize("damage", ["", "not json", "[]"])
def test_a_damaged_summary_is_refused(small: Path, damage: str) -> None:
    (small / "summary.json").write_text(damage)
    with pytest.raises(RunUnreadable, match="run the configuration again"):
        open_run(small)


def test_a_table_of_another_version_is_refused_with_the_remedy(small: Path) -> None:
    run = open_run(small)
    text = (small / "trades.csv").read_text()
    (small / "trades.csv").write_text(text.replace("underlying", "market", 1))
    with pytest.raises(RunUnreadable, match=r"trades.csv has no column 'underlying'; another version"):
        _ = run.trades
    (small / "equity.csv").unlink()
    with pytest.raises(RunUnreadable, match=r"equity.csv cannot be read: .* run the configuration again"):
        _ = run.equity


def test_a_damaged_table_is_refused(small: Path) -> None:
    run = open_run(small)
    text = (small / "trades.csv").read_text()
    (small / "trades.csv").write_text(text.replace("450.00", "much"))
    with pytest.raises(RunUnreadable, match=r"trades.csv: .*much.*; run the configuration again"):
        _ = run.trades
    (small / "legs.csv").write_text((small / "legs.csv").read_text()[:-20])
    with pytest.raises(RunUnreadable, match=r"legs.csv: "):
        _ = run.legs


def test_every_table_of_a_run_can_be_read(small: Path) -> None:
    run = open_run(small)
    for table in TABLES:
        assert tuple(getattr(run, table.name).columns) == table.header


def test_reading_results_needs_nothing_of_what_makes_them() -> None:
    """Importing what compiles kernels and knows calendars takes seconds."""
    said = subprocess.run(
        [sys.executable, "-c", "import sys, api.runs; print({'numba', 'exchange_calendars'} & set(sys.modules))"],
        cwd=REPOSITORY, capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert said.stdout == "set()\n"
