"""The built page on the same origin as the API; without a build, a text that says how to make one."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from fastapi import APIRouter, Depends, FastAPI, HTTPException, Request
from fastapi.responses import PlainTextResponse

_ABSENT: Final = """\
The page is not built. The API works: /api/health, /api/openapi.json.

To build the page:   make page        (needs Node 20 or newer)
Then start again:    ironfly serve    (or name its folder: ironfly serve --page DIR)
"""


def serve_page(app: FastAPI, folder: Path) -> None:
    """Serve the folder; addresses of the page's own routes are answered with its index.html."""
    router = APIRouter(dependencies=[Depends(_not_the_api)])
    if (folder / "index.html").is_file():
        router.frontend("/", directory=folder, fallback="index.html")
    else:
        router.add_api_route("/", _absent, include_in_schema=False)
    app.include_router(router)


def _not_the_api(request: Request) -> None:
    """An unknown address below /api is a problem, never the page."""
    if request.url.path == "/api" or request.url.path.startswith("/api/"):
        raise HTTPException(404)


def _absent() -> PlainTextResponse:
    return PlainTextResponse(_ABSENT)
