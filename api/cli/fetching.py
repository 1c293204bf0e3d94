"""`ironfly data fetch`: a vendor's files over the network, and into the store when asked."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from api.cli.display import console, plain_table
from api.cli.json_answer import print_json
from api.cli.stored_data import import_paths, show_report
from api.cli.stored_documents import import_document
from api.settings import Settings
from data.connectors.download import Outcome
from data.connectors.politeness import Politeness
from data.connectors.polygon_files import FetchedFile, FetchProgress, fetch_days, key_of
from data.connectors.s3_bucket import Credentials, S3Bucket
from data.errors import FetchError
from engine.naming import unknown_name

_VENDORS = ("polygon",)


class Wanted(NamedTuple):
    """What to fetch: vendor, dataset, first and last day; and whether it is imported."""

    vendor: str
    dataset: str
    days: tuple[date, date]
    import_too: bool


def fetch(wanted: Wanted, downloads: Path | None, store: Path | None, *, as_json: bool) -> None:
    """Fetch the files of all sessions, print what came, and import what is there if asked."""
    if wanted.vendor not in _VENDORS:
        raise FetchError(unknown_name("vendor", wanted.vendor, _VENDORS))
    key_of(wanted.dataset, wanted.days[0])
    settings = Settings()
    bucket = S3Bucket(settings.polygon_endpoint, settings.polygon_bucket, Credentials.of(os.environ), Politeness())
    files = fetch_days(bucket, wanted.dataset, wanted.days, downloads or settings.downloads, _show_progress)
    if not as_json:
        _show(files)
    there = [file.path for file in files if file.outcome is not Outcome.ABSENT]
    if not there:
        raise FetchError(f"the server has no file of {wanted.dataset} for these dates; check dates, bucket and plan")
    folder, report = import_paths(there, "auto", store) if wanted.import_too else (None, None)
    if as_json:
        imported = None if report is None else import_document(report)
        print_json({"files": [_document(file) for file in files], "store": folder, "imported": imported})
    elif folder is not None and report is not None:
        show_report(report, folder, as_json=False)


def _show_progress(progress: FetchProgress) -> None:
    if sys.stderr.isatty():
        end = "\n" if progress.done == progress.files else ""
        share = f"{progress.bytes / 1e6:,.1f} of {progress.of_bytes / 1e6:,.1f} MB"
        sys.stderr.write(f"\r\x1b[K{progress.done} of {progress.files} files, {progress.name}: {share}{end}")
        sys.stderr.flush()


def _document(file: FetchedFile) -> dict[str, Any]:
    path = None if file.outcome is Outcome.ABSENT else file.path
    return {"day": file.day, "outcome": file.outcome, "file": path, "bytes": file.size}


def _show(files: Sequence[FetchedFile]) -> None:
    table = plain_table()
    for title in ("day", "outcome", "file"):
        table.add_column(title)
    table.add_column("bytes", justify="right")
    for file in files:
        name = "" if file.outcome is Outcome.ABSENT else str(file.path)
        table.add_row(file.day.isoformat(), file.outcome.value, name, f"{file.size:,}")
    console().print(table)
