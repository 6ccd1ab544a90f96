"""Serving the reading room on an address of this machine."""

from __future__ import annotations

from ipaddress import ip_address

import uvicorn

from variorum.model import SettingError
from variorum.web.application import create_app
from variorum.web.settings import WebSettings

_LONGEST_HEADERS = 32_768
_PATIENCE = 10
"""Seconds that a connection may be idle, and that requests in hand have to end when the server is stopped."""


def serve(settings: WebSettings, host: str, port: int) -> None:
    """Serve until interrupted. Raises `SettingError` public-address where anybody could come in."""
    if not is_loopback(host):
        raise SettingError(
            f"{host} can be reached from other machines, and nobody has to log in here",
            code="public-address",
            remedy="serve on 127.0.0.1",
        )
    uvicorn.run(
        create_app(settings),
        host=host,
        port=port,
        log_level="warning",
        server_header=False,
        h11_max_incomplete_event_size=_LONGEST_HEADERS,
        timeout_keep_alive=_PATIENCE,
        timeout_graceful_shutdown=_PATIENCE,
    )


def is_loopback(host: str) -> bool:
    """Whether only this machine can reach an address."""
    if host == "localhost":
        return True
    try:
        return ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False
