"""What the store holds and what came into it, as JSON documents."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from data.datasets import Coverage, DatasetInfo, FileReport, SkippedRows, SnapshotInfo
from data.importing import ImportReport
from data.parquet_store import ParquetStore
from data.underlying_records import BarsInfo, UnderlyingRecords
from engine.instants import iso


def store_document(store: ParquetStore) -> dict[str, Any]:
    """Everything that `ironfly data list` says."""
    with store.underlyings() as records:
        return {"datasets": [dataset_document(info) for info in store.datasets()], **_beside_quotes(records)}


def dataset_document(info: DatasetInfo) -> dict[str, Any]:
    """Chains of one underlying at one resolution."""
    return {
        **_coverage(info.coverage),
        "formats": info.vendors,
        "chains": info.snapshots,
        "counts": info.counts,
        "price_origins": info.price_origins,
        "time_assumed": info.time_assumed,
        "content_hash": info.content_hash,
        "skipped": skipped_document(info.skipped),
    }


def days_document(info: DatasetInfo, snapshots: Iterable[SnapshotInfo]) -> dict[str, Any]:
    """A dataset with its files and every chain of it."""
    chains = [
        {"at": iso(one.at), "day": one.day, "underlying_price": one.underlying_price, "counts": one.counts}
        for one in snapshots
    ]
    return {**dataset_document(info), "files": info.sources, "chains_by_time": chains}


def import_document(report: ImportReport) -> dict[str, Any]:
    """What an import did, file by file."""
    return {
        "files": [_file(one) for one in report.files],
        "recognised": [one._asdict() for one in report.recognised],
        "datasets": [_coverage(one) for one in report.coverage],
    }


def _file(file: FileReport) -> dict[str, Any]:
    return {
        "name": file.name,
        "outcome": file.outcome,
        "days": file.days,
        "rows": file.rows,
        "contracts": file.contracts,
        "counts": file.counts,
        "skipped": skipped_document(file.skipped),
    }


def _coverage(coverage: Coverage) -> dict[str, Any]:
    return {
        "underlying": coverage.underlying,
        "resolution": coverage.resolution,
        "market": coverage.market.name,
        "first": coverage.first,
        "last": coverage.last,
        "days": len(coverage.days),
        "missing": coverage.missing,
    }


def skipped_document(rows: Iterable[SkippedRows]) -> list[dict[str, Any]]:
    """Rows of files that made no snapshot."""
    return [{"file": one.source.name, "day": one.day, "rows": one.rows, "reason": one.reason} for one in rows]


def _beside_quotes(records: UnderlyingRecords | None) -> dict[str, Any]:
    return {
        "bars": [] if records is None else [_bars(info) for info in records.infos()],
        "corporate_events": () if records is None else records.events(),
        "rates": () if records is None else records.rates(),
        "settlement_values": () if records is None else records.settlements(),
        "properties": () if records is None else records.properties(),
    }


def _bars(info: BarsInfo) -> dict[str, Any]:
    return {
        "symbol": info.symbol,
        "resolution": info.resolution,
        "first_at": iso(info.first_at),
        "last_at": iso(info.last_at),
        "bars": info.rows,
        "formats": info.formats,
    }
