"""Draws docs/images/reading-room-*.png: the pages of the reading room, on the demo, as a browser shows them.

    python docs/images/make_reading_room.py [PAGE ...]

Makes the demo's ledger in a folder of its own, serves it on loopback and goes through the addresses of `PAGES`, or those
named. A page that answers with an error is told and left out. Needs what docs/images/make.py needs.
"""

from __future__ import annotations

import os
import shutil
import socket
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import quote

import uvicorn
from playwright.sync_api import Browser, sync_playwright

from variorum.cli.demo import demo_ledger
from variorum.ledger import Ledger, Wanted
from variorum.web import WebSettings, create_app

HERE = Path(__file__).parent
INCIDENT, REPORT = "Bomb kills at least 19 at market in Sarrow port", "Ninth Tide says it bombed"
PHONE = 390


@dataclass(frozen=True)
class Shot:
    """One picture: an address, with `{incident}` and `{report}` to be filled in, and how it is looked at."""

    address: str
    width: int = 1280
    height: int = 900
    dark: bool = False
    press: str = ""
    """What to press first, as a CSS selector: the first that matches and is seen."""


PAGES = {
    "incidents": Shot("/incidents", height=1000),
    "incidents-narrow": Shot("/incidents", width=PHONE, height=844),
    "incidents-dark": Shot("/incidents", dark=True),
    "dossier": Shot("/incidents/{incident}", height=1100),
    "dossier-narrow": Shot("/incidents/{incident}", width=PHONE, height=844),
    "words": Shot("/incidents/{incident}", press="main a.figure"),
    "replayed": Shot("/incidents/{incident}?as-of=2031-06-09"),
    "report": Shot("/reports/{report}", height=1000),
    "review": Shot("/review"),
    "add": Shot("/add"),
    "exports": Shot("/exports"),
    "about": Shot("/about", height=1000),
    "decisions": Shot("/decisions"),
}


def main() -> None:
    """Make the ledger, serve it, draw."""
    wanted = sys.argv[1:] or list(PAGES)
    with TemporaryDirectory() as folder:
        ledger = demo_ledger(Path(folder), Path(folder) / "cache")
        found = names(ledger)
        settings = WebSettings(ledger=str(ledger), person="Ada", cache=Path(folder) / "cache")
        with served(settings) as base, browser() as opened:
            for name in wanted:
                told = draw(opened, base, PAGES[name], found, HERE / f"reading-room-{name}.png")
                print(f"{name}: {told}")


def names(ledger: Path) -> dict[str, str]:
    """The incident and the report that the pictures show, by their ids in the ledger."""
    with Ledger.open(ledger) as opened:
        incident = next(one.incident for one in opened.incidents(Wanted()) if one.title == INCIDENT)
        hits = opened.search(f'"{REPORT}"')
        report = next(hit.report for hit in hits if (hit.title or "").startswith(REPORT))
    return {"incident": quote(incident), "report": quote(report)}


def draw(browser: Browser, base: str, shot: Shot, found: dict[str, str], file: Path) -> str:
    """Take one picture; in words, what came of it."""
    context = browser.new_context(
        viewport={"width": shot.width, "height": shot.height},
        color_scheme="dark" if shot.dark else "light",
        locale="en-GB",
        timezone_id="UTC",
        reduced_motion="reduce",
    )
    try:
        tab = context.new_page()
        answer = tab.goto(base + shot.address.format(**found))
        if answer is None or not answer.ok:
            return f"left out, it answered with {answer.status if answer else 'nothing'}"
        tab.wait_for_load_state("networkidle")
        if shot.press:
            pressed = tab.locator(shot.press).locator("visible=true")
            if not pressed.count():
                return "left out, there is nothing to press"
            pressed.first.click()
            tab.wait_for_timeout(1500)
        tab.screenshot(path=file)
    finally:
        context.close()
    return f"{file.name}, {file.stat().st_size // 1024} kB"


@contextmanager
def browser() -> Iterator[Browser]:
    """A Chromium; one that is not on the path is named in CHROMIUM."""
    path = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield opened
        opened.close()


@contextmanager
def served(settings: WebSettings) -> Iterator[str]:
    """The reading room on a free port of this machine."""
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        server = uvicorn.Server(uvicorn.Config(create_app(settings), log_level="warning"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [door]}, daemon=True)
        thread.start()
        while not server.started:
            if not thread.is_alive():
                raise SystemExit("the server did not start")
            time.sleep(0.05)
        yield f"http://127.0.0.1:{door.getsockname()[1]}"
        server.should_exit = True
        thread.join(10)


if __name__ == "__main__":
    main()
