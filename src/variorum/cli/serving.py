"""The commands that open the reading room."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from variorum.cli.ledger_options import By, Where
from variorum.cli.names import TextOrJson
from variorum.cli.options import Errors


def serve(
    ledger: Where,
    host: Annotated[
        str, typer.Option("--host", help="Address to listen on; a public one only where people log in.")
    ] = "127.0.0.1",
    port: Annotated[int, typer.Option("--port", min=1, max=65535, help="Port to listen on.")] = 8420,
    team: Annotated[
        bool, typer.Option("--team", help="People must log in. It is so by itself once the ledger knows any.")
    ] = False,
    names: Annotated[
        list[str] | None,
        typer.Option(
            "--host-name",
            metavar="NAME",
            help="A name under which browsers reach it. May be given several times.",
        ),
    ] = None,
    proxies: Annotated[
        list[str] | None,
        typer.Option(
            "--behind-proxy",
            metavar="ADDRESS",
            help="A proxy in front speaks https; its address, whose forwarded headers are believed.",
        ),
    ] = None,
    certificate: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Speak https with this certificate (PEM).")
    ] = None,
    key: Annotated[Path | None, typer.Option(metavar="FILE", help="The certificate's key (PEM).")] = None,
    provider: Annotated[
        Path | None,
        typer.Option(
            "--oidc", metavar="FILE", help="Settings of an identity provider (YAML): docs/reading-room."
        ),
    ] = None,
    by: By = None,
    errors: Errors = TextOrJson.TEXT,
) -> None:
    """Open the reading room on a ledger, in a browser on this machine, or for a team."""
    from variorum.cli.ledger_options import name_of
    from variorum.cli.session import session
    from variorum.ledger import user_cache
    from variorum.model import SettingError
    from variorum.web import WebSettings
    from variorum.web.security.provider_settings import read_provider_settings
    from variorum.web.serving import Door
    from variorum.web.serving import serve as run

    with session(errors):
        if (certificate is None) != (key is None):
            raise SettingError(
                "a certificate and its key belong together", where="--certificate", remedy="give both"
            )
        door = Door(host, port, tuple(names or ()), tuple(proxies or ()), certificate, key)
        settings = WebSettings(
            ledger=ledger,
            person=name_of(by),
            cache=user_cache(),
            team=True if team else None,
            provider=read_provider_settings(provider) if provider else None,
        )
        scheme = "https" if certificate else "http"
        run(
            settings,
            door,
            ready=lambda: sys.stderr.write(
                f"The reading room: {scheme}://{host}:{port}/ (stop it with Ctrl-C)\n"
            ),
        )


COMMANDS = (serve,)
