"""`ironfly data export`."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path
from typing import NamedTuple

from api.cli.display import console
from api.cli.json_answer import print_json
from api.settings import Settings
from data.errors import NotCovered
from data.export import export_chains
from data.parquet_store import ParquetStore


class Wanted(NamedTuple):
    """Which chains; None: to the end of what is stored."""

    underlying: str
    resolution: str
    first: date | None
    last: date | None


def export(wanted: Wanted, out: Path, store: Path | None, *, as_json: bool) -> None:
    """Write the chains from the first to the last day.

    Raises:
        NotCovered: when nothing is stored of them.
        ExportError: when the file cannot be written.
    """
    repository = ParquetStore(store or Settings().store)
    underlying, resolution = wanted.underlying, wanted.resolution
    coverage = repository.coverage(underlying, resolution)
    first, last = wanted.first or coverage.first, wanted.last or coverage.last
    chains = repository.read(underlying, resolution, first, last)
    if not chains.snapshots:
        raise NotCovered(
            f"{underlying} ({resolution}): no chain from {first} to {last}; "
            f"the store covers {coverage.first} to {coverage.last}"
        )
    total = sum(info.counts.rows for info in chains.snapshots)
    rows = export_chains(chains, out, lambda done: _show_progress(done, total))
    if as_json:
        print_json({"file": out, "quotes": rows, "chains": len(chains.snapshots)})
    else:
        console().print(f"{out}: {rows:,} quotes of {len(chains.snapshots):,} chains", soft_wrap=True)


def _show_progress(done: int, total: int) -> None:
    if sys.stderr.isatty():
        sys.stderr.write(f"\r{done:,} of {total:,} quotes" + ("\n" if done == total else ""))
        sys.stderr.flush()
