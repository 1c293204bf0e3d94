"""`ironfly report`: a run as one HTML page and as PDF."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import NamedTuple

from api.cli.json_answer import print_json
from api.errors import ReportNotWritten
from api.reports.document import document_of
from api.reports.html.page import html_page
from api.reports.pdf.paper import pdf_pages
from api.runs import open_run
from api.runs.catalogue import REPORT_HTML, REPORT_PDF


class Formats(NamedTuple):
    """Which reports are asked for."""

    html: bool
    pdf: bool


def report(run: str, formats: Formats, out: Path | None, *, as_json: bool) -> None:
    """Write the reports that are asked for, and print their names.

    Args:
        out: their folder; made where it is not there. None: that of the run.

    Raises:
        UnknownRun, RunUnreadable: as `open_run`.
        ReportNotWritten: when a file cannot be written; a file of that name is as it was.
    """
    stored = open_run(run)
    document, folder = document_of(stored), out or stored.folder
    html, pdf = (
        folder / name if asked else None for name, asked in zip((REPORT_HTML, REPORT_PDF), formats, strict=True)
    )
    if html is not None:
        _write(html, html_page(document).encode())
    if pdf is not None:
        _write(pdf, pdf_pages(document))
    if as_json:
        print_json({"html": html, "pdf": pdf})
    else:
        print(*(file for file in (html, pdf) if file is not None), sep="\n")


def _write(file: Path, content: bytes) -> None:
    """Put a file in its place as a whole."""
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=f".{file.name}.", dir=file.parent) as staging:
            staged = Path(staging) / file.name
            staged.write_bytes(content)
            staged.replace(file)
    except OSError as error:
        raise ReportNotWritten(f"{file} cannot be written ({error.strerror}); name another place") from error
