"""Script in texts, titles, names, addresses, reasons and queries runs on no page: every route, in a real browser."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from datetime import date
from itertools import cycle
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from fastapi.routing import iter_route_contexts

from tests.web.conftest import serving
from variorum.ledger import Decision, Ledger, Role, Scope
from variorum.model import Report
from variorum.reading import Reader
from variorum.web import WebSettings, create_app

SCRIPT = "<script>alert(1)</script>"
PICTURE = "\"'><img src=x onerror=alert(2)><svg onload=alert(3)>"
TEMPLATE = "{{ 7*7 }}{% raw %}${alert(4)}"
STEERING = "\u202egnp.exe\u2066\x07"
HOSTILE = (SCRIPT, PICTURE, "javascript:alert(5)", TEMPLATE, "</title></textarea></style>" + SCRIPT, STEERING)


@pytest.fixture(scope="module")
def hostile_ledger(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Reports that are hostile in everything that can be: titles, publishers, addresses, parties, words."""
    path = tmp_path_factory.mktemp("hostile") / "hostile.db"
    reader = Reader.load()
    reports = [
        Report(
            id=f"{SCRIPT}{number}",
            title=f"{words} Blast in Oru kills nine",
            publisher=f"The {words} Post",
            url=f"javascript:alert({number})//{quote(words)}",
            published=date(2031, 5, 6 + number),
            text=(
                f"ORU, Halvia — At least {9 + number} people were killed in a blast in Oru on Monday, the {SCRIPT} "
                f"ministry said. {words} The rebel group <b onclick=alert(6)>Sol Front</b> denied that it had "
                f"carried out the attack, spokesman {PICTURE} said. {TEMPLATE} Police said {11 + number} were killed."
            ),
        )
        for number, words in enumerate(HOSTILE)
    ]
    with Ledger.open(path) as ledger:
        ledger.add((reader.read(one) for one in reports), by=SCRIPT)
        ledger.link()
        claim = next(ledger.claims())
        ledger.decide(Decision(kind="accept", subject=claim.id, by=PICTURE, why=SCRIPT + PICTURE))
        ledger.decide(
            Decision(kind="rename", subject=claim.source.party, name=SCRIPT, by=SCRIPT, why=PICTURE)
        )
        ledger.withdraw(claim.report, by=SCRIPT, why=PICTURE)
        ledger.refresh()
        ledger.people.add("Admin Adam", Role.ADMIN, "long wooden ladders", by=SCRIPT)
        ledger.people.add("<script>alert(1)</script> & sons", Role.READER, "long wooden ladders", by=PICTURE)
        ledger.people.tokens.make("Admin Adam", PICTURE, Scope.READ, 9, by=SCRIPT)
    return path


@pytest.fixture
def room(hostile_ledger: Path, tmp_path: Path) -> Iterator[tuple[str, str, dict[str, list[str]]]]:
    """Where it is served, a session of an admin, and what parameters of addresses can be."""
    path = Path(shutil.copy(hostile_ledger, tmp_path / "hostile.db"))
    settings = WebSettings(ledger=str(path), person=SCRIPT, cache=tmp_path / "cache")
    app = create_app(settings)
    with Ledger.open(path) as ledger:
        admin = ledger.people.find("Admin Adam").number
        secret = ledger.people.sessions.open(admin, browser=PICTURE, address=SCRIPT)
        known = {
            "incident": [state.incident for state in ledger.incidents()],
            "report": sorted({claim.report for claim in ledger.claims()}),
            "claim": [claim.id for claim in ledger.claims()][:3],
        }
    with serving(app) as address:
        yield address, secret, known


