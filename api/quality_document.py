"""The report on stored quotes as JSON, for programs."""

from __future__ import annotations

import json
from collections.abc import Sequence
from math import isnan
from typing import Any

from data.quality.findings import FINDINGS
from data.quality.report import DatasetQuality
from engine.instants import iso


def quality_document(found: Sequence[DatasetQuality]) -> str:
    """One JSON object: what the findings mean, and every dataset with every day; prices that are unknown are null."""
    findings = [{"name": one.name, "meaning": one.meaning, "blocks": one.blocks} for one in FINDINGS]
    document = {"findings": findings, "datasets": [_dataset(one) for one in found]}
    return json.dumps(document, indent=2, allow_nan=False) + "\n"


def _dataset(found: DatasetQuality) -> dict[str, Any]:
    coverage = found.coverage
    return {
        "underlying": coverage.underlying,
        "resolution": coverage.resolution,
        "first": coverage.first.isoformat(),
        "last": coverage.last.isoformat(),
        "missing": [day.isoformat() for day in coverage.missing],
        "skipped": [
            {"file": one.source.name, "day": one.day.isoformat(), "rows": one.rows, "reason": one.reason}
            for one in found.skipped
        ],
        "quotes": found.quotes,
        "counts": found.counts,
        "worst_days": [day.day.isoformat() for day in found.worst_days],
        "days": [
            {
                "day": day.day.isoformat(),
                "chains": day.chains,
                "quotes": day.quotes,
                "suspicious": day.suspicious,
                "counts": day.counts,
            }
            for day in found.days
        ],
        "examples": [
            {
                "finding": one.finding,
                "at": iso(one.at),
                "symbol": one.symbol,
                "bid": _known(one.bid),
                "ask": _known(one.ask),
            }
            for one in found.examples
        ],
    }


def _known(price: float) -> float | None:
    return None if isnan(price) else price
