"""Serving the reading room on an address of this machine."""

from __future__ import annotations

import sys
from collections.abc import Callable
from ipaddress import ip_address
from typing import Any

import uvicorn

from variorum.model import SettingError
from variorum.web.application import create_app
from variorum.web.settings import WebSettings

_LONGEST_HEADERS = 32_768
_PATIENCE = 10
"""Seconds that a connection may be idle, and that requests in hand have to end when the server is stopped."""


class _Server(uvicorn.Server):
    """A server that tells when it can be asked."""

    def __init__(self, config: uvicorn.Config, when_open: Callable[[], object]) -> None:
        super().__init__(config)
        self._when_open = when_open

    async def startup(self, sockets: list[Any] | None = None) -> None:
        """Begin to listen, then tell."""
        await super().startup(sockets)
        if self.started:
            self._when_open()


def serve(
    settings: WebSettings, host: str, port: int, when_open: Callable[[], object] = lambda: None
) -> None:
    """Serve until interrupted; `when_open` is called, and must not wait, once the server answers.

    Raises `SettingError` public-address where anybody could come in.
    """
    if not is_loopback(host):
        raise SettingError(
            f"{host} can be reached from other machines, and nobody has to log in here",
            code="public-address",
            remedy="serve on 127.0.0.1",
        )
    config = uvicorn.Config(
        create_app(settings),
        host=host,
        port=port,
        log_level="warning",
        server_header=False,
        h11_max_incomplete_event_size=_LONGEST_HEADERS,
        timeout_keep_alive=_PATIENCE,
        timeout_graceful_shutdown=_PATIENCE,
    )
    server = _Server(config, when_open)
    try:
        server.run()
    except KeyboardInterrupt:  # is raised again by uvicorn, after all was closed
        return
    if not server.started:
        sys.exit(1)  # uvicorn has said why


def is_loopback(host: str) -> bool:
    """Whether only this machine can reach an address."""
    if host == "localhost":
        return True
    try:
        return ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False
