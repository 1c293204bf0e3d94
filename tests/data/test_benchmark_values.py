"""A benchmark's values from the user's file."""

from datetime import date
from pathlib import Path

import pytest

from data.benchmark_values import read_benchmark_values
from data.errors import BenchmarkFileError


def write(folder: Path, text: str) -> Path:
    path = folder / "benchmark.csv"
    path.write_text(text)
    return path


def test_values_are_read_by_date_and_the_file_is_hashed(tmp_path: Path) -> None:
    values = read_benchmark_values(write(tmp_path, "\ufeffdate, value\n\n2019-05-17, 100.5\n2019-05-16, 99\n"))
    assert dict(values.values) == {date(2019, 5, 16): 99.0, date(2019, 5, 17): 100.5}
    assert (values.name, len(values.sha256)) == ("benchmark.csv", 64)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("day,value\n", "line 1 is 'day,value'; it must be 'date,value'"),
        ("date,value\n2019-05-17\n", "line 2: 1 cells instead of 'date,value'"),
        ("date,value\n17.5.2019,1\n", "line 2: '17.5.2019' is no date; write YYYY-MM-DD"),
        ("date,value\n2019-05-17,-1\n", "line 2: '-1' is no value above 0; write a decimal number"),
        ("date,value\n2019-05-17,nan\n", "line 2: 'nan' is no value above 0; write a decimal number"),
        ("date,value\n2019-05-17,1\n2019-05-17,2\n", "line 3: 2019-05-17 stands there twice; keep one value"),
    ],
)
def test_what_is_wrong_is_said_with_its_line_and_the_remedy(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(BenchmarkFileError) as error:
        read_benchmark_values(write(tmp_path, text))
    assert str(error.value) == f"benchmark.csv: {message}"


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(BenchmarkFileError, match=r"nowhere\.csv"):
        read_benchmark_values(tmp_path / "nowhere.csv")
