"""What every response carries, and how much a request may bring."""

from collections.abc import MutableMapping
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.open311 import answers as open311

LARGEST_BODY = 4 * 1024 * 1024  # bytes; a batch of 5000 observations takes about 1 MB
TOO_LARGE = "A request may bring 4 MiB."
HEADERS = {
    b"content-security-policy": b"default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
    b" connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    b"x-content-type-options": b"nosniff",
    b"referrer-policy": b"same-origin",
    b"cache-control": b"no-store",
}


class BodyTooLargeError(Exception):
    """More came than was announced or is taken."""


class Guard:
    """ASGI middleware: security headers on every response, 413 for a body over LARGEST_BODY, announced or not."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        if _announced(scope) > LARGEST_BODY:
            await _refuse(scope, receive, send)
            return
        try:
            await self._app(scope, _counted(receive), _guarded(send))
        except BodyTooLargeError:
            await _refuse(scope, receive, send)


def _announced(scope: Scope) -> int:
    value = dict(scope["headers"]).get(b"content-length", b"0")
    return int(value) if value.isdigit() else 0


def _counted(receive: Receive) -> Receive:
    taken = 0

    async def counted() -> Message:
        nonlocal taken
        message = await receive()
        taken += len(message.get("body", b""))
        if taken > LARGEST_BODY:
            raise BodyTooLargeError
        return message

    return counted


def _guarded(send: Send) -> Send:
    async def guarded(message: MutableMapping[str, Any]) -> None:
        if message["type"] == "http.response.start":
            present = {name for name, _ in message["headers"]}
            message["headers"] = [*message["headers"], *((k, v) for k, v in HEADERS.items() if k not in present)]
        await send(message)

    return guarded


async def _refuse(scope: Scope, receive: Receive, send: Send) -> None:
    if scope["path"].startswith(open311.PREFIX):
        await open311.fault(Request(scope), 413, TOO_LARGE)(scope, receive, send)
        return
    problem = {"type": "about:blank", "title": "Content Too Large", "status": 413, "detail": TOO_LARGE}
    await JSONResponse(problem, 413, media_type="application/problem+json")(scope, receive, send)
