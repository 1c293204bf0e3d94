"""What the store on disk adds to the promises of repositories: atomic, durable, readable by others."""

import shutil
import sqlite3
import threading
from datetime import date
from pathlib import Path

import numpy as np
import pyarrow.parquet
import pytest

from data import manifest, parquet_store, partitions
from data.columns import CHAIN_SCHEMA
from data.errors import StoreError
from data.importing import import_files
from data.parquet_store import ParquetStore
from data.replay import open_range
from engine.events import SnapshotArrived
from tests.data.killing import steps_of_import
from tests.data.vendor_files import MONDAY, TUESDAY, WEDNESDAY, Quote, chain, normalized, stored, write_cboe

State = list[tuple[date, bytes]]


def state(folder: Path) -> State:
    """Every snapshot of a store, its quotes read and hashed again."""
    store = ParquetStore(folder)
    if not store.datasets():
        return []
    coverage = store.coverage("SPX", "eod")
    source = open_range(store, ["SPX"], "eod", coverage.first, coverage.last)
    snapshots = [event.snapshot for event in source if isinstance(event, SnapshotArrived)]
    assert all(one.digest == one.content_digest() for one in snapshots)
    return [(source.sessions.date_of(one.at), one.digest) for one in snapshots]


def parquet_files(folder: Path) -> list[Path]:
    return sorted(folder.rglob("*.parquet"))


def test_partitions_are_parquet_that_anybody_can_read(tmp_path: Path) -> None:
    stored(tmp_path, [TUESDAY, MONDAY], ParquetStore(tmp_path / "store"))
    rows, contracts = parquet_files(tmp_path / "store")[::-1]
    assert rows.parent == tmp_path / "store" / "chains" / "SPX" / "eod"
    assert (rows.name[:5], contracts.name) == ("2019-", f"{rows.stem}.contracts.parquet")
    file = pyarrow.parquet.ParquetFile(rows)
    assert file.schema_arrow.equals(CHAIN_SCHEMA)
    assert file.metadata.row_group(0).column(0).compression == "ZSTD"
    table = file.read().to_pydict()
    assert table["root"] == ["SPXW"] * 6
    assert table["underlying"] == ["SPX"] * 6
    assert table["strike"] == [2800.0, 2850.0, 2900.0] * 2
    assert table["expires_on"] == table["symbol_date"] == [date(2019, 5, 15)] * 6
    assert [at.isoformat() for at in table["at"][::3]] == ["2019-04-29T19:45:00+00:00", "2019-04-30T19:45:00+00:00"]
    assert table["bid"] == [29.0, 30.0, 31.0, 30.0, 31.0, 32.0]


