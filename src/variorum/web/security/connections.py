"""Bounds on connections: one that does not come to the point is cut off.

uvicorn waits without end for the head of a request, which is all that a slowloris needs: hundreds of connections that send a
byte now and then. This is its protocol with one timer more. Bodies are bounded in `bodies`.
"""

from __future__ import annotations

import asyncio
from typing import Any, Final

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol

SECONDS_FOR_A_HEAD: Final = 10.0
"""How long the line and the headers of a request may take, from the connection or from their first byte on."""


class PatientProtocol(H11Protocol):
    """HTTP/1.1 with an end to patience."""

    seconds = SECONDS_FOR_A_HEAD
    _due: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Begin to wait for a request."""
        super().connection_made(transport)
        self._look()

    def data_received(self, data: bytes) -> None:
        """Take what came; wait on only while a head is not whole, or what comes is wanted by nobody."""
        super().data_received(data)
        self._look()

    def connection_lost(self, exc: Exception | None) -> None:
        """Wait no more."""
        self._stop()
        super().connection_lost(exc)

    def _look(self) -> None:
        cycle: Any = self.cycle
        is_answered = cycle is not None and cycle.response_complete
        if self.transport.is_closing() or not (self.conn.their_state is h11.IDLE or is_answered):
            self._stop()
        elif self._due is None:
            self._due = self.loop.call_later(self.seconds, self._cut)

    def _stop(self) -> None:
        if self._due is not None:
            self._due.cancel()
            self._due = None

    def _cut(self) -> None:
        self._due = None
        cycle: Any = self.cycle
        is_answered = cycle is not None and cycle.response_complete
        if self.conn.their_state is h11.IDLE or is_answered:
            self.transport.abort()