def pages(known: dict[str, list[str]], app_routes: Any) -> Iterator[tuple[str, str]]:
    """Every address that shows something, after its shape, with what is there and with what is hostile."""
    for route in iter_route_contexts(app_routes):
        path = route.path or "/"
        if "GET" not in (route.methods or set()) or path.startswith("/assets"):
            continue
        names = [part.strip("{}").split(":")[0] for part in path.split("/") if part.startswith("{")]
        shapes = {part.strip("{}").split(":")[0]: part for part in path.split("/") if part.startswith("{")}
        if not names:
            yield path, path
            continue
        for values in (*zip(*(known.get(name, ["1"]) for name in names), strict=False), None):
            filled = path
            for place, name in enumerate(names):
                value = quote(SCRIPT, safe="") if values is None else values[place]
                filled = filled.replace(shapes[name], value)
            yield path, filled


QUERIES = (
    "q",
    "party",
    "place",
    "outcome",
    "status",
    "sort",
    "cursor",
    "as-of",
    "profile",
    "next",
    "country",
)


def test_no_page_runs_what_a_report_says(
    browser: Any, room: tuple[str, str, dict[str, list[str]]], hostile_ledger: Path
) -> None:
    address, secret, known = room
    context = browser.new_context()
    context.add_cookies([{"name": "variorum", "value": secret, "url": address}])
    page = context.new_page()
    problems: list[str] = []
    page.on("dialog", lambda dialog: (problems.append(f"dialog on {page.url}"), dialog.dismiss()))
    page.on("pageerror", lambda error: problems.append(f"{page.url}: {error}"))
    page.on("request", lambda asked: asked.url.startswith(address) or problems.append(f"asked {asked.url}"))

    def note(message: Any) -> None:
        # Chromium notes answers of 4xx as errors; those are looked at below.
        if "status of 4" not in message.text:
            problems.append(f"{page.url}: {message.text}")

    page.on("console", note)
    app = create_app(WebSettings(ledger=str(hostile_ledger), person="x"))
    seen = 0
    hostile = "?" + "&".join(
        f"{n}={quote(w)}" for n, w in zip(QUERIES, cycle((SCRIPT, PICTURE)), strict=False)
    )
    asked: set[str] = set()
    for shape, path in pages(known, app.routes):
        queries = ("",) if shape in asked else ("", hostile)
        asked.add(shape)
        for query in queries:
            if path.startswith(
                "/api/v1/"
            ):  # data: no browser need show it, so long as none takes it for a page
                told = context.request.get(address + path + query)
                assert told.status < 500, path + query
                assert "html" not in told.headers.get("content-type", ""), path
                assert told.headers["x-content-type-options"] == "nosniff", path
                continue
            try:
                answer = page.goto(address + path + query)
            except Exception as error:
                if "Download is starting" in str(error):
                    continue
                raise
            assert answer is not None
            assert answer.status < 500, path + query
            seen += 1
            if "html" not in answer.headers.get("content-type", ""):
                continue
            assert page.locator("[onerror], [onload], [onclick], script:not([src])").count() == 0, path
            assert page.locator("a[href^='javascript' i], form[action^='javascript' i]").count() == 0, path
            assert page.locator("img[src='x'], b[onclick]").count() == 0, path
            assert "\x07" not in page.content()
    assert seen > 12
    assert not problems, "\n".join(problems[:20])


def test_hostile_words_are_shown_as_words(browser: Any, room: tuple[str, str, dict[str, list[str]]]) -> None:
    address, secret, _ = room
    context = browser.new_context()
    context.add_cookies([{"name": "variorum", "value": secret, "url": address}])
    page = context.new_page()
    page.goto(f"{address}/people")
    assert page.get_by_role("heading", name=f"{SCRIPT} & sons").count() == 1
    assert PICTURE in page.locator("tbody th").all_inner_texts()


def test_what_is_hostile_is_in_the_ledger(hostile_ledger: Path) -> None:
    """Else the tests above would find nothing because there is nothing."""
    with sqlite3.connect(hostile_ledger) as raw:
        assert raw.execute("SELECT count(*) FROM reports WHERE title LIKE '%<script>%'").fetchone()[0] >= 2
        assert raw.execute("SELECT count(*) FROM claims").fetchone()[0] > 5
        assert raw.execute("SELECT count(*) FROM memberships").fetchone()[0] >= len(HOSTILE)
