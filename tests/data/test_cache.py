"""The cache of derived columns: built once, found again, evicted by age, never half there."""

import os
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from data.cache.folder import DerivedColumns
from data.cache.greeks import OWN_COLUMNS
from data.cache.manager import CacheManager, WholePartition
from data.errors import StoreError
from data.parquet_store import ParquetStore
from data.selection import ReadOptions
from engine.model import QUOTE_COLUMNS
from tests.data.vendor_files import MONDAY, TUESDAY, stored

OWN = ReadOptions(greeks="own")
FIRST, LAST = date(2019, 1, 1), date(2019, 12, 31)


def digests(store: ParquetStore) -> list[bytes]:
    return [one.info.digest for one in store.read("SPX", "eod", FIRST, LAST, OWN).load()]


@pytest.fixture
def store(tmp_path: Path) -> ParquetStore:
    made = ParquetStore(tmp_path / "store")
    stored(tmp_path, [MONDAY], made)
    return made


def places(store: ParquetStore, folder: Path) -> list[str]:
    return sorted(path.name for path in (folder / "store" / "cache").iterdir() if path.is_dir())


def test_columns_are_built_once(store: ParquetStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = digests(store)
    assert len(places(store, tmp_path)) == 1

    def fail(*_: object) -> None:
        raise AssertionError("built again")

    monkeypatch.setattr(CacheManager, "_build", fail)
    assert digests(ParquetStore(tmp_path / "store")) == first


def test_new_content_has_new_columns(store: ParquetStore, tmp_path: Path) -> None:
    before = digests(store)
    stored(tmp_path, [TUESDAY], store)
    after = digests(store)
    assert after[0] == before[0]
    assert len(after) == 2
    assert len(places(store, tmp_path)) == 2


def test_a_build_that_was_killed_leaves_nothing_that_counts(store: ParquetStore, tmp_path: Path) -> None:
    expected = digests(store)
    (place,) = (tmp_path / "store" / "cache").glob("SPX*")
    place.rename(place.with_name(f".{place.name}.1"))
    (place.with_name(f".{place.name}.1") / "status.npy").write_bytes(b"half")
    assert digests(ParquetStore(tmp_path / "store")) == expected


def test_the_least_recently_used_goes_first(tmp_path: Path) -> None:
    cache = CacheManager(tmp_path / "cache", most_bytes=1_000)
    for age, name in enumerate(("new", "middle", "old")):
        place = tmp_path / "cache" / name
        place.mkdir(parents=True)
        (place / "x.npy").write_bytes(b"0" * 400)
        moment = 1_000_000 - age * 100
        os.utime(place, (moment, moment))
    assert cache.size() == 1_200
    assert cache.evict() == 1
    assert sorted(path.name for path in (tmp_path / "cache").iterdir()) == ["middle", "new"]
    assert cache.evict(keep=tmp_path / "cache" / "middle") == 0


def test_what_is_asked_for_stays_however_large_it_is(store: ParquetStore, tmp_path: Path) -> None:
    store.cache = CacheManager(tmp_path / "store" / "cache", most_bytes=1)
    assert len(digests(store)) == 1
    stored(tmp_path, [TUESDAY], store)
    assert len(digests(store)) == 2
    assert len(places(store, tmp_path)) == 1


def test_a_cache_that_cannot_be_written_says_so(tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("in the way")

    def never() -> WholePartition:
        raise AssertionError("read")

    with pytest.raises(StoreError, match="derived columns cannot be written"):
        CacheManager(tmp_path / "cache").derived("SPX-eod-2019-0.parquet", never)


def test_what_a_killed_build_left_is_removed_by_the_next(store: ParquetStore, tmp_path: Path) -> None:
    left = tmp_path / "store" / "cache" / ".SPX-eod.1"
    left.mkdir(parents=True)
    digests(store)
    assert not left.exists()


@pytest.mark.parametrize("name", ["delta.npy", "status.npy", "digests.npy", "rows.json"])
@pytest.mark.parametrize("left", [None, 0, -8])
def test_columns_that_are_not_whole_are_built_again(
    store: ParquetStore, tmp_path: Path, name: str, left: int | None
) -> None:
    expected = digests(store)
    (place,) = (tmp_path / "store" / "cache").glob("SPX*")
    content = (place / name).read_bytes()
    (place / name).unlink()
    if left is not None:
        (place / name).write_bytes(content[:left])
    assert digests(ParquetStore(tmp_path / "store")) == expected
    assert (place / name).read_bytes() == content


def test_an_import_in_the_middle_of_a_build_is_read_too(
    store: ParquetStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = CacheManager._made
    imports = iter([lambda: stored(tmp_path, [TUESDAY], ParquetStore(tmp_path / "store"))])

    def interrupted(self: CacheManager, place: Path, read: Callable[[], WholePartition]) -> DerivedColumns:
        next(imports, lambda: None)()
        return made(self, place, read)

    monkeypatch.setattr(CacheManager, "_made", interrupted)
    assert len(digests(store)) == 2
    assert digests(ParquetStore(tmp_path / "store")) == digests(store)


def test_a_stream_reads_the_same_quotes_without_the_partition(store: ParquetStore) -> None:
    (theirs,) = store.read("SPX", "eod", FIRST, LAST).load()
    (own,) = store.read("SPX", "eod", FIRST, LAST, OWN).load()
    assert own.contract.tobytes() == theirs.contract.tobytes()
    assert own.flags.tobytes() == theirs.flags.tobytes()
    for name in set(QUOTE_COLUMNS) - set(OWN_COLUMNS):
        assert own.columns[name].tobytes() == theirs.columns[name].tobytes(), name


def test_columns_are_views_of_files_that_nobody_can_write_to(store: ParquetStore) -> None:
    digests(store)
    (own,) = store.read("SPX", "eod", FIRST, LAST, OWN).load()
    for column in own.columns.values():
        assert not column.flags.owndata
        assert not column.flags.writeable
    assert not own.flags.flags.writeable
