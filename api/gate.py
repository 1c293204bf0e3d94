"""What every request and every answer passes: a limit on bodies, and headers that browsers obey."""

from __future__ import annotations

from typing import Final

from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.http_errors import problem_answer
from api.problems import TOO_LARGE, problem

_ALWAYS: Final = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    # Styles: component libraries set some at run time. Images: charts are exported through data and blob addresses.
    "Content-Security-Policy": "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; "
    "object-src 'none'; base-uri 'none'; frame-ancestors 'none'; form-action 'self'",
}
_FOR_EVER: Final = "public, max-age=31536000, immutable"
_ASK_AGAIN: Final = "no-cache"


class BodyLimit:
    """Refuses bodies over a limit: at once where the length is announced, else while they arrive."""

    def __init__(self, app: ASGIApp, most_bytes: int) -> None:
        self._app, self._most = app, most_bytes

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        announced = Headers(scope=scope).get("content-length", "0")
        if announced.isdecimal() and int(announced) > self._most:
            await problem_answer(problem(TOO_LARGE, self._said()))(scope, receive, send)
            return
        received = 0

        async def counted() -> Message:
            nonlocal received
            message = await receive()
            received += len(message.get("body", b""))
            if received > self._most:
                raise HTTPException(TOO_LARGE.status, self._said())
            return message

        await self._app(scope, counted, send)

    def _said(self) -> str:
        return f"a body may have {self._most} bytes"


class BrowserHeaders:
    """Adds security headers to every answer, and says how long it may be kept."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on."""

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in _ALWAYS.items():
                    headers.setdefault(name, value)
                # The build names assets by their content; everything else may change any time.
                hashed = scope["path"].startswith("/assets/") and message["status"] == 200
                headers.setdefault("Cache-Control", _FOR_EVER if hashed else _ASK_AGAIN)
            await send(message)

        await self._app(scope, receive, with_headers if scope["type"] == "http" else send)
