"""`ironfly data cache build`."""

from pathlib import Path

import pytest

from data.importing import import_files
from data.parquet_store import ParquetStore
from tests.api.shell import ironfly
from tests.data.vendor_files import MONDAY, TUESDAY, write_cboe


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a store of two days."""
    files = [write_cboe(tmp_path, MONDAY), write_cboe(tmp_path, TUESDAY)]
    import_files(files, "cboe_table", ParquetStore(tmp_path / "store"))
    return tmp_path


def places(folder: Path) -> list[int]:
    return [path.stat().st_ino for path in (folder / "store" / "cache").glob("SPX*")]


def test_columns_are_built_once(folder: Path) -> None:
    answer = ironfly("data", "cache", "build", "--store", "store", cwd=folder)
    assert answer.code == 0, answer.err
    assert answer.out.splitlines()[0].startswith("SPX (eod): 2 chains, ")
    before = places(folder)
    assert len(before) == 1
    assert ironfly("data", "cache", "build", "SPX", "--store", "store", cwd=folder).out == answer.out
    assert places(folder) == before


def test_an_underlying_that_is_not_stored_is_said(folder: Path) -> None:
    answer = ironfly("data", "cache", "build", "SPY", "--store", "store", cwd=folder)
    assert answer.code != 0
    assert answer.error.startswith("no data of SPY; stored: SPX")
    assert not (folder / "store" / "cache").exists()


def test_the_room_is_a_setting(folder: Path) -> None:
    answer = ironfly(
        "data", "cache", "build", "--store", "store", cwd=folder, environment={"IRONFLY_MOST_CACHE_BYTES": "5000000"}
    )
    assert answer.out.splitlines()[-1].endswith(" of 5 MB.")
