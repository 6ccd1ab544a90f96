"""The commands that open the reading room."""

from __future__ import annotations

import sys
import webbrowser
from contextlib import suppress
from pathlib import Path
from threading import Thread
from typing import Annotated

import typer

from variorum.cli.ledger_options import By, Where
from variorum.cli.names import TextOrJson
from variorum.cli.options import Errors


def serve(
    ledger: Where,
    host: Annotated[str, typer.Option("--host", help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option("--port", min=1, max=65535, help="Port to listen on.")] = 8420,
    by: By = None,
    errors: Errors = TextOrJson.TEXT,
) -> None:
    """Open the reading room on a ledger, in a browser on this machine."""
    from variorum.cli.ledger_options import name_of
    from variorum.cli.session import session
    from variorum.ledger import user_cache
    from variorum.web import WebSettings
    from variorum.web.serving import serve as run

    with session(errors):
        sys.stderr.write(f"The reading room: http://{host}:{port}/ (stop it with Ctrl-C)\n")
        run(WebSettings(ledger=ledger, person=name_of(by), cache=user_cache()), host, port)


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
    from variorum.ledger import user_cache
    from variorum.web import WebSettings
    from variorum.web.serving import serve as run

    with session(errors):
        ledger = demo_ledger(folder or user_cache() / "demo", user_cache(), fresh=fresh)
        address = f"http://127.0.0.1:{port}/"
        sys.stderr.write(
            f"Invented incidents, kept in {ledger}\nThe reading room: {address} (stop it with Ctrl-C)\n"
        )
        # A browser may keep whoever opens it waiting, and the server has to answer it meanwhile.
        opening = Thread(target=_browse, args=(address,), daemon=True) if browser else None
        settings = WebSettings(ledger=str(ledger), person=name_of(by), cache=user_cache())
        run(settings, "127.0.0.1", port, opening.start if opening else lambda: None)


def _browse(address: str) -> None:
    """Open a browser; where there is none, the address was printed."""
    with suppress(webbrowser.Error):
        webbrowser.open(address)


COMMANDS = (serve, demo)
