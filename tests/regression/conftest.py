"""The store that whole runs read."""

from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def store(spx_2019: Path) -> Path:
    return spx_2019
