"""Trades that are not over at the end of a run: open, or closed but for a long leg that found no bid."""

from dataclasses import replace
from pathlib import Path

import pytest
from rich.console import Console

from api.cli.overview import trades
from api.reports.blocks import Table
from api.reports.chapters.trade_list import trade_list
from api.runs import StoredRun, open_run
from tests.api.results import OPEN, finished_run
from tests.api.written import written

STOPPED = replace(OPEN, position_id=3, exit_reason="stop_loss", left_open=("SPXW  190510P02700000",))


@pytest.fixture
def run(tmp_path: Path) -> StoredRun:
    return open_run(written(finished_run(trades=(OPEN, STOPPED)), tmp_path / "run"))


def test_the_terminal_tells_them_apart(run: StoredRun) -> None:
    console = Console(width=120)
    with console.capture() as printed:
        console.print(trades(run))
    open_row, stopped_row = (line.split() for line in printed.get().splitlines() if "2019-05-14" in line)
    assert (open_row[1], open_row[-1]) == ("open", "open_at_end")
    assert (stopped_row[1:3], stopped_row[-1]) == (["leg", "left"], "stop_loss")


def test_the_report_tells_them_apart(run: StoredRun) -> None:
    table = next(block for block in trade_list(run) if isinstance(block, Table))
    ends = [(row[2], row[-2]) for row in table.rows]
    assert ends == [("open", "Open at end"), ("leg left", "Stop loss")]
