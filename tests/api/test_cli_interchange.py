"""The commands that exchange runs with other programs, as users call them."""

from __future__ import annotations

import json
from pathlib import Path

from tests.api.shell import ironfly
from tests.api.test_option_omega_import import written


def test_a_log_becomes_a_folder_to_run(tmp_path: Path) -> None:
    written(tmp_path, {}, name="july.csv")
    answer = ironfly("import-trades", "july.csv", cwd=tmp_path)
    assert answer.code == 0, answer.err
    assert answer.out.splitlines() == [
        "1 trade from 2018-01-31 to 2018-02-06 on SPX; premium in cents per share",
        f"Run it: ironfly run {Path('july') / 'replay.yaml'}",
    ]
    checked = ironfly("validate", "july/replay.yaml", "--set", "data.source=model", cwd=tmp_path)
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
