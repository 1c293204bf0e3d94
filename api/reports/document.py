"""The content of a report, said once: `html` and `pdf` lay out the same document."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from api.reports.blocks import Chapter, Document
from api.reports.chapters.activity import activity_chapter
from api.reports.chapters.causes import causes_chapter
from api.reports.chapters.curve import benchmark_chapter, curve_chapter
from api.reports.chapters.first import first_chapter, headline_chapter
from api.reports.chapters.provenance import assumptions_chapter, checking_chapter, data_chapter
from api.reports.chapters.risk import risk_chapter
from api.reports.chapters.trades import trades_chapter
from api.reports.pictures import Gallery
from api.reports.words import exchange_day, spelled
from schemas.summary import Summary

if TYPE_CHECKING:
    from api.runs import StoredRun


def document_of(run: StoredRun) -> Document:
    """Everything that a report says about a run; warnings and assumptions first."""
    summary, gallery = run.summary, Gallery(run)
    chapters = (
        first_chapter(summary),
        headline_chapter(summary),
        curve_chapter(summary, gallery),
        causes_chapter(summary, gallery),
        trades_chapter(run, gallery),
        risk_chapter(summary, gallery),
        benchmark_chapter(summary),
        activity_chapter(summary, gallery),
        data_chapter(summary),
        assumptions_chapter(summary),
        checking_chapter(summary, f"ironfly verify {run.folder}"),
    )
    return Document(
        summary.config.name, _subtitle(summary), _facts(summary), tuple(filter(None, map(_filled, chapters)))
    )


def _filled(chapter: Chapter) -> Chapter | None:
    """The chapter without empty parts; None where nothing is left."""
    parts = tuple(part for part in chapter.parts if part.blocks)
    return replace(chapter, parts=parts) if parts else None


def _subtitle(summary: Summary) -> str:
    prices = "model prices" if summary.data.prices == "model" else "quoted prices"
    return f"Backtest on {', '.join(summary.data.underlyings)}, {prices}"


def _facts(summary: Summary) -> tuple[tuple[str, str], ...]:
    run, zone = summary.run, summary.data.timezone
    return (
        ("From", exchange_day(run.simulated_from, zone)),
        ("To", exchange_day(run.simulated_to, zone)),
        ("Status", spelled(run.status)),
        ("Strategies", ", ".join(summary.strategies) or "none"),
        ("Engine", f"ironfly {run.engine_version}"),
        ("Summary", summary.summary_hash[:16]),
    )
