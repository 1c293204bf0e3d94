"""Facts about a dataset, computed from its snapshots."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from data.datasets import DatasetInfo, SkippedRows, SnapshotInfo, content_hash, total
from data.errors import NotCovered
from data.planning import DatasetKey, coverage_of


def dataset_info(
    underlying: str, resolution: str, snapshots: Sequence[SnapshotInfo], skipped: Iterable[SkippedRows]
) -> DatasetInfo:
    """One dataset, of at least one snapshot."""
    ordered = tuple(sorted(skipped))
    used = {info.source for info in snapshots} | {skip.source for skip in ordered}
    return DatasetInfo(
        coverage=coverage_of(underlying, resolution, sorted({info.day for info in snapshots}), snapshots[0].market),
        vendors=tuple(sorted({source.format for source in used})),
        snapshots=len(snapshots),
        counts=total(info.counts for info in snapshots),
        time_assumed=any(info.time_assumed for info in snapshots),
        price_origins=tuple(sorted({info.price_origin for info in snapshots})),
        content_hash=content_hash(snapshots),
        sources=tuple(sorted(used)),
        skipped=ordered,
    )


def nothing_stored(underlying: str, resolution: str, stored: Sequence[DatasetKey]) -> NotCovered:
    """Error that says what is stored instead."""
    what = ", ".join(f"{name} ({step})" for name, step in stored)
    remedy = f"stored: {what}" if what else "the store is empty, import files first"
    return NotCovered(f"no data of {underlying} at resolution {resolution!r}; {remedy}")
