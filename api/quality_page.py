"""The report on stored quotes as one page that needs nothing else: pictures, tables, examples."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape
from pathlib import Path
from typing import Final

from api.quality_pictures import calendar_picture, findings_picture
from data.errors import ExportError
from data.quality.findings import FINDINGS
from data.quality.report import DatasetQuality
from engine.instants import iso

_MOST_DAYS: Final = 20
_LEGEND: Final = "One square a session: grey-green without a suspicious quote, crossed out where it is missing."
_STYLE: Final = """
body { font: 15px/1.5 system-ui, sans-serif; color: #22262b; background: #fff; max-width: 62rem; margin: 2rem auto;
  padding: 0 1.2rem; }
h1 { font-size: 1.5rem; } h2 { font-size: 1.2rem; margin-top: 2.4rem; } h3 { font-size: 1rem; margin: 1.6rem 0 .4rem; }
table { border-collapse: collapse; font-variant-numeric: tabular-nums; }
th, td { text-align: left; padding: .18rem 1.1rem .18rem 0; border-bottom: 1px solid #e6e8ea; vertical-align: top; }
th { font-weight: 600; color: #555c64; } .number { text-align: right; }
.none { color: #6b737b; } .gap { color: #a93226; } svg { max-width: 100%; height: auto; }
"""


def write_page(path: Path, found: Sequence[DatasetQuality]) -> None:
    """Write the page.

    Raises:
        ExportError: when the file cannot be written.
    """
    if path.suffix != ".html":
        raise ExportError(f"{path}: the page is HTML; let the name end with .html")
    body = "\n".join(_dataset(one) for one in found)
    page = (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>Quality of stored quotes</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n"
        f"<h1>Quality of stored quotes</h1>\n{body}\n</body>\n</html>\n"
    )
    try:
        path.write_text(page, encoding="utf-8")
    except OSError as error:
        raise ExportError(f"{path}: the page cannot be written ({error.strerror}); name another place") from error


def _dataset(found: DatasetQuality) -> str:
    coverage = found.coverage
    expected = len(coverage.days) + len(coverage.missing)
    facts = (
        f"{len(coverage.days)} of {expected} sessions from {coverage.first} to {coverage.last}, "
        f"{sum(day.chains for day in found.days):,} chains, {found.quotes:,} quotes."
    )
    missing = ", ".join(day.isoformat() for day in coverage.missing)
    parts = [
        f"<h2>{escape(coverage.underlying)} ({escape(coverage.resolution)})</h2>",
        f"<p>{facts}</p>",
        f'<p class="gap">Missing sessions: {missing}.</p>' if missing else "<p>No session is missing.</p>",
        *(
            f"<p>{escape(skip.source.name)}: {skip.rows:,} rows of {skip.day} left out: {escape(skip.reason)}.</p>"
            for skip in found.skipped
        ),
        "<h3>Sessions</h3>",
        calendar_picture(found),
        f'<p class="none">{_LEGEND}</p>',
        "<h3>Worst days</h3>",
        _worst_days(found),
        "<h3>Findings</h3>",
        findings_picture(found) if any(found.counts.values()) else "",
        _findings(found),
        "<h3>Examples</h3>",
        _examples(found),
    ]
    return "\n".join(parts)


def _worst_days(found: DatasetQuality) -> str:
    unusual = [one for one in FINDINGS if not one.usual]
    rows = []
    for day in found.worst_days[:_MOST_DAYS]:
        named = ", ".join(f"{one.title} {day.counts[one.name]:,}" for one in unusual if day.counts[one.name])
        rows.append((str(day.day), f"{day.quotes:,}", f"{day.suspicious:,}", f"{day.share:.3%}", named))
    return _table(("day", "quotes#", "suspicious#", "share#", "findings"), rows)


def _findings(found: DatasetQuality) -> str:
    rows = [(one.title, f"{found.counts[one.name]:,}", one.blocks, one.meaning) for one in FINDINGS]
    return _table(("finding", "count#", "blocks", "meaning"), rows)


def _examples(found: DatasetQuality) -> str:
    rows = []
    for one in found.examples:
        prices = ("not quoted", "") if one.finding == "absent" else (f"{one.bid:.2f}", f"{one.ask:.2f}")
        rows.append((one.finding.replace("_", " "), iso(one.at), one.symbol, *prices))
    return _table(("finding", "chain", "symbol", "bid#", "ask#"), rows)


def _table(titles: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table; titles that end with # are of numbers."""
    lines = ["".join(_cell(cell, title) for cell, title in zip(row, titles, strict=True)) for row in rows]
    if not lines:
        return '<p class="none">None.</p>'
    head = "".join(_cell(title.rstrip("#"), title, "th") for title in titles)
    body = "".join(f"<tr>{line}</tr>\n" for line in lines)
    return f"<table>\n<thead><tr>{head}</tr></thead>\n<tbody>\n{body}</tbody>\n</table>"


def _cell(text: str, title: str, tag: str = "td") -> str:
    kind = ' class="number"' if title.endswith("#") else ""
    return f"<{tag}{kind}>{escape(text)}</{tag}>"
