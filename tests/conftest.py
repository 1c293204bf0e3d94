"""What every test can rely on."""

import os
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from data.parquet_store import ParquetStore
from tests.reference import ABSENT, NO_PYTHON313, REPOSITORY, find_reference_data
from tests.stores import import_spx_2019_once
from tests.strict_skips import (
    pytest_addoption,
    pytest_configure,
    pytest_make_collect_report,
    pytest_runtest_makereport,
)

__all__ = ["pytest_addoption", "pytest_configure", "pytest_make_collect_report", "pytest_runtest_makereport"]

# Bytecode is kept, also by the processes that tests start: compiling pandas takes longer than most of them.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False

# No deadline: the first example of a compiled kernel pays for its compilation.
settings.register_profile(
    "normal",
    deadline=None,
    derandomize="CI" in os.environ,
    max_examples=50,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.register_profile("long", settings.get_profile("normal"), max_examples=2_000)
settings.load_profile("normal")


@pytest.fixture(scope="session")
def reference_data() -> Path:
    """The folder of reference data; skips where it is absent."""
    folder = find_reference_data()
    if folder is None:
        pytest.skip(ABSENT)
    return folder


@pytest.fixture(scope="session")
def shared_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One folder for all workers of one run of the tests."""
    own = tmp_path_factory.getbasetemp()
    return own.parent if "PYTEST_XDIST_WORKER" in os.environ else own


@pytest.fixture(scope="session")
def model_store(shared_folder: Path) -> Path:
    """An empty store; model prices are made beside it, once for all workers."""
    return shared_folder / "model market" / "store"


@pytest.fixture(scope="session")
def spx_2019(reference_data: Path, shared_folder: Path) -> Path:
    """The store of the 22 real days, imported once for all workers; read it, do not add to it."""
    return import_spx_2019_once(reference_data, shared_folder)


@pytest.fixture(scope="session")
def imported_spx_store(spx_2019: Path) -> ParquetStore:
    """The same, opened."""
    return ParquetStore(spx_2019)


@pytest.fixture(scope="session")
def python313() -> Path:
    """The interpreter of the second environment. Mark its users `may_skip_in_ci(NO_PYTHON313)`."""
    interpreter = REPOSITORY / ".venv-3.13" / "bin" / "python"
    if not interpreter.exists():
        pytest.skip(NO_PYTHON313)
    return interpreter


@pytest.fixture
def tokyo(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The machine stands in Tokyo."""
    monkeypatch.setenv("TZ", "Asia/Tokyo")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()
