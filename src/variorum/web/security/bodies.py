"""Bounds on what is sent to the reading room: so many bytes and no more, and not a byte now and then for ever."""

from __future__ import annotations

import asyncio
from typing import Final

from fastapi import HTTPException, Request
from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from variorum.web.faults import fault_page

MOST_BYTES: Final = 1 << 20
"""What a form of the reading room can come to."""
MOST_BYTES_ADDED: Final = 64 << 20
"""What reports to be added can come to in one request."""
_ADDED_AT: Final = ("/add", "/api/")
SECONDS: Final = 20.0
"""How long a body may take; it may take longer only as it is longer than this many bytes a second:"""
SLOWEST: Final = 16_000

_TOO_LARGE: Final = "More than {:,} bytes."


class BoundedBodies:
    """Refuses bodies that are too long, said or found to be (413), and those that come too slowly (408)."""

    def __init__(self, app: ASGIApp, seconds: float = SECONDS) -> None:
        self._app, self._seconds = app, seconds

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on with its body bounded, or answer it."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        most = MOST_BYTES_ADDED if scope["path"].startswith(_ADDED_AT) else MOST_BYTES
        said = Headers(scope=scope).get("content-length", "")
        if said.isascii() and said.isdigit() and (len(said) > 18 or int(said) > most):
            answer = fault_page(Request(scope), 413, _TOO_LARGE.format(most))
            answer.headers["Connection"] = "close"
            await answer(scope, receive, send)
            return
        await self._app(scope, _Bounded(receive, most, self._seconds), send)


class _Bounded:
    """Receives for an application, and counts."""

    def __init__(self, receive: Receive, most: int, seconds: float) -> None:
        self._receive, self._most, self._seconds = receive, most, seconds
        self._began: float | None = None
        self._size, self._is_whole = 0, False

    async def __call__(self) -> Message:
        """The next piece. Raises `HTTPException` 413 or 408, which the application's own handler tells."""
        if self._is_whole:  # what is waited for now is only that the other side goes away
            return await self._receive()
        now = asyncio.get_running_loop().time()
        self._began = now if self._began is None else self._began
        due = self._began + self._seconds + self._size / SLOWEST
        try:
            message = await asyncio.wait_for(self._receive(), max(0.0, due - now))
        except TimeoutError:
            raise HTTPException(408, headers={"Connection": "close"}) from None
        if message["type"] == "http.request":
            self._size += len(message.get("body", b""))
            self._is_whole = not message.get("more_body", False)
        if self._size > self._most:
            raise HTTPException(413, _TOO_LARGE.format(self._most), headers={"Connection": "close"})
        return message
