"""The store of the model market: made once, by one process, a year at a time, and the same in all of them."""

import os
import signal
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from data.datasets import content_hash
from data.errors import NotCovered
from data.model_store import BuildProgress, ModelSelection, model_store
from data.parquet_store import ParquetStore
from data.providers.model_chain import MODEL_PRICES
from tests.reference import REPOSITORY

WANTED = ModelSelection(("XSTOCK",), "eod", date(2014, 1, 3), date(2015, 12, 31), 0)
BUILD = """\
import os, signal, sys
from datetime import date
from pathlib import Path
from data.model_store import ModelSelection, model_store

wanted = ModelSelection(("XSTOCK",), "eod", date(2014, 1, 3), date(2015, 12, 31), 0)
began = []
if sys.argv[2] == "killed":
    def watch(event, arguments):
        if event == "os.rename" and len(began) == 2:
            os.kill(os.getpid(), signal.SIGKILL)
    sys.addaudithook(watch)
model_store(Path(sys.argv[1]), wanted, began.append)
print(len(began))
"""


def start(folder: Path, how: str, hash_seed: int = 0) -> subprocess.Popen[str]:
    environment = os.environ | {"PYTHONPATH": str(REPOSITORY), "PYTHONHASHSEED": str(hash_seed), "TZ": "Asia/Tokyo"}
    command = [sys.executable, "-c", BUILD, str(folder), how]
    return subprocess.Popen(command, env=environment, cwd=REPOSITORY, stdout=subprocess.PIPE, text=True)


def content(store: ParquetStore) -> str:
    read = store.read("XSTOCK", "eod", date(2014, 1, 1), date(2015, 12, 31))
    assert sum(1 for _ in read.load()) == len(read.snapshots) == 503
    return content_hash(read.snapshots)


@pytest.fixture(scope="module")
def expected(tmp_path_factory: pytest.TempPathFactory) -> str:
    return content(model_store(tmp_path_factory.mktemp("model"), WANTED))


def test_only_years_that_are_missing_are_made(tmp_path: Path) -> None:
    seen: list[BuildProgress] = []
    model_store(tmp_path, WANTED._replace(last=date(2014, 6, 30)), seen.append)
    assert seen == [BuildProgress("XSTOCK", 2014, 0, 1)]
    model_store(tmp_path, WANTED, seen.append)
    assert seen[1:] == [BuildProgress("XSTOCK", 2015, 0, 1)]
    model_store(tmp_path, WANTED, seen.append)
    assert len(seen) == 2


def test_the_manifest_calls_them_model_prices(tmp_path: Path) -> None:
    (dataset,) = model_store(tmp_path, WANTED._replace(last=date(2014, 6, 30))).datasets()
    assert dataset.vendors == (MODEL_PRICES,) == ("model prices",)
    assert [source.format for source in dataset.sources] == ["model prices"]
    assert not dataset.time_assumed
    assert dataset.coverage.missing == ()


def test_a_build_that_is_killed_goes_on_where_it_was(tmp_path: Path, expected: str) -> None:
    killed = start(tmp_path, "killed")
    killed.communicate(timeout=120)
    assert killed.returncode == -signal.SIGKILL
    left = list(tmp_path.rglob("2015*.parquet"))
    assert left, "it was killed while it wrote the second year"
    seen: list[BuildProgress] = []
    store = model_store(tmp_path, WANTED, seen.append)
    assert [one.year for one in seen] == [2015]
    assert content(store) == expected
    assert len(list(tmp_path.rglob("*.parquet"))) == 4, "two years, each with its contracts"


def test_two_processes_make_one_store(tmp_path: Path, expected: str) -> None:
    builders = [start(tmp_path, "whole", hash_seed) for hash_seed in (1, 2)]
    made = [int(builder.communicate(timeout=240)[0]) for builder in builders]
    assert [builder.returncode for builder in builders] == [0, 0]
    assert sorted(made) == [0, 2], "one made both years, the other waited"
    assert content(model_store(tmp_path, WANTED)) == expected


def test_every_seed_has_a_store_of_its_own(tmp_path: Path) -> None:
    wanted = WANTED._replace(last=date(2014, 6, 30))
    one, other = (model_store(tmp_path, wanted._replace(seed=seed)) for seed in (0, 1))
    first, second = (store.read("XSTOCK", "eod", wanted.first, wanted.last) for store in (one, other))
    assert content_hash(first.snapshots) != content_hash(second.snapshots)


def test_nothing_is_left_of_what_the_model_market_has_not(tmp_path: Path) -> None:
    with pytest.raises(NotCovered, match="XFUND"):
        model_store(tmp_path, WANTED._replace(underlyings=("XFOUND",)))
    assert list(tmp_path.rglob("*.parquet")) == []
