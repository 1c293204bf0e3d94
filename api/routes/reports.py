"""Reports of finished backtests, as files to keep."""

from __future__ import annotations

from typing import Annotated, Any, Final

from fastapi import APIRouter, Depends, Response

from api.deps import Results, ServiceSettings
from api.reports.document import document_of
from api.reports.html.page import html_page
from api.reports.pdf.paper import pdf_pages
from api.routes.answers import problems
from api.routes.backtests import BacktestId
from api.runs import StoredRun, open_run

router = APIRouter(prefix="/backtests", tags=["backtests"])
_HTML: Final = "text/html; charset=utf-8"
_PDF: Final = "application/pdf"


def _stored_run(backtest_id: BacktestId, results: Results, settings: ServiceSettings) -> StoredRun:
    results.summary(backtest_id)  # an id that the database does not know never becomes a path
    return open_run(settings.runs / backtest_id)


Stored = Annotated[StoredRun, Depends(_stored_run)]


def _documented(media_type: str, description: str) -> dict[int | str, dict[str, Any]]:
    content = {media_type: {"schema": {"type": "string"}}}
    return {200: {"description": description, "content": content}, **problems(404, 409, 422)}


@router.get(
    "/{backtest_id}/report.html",
    summary="Report of a finished backtest as one HTML page",
    response_class=Response,
    responses=_documented("text/html", "A page that needs nothing beside itself."),
)
def get_html_report(run: Stored) -> Response:
    """What `ironfly report` writes; an attachment, so that its own styles are in force."""
    return _file(html_page(document_of(run)), _HTML, f"{run.folder.name}.html")


@router.get(
    "/{backtest_id}/report.pdf",
    summary="Report of a finished backtest as PDF",
    response_class=Response,
    responses=_documented(_PDF, "The same report on pages."),
)
def get_pdf_report(run: Stored) -> Response:
    """What `ironfly report` writes."""
    return _file(pdf_pages(document_of(run)), _PDF, f"{run.folder.name}.pdf")


def _file(content: str | bytes, media_type: str, name: str) -> Response:
    return Response(content, media_type=media_type, headers={"Content-Disposition": f'attachment; filename="{name}"'})
