"""The commands that open the reading room."""

from __future__ import annotations

import os
import sys
from typing import Annotated

import typer

from variorum.cli.fetch_options import AllowNetwork, Contact
from variorum.cli.ledger_options import By, Where
from variorum.cli.names import TextOrJson
from variorum.cli.options import Errors


def serve(
    ledger: Where,
    host: Annotated[str, typer.Option("--host", help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option("--port", min=1, max=65535, help="Port to listen on.")] = 8420,
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
    """Open the reading room on a ledger, in a browser on this machine."""
    from variorum.cli.fetch_options import settings_of
    from variorum.cli.ledger_options import name_of
    from variorum.cli.session import session
    from variorum.ledger import user_cache
    from variorum.web import WebSettings
    from variorum.web.observing import log_to_stderr
    from variorum.web.serving import serve as run
    from variorum.web.working.places import jobs_folder

    with session(errors):
        given = settings_of(contact, allow_network, None, None, None, None, None, None)
        fetching = given if fetch else None
        sys.stderr.write(f"The reading room: http://{host}:{port}/ (stop it with Ctrl-C)\n")
        settings = WebSettings(
            ledger=ledger,
            person=name_of(by),
            cache=user_cache(),
            jobs=jobs_folder(ledger),
            fetching=fetching,
            metrics_token=os.environ.get("VARIORUM_METRICS_TOKEN"),
        )
        if log or (log is None and not sys.stderr.isatty()):
            log_to_stderr()
        run(settings, host, port)


COMMANDS = (serve,)
