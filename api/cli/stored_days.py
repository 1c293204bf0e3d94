"""`ironfly data show`: what is stored of one underlying, down to its files and days."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from api.cli.display import console, plain_table
from api.cli.json_answer import print_json
from api.cli.stored_data import settlement_lines
from api.cli.stored_documents import days_document
from api.settings import Settings
from data.datasets import Coverage, DatasetInfo, SnapshotInfo
from data.facts import expired_by
from data.markets import US
from data.parquet_store import ParquetStore
from data.repository import ChainRange
from data.roots import root_facts
from data.summaries import nothing_stored
from data.symbol_properties import properties_of
from data.underlying_records import UnderlyingRecords
from engine.instants import iso

_MOST_DAYS: Final = 66
"""A dataset of more days is shown by months."""
_MOST_FILES: Final = 30


def show_days(underlying: str, store: Path | None, *, as_json: bool) -> None:
    """Print every dataset of an underlying: facts, files, and a row per day.

    Raises:
        NotCovered: when nothing is stored of it.
    """
    repository = ParquetStore(store or Settings().store)
    datasets = repository.datasets()
    found = [one for one in datasets if one.coverage.underlying == underlying]
    if not found:
        raise nothing_stored(underlying, "any", [(o.coverage.underlying, o.coverage.resolution) for o in datasets])
    if as_json:
        print_json([days_document(one, _chains(repository, one).snapshots) for one in found])
        return
    for one in found:
        _show_dataset(repository, one)


def _chains(repository: ParquetStore, dataset: DatasetInfo) -> ChainRange:
    coverage = dataset.coverage
    return repository.read(coverage.underlying, coverage.resolution, coverage.first, coverage.last)


def _show_dataset(repository: ParquetStore, dataset: DatasetInfo) -> None:
    out, coverage = console(), dataset.coverage
    chains = _chains(repository, dataset)
    out.print(f"{coverage.underlying} ({coverage.resolution})", style="bold")
    with repository.underlyings() as records:
        of_roots = [] if records is None else _of_roots(records, coverage, chains)
    for line in (*_facts(dataset, chains), *of_roots):
        out.print(f"  {line}", soft_wrap=True)
    whole_months = len(coverage.days) > _MOST_DAYS
    table = plain_table()
    for title in ("month" if whole_months else "day", "first chain", "last chain"):
        table.add_column(title, no_wrap=True)
    for title in ("chains", "quotes", "price", "no bid", "no ask", "crossed", "stale"):
        table.add_column(title, justify="right")
    form = "%Y-%m" if whole_months else "%Y-%m-%d"
    rows: dict[str, list[SnapshotInfo]] = {f"{day:{form}}": [] for day in sorted({*coverage.days, *coverage.missing})}
    for info in chains.snapshots:
        rows[f"{info.day:{form}}"].append(info)
    for title, infos in rows.items():
        table.add_row(title, *(_row(infos) if infos else ("no data",)))
    out.print(table)


def _facts(dataset: DatasetInfo, chains: ChainRange) -> list[str]:
    coverage, market = dataset.coverage, dataset.coverage.market
    roots = sorted({key.root for key in chains.contracts.series})
    assumed = ", time of day assumed" if dataset.time_assumed else ""
    origins, sources = ", ".join(dataset.price_origins), dataset.sources
    return [
        f"{coverage.first} to {coverage.last}: {len(coverage.days)} days, {len(coverage.missing)} missing{assumed}",
        f"{dataset.snapshots:,} chains, {dataset.counts.rows:,} quotes, {len(chains.contracts):,} contracts of "
        f"{len(chains.contracts.series)} series, roots {', '.join(roots)}",
        f"{expired_by(chains.contracts, coverage.last):,} of the contracts expire up to {coverage.last}",
        f"market {market.name}, currency {_currency(coverage)}, price of the underlying from: {origins}",
        f"content {dataset.content_hash}",
        *(f"file {one.name} ({one.format}, {one.rows:,} rows, {one.sha256[:16]})" for one in sources[:_MOST_FILES]),
        *([f"and {len(sources) - _MOST_FILES:,} more files"] if len(sources) > _MOST_FILES else []),
        *(f"{one.source.name}: {one.rows} rows of {one.day} left out: {one.reason}" for one in dataset.skipped),
    ]


def _of_roots(records: UnderlyingRecords, coverage: Coverage, chains: ChainRange) -> list[str]:
    """What the store knows of the roots besides their quotes."""
    roots = sorted({key.root for key in chains.contracts.series})
    lines = [*settlement_lines([one for one in records.settlements() if one.root in roots])]
    known = records.properties() if coverage.market == US else ()
    for root in roots:
        found = properties_of(root_facts(root, coverage.underlying), known)
        if found is not None:
            lines.append(
                f"options of {root}: {found.multiplier:g} {found.currency} per point, prices in steps of "
                f"{found.price_increment:g}, lots of {found.lot_size:g}, strikes times {found.strike_multiplier:g}"
            )
    return lines


def _currency(coverage: Coverage) -> str:
    return "coin" if coverage.market.inverse else coverage.market.currency


def _row(infos: list[SnapshotInfo]) -> tuple[str, ...]:
    counts = [info.counts for info in infos]
    return (
        iso(infos[0].at),
        iso(infos[-1].at),
        f"{len(infos):,}",
        f"{sum(one.rows for one in counts):,}",
        f"{infos[-1].underlying_price:,.2f}",
        *(f"{sum(getattr(one, name) for one in counts):,}" for name in ("no_bid", "no_ask", "crossed", "stale")),
    )
