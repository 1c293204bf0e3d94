"""`ironfly explain`: totals of a run, and one day of it."""

import json
from datetime import date
from pathlib import Path

import pytest

from api.cli.explain import explain
from api.errors import RunUnreadable, UnknownRun

FUNNEL = """\
at,day,strategy,stage,reason,order_id,ended_at
2019-04-25T19:45:00Z,2019-04-25,condor,signal,signal_not_above:rank,,2019-04-25T19:45:00Z
2019-04-26T19:45:00Z,2019-04-26,condor,signal,signal_not_above:rank,,2019-04-26T19:45:00Z
2019-04-29T19:45:00Z,2019-04-29,condor,fill,the day ended,4,2019-05-01T19:45:00Z
2019-04-30T19:45:00Z,2019-04-30,condor,opened,,5,2019-05-01T19:45:00Z
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "one"
    folder.mkdir()
    (folder / "summary.json").write_text("{}")
    (folder / "funnel.csv").write_text(FUNNEL)
    return folder


def said(capsys: pytest.CaptureFixture[str]) -> list[str]:
    return [" ".join(line.split()) for line in capsys.readouterr().out.splitlines()]


def test_totals_by_stage_and_reason(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    explain(str(folder), None, as_json=False)
    assert said(capsys) == [
        "condor: 4 entries were due, 1 opened",
        "ended at reason entries first last",
        "signal signal_not_above:rank 2 2019-04-25 2019-04-26",
        "fill the day ended 1 2019-04-29 2019-04-29",
        "opened - 1 2019-04-30 2019-04-30",
    ]


def test_changes_that_could_not_be_made_are_no_entries(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    change = "2019-04-30T19:45:00Z,2019-04-30,condor,adjustment,roll_out:not_held,,2019-04-30T19:45:00Z\n"
    (folder / "funnel.csv").write_text(FUNNEL + change)
    explain(str(folder), None, as_json=False)
    lines = said(capsys)
    assert "condor: 4 entries were due, 1 opened" in lines
    assert lines[lines.index("condor: 1 changes were due and could not be made") + 2 :] == [
        "adjustment roll_out:not_held 1 2019-04-30 2019-04-30"
    ]


def test_one_day_entry_by_entry(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    explain(str(folder), date(2019, 4, 29), as_json=False)
    assert said(capsys)[2:] == ["2019-04-29T19:45:00Z condor fill the day ended 4 2019-05-01T19:45:00Z"]


def test_a_day_without_entries_names_the_nearest(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    explain(str(folder), date(2019, 4, 27), as_json=False)
    assert said(capsys) == ["No entry was due on 2019-04-27; the nearest were due on 2019-04-26 and 2019-04-29."]


def test_json(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    explain(str(folder), date(2019, 4, 30), as_json=True)
    (entry,) = json.loads(capsys.readouterr().out)
    assert entry == {
        "at": "2019-04-30T19:45:00Z",
        "day": "2019-04-30",
        "strategy": "condor",
        "stage": "opened",
        "reason": "",
        "order_id": 5,
        "ended_at": "2019-05-01T19:45:00Z",
    }
    explain(str(folder), None, as_json=True)
    assert json.loads(capsys.readouterr().out)[0]["entries"] == 2


def test_what_is_no_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("IRONFLY_RUNS", str(tmp_path / "runs"))
    with pytest.raises(UnknownRun, match="nothing is neither a folder of results nor the id of a run in"):
        explain("nothing", None, as_json=False)


def test_a_run_without_its_entries(folder: Path) -> None:
    (folder / "funnel.csv").unlink()
    with pytest.raises(RunUnreadable, match=r"funnel.csv cannot be read: .*; run the configuration again"):
        explain(str(folder), None, as_json=False)


def test_a_run_of_the_service(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("IRONFLY_RUNS", str(folder.parent))
    explain(folder.name, date(2019, 4, 29), as_json=False)
    assert said(capsys)[0] == "Entries that were due on 2019-04-29"
