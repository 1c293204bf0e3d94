"""Stores that tests of several folders read; imported once for all of them."""

from pathlib import Path

import pytest

from data.importing import import_files
from data.parquet_store import ParquetStore

SPX_2019 = Path("market") / "cboe_scrape_spx_eod_2019"
"""22 daily files in the reference data: 21 sessions of SPX and SPXW chains, and one file of a holiday."""


def import_spx_2019(reference_data: Path, folder: Path) -> ParquetStore:
    """A store in `folder` with the 22 files."""
    store = ParquetStore(folder)
    import_files([reference_data / SPX_2019], "cboe_table", store)
    return store


@pytest.fixture(scope="session")
def imported_spx_store(reference_data: Path, tmp_path_factory: pytest.TempPathFactory) -> ParquetStore:
    """The 22 real days in a store; read it, do not add to it."""
    return import_spx_2019(reference_data, tmp_path_factory.mktemp("spx_2019") / "store")
