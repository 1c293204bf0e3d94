"""`ironfly data quality`: what is wrong with stored quotes, for people in a terminal, as JSON, and as a page."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Final

from rich.console import Console

from api.cli.display import console, plain_table
from api.quality_document import quality_document
from api.settings import Settings
from data.parquet_store import ParquetStore
from data.quality.findings import FINDINGS
from data.quality.report import DatasetQuality, DayQuality, dataset_quality
from data.summaries import nothing_stored
from engine.instants import iso

_MOST_DAYS: Final = 10
_MOST_NAMED: Final = 10


def look(underlying: str | None, store: Path | None) -> list[DatasetQuality]:
    """Read the datasets of one underlying, or all that are stored.

    Raises:
        NotCovered: when nothing is stored of it.
    """
    repository = ParquetStore(store or Settings().store)
    keys = [(one.coverage.underlying, one.coverage.resolution) for one in repository.datasets()]
    chosen = [key for key in keys if underlying in (None, key[0])]
    if not chosen:
        raise nothing_stored(underlying or "anything", "any", keys)
    return [dataset_quality(repository, *key) for key in chosen]


def show_report(found: Sequence[DatasetQuality], *, as_json: bool) -> None:
    """Print what was found, for people or as JSON."""
    if as_json:
        sys.stdout.write(quality_document(found))
        return
    for one in found:
        _show(console(), one)


def _show(out: Console, found: DatasetQuality) -> None:
    coverage, days = found.coverage, found.days
    expected = len(coverage.days) + len(coverage.missing)
    out.print(f"{coverage.underlying} ({coverage.resolution})", style="bold")
    out.print(
        f"  {len(days)} of {expected} sessions from {coverage.first} to {coverage.last}, "
        f"{sum(day.chains for day in days):,} chains, {found.quotes:,} quotes",
        soft_wrap=True,
    )
    if coverage.missing:
        out.print(f"  missing sessions: {_dates(coverage.missing)}", soft_wrap=True, style="yellow")
    for skip in found.skipped:
        out.print(f"  {skip.source.name}: {skip.rows:,} rows of {skip.day} left out: {skip.reason}", soft_wrap=True)
    _show_worst(out, found.worst_days)
    _show_counts(out, found)
    _show_examples(out, found)
    out.print()


def _show_worst(out: Console, worst: Sequence[DayQuality]) -> None:
    if not worst:
        out.print("  no day has a finding that a good chain does not have", soft_wrap=True)
        return
    table = plain_table(f"Worst days ({min(len(worst), _MOST_DAYS)} of {len(worst)} with findings)")
    table.add_column("day", no_wrap=True)
    for title in ("quotes", "suspicious", "share"):
        table.add_column(title, justify="right")
    table.add_column("findings", overflow="fold")
    unusual = [one for one in FINDINGS if not one.usual]
    for day in worst[:_MOST_DAYS]:
        named = [f"{one.title} {day.counts[one.name]:,}" for one in unusual if day.counts[one.name]]
        table.add_row(str(day.day), f"{day.quotes:,}", f"{day.suspicious:,}", f"{day.share:.3%}", ", ".join(named))
    out.print(table)


def _show_counts(out: Console, found: DatasetQuality) -> None:
    table = plain_table("Findings")
    table.add_column("finding", no_wrap=True)
    for title in ("count", "of quotes"):
        table.add_column(title, justify="right")
    for title in ("blocks", "meaning"):
        table.add_column(title)
    for one in FINDINGS:
        count = found.counts[one.name]
        if not count:
            continue
        share = f"{count / found.quotes:.3%}" if found.quotes and one.name != "absent" else ""
        table.add_row(one.title, f"{count:,}", share, one.blocks, one.meaning)
    if table.row_count:
        out.print(table)
    absent = [one.title for one in FINDINGS if not found.counts[one.name]]
    out.print(f"  not found: {', '.join(absent) or 'nothing'}", soft_wrap=True)


def _show_examples(out: Console, found: DatasetQuality) -> None:
    if not found.examples:
        return
    table = plain_table("Examples")
    for title in ("finding", "chain", "symbol"):
        table.add_column(title, no_wrap=True)
    for title in ("bid", "ask"):
        table.add_column(title, justify="right")
    for one in found.examples:
        prices = ("not quoted", "") if one.finding == "absent" else (f"{one.bid:.2f}", f"{one.ask:.2f}")
        table.add_row(one.finding.replace("_", " "), iso(one.at), one.symbol, *prices)
    out.print(table)


def _dates(days: Sequence[date]) -> str:
    more = len(days) - _MOST_NAMED
    return ", ".join(day.isoformat() for day in days[:_MOST_NAMED]) + (f" and {more} more" if more > 0 else "")
