"""`ironfly export`: what is written reads back as what was read, and nothing is written by halves."""

import json
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pytest
from pandas.testing import assert_frame_equal
from pyarrow import parquet

from api.cli.run_export import export_tables
from api.errors import ExportUnusable, RunUnreadable
from api.runs import open_run
from api.runs.catalogue import TABLES
from api.runs.exports import TableFormat
from api.runs.folder import check_replaceable
from tests.api.results import finished_run
from tests.api.shell import ironfly
from tests.api.written import contents, written


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Folder of the small run that was made by hand."""
    return written(finished_run(), tmp_path / "small")


def test_parquet_reads_back_as_the_same_data_frames(folder: Path) -> None:
    export_tables(str(folder), "parquet", (), folder, as_json=False)
    run = open_run(folder)
    for table in TABLES:
        assert_frame_equal(pd.read_parquet(folder / f"{table.name}.parquet"), getattr(run, table.name))


def test_parquet_says_what_its_columns_mean(folder: Path, tmp_path: Path) -> None:
    export_tables(str(folder), "parquet", ["trades"], tmp_path / "out", as_json=False)
    schema = parquet.read_schema(tmp_path / "out" / "trades.parquet")
    assert schema.field("opened_at").type == pa.timestamp("us", "UTC")
    assert schema.field("days_to_expiration").type == pa.int64()
    assert schema.field("closed_at").metadata == {
        b"kind": b"instant",
        b"meaning": b"When nothing was left of it.",
        b"empty": b"something is held at the end of the run",
    }
    assert schema.metadata[b"meaning"].startswith(b"One row per trade")


def test_the_folder_of_a_run_is_still_one_with_its_exports(folder: Path) -> None:
    export_tables(str(folder), "parquet", (), folder, as_json=False)
    check_replaceable(folder)


def test_csv_is_what_the_run_wrote(folder: Path, tmp_path: Path) -> None:
    export_tables(str(folder), "csv", ["legs", "trades"], tmp_path / "out" / "csv", as_json=False)
    assert contents(tmp_path / "out" / "csv") == {
        name: (folder / name).read_text() for name in ("trades.csv", "legs.csv")
    }


def test_json_names_the_files(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    export_tables(str(folder), "parquet", ["equity"], folder, as_json=True)
    assert json.loads(capsys.readouterr().out) == {"files": [str(folder / "equity.parquet")]}


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("trade", r"no table is called 'trade'; did you mean 'trades'\?"),
        ("zzz", r"no table is called 'zzz'; choose of trades, legs, "),
    ],
)
def test_a_table_that_does_not_exist(folder: Path, name: str, said: str) -> None:
    before = contents(folder)
    with pytest.raises(ExportUnusable, match=said):
        export_tables(str(folder), "parquet", [name], folder, as_json=False)
    assert contents(folder) == before


def test_a_file_is_no_folder(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "out").write_text("mine")
    with pytest.raises(ExportUnusable, match="out is a file; name a folder with --out"):
        export_tables(str(folder), "parquet", [], tmp_path / "out", as_json=False)


def test_a_damaged_table_leaves_nothing_behind(folder: Path, tmp_path: Path) -> None:
    (folder / "funnel.csv").unlink()
    forms: tuple[TableFormat, ...] = ("csv", "parquet")
    for form in forms:
        with pytest.raises(RunUnreadable, match=r"funnel.csv cannot be read"):
            export_tables(str(folder), form, [], tmp_path / "out", as_json=False)
    assert not (tmp_path / "out").exists()


def test_the_command_takes_several_tables(folder: Path, tmp_path: Path) -> None:
    answer = ironfly("export", folder, "--table", "trades", "--table", "legs", cwd=tmp_path)
    assert (answer.code, answer.err) == (0, "")
    assert answer.out == "Files: small-parquet/trades.parquet, small-parquet/legs.parquet\n"
    refused = ironfly("export", "nothing", cwd=tmp_path)
    assert (refused.code, refused.error.partition(";")[0]) == (
        2, "nothing is neither a folder of results nor the id of a run in runs",
    )  # fmt: skip
