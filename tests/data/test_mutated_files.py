"""Damaged files: each comes in with true counts or is refused by name, and the store is whole either way."""

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from data.errors import DataError
from data.importing import AUTO, import_files
from data.memory_store import MemoryStore
from data.parquet_store import ParquetStore
from tests.api.shell import OWN
from tests.data import test_barchart, test_optionsdx, test_orats
from tests.data.mutations import LEAN, LEAN_BARS, UNIVERSE, Mutant, mutants
from tests.reference import REPOSITORY

MOST_MB = 512


class Result(NamedTuple):
    mutant: Mutant
    found: dict[str, Any]

    def __str__(self) -> str:
        return f"{self.mutant.place}: {self.found}"


class Results(NamedTuple):
    all: list[Result]
    peak_mb: float

    @property
    def refused(self) -> list[Result]:
        return [one for one in self.all if "error" in one.found]

    @property
    def imported(self) -> list[Result]:
        return [one for one in self.all if "rows" in one.found]


@pytest.fixture(scope="module")
def results(reference_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Results:
    folder = tmp_path_factory.mktemp("mutated")
    market = reference_data / "market"
    import_files([market / UNIVERSE], AUTO, ParquetStore(folder / "store"))
    tried = []
    for mutant in mutants(market):
        path = folder / mutant.place
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(mutant.content)
        if not mutant.place.endswith(LEAN_BARS):
            tried.append(mutant._replace(content=b""))
    (folder / "files").write_text("".join(f"{folder / one.place}\n" for one in tried))
    strictly = [sys.executable, "-W", "error::RuntimeWarning", "-m", "tests.data.mutated_imports"]
    command = [*strictly, str(folder / "store"), str(folder / "files")]
    done = subprocess.run(command, cwd=REPOSITORY, env=OWN, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-2_000:]
    *lines, peak = done.stdout.splitlines()
    found = [Result(*pair) for pair in zip(tried, map(json.loads, lines), strict=True)]
    return Results(found, float(peak))


def test_there_are_two_hundred_of_them(results: Results) -> None:
    assert len(results.all) >= 200
    assert len({one.mutant.place for one in results.all}) == len(results.all)


def test_none_crashes(results: Results) -> None:
    assert [f"{one.mutant.place}: {one.found['crash']}" for one in results.all if "crash" in one.found] == []


def test_every_refusal_names_the_file_on_one_line(results: Results) -> None:
    for one in results.refused:
        message = one.found["message"]
        assert message.startswith(Path(one.mutant.place).name + ": "), str(one)
        assert "\n" not in message, str(one)


def test_a_row_that_is_at_fault_is_named_by_its_line(results: Results) -> None:
    at_row = [one for one in results.refused if one.mutant.at_row]
    assert len(at_row) >= 30
    assert [str(one) for one in at_row if not re.search(r": lines? \d+", one.found["message"])] == []


def test_what_cannot_be_read_truthfully_is_refused(results: Results) -> None:
    assert [str(one) for one in results.imported if one.mutant.fatal] == []


def test_a_refused_file_leaves_the_store_as_it_was(results: Results) -> None:
    assert [str(one) for one in results.refused if not one.found["unchanged"]] == []


def test_what_comes_in_is_counted_truly(results: Results) -> None:
    for one in results.imported:
        assert one.found["accounted"] == one.found["rows"], str(one)
        assert one.mutant.rows in (None, one.found["rows"]), str(one)


def test_memory_is_bounded(results: Results) -> None:
    assert results.peak_mb < MOST_MB


GOOD_FILES = {
    "barchart": ("spy.csv", test_barchart.GOOD),
    "optionsdx": ("spx_eod_201001.txt", test_optionsdx.GOOD),
    "orats": ("orats.csv", test_orats.GOOD),
}


@pytest.mark.parametrize(
    ("name", "good", "bad"),
    [
        ("barchart", "|20210115|", "|20210155|"),
        ("barchart", "287.3", "nan"),
        ("barchart", "SPY|", "x" * 200_000),
        ("optionsdx", "2010-01-07,", "3010-01-07,"),
        ("orats", "2022-09-16", "9022-09-16"),
    ],
)
def test_damage_that_once_crashed_an_import_is_named(tmp_path: Path, name: str, good: str, bad: str) -> None:
    file, text = GOOD_FILES[name]
    assert good in text
    path = tmp_path / file
    path.write_text(text)
    import_files([path], name, MemoryStore())
    path.write_text(text.replace(good, bad, 1))
    with pytest.raises(DataError) as caught:
        import_files([path], name, MemoryStore())
    assert str(caught.value).startswith(f"{file}: ")


def test_the_lean_file_is_good_before_it_is_damaged(reference_data: Path, tmp_path: Path) -> None:
    """Otherwise its refusals would show nothing."""
    report = import_files([reference_data / "market" / LEAN], AUTO, ParquetStore(tmp_path / "store"))
    assert report.counts.rows > 0
