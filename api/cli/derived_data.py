"""`ironfly data cache`: columns that are derived from what the store holds."""

from __future__ import annotations

from pathlib import Path

from api.cli.display import console
from api.settings import Settings
from data.errors import NotCovered
from data.parquet_store import ParquetStore
from data.selection import ReadOptions

_OWN = ReadOptions(greeks="own")


def build(underlying: str | None, store: Path | None) -> None:
    """Derive the columns of one underlying, or of all, and print what room the cache takes.

    Raises:
        NotCovered: when nothing is stored of the underlying.
        StoreError: when the cache cannot be written.
    """
    settings = Settings()
    repository = ParquetStore(store or settings.store, settings.most_cache_bytes)
    coverages = [one.coverage for one in repository.datasets()]
    chosen = [one for one in coverages if underlying in {None, one.underlying}]
    if underlying is not None and not chosen:
        stored = ", ".join(sorted({one.underlying for one in coverages})) or "nothing"
        raise NotCovered(f"no data of {underlying}; stored: {stored}")
    out = console()
    for one in chosen:
        found = repository.read(one.underlying, one.resolution, one.first, one.last, _OWN)
        quotes = sum(info.counts.rows for info in found.snapshots)
        out.print(f"{one.underlying} ({one.resolution}): {len(found.snapshots):,} chains, {quotes:,} quotes")
    out.print(f"The cache takes {repository.cache.size() / 1e6:,.1f} MB of {settings.most_cache_bytes / 1e6:,.0f} MB.")
