import signal
import subprocess
import sys
from pathlib import Path

import pytest

from api.errors import OutputOccupied
from api.runs.folder import check_replaceable, default_folder, discard_staged, staged_folder, write_folder
from tests.api.written import TEXTS, contents, full_disk, writers
from tests.reference import REPOSITORY

KILLED = """
import os, signal, sys
from pathlib import Path
from api.runs.folder import write_folder

def dies(stream):
    stream.write("half")
    stream.flush()
    os.kill(os.getpid(), signal.SIGKILL)

write_folder(Path(sys.argv[1]), {"summary.json": lambda stream: stream.write("new"), "trades.csv": dies})
"""


def test_results_appear_as_a_whole(tmp_path: Path) -> None:
    write_folder(tmp_path / "runs" / "one", writers(TEXTS))
    assert contents(tmp_path / "runs" / "one") == TEXTS
    assert [path.name for path in (tmp_path / "runs").iterdir()] == ["one"]


def test_a_run_replaces_the_run_before(tmp_path: Path) -> None:
    write_folder(tmp_path / "one", writers(TEXTS | {"equity.csv": "old"}))
    write_folder(tmp_path / "one", writers(TEXTS))
    assert contents(tmp_path / "one") == TEXTS


def test_nothing_else_is_ever_replaced(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("mine")
    with pytest.raises(OutputOccupied, match=r"holds 'notes.txt', which no run wrote; choose another folder"):
        check_replaceable(tmp_path)
    with pytest.raises(OutputOccupied, match="is a file"):
        write_folder(tmp_path / "notes.txt", writers(TEXTS))
    assert contents(tmp_path) == {"notes.txt": "mine"}


def test_reports_and_exports_of_a_run_go_with_it(tmp_path: Path) -> None:
    write_folder(tmp_path / "one", writers(TEXTS))
    for name in ("report.html", "report.pdf", "trades.parquet"):
        (tmp_path / "one" / name).write_text("of the run before")
    write_folder(tmp_path / "one", writers(TEXTS))
    assert contents(tmp_path / "one") == TEXTS


def test_a_full_disk_leaves_the_run_before_and_no_trace(tmp_path: Path) -> None:
    write_folder(tmp_path / "one", writers(TEXTS))
    with pytest.raises(OSError, match="No space left"):
        write_folder(tmp_path / "one", writers({"summary.json": "new"}) | {"trades.csv": full_disk})
    assert contents(tmp_path / "one") == TEXTS
    assert [path.name for path in tmp_path.iterdir()] == ["one"]


def test_what_is_not_published_leaves_no_trace(tmp_path: Path) -> None:
    with staged_folder(tmp_path / "one", writers(TEXTS)):
        assert not (tmp_path / "one").exists()
    assert list(tmp_path.iterdir()) == []


def test_what_a_killed_process_left_is_taken_away_and_nothing_else(tmp_path: Path) -> None:
    write_folder(tmp_path / "one", writers(TEXTS))
    (tmp_path / ".one.abc" / "new").mkdir(parents=True)
    (tmp_path / ".one.abc" / "new" / "summary.json").write_text("half")
    (tmp_path / ".one1.abc").mkdir()
    discard_staged(tmp_path / "one")
    assert sorted(path.name for path in tmp_path.iterdir()) == [".one1.abc", "one"]
    discard_staged(tmp_path / "nowhere" / "one")


def test_a_process_that_is_killed_while_it_writes_leaves_the_run_before(tmp_path: Path) -> None:
    write_folder(tmp_path / "one", writers(TEXTS))
    killed = subprocess.run(
        [sys.executable, "-c", KILLED, str(tmp_path / "one")], cwd=REPOSITORY, capture_output=True, check=False
    )
    assert killed.returncode == -signal.SIGKILL, killed.stderr
    assert contents(tmp_path / "one") == TEXTS


@pytest.mark.parametrize(("name", "folder"), [("My run/№ 1", "My_run_1"), ("../..", "run"), ("a" * 200, "a" * 80)])
def test_the_default_folder_is_safe_on_every_file_system(name: str, folder: str) -> None:
    assert default_folder(Path("runs"), name, "0123456789abcdef") == Path("runs") / f"{folder}-01234567"
