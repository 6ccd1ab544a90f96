"""Serving the reading room on an address of this machine."""

from __future__ import annotations

import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from ipaddress import ip_address
from pathlib import Path
from threading import current_thread, main_thread
from typing import Any

import uvicorn

from variorum.ledger import Ledger
from variorum.model import SettingError
from variorum.web.application import create_app
from variorum.web.security.connections import PatientProtocol
from variorum.web.settings import WebSettings

_LONGEST_HEADERS = 32_768
_PATIENCE = 10
"""Seconds that a connection may be idle, and that requests in hand have to end when the server is stopped."""
_MOST_AT_ONCE = 1_000
"""Connections and requests in hand beyond which more are answered 503."""


@dataclass(frozen=True, slots=True)
class Door:
    """Where to listen, and how browsers reach it."""

    host: str = "127.0.0.1"
    port: int = 8420
    names: tuple[str, ...] = ()
    """Names of hosts besides localhost under which it may be called."""
    proxies: tuple[str, ...] = ()
    """Addresses of proxies whose word is taken for who asks, and by http or https; `*` is any."""
    certificate: Path | None = None
    key: Path | None = None

    @property
    def is_secure(self) -> bool:
        """Whether browsers come by https: here, or at the proxy in front."""
        return self.certificate is not None or bool(self.proxies)


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


def serve(settings: WebSettings, door: Door, when_open: Callable[[], object] = lambda: None) -> None:
    """Serve until interrupted or told to end; `when_open` is called, and must not wait, once the server answers.

    Raises `SettingError` as `guarded` does.
    """
    config = uvicorn.Config(
        create_app(guarded(settings, door)),
        host=door.host,
        port=door.port,
        http=PatientProtocol,
        ws="none",
        log_level="warning",
        server_header=False,
        proxy_headers=bool(door.proxies),
        forwarded_allow_ips=list(door.proxies),
        ssl_certfile=door.certificate,
        ssl_keyfile=door.key,
        limit_concurrency=_MOST_AT_ONCE,
        h11_max_incomplete_event_size=_LONGEST_HEADERS,
        timeout_keep_alive=_PATIENCE,
        timeout_graceful_shutdown=_PATIENCE,
    )
    server = _Server(config, when_open)
    try:
        with _told_to_end_as_interrupted():
            server.run()
    except KeyboardInterrupt:
        return
    if not server.started:
        sys.exit(1)  # uvicorn has said why


@contextmanager
def _told_to_end_as_interrupted() -> Iterator[None]:
    """After all was closed uvicorn gives itself the signal again: SIGTERM would then end the program at once, with locks of
    the process that works left lying about."""
    if current_thread() is not main_thread():  # signals come to that one only
        yield
        return
    before = signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def guarded(settings: WebSettings, door: Door) -> WebSettings:
    """The settings as they are served at a door. Where nobody can log in yet, `team` is left open: somebody may be added.

    Raises `SettingError`: public-address where anybody could come in, or read along; no-people where nobody could log in.
    """
    with Ledger.open(settings.ledger) as ledger:
        are_there = ledger.people.are_there()
    team = are_there or settings.provider is not None if settings.team is None else settings.team
    if team and not are_there and settings.provider is None:
        raise SettingError(
            "nobody could log in: the ledger knows no people",
            remedy="add an admin: variorum people LEDGER add NAME --role admin",
            code="no-people",
        )
    if not is_loopback(door.host):
        if not team:
            raise SettingError(
                f"{door.host} can be reached from other machines, and nobody has to log in here",
                remedy="serve on 127.0.0.1, or add people: variorum people LEDGER add NAME --role admin",
                code="public-address",
            )
        if not door.is_secure:
            raise SettingError(
                f"{door.host} can be reached from other machines, and passwords would go there in the clear",
                remedy="give --certificate and --key, or --behind-proxy where a proxy in front speaks https",
                code="public-address",
            )
    hosts = (*settings.hosts, *(name.lower() for name in door.names))
    return replace(
        settings, team=team or settings.team, secure=settings.secure or door.is_secure, hosts=hosts
    )


def is_loopback(host: str) -> bool:
    """Whether only this machine can reach an address."""
    if host == "localhost":
        return True
    try:
        return ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False
