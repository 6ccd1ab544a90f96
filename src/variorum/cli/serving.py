"""The commands that open the reading room."""

from __future__ import annotations

import os
import sys
import webbrowser
from contextlib import suppress
from pathlib import Path
from threading import Thread
from typing import Annotated

import typer

from variorum.cli.fetch_options import AllowNetwork, Contact
from variorum.cli.ledger_options import By, Where
from variorum.cli.names import RoleName, TextOrJson
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
    texts_from: Annotated[
        RoleName,
        typer.Option(
            "--texts-from", help="The least role that may take whole texts out, by export or HTTP API."
        ),
    ] = RoleName.READER,
    fetch: Annotated[
        bool, typer.Option("--fetch/--no-fetch", help="Whether addresses that are handed over are fetched.")
    ] = True,
    contact: Contact = None,
    allow_network: AllowNetwork = None,
    log: Annotated[
        bool | None,
        typer.Option(
            "--log/--no-log",
            help="A line of JSON on standard error for each request; by itself unless that is a terminal.",
        ),
    ] = None,
    by: By = None,
    errors: Errors = TextOrJson.TEXT,
) -> None:
    """Open the reading room on a ledger, in a browser on this machine, or for a team."""
    from variorum.cli.fetch_options import settings_of
    from variorum.cli.ledger_options import name_of
    from variorum.cli.session import session
    from variorum.ledger import user_cache
    from variorum.model import SettingError
    from variorum.web import WebSettings
    from variorum.web.observing import log_to_stderr
    from variorum.web.security.provider_settings import read_provider_settings
    from variorum.web.serving import Door
    from variorum.web.serving import serve as run
    from variorum.web.working.places import jobs_folder

    with session(errors):
        if (certificate is None) != (key is None):
            raise SettingError(
                "a certificate and its key belong together", where="--certificate", remedy="give both"
            )
        door = Door(host, port, tuple(names or ()), tuple(proxies or ()), certificate, key)
        given = settings_of(contact, allow_network, None, None, None, None, None, None)
        settings = WebSettings(
            ledger=ledger,
            person=name_of(by),
            cache=user_cache(),
            team=True if team else None,
            provider=read_provider_settings(provider) if provider else None,
            texts_from=texts_from.value,
            jobs=jobs_folder(ledger),
            fetching=given if fetch else None,
            metrics_token=os.environ.get("VARIORUM_METRICS_TOKEN"),
        )
        if log or (log is None and not sys.stderr.isatty()):
            log_to_stderr()
        scheme = "https" if certificate else "http"
        run(
            settings,
            door,
            when_open=lambda: sys.stderr.write(
                f"The reading room: {scheme}://{host}:{port}/ (stop it with Ctrl-C)\n"
            ),
        )


def demo(
    folder: Annotated[
        Path | None,
        typer.Option("--folder", metavar="DIR", help="Where to keep it; your cache folder if left out."),
    ] = None,
    port: Annotated[int, typer.Option("--port", min=1, max=65535, help="Port to listen on.")] = 8420,
    fresh: Annotated[
        bool, typer.Option("--fresh", help="Make it anew; what was decided on it is lost.")
    ] = False,
    browser: Annotated[bool, typer.Option("--browser/--no-browser", help="Open it in your browser.")] = True,
    by: By = None,
    errors: Errors = TextOrJson.TEXT,
) -> None:
    """Open the reading room on nine invented incidents, to try everything on."""
    from variorum.cli.demo import demo_ledger
    from variorum.cli.ledger_options import name_of
    from variorum.cli.session import session
    from variorum.intake import FetchSettings
    from variorum.ledger import user_cache
    from variorum.web import WebSettings
    from variorum.web.serving import Door
    from variorum.web.serving import serve as run
    from variorum.web.working.places import jobs_folder

    with session(errors):
        ledger = demo_ledger(folder or user_cache() / "demo", user_cache(), fresh=fresh)
        address = f"http://127.0.0.1:{port}/"
        sys.stderr.write(
            f"Invented incidents, kept in {ledger}\nThe reading room: {address} (stop it with Ctrl-C)\n"
        )
        # A browser may keep whoever opens it waiting, and the server has to answer it meanwhile.
        opening = Thread(target=_browse, args=(address,), daemon=True) if browser else None
        settings = WebSettings(
            ledger=str(ledger),
            person=name_of(by),
            cache=user_cache(),
            jobs=jobs_folder(str(ledger)),
            fetching=FetchSettings(),
        )
        run(settings, Door(port=port), opening.start if opening else lambda: None)


def _browse(address: str) -> None:
    """Open a browser; where there is none, the address was printed."""
    with suppress(webbrowser.Error):
        webbrowser.open(address)


COMMANDS = (serve, demo)
