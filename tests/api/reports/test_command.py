"""`ironfly report`, as users call it."""

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from api.cli.main import main
from api.runs import StoredRun
from tests.api.shell import ironfly


@pytest.fixture
def folder(small_run: StoredRun, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of results that may be changed; the place of the command is around it."""
    monkeypatch.chdir(tmp_path)
    return Path(shutil.copytree(small_run.folder, tmp_path / "run"))


def test_both_reports_go_into_the_folder_of_the_run(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["report", "run"]) == 0
    assert capsys.readouterr().out.split() == ["run/report.html", "run/report.pdf"]
    assert (folder / "report.pdf").read_bytes().startswith(b"%PDF-")
    assert (folder / "report.html").read_text().startswith("<!doctype html>")


def test_only_what_is_asked_for_is_written(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = sorted(one.name for one in folder.iterdir())
    assert main(["report", "run", "--html", "--out", "there/reports"]) == 0
    assert capsys.readouterr().out.split() == ["there/reports/report.html"]
    assert [one.name for one in (folder.parent / "there" / "reports").iterdir()] == ["report.html"]
    assert sorted(one.name for one in folder.iterdir()) == before


def test_programs_are_told_where_the_files_are(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["report", "run", "--pdf", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == {"html": None, "pdf": "run/report.pdf"}


def test_the_same_run_gives_the_same_bytes_in_any_process(folder: Path) -> None:
    def made(seed: str, zone: str) -> Iterator[bytes]:
        environment = {"PYTHONHASHSEED": seed, "TZ": zone}
        answer = ironfly("report", "run", "--html", "--pdf", "--out", seed, cwd=folder.parent, environment=environment)
        assert (answer.code, answer.err) == (0, "")
        return ((folder.parent / seed / name).read_bytes() for name in ("report.html", "report.pdf"))

    assert [*made("1", "UTC")] == [*made("2", "Asia/Tokyo")]


def test_a_run_that_is_not_there_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["report", "nowhere"]) == 2
    assert capsys.readouterr().err.startswith("error: nowhere is neither a folder of results nor")


@pytest.mark.parametrize(("place", "reason"), [("file", "File exists"), ("taken", "Is a directory")])
def test_a_report_that_cannot_be_written_leaves_nothing_behind(
    folder: Path, place: str, reason: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder.parent / "taken" / "report.pdf").mkdir(parents=True)
    (folder.parent / "file").touch()
    assert main(["report", "run", "--pdf", "--out", place]) == 2
    assert capsys.readouterr().err == f"error: {place}/report.pdf cannot be written ({reason}); name another place\n"
    assert sorted(one.name for one in folder.parent.iterdir()) == ["file", "run", "taken"]
    assert [one.name for one in (folder.parent / "taken").iterdir()] == ["report.pdf"]
