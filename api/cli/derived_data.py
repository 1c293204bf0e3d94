"""`ironfly data cache`: columns that are derived from what the store holds."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from api.cli.display import console
from api.cli.json_answer import print_json
from api.settings import Settings
from data.datasets import Coverage
from data.errors import NotCovered
from data.parquet_store import ParquetStore
from data.selection import ReadOptions

_OWN = ReadOptions(greeks="own")


def build(underlying: str | None, store: Path | None, *, as_json: bool) -> None:
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
    built = [_built(repository, one) for one in chosen]
    taken, room = repository.cache.size(), settings.most_cache_bytes
    if as_json:
        print_json({"datasets": built, "cache_bytes": taken, "most_cache_bytes": room})
        return
    out = console()
    for one in built:
        out.print(f"{one.underlying} ({one.resolution}): {one.chains:,} chains, {one.quotes:,} quotes")
    out.print(f"The cache takes {taken / 1e6:,.1f} MB of {room / 1e6:,.0f} MB.")


@dataclass(frozen=True, slots=True)
class _Built:
    """A dataset whose columns are derived."""

    underlying: str
    resolution: str
    chains: int
    quotes: int


def _built(repository: ParquetStore, coverage: Coverage) -> _Built:
    found = repository.read(coverage.underlying, coverage.resolution, coverage.first, coverage.last, _OWN)
    quotes = sum(info.counts.rows for info in found.snapshots)
    return _Built(coverage.underlying, coverage.resolution, len(found.snapshots), quotes)
