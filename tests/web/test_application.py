from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from variorum.ledger import Ledger
from variorum.web.serving import is_loopback


def test_the_entrance_leads_to_the_incidents(client: TestClient) -> None:
    answer = client.get("/")
    assert answer.status_code == 200
    assert answer.url.path == "/incidents"


def test_every_incident_of_the_list_opens(client: TestClient, ledger_file: Path) -> None:
    with Ledger.open(ledger_file) as ledger:
        wanted = {state.incident for state in ledger.incidents()}
    linked = set(re.findall(r'href="/incidents/(incident-[0-9a-f]+)"', client.get("/incidents").text))
    assert linked == wanted
    assert all(client.get(f"/incidents/{incident}").status_code == 200 for incident in linked)


def test_what_is_not_there_is_told_on_a_page(client: TestClient) -> None:
    for address in ("/nowhere", "/incidents/incident-0000000000000000", "/assets/0/room.css"):
        answer = client.get(address)
        assert answer.status_code == 404
        assert "<h1>There is nothing at this address.</h1>" in answer.text


def test_what_cannot_be_asked_is_told_on_a_page(client: TestClient) -> None:
    answer = client.get("/incidents?as-of=<script>")
    assert answer.status_code == 400
    assert "as-of" in answer.text
    assert "<script>" not in answer.text.replace('<script src="', "")


def test_assets_may_be_kept_for_ever_and_pages_not(client: TestClient) -> None:
    page = client.get("/incidents")
    assert page.headers["cache-control"] == "private, no-cache"
    for address in re.findall(r'(?:src|href)="(/assets/[^"]+)"', page.text):
        answer = client.get(address)
        assert answer.status_code == 200
        assert "immutable" in answer.headers["cache-control"]


def test_other_hosts_names_are_refused(client: TestClient) -> None:
    assert client.get("/incidents", headers={"host": "attacker.example"}).status_code == 400
    assert client.get("/incidents", headers={"host": "localhost:8420"}).status_code == 200


@pytest.mark.parametrize(
    "headers",
    [
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
        {"origin": "http://attacker.example"},
        {"origin": "null"},
    ],
)
def test_other_sites_change_nothing(client: TestClient, headers: dict[str, str]) -> None:
    assert client.post("/incidents", headers=headers).status_code == 403
    assert client.post("/incidents", headers={"sec-fetch-site": "same-origin"}).status_code == 405


def test_only_this_machine_is_served() -> None:
    assert all(map(is_loopback, ("localhost", "127.0.0.1", "127.8.8.8", "::1", "[::1]")))
    assert not any(map(is_loopback, ("0.0.0.0", "::", "192.168.1.4", "example.org", "")))


def test_a_browser_finds_nothing_to_object_to(browser: Any, address: str) -> None:
    page = browser.new_context(viewport={"width": 320, "height": 640}).new_page()
    problems: list[str] = []
    page.on("console", lambda message: problems.append(message.text))
    page.on("request", lambda request: request.url.startswith(address) or problems.append(request.url))
    page.goto(address)
    assert page.title() == "Incidents · Variorum"
    assert page.evaluate("document.documentElement.scrollWidth") == 320
    page.click(".found .title")
    page.wait_for_load_state()
    assert not problems
