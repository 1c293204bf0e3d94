"""`ironfly data export`."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

from api.cli.display import console
from api.settings import Settings
from data.errors import NotCovered
from data.export import export_chains
from data.parquet_store import ParquetStore


def export(
    underlying: str, resolution: str, days: tuple[date | None, date | None], out: Path, store: Path | None
) -> None:
    """Write the chains from the first to the last day, or to the ends of what is stored.

    Raises:
        NotCovered: when nothing is stored of them.
        ExportError: when the file cannot be written.
    """
    repository = ParquetStore(store or Settings().store)
    coverage = repository.coverage(underlying, resolution)
    first, last = days[0] or coverage.first, days[1] or coverage.last
    chains = repository.read(underlying, resolution, first, last)
    if not chains.snapshots:
        raise NotCovered(
            f"{underlying} ({resolution}): no chain from {first} to {last}; "
            f"the store covers {coverage.first} to {coverage.last}"
        )
    total = sum(info.counts.rows for info in chains.snapshots)
    rows = export_chains(chains, out, lambda done: _show_progress(done, total))
    console().print(f"{out}: {rows:,} quotes of {len(chains.snapshots):,} chains", soft_wrap=True)


def _show_progress(done: int, total: int) -> None:
    if sys.stderr.isatty():
        sys.stderr.write(f"\r{done:,} of {total:,} quotes" + ("\n" if done == total else ""))
        sys.stderr.flush()
