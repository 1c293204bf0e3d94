from pathlib import Path

import pytest

from api.cli import output_folder
from api.cli.output_folder import check_replaceable, default_folder, write_folder
from api.errors import OutputOccupied

TEXTS = {"summary.json": "{}", "trades.csv": "a,b\n"}


def contents(folder: Path) -> dict[str, str]:
    return {file.name: file.read_text() for file in folder.iterdir()}


def test_results_appear_as_a_whole(tmp_path: Path) -> None:
    write_folder(tmp_path / "runs" / "one", TEXTS)
    assert contents(tmp_path / "runs" / "one") == TEXTS
    assert [path.name for path in (tmp_path / "runs").iterdir()] == ["one"]


def test_a_run_replaces_the_run_before(tmp_path: Path) -> None:
    write_folder(tmp_path / "one", TEXTS | {"equity.csv": "old"})
    write_folder(tmp_path / "one", TEXTS)
    assert contents(tmp_path / "one") == TEXTS


def test_nothing_else_is_ever_replaced(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("mine")
    with pytest.raises(OutputOccupied, match=r"holds 'notes.txt', which no run wrote; choose another folder"):
        check_replaceable(tmp_path)
    with pytest.raises(OutputOccupied, match="is a file"):
        write_folder(tmp_path / "notes.txt", TEXTS)
    assert contents(tmp_path) == {"notes.txt": "mine"}


def test_a_full_disk_leaves_the_run_before_and_no_trace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_folder(tmp_path / "one", TEXTS)

    def full(file: Path, text: str) -> None:
        if file.name == "trades.csv":
            raise OSError(28, "No space left on device", str(file))
        file.write_text(text)

    monkeypatch.setattr(output_folder, "_write", full)
    with pytest.raises(OSError, match="No space left"):
        write_folder(tmp_path / "one", {"summary.json": "new", "trades.csv": "new"})
    assert contents(tmp_path / "one") == TEXTS
    assert [path.name for path in tmp_path.iterdir()] == ["one"]


@pytest.mark.parametrize(("name", "folder"), [("My run/№ 1", "My_run_1"), ("../..", "run"), ("a" * 200, "a" * 80)])
def test_the_default_folder_is_safe_on_every_file_system(name: str, folder: str) -> None:
    assert default_folder(Path("runs"), name, "0123456789abcdef") == Path("runs") / f"{folder}-01234567"
