"""`ironfly data`: vendor files into the store, and what the store holds."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

from rich.table import Table

from api.cli.display import console, plain_table
from api.cli.json_answer import print_json
from api.cli.stored_documents import import_document, store_document
from api.settings import Settings
from data.datasets import DatasetInfo, FileReport, PriceOrigin, QualityCounts
from data.importing import ImportProgress, ImportReport, import_files
from data.parquet_store import ParquetStore
from data.providers.mapped import Mapped
from data.providers.mapping_file import read_mapping
from data.underlying_records import covered
from data.underlying_rows import SettlementValue

_MOST_NAMED = 10


def import_paths(
    paths: Sequence[Path], format_or_mapping: str | Path, store: Path | None, replace_days: bool = False
) -> tuple[Path, ImportReport]:
    """Import files, all or none; returns the folder of the store, and what came in and what did not.

    Args:
        format_or_mapping: name of a format, or the file of a column mapping.
    """
    folder = store or Settings().store
    reader: str | Mapped
    if isinstance(format_or_mapping, Path):
        reader = Mapped(read_mapping(format_or_mapping))
    else:
        # Option names are written with hyphens everywhere in a shell; formats are Python names.
        reader = format_or_mapping.replace("-", "_")
    return folder, import_files(paths, reader, ParquetStore(folder), replace_days=replace_days, progress=_show_progress)


def show_stored(store: Path | None, *, as_json: bool) -> None:
    """Print one row per underlying and resolution."""
    folder = store or Settings().store
    stored = ParquetStore(folder)
    if as_json:
        print_json(store_document(stored))
    else:
        _show_store(stored, folder)


def _show_store(stored: ParquetStore, folder: Path) -> None:
    out = console()
    datasets = stored.datasets()
    if datasets:
        out.print(_datasets_table(datasets))
    elif not _show_underlyings(stored):
        out.print(f"The store {folder} is empty; import files with `ironfly data import`.", soft_wrap=True)
        return
    for info in datasets:
        coverage = info.coverage
        if coverage.missing:
            out.print(f"{coverage.underlying} has no data of {_dates(coverage.missing)}", soft_wrap=True)
        if info.price_origins != (PriceOrigin.VENDOR,):
            out.print(_without_price(info), soft_wrap=True)
        for skip in info.skipped:
            out.print(f"{skip.source.name}: {skip.rows} rows of {skip.day} left out: {skip.reason}", soft_wrap=True)
    if datasets:
        _show_underlyings(stored)


def _datasets_table(datasets: Sequence[DatasetInfo]) -> Table:
    table = plain_table()
    for title in ("underlying", "resolution", "format", "first", "last"):
        table.add_column(title)
    for title in ("days", "missing", "chains", "quotes", "no bid", "crossed", "stale"):
        table.add_column(title, justify="right")
    for info in datasets:
        table.add_row(*_row(info))
    return table


def _show_underlyings(store: ParquetStore) -> bool:
    """Print what is stored of underlyings besides quotes; returns whether there is anything."""
    out = console()
    with store.underlyings() as records:
        if records is None:
            return False
        for bars in records.infos():
            out.print(
                f"bars of {bars.symbol} ({bars.resolution}): {bars.rows:,}, {covered(bars)}, from "
                f"{', '.join(bars.formats)}",
                soft_wrap=True,
            )
        events, rates, settlements = records.events(), records.rates(), records.settlements()
        for symbol in sorted({event.symbol for event in events}):
            own = [event for event in events if event.symbol == symbol]
            splits = sum(event.shares != 1 for event in own)
            paid = sum(event.dividend_usd != 0 for event in own)
            out.print(f"{symbol}: {paid:,} dividends and {splits:,} splits, {own[0].ex_date} to {own[-1].ex_date}")
        if rates:
            out.print(f"rates: {len(rates):,}, {rates[0].on} to {rates[-1].on}")
        for line in settlement_lines(settlements):
            out.print(line, soft_wrap=True)
        properties = records.properties()
        if properties:
            out.print(f"properties of {len(properties):,} symbols of {len({one.market for one in properties})} markets")
        return bool(records.infos() or events or rates or settlements or properties)


def settlement_lines(values: Sequence[SettlementValue]) -> Iterator[str]:
    """What is stored of settlement values, a line per root."""
    for root in sorted({one.root for one in values}):
        own = [one for one in values if one.root == root]
        files = ", ".join(sorted({one.file for one in own}))
        yield f"settlement values of {root}: {len(own):,}, {own[0].expires_on} to {own[-1].expires_on}, from {files}"


def _row(info: DatasetInfo) -> tuple[str, ...]:
    coverage, counts = info.coverage, info.counts
    return (
        coverage.underlying,
        coverage.resolution,
        ", ".join(info.vendors),
        coverage.first.isoformat(),
        coverage.last.isoformat(),
        *(f"{count:,}" for count in (len(coverage.days), len(coverage.missing), info.snapshots)),
        *(f"{count:,}" for count in (counts.rows, counts.no_bid, counts.crossed, counts.stale)),
    )


def _without_price(info: DatasetInfo) -> str:
    name = f"{info.coverage.underlying} ({info.coverage.resolution})"
    if PriceOrigin.NONE in info.price_origins:
        return f"{name}: chains without a price of the underlying; no run can be made on them"
    return f"{name}: prices of the underlying estimated by put-call parity"


def _show_progress(progress: ImportProgress) -> None:
    if sys.stderr.isatty():
        end = "\n" if progress.done == progress.files else ""
        sys.stderr.write(f"\r{progress.done} of {progress.files} files, {progress.rows:,} rows{end}")
        sys.stderr.flush()


def show_report(report: ImportReport, folder: Path, *, as_json: bool) -> None:
    """Print what an import did."""
    if as_json:
        print_json({"store": folder, **import_document(report)})
        return
    out = console()
    table = plain_table()
    for title in ("file", "outcome", "days"):
        table.add_column(title)
    for title in ("rows", "contracts", "no bid", "crossed", "stale"):
        table.add_column(title, justify="right")
    for file in report.files:
        table.add_row(*_file_row(file))
    out.print(table)
    for one in report.recognised:
        out.print(f"read as {one.format}: {one.because}", soft_wrap=True, markup=False)
    for skip in report.skipped:
        out.print(f"{skip.source.name}: {skip.rows} rows of {skip.day} left out: {skip.reason}", soft_wrap=True)
    for coverage in report.coverage:
        gaps = f", no data of {_dates(coverage.missing)}" if coverage.missing else ""
        out.print(
            f"{coverage.underlying} ({coverage.resolution}) in {folder}: {len(coverage.days)} days from "
            f"{coverage.first} to {coverage.last}{gaps}",
            soft_wrap=True,
        )


def _file_row(file: FileReport) -> tuple[str, ...]:
    counts: QualityCounts = file.counts
    return (
        file.name,
        file.outcome.value.replace("_", " "),
        _dates(file.days),
        *(f"{count:,}" for count in (file.rows, file.contracts, counts.no_bid, counts.crossed, counts.stale)),
    )


def _dates(days: Sequence[date]) -> str:
    more = len(days) - _MOST_NAMED
    return ", ".join(day.isoformat() for day in days[:_MOST_NAMED]) + (f" and {more} more" if more > 0 else "")
