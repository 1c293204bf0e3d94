"""From paths to a store."""

import gzip
from datetime import date
from pathlib import Path

import pytest

from data.datasets import FileOutcome
from data.errors import BadRow, DayConflict, NothingToImport, UnknownFormat, UnreadableFile
from data.importing import ImportProgress, expand_paths, import_files
from data.memory_store import MemoryStore
from data.parquet_store import ParquetStore
from tests.data.vendor_files import MONDAY, TUESDAY, WEDNESDAY, Quote, chain, write_cboe
from tests.stores import SPX_2019, import_spx_2019


def test_all_real_files_import_and_a_second_time_nothing_is_new(reference_data: Path, tmp_path: Path) -> None:
    store = import_spx_2019(reference_data, tmp_path / "store")
    (dataset,) = store.datasets()
    assert (dataset.snapshots, dataset.counts.rows, len(dataset.sources)) == (21, 285_022, 22)
    assert dataset.coverage.missing == (date(2019, 5, 10), date(2019, 5, 17))
    assert [(skip.source.name, skip.rows) for skip in dataset.skipped] == [("SPX_20190527.csv.gz", 13_324)]
    files = {path.name for path in tmp_path.rglob("*.parquet")}
    again = import_files([reference_data / SPX_2019], "cboe_table", store)
    assert {file.outcome for file in again.files} == {FileOutcome.ALREADY_STORED}
    assert store.datasets() == (dataset,)
    assert {path.name for path in tmp_path.rglob("*.parquet")} == files


def test_a_real_day_copied_under_the_next_session_is_stale_whole(reference_data: Path, tmp_path: Path) -> None:
    """The way 2019-07-04 repeats 07-03 in this vendor's files, on a session."""
    first = reference_data / SPX_2019 / "SPX_20190509.csv.gz"
    copy = tmp_path / "SPX_20190510.csv"
    copy.write_bytes(gzip.decompress(first.read_bytes()).replace(b",05/09/2019,", b",05/10/2019,"))
    store = MemoryStore()
    report = import_files([first, copy], "cboe_table", store)
    assert (report.counts.rows, report.counts.stale) == (2 * 13_678, 13_678)
    assert [info.is_stale for info in store.read("SPX", "eod", date.min, date.max).snapshots] == [False, True]


def test_the_report_says_what_became_of_each_file(tmp_path: Path) -> None:
    store = MemoryStore()
    quotes = [Quote(2800, 0.0, 0.05), Quote(2850, 2.0, 1.0), Quote(2850, 2.0, 1.0)]
    paths = [
        write_cboe(tmp_path, MONDAY, quotes),
        write_cboe(tmp_path, WEDNESDAY),
        write_cboe(tmp_path, date(2019, 5, 27)),
    ]
    report = import_files(paths, "cboe_table", store)
    assert [(file.name, file.outcome, file.days, file.rows, file.contracts) for file in report.files] == [
        ("SPX_20190429.csv", FileOutcome.IMPORTED, (MONDAY,), 3, 2),
        ("SPX_20190501.csv", FileOutcome.IMPORTED, (WEDNESDAY,), 3, 3),
        ("SPX_20190527.csv", FileOutcome.SKIPPED, (), 3, 0),
    ]
    assert (report.counts.rows, report.counts.crossed, report.counts.no_bid, report.counts.duplicates) == (5, 1, 1, 1)
    assert [skip.source.name for skip in report.skipped] == ["SPX_20190527.csv"]
    assert [coverage.missing for coverage in report.coverage] == [(TUESDAY,)]


def test_progress_is_told_after_each_file(tmp_path: Path) -> None:
    seen: list[ImportProgress] = []
    paths = [write_cboe(tmp_path, day) for day in (MONDAY, TUESDAY)]
    import_files(paths, "cboe_table", MemoryStore(), progress=seen.append)
    assert seen == [(1, 2, "SPX_20190429.csv", 3), (2, 2, "SPX_20190430.csv", 6)]


def test_one_bad_file_keeps_all_out_and_makes_no_store(tmp_path: Path) -> None:
    paths = [write_cboe(tmp_path, day) for day in (MONDAY, TUESDAY)]
    paths[1].write_text(paths[1].read_text().replace(",30.0,", ",x,"))
    store = ParquetStore(tmp_path / "store")
    with pytest.raises(BadRow, match=r"SPX_20190430.csv: line 2, column 'bid'"):
        import_files(paths, "cboe_table", store)
    assert store.datasets() == ()
    assert not (tmp_path / "store").exists()


def test_a_truncated_file_among_good_ones_keeps_all_out(tmp_path: Path) -> None:
    good, bad = write_cboe(tmp_path, MONDAY), write_cboe(tmp_path, TUESDAY, packed=True)
    bad.write_bytes(bad.read_bytes()[:-20])
    store = MemoryStore()
    with pytest.raises(UnreadableFile, match=r"SPX_20190430.csv.gz: the gzip file is truncated"):
        import_files([good, bad], "cboe_table", store)
    assert store.datasets() == ()


def test_replacing_a_day_must_be_asked_for(tmp_path: Path) -> None:
    store = MemoryStore()
    import_files([write_cboe(tmp_path, MONDAY)], "cboe_table", store)
    changed = write_cboe(tmp_path, MONDAY, chain(1.0), packed=True)
    with pytest.raises(DayConflict):
        import_files([changed], "cboe_table", store)
    import_files([changed], "cboe_table", store, replace_days=True)
    (one,) = store.read("SPX", "eod", MONDAY, MONDAY).load()
    assert one.columns["bid"][0] == 1.0


def test_an_unknown_format_is_refused_before_anything_is_read(tmp_path: Path) -> None:
    with pytest.raises(UnknownFormat):
        import_files([tmp_path / "absent"], "cboe", MemoryStore())


def test_folders_patterns_and_files_are_expanded_once_in_order_of_names(tmp_path: Path) -> None:
    inner = tmp_path / "inner"
    inner.mkdir()
    first, second, third = (
        write_cboe(inner, MONDAY),
        write_cboe(tmp_path, TUESDAY),
        write_cboe(inner, WEDNESDAY, packed=True),
    )
    (tmp_path / "LICENSE").write_text("not data")
    ways: list[list[Path | str]] = [[tmp_path], [f"{tmp_path}/**/*.csv*"], [third, str(second), inner]]
    for paths in ways:
        assert expand_paths(paths, (".csv", ".csv.gz")) == [first, second, third]


@pytest.mark.parametrize("what", ["absent.csv", "*.txt", "empty", "empty/*.csv"])
def test_a_path_that_leads_to_no_file_is_refused(tmp_path: Path, what: str) -> None:
    (tmp_path / "empty").mkdir()
    with pytest.raises(NothingToImport, match="check the path"):
        expand_paths([tmp_path / what], (".csv",))
    with pytest.raises(NothingToImport):
        expand_paths([], (".csv",))
