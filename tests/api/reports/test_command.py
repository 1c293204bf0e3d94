"""`ironfly report`, as users call it."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from api.runs import StoredRun
from tests.api.shell import ironfly


@pytest.fixture
def folder(small_run: StoredRun, tmp_path: Path) -> Path:
    """A folder of results that may be changed."""
    return Path(shutil.copytree(small_run.folder, tmp_path / "run"))


def test_both_reports_go_into_the_folder_of_the_run(folder: Path) -> None:
    answer = ironfly("report", "run", cwd=folder.parent)
    assert (answer.code, answer.err) == (0, "")
    assert answer.out.split() == ["run/report.html", "run/report.pdf"]
    assert (folder / "report.pdf").read_bytes().startswith(b"%PDF-")
    assert (folder / "report.html").read_text().startswith("<!doctype html>")


def test_only_what_is_asked_for_is_written(folder: Path) -> None:
    assert ironfly("report", "run", "--html", "page.html", cwd=folder.parent).out.split() == ["page.html"]
    assert sorted(one.name for one in folder.parent.iterdir()) == ["page.html", "run"]
    assert not any("report" in one.name for one in folder.iterdir())


def test_the_same_run_gives_the_same_bytes_in_any_process(folder: Path) -> None:
    def made(seed: str, zone: str) -> Iterator[bytes]:
        environment = {"PYTHONHASHSEED": seed, "TZ": zone}
        files = ("--html", f"{seed}.html", "--pdf", f"{seed}.pdf")
        assert ironfly("report", "run", *files, cwd=folder.parent, environment=environment).code == 0
        return ((folder.parent / name).read_bytes() for name in files[1::2])

    assert [*made("1", "UTC")] == [*made("2", "Asia/Tokyo")]


def test_a_run_that_is_not_there_is_named(tmp_path: Path) -> None:
    answer = ironfly("report", "nowhere", cwd=tmp_path)
    assert answer.code == 2
    assert answer.error.startswith("nowhere is neither a folder of results nor")


def test_a_report_that_cannot_be_written_leaves_nothing_behind(folder: Path) -> None:
    answer = ironfly("report", "run", "--pdf", "missing/report.pdf", cwd=folder.parent)
    assert answer.code == 2
    assert answer.error == "missing/report.pdf cannot be written (No such file or directory); name another place"
    (folder.parent / "taken.pdf").mkdir()
    assert ironfly("report", "run", "--pdf", "taken.pdf", cwd=folder.parent).code == 2
    assert sorted(one.name for one in folder.parent.iterdir()) == ["run", "taken.pdf"]
