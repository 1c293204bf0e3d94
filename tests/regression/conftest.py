"""The store that whole runs read."""

from pathlib import Path

import pytest

from tests.stores import import_spx_2019


@pytest.fixture(scope="session")
def store(reference_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("spx") / "store"
    import_spx_2019(reference_data, folder)
    return folder
