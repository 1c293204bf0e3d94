"""The commands that exchange runs with other programs, as users call them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from api.runs import run
from tests.api.shell import ironfly
from tests.api.small_market import configuration
from tests.api.test_option_omega_import import written


def test_a_log_becomes_a_folder_to_run(tmp_path: Path) -> None:
    written(tmp_path, {}, name="july.csv")
    answer = ironfly("import-trades", "july.csv", cwd=tmp_path)
    assert answer.code == 0, answer.err
    assert answer.out.splitlines() == [
        "1 trade from 2018-01-31 to 2018-02-06 on SPX; premium in cents per share",
        f"Run it: ironfly run {Path('july') / 'replay.yaml'}",
    ]
    model = ("--set", "data.source=model", "--set", "data.resolution=eod")
    checked = ironfly("validate", "july/replay.yaml", *model, cwd=tmp_path)
    assert checked.code == 0, checked.err


def test_rows_that_cannot_be_placed_are_named_and_nothing_is_written(tmp_path: Path) -> None:
    written(tmp_path, {}, {"Legs": "2 Mar 16 2700"}, {"Date Opened": "2018-02-03"})
    answer = ironfly("import-trades", "log.csv", "--out", "replay", cwd=tmp_path)
    assert answer.code == 2
    assert [line.partition(":")[0] for line in answer.out.splitlines()] == ["line 3", "line 4"]
    assert answer.error.startswith("log.csv: 2 of 3 rows cannot be placed, so nothing is written")
    assert [one.name for one in tmp_path.iterdir()] == ["log.csv"]


def test_they_may_be_left_out(tmp_path: Path) -> None:
    written(tmp_path, {}, {"Legs": "2 Mar 16 2700"})
    answer = ironfly("import-trades", "log.csv", "--out", "replay", "--skip-refused", "--json", cwd=tmp_path)
    assert answer.code == 0, answer.err
    assert json.loads(answer.out) == {
        "configuration": str(Path("replay") / "replay.yaml"),
        "trades": 1,
        "refused": [{"line": 3, "reason": "leg '2 Mar 16 2700' does not read like `1 Nov 21 6430 P STO 3.65`"}],
        "first": "2018-01-31",
        "last": "2018-02-06",
        "underlyings": ["SPX"],
        "premium_in": "cents per share",
    }
    assert (tmp_path / "replay" / "replay.yaml").exists()


@pytest.fixture(scope="module")
def folder(small_market: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Folder of a run of the made market."""
    return run(configuration(), store=small_market, out=tmp_path_factory.mktemp("runs") / "condor").folder


def test_a_run_becomes_logs_of_trades_and_days(folder: Path, tmp_path: Path) -> None:
    answer = ironfly("export", folder, "--format", "option-omega", cwd=tmp_path)
    assert answer.code == 0, answer.err
    made = Path("condor-option-omega")
    files = [made / "option-omega-trades.csv", made / "option-omega-daily.csv"]
    assert answer.out.splitlines() == [f"Files: {files[0]}, {files[1]}"]
    assert [len((tmp_path / file).read_text().splitlines()[0].split(",")) for file in files] == [27, 8]


def test_a_run_becomes_a_series_of_returns(folder: Path, tmp_path: Path) -> None:
    answer = ironfly("export", folder, "--format", "returns", "--out", "here", "--json", cwd=tmp_path)
    assert json.loads(answer.out) == {"files": [str(Path("here") / "returns.csv")]}
    lines = (tmp_path / "here" / "returns.csv").read_text().splitlines()
    assert lines[:2] == ["day,return", "2019-01-08,0.0"]
    assert [one.name for one in (tmp_path / "here").iterdir()] == ["returns.csv"]


def test_a_run_that_is_not_there_is_named(tmp_path: Path) -> None:
    answer = ironfly("export", "none", "--format", "returns", cwd=tmp_path)
    assert answer.code == 2
    assert answer.error.startswith("none is neither a folder of results nor the id of a run")
    assert list(tmp_path.iterdir()) == []