def test_chains_are_never_split_over_row_groups(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(partitions, "ROW_GROUP", 7)
    store = stored(tmp_path, [MONDAY, TUESDAY, WEDNESDAY], ParquetStore(tmp_path / "store"))
    import_files([write_cboe(tmp_path, date(2019, 5, 2), chain(2.0, range(2800, 2809)))], "cboe_table", store)
    metadata = pyarrow.parquet.ParquetFile(parquet_files(tmp_path / "store")[-1]).metadata
    assert [metadata.row_group(index).num_rows for index in range(metadata.num_row_groups)] == [6, 3, 9]
    assert len(state(tmp_path / "store")) == 4


def test_a_part_of_the_range_reads_only_its_row_groups(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(partitions, "ROW_GROUP", 3)
    store = stored(tmp_path, [MONDAY, TUESDAY, WEDNESDAY], ParquetStore(tmp_path / "store"))
    read: list[int] = []
    original = partitions.PartitionReader._read_group

    def counting(reader: partitions.PartitionReader, group: int) -> dict[str, np.ndarray]:
        read.append(group)
        return original(reader, group)

    monkeypatch.setattr(partitions.PartitionReader, "_read_group", counting)
    chains = store.read("SPX", "eod", TUESDAY, WEDNESDAY).load()
    assert read == []
    next(chains)
    assert read == [1]
    assert len(list(chains)) == 1
    assert read == [1, 2]


def test_the_name_of_a_partition_is_its_content(tmp_path: Path) -> None:
    stored(tmp_path, [MONDAY, TUESDAY], ParquetStore(tmp_path / "one"))
    for day in (TUESDAY, MONDAY):
        import_files([write_cboe(tmp_path, day, packed=True)], "cboe_table", ParquetStore(tmp_path / "other"))
    one, other = parquet_files(tmp_path / "one"), parquet_files(tmp_path / "other")
    assert [path.name for path in one] == [path.name for path in other]
    assert [path.read_bytes() for path in one] == [path.read_bytes() for path in other]


def test_superseded_files_are_removed(tmp_path: Path) -> None:
    for day in (MONDAY, TUESDAY, WEDNESDAY):
        stored(tmp_path, [day], ParquetStore(tmp_path / "store"))
    assert len(parquet_files(tmp_path / "store")) == 2


def test_nothing_in_a_store_names_the_machine_it_was_made_on(tmp_path: Path) -> None:
    stored(tmp_path, [MONDAY, date(2019, 5, 27)], ParquetStore(tmp_path / "store"))
    for path in (tmp_path / "store").rglob("*"):
        assert path.is_dir() or str(tmp_path).encode() not in path.read_bytes()


def test_an_underlying_cannot_lead_out_of_the_store(tmp_path: Path) -> None:
    store = ParquetStore(tmp_path / "store")
    for index, name in enumerate(("..", "a/../../b", "^XSP", "BRK.B")):
        path = write_cboe(tmp_path, MONDAY, [Quote(100 + index, root="ABC")])
        path.write_text(path.read_text().replace("\nSPX,", f"\n{name},"))
        import_files([path], "cboe_table", store)
        assert store.coverage(name, "eod").last == MONDAY
    assert len(parquet_files(tmp_path / "store" / "chains")) == len(parquet_files(tmp_path)) == 8


def test_an_import_killed_at_any_step_leaves_the_old_state_or_the_new_one(tmp_path: Path) -> None:
    store = tmp_path / "store"
    stored(tmp_path, [MONDAY, TUESDAY], ParquetStore(store))
    changed = [write_cboe(tmp_path, MONDAY, chain(5.0)), write_cboe(tmp_path, WEDNESDAY)]
    old = state(store)
    template = tmp_path / "template"
    shutil.copytree(store, template)
    steps = steps_of_import(store, changed, None)
    new = state(store)
    assert steps is not None
    assert steps > 20
    assert len(new) == 3
    seen = []
    for step in range(1, steps + 1):
        shutil.rmtree(store)
        shutil.copytree(template, store)
        assert steps_of_import(store, changed, step) is None
        seen.append(state(store))
        import_files(changed, "cboe_table", ParquetStore(store), replace_days=True)
        assert state(store) == new
        assert len(parquet_files(store)) == 2, "the next import removes what the killed one left"
    # Old up to the commit, new from then on, and nothing else ever.
    turn = seen.index(new)
    assert seen == [old] * turn + [new] * (steps - turn)


def test_a_first_import_killed_at_any_step_leaves_nothing_or_all(tmp_path: Path) -> None:
    paths = [write_cboe(tmp_path, MONDAY)]
    steps = steps_of_import(tmp_path / "store", paths, None)
    assert steps is not None
    new = state(tmp_path / "store")
    for step in range(1, steps + 1, 3):
        shutil.rmtree(tmp_path / "store", ignore_errors=True)
        steps_of_import(tmp_path / "store", paths, step)
        assert state(tmp_path / "store") in ([], new)


@pytest.mark.parametrize("error", [KeyboardInterrupt(), OSError(28, "No space left on device")])
def test_an_interrupted_import_leaves_the_old_state_and_no_other_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: BaseException
) -> None:
    folder = tmp_path / "store"
    stored(tmp_path, [MONDAY], ParquetStore(folder))
    old, files = state(folder), parquet_files(folder)

    def fail(*_: object) -> None:
        raise error

    with monkeypatch.context() as patch:
        patch.setattr(parquet_store, "flush_to_disk", fail)
        expected = StoreError if isinstance(error, OSError) else KeyboardInterrupt
        with pytest.raises(expected):
            stored(tmp_path, [TUESDAY], ParquetStore(folder))
    assert (state(folder), parquet_files(folder)) == (old, files)


def test_a_reader_goes_on_while_an_import_replaces_its_files(tmp_path: Path) -> None:
    store = stored(tmp_path, [MONDAY, TUESDAY], ParquetStore(tmp_path / "store"))
    source = open_range(store, ["SPX"], "eod", MONDAY, TUESDAY)
    first = [event.at for event in source]
    stored(tmp_path, [WEDNESDAY], store)
    assert [event.at for event in source] == first


def test_imports_at_the_same_time_wait_for_each_other(tmp_path: Path) -> None:
    files = [normalized(write_cboe(tmp_path, day)) for day in (MONDAY, TUESDAY, WEDNESDAY)]
    threads = [threading.Thread(target=ParquetStore(tmp_path / "store").add, args=([file],)) for file in files]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [day for day, _ in state(tmp_path / "store")] == [MONDAY, TUESDAY, WEDNESDAY]
    assert len(parquet_files(tmp_path / "store")) == 2


def test_a_store_that_stays_locked_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    stored(tmp_path, [MONDAY], ParquetStore(tmp_path / "store"))
    monkeypatch.setattr(manifest, "_LOCK_SECONDS", 0.05)
    holder = sqlite3.connect(tmp_path / "store" / "manifest.sqlite", isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    try:
        with pytest.raises(StoreError, match=r"manifest.sqlite: database is locked; another import is running"):
            stored(tmp_path, [TUESDAY], ParquetStore(tmp_path / "store"))
        assert len(state(tmp_path / "store")) == 1
    finally:
        holder.close()


def test_a_store_of_another_version_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = stored(tmp_path, [MONDAY], ParquetStore(tmp_path / "store"))
    version = manifest.SCHEMA_VERSION
    monkeypatch.setattr(manifest, "SCHEMA_VERSION", version + 1)
    with pytest.raises(StoreError, match=f"the store has version {version}, this program reads {version + 1}"):
        store.datasets()


def test_a_manifest_that_is_none_is_refused(tmp_path: Path) -> None:
    (tmp_path / "manifest.sqlite").write_text("this is no database, but a text that is long enough to be looked at")
    with pytest.raises(StoreError, match=r"manifest.sqlite: file is not a database; remove the store"):
        ParquetStore(tmp_path).datasets()


@pytest.mark.parametrize("position", [0, -1])
def test_a_damaged_partition_is_refused(tmp_path: Path, position: int) -> None:
    store = stored(tmp_path, [MONDAY], ParquetStore(tmp_path / "store"))
    path = parquet_files(tmp_path / "store")[position]
    path.write_bytes(path.read_bytes()[:-30])
    with pytest.raises(StoreError, match=r"the stored file is damaged .*; remove the store and import again"):
        list(store.read("SPX", "eod", MONDAY, MONDAY).load())


def test_a_partition_that_is_gone_is_refused(tmp_path: Path) -> None:
    store = stored(tmp_path, [MONDAY], ParquetStore(tmp_path / "store"))
    parquet_files(tmp_path / "store")[0].unlink()
    with pytest.raises(StoreError, match="files of SPX are gone; remove the store and import again"):
        store.read("SPX", "eod", MONDAY, MONDAY)


def test_a_store_where_no_folder_can_be_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(StoreError, match="the store cannot be made"):
        stored(tmp_path, [MONDAY], ParquetStore(tmp_path / "file" / "store"))
