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
    assert main(["report", "run", "--html", "page.html"]) == 0
    assert capsys.readouterr().out.split() == ["page.html"]
    assert sorted(one.name for one in folder.parent.iterdir()) == ["page.html", "run"]
    assert sorted(one.name for one in folder.iterdir()) == before


def test_programs_are_told_where_the_files_are(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["report", "run", "--html", "page.html", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == {"html": "page.html", "pdf": None}


def test_the_same_run_gives_the_same_bytes_in_any_process(folder: Path) -> None:
    def made(seed: str, zone: str) -> Iterator[bytes]:
        environment = {"PYTHONHASHSEED": seed, "TZ": zone}
        files = ("--html", f"{seed}.html", "--pdf", f"{seed}.pdf")
        answer = ironfly("report", "run", *files, cwd=folder.parent, environment=environment)
        assert (answer.code, answer.err) == (0, "")
        return ((folder.parent / name).read_bytes() for name in files[1::2])

    assert [*made("1", "UTC")] == [*made("2", "Asia/Tokyo")]


def test_a_run_that_is_not_there_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["report", "nowhere"]) == 2
    assert capsys.readouterr().err.startswith("error: nowhere is neither a folder of results nor")


@pytest.mark.parametrize(
    ("place", "reason"), [("missing/report.pdf", "No such file or directory"), ("taken.pdf", "Is a directory")]
)
def test_a_report_that_cannot_be_written_leaves_nothing_behind(
    folder: Path, place: str, reason: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder.parent / "taken.pdf").mkdir()
    assert main(["report", "run", "--pdf", place]) == 2
    assert capsys.readouterr().err == f"error: {place} cannot be written ({reason}); name another place\n"
    assert sorted(one.name for one in folder.parent.iterdir()) == ["run", "taken.pdf"]
