"""A folder that was named on purpose has to exist; only the default may be absent."""

from pathlib import Path

import pytest

from tests.reference import VARIABLE, find_reference_data


def test_named_folder_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, str(tmp_path))
    assert find_reference_data() == tmp_path.resolve()


def test_named_folder_that_is_absent_is_an_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, str(tmp_path / "nowhere"))
    with pytest.raises(FileNotFoundError, match="nowhere"):
        find_reference_data()
