"""Stores that tests of several folders read; imported once for all of them."""

import fcntl
from pathlib import Path

from data.importing import import_files
from data.parquet_store import ParquetStore

SPX_2019 = Path("market") / "cboe_scrape_spx_eod_2019"
"""22 daily files in the reference data: 21 sessions of SPX and SPXW chains, and one file of a holiday."""


def import_spx_2019(reference_data: Path, folder: Path) -> ParquetStore:
    """A store in `folder` with the 22 files."""
    store = ParquetStore(folder)
    import_files([reference_data / SPX_2019], "cboe_table", store)
    return store


def import_spx_2019_once(reference_data: Path, shared: Path) -> Path:
    """The folder of such a store inside of another one; who comes while it is made waits for it."""
    folder = shared / "spx 2019" / "store"
    folder.parent.mkdir(exist_ok=True)
    with (folder.parent / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not ParquetStore(folder).datasets():
            import_spx_2019(reference_data, folder)
    return folder
