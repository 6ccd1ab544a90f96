"""An invented outlet on the loopback interface: feeds of pages, and pages that change, fail or take themselves back."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from tests.intake.server import LOOPBACK, Handler, Server, running

ALLOWED = ("--allow-network", LOOPBACK[0], "--pause", "0")
PAGE = """<!DOCTYPE html><html lang="en"><head><title>{title}</title></head><body><article><h1>{title}</h1>
<p>VARNDAL — {n} people were killed when gunmen boarded the Skarholt ferry near Varndal on Tuesday, the police said.</p>
<p>Captain Ilmar Tessvik, 54, was among the dead. Report {title} says that survivors swam to the Oskby lighthouse.</p>
{more}</article></body></html>"""
ITEM = "urn:newsml:wire.example:ferry"


class Newsroom:
    """Answers for `/feed` with what was published last first, and says 304 where nothing changed."""

    def __init__(self, server: Server) -> None:
        self.server = server
        self.items: list[dict[str, str]] = []
        self.statuses: list[int] = []
        """What the feed answers with next, before it answers as it should."""
        server.answers["/feed"] = self._feed
        server.page("/robots.txt", "User-agent: *\nDisallow: /secret\n")

    @property
    def feed(self) -> str:
        return self.server.url("/feed")

    @property
    def asked(self) -> list[str]:
        """What was asked for, without robots.txt."""
        return [path for path in self.server.paths() if path != "/robots.txt"]

    def publish(self, name: str, n: int = 9, *, more: str = "", page: bool = True, edition: str = "1") -> str:
        """Put a page under `/name`, and the feed's item for it; an item that is there is changed."""
        if page:
            self.server.page(f"/{name}", PAGE.format(title=name.title(), n=n, more=more))
        item = {"name": name, "edition": edition}
        self.items = [item, *(one for one in self.items if one["name"] != name)]
        return self.server.url(f"/{name}")

    def wire(self, name: str, version: int, status: str = "usable", body: str = "") -> None:
        """The same with a ninjs item in the place of a page."""
        fields = {
            "uri": ITEM,
            "version": version,
            "pubstatus": status,
            "versioncreated": f"2031-05-0{5 + version}T09:00:00+00:00",
            "infosource": [{"name": "Wire Office"}],
            "headline": "Ferry",
            "body_text": body,
        }
        self.server.page(f"/{name}", json.dumps(fields), Content_Type="application/json")
        self.publish(name, page=False)

    def _feed(self, handler: Handler) -> None:
        tag = f'"{abs(hash(json.dumps(self.items)))}"'
        if self.statuses:
            handler.send(self.statuses.pop(0))
        elif handler.headers.get("If-None-Match") == tag:
            handler.send(304, ETag=tag)
        else:
            items = "".join(
                f"<item><title>{one['name'].title()}</title><link>/{one['name']}</link><guid>{one['name']}</guid>"
                f"<pubDate>Tue, 06 May 2031 10:00:00 GMT</pubDate><description>{one['edition']}</description></item>"
                for one in self.items
            )
            feed = f'<rss version="2.0"><channel><title>Harbour Post</title>{items}</channel></rss>'
            handler.send(200, feed.encode(), ETag=tag, Content_Type="application/rss+xml")


@contextmanager
def newsroom() -> Iterator[Newsroom]:
    with running() as server:
        yield Newsroom(server)


def rows(text: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in text.splitlines()]


def endless(handler: Handler) -> None:
    """A feed that never ends."""
    handler.send_response(200)
    handler.end_headers()
    handler.wfile.write(b'<rss version="2.0"><channel><title>Without end</title>')
    while True:
        handler.wfile.write(b"<item><title>once more</title></item>" * 500)
