from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from tests.web.security.conftest import PASSWORDS
from variorum.ledger import Ledger, Role
from variorum.model import VariorumError
from variorum.web import WebSettings, create_app
from variorum.web.security.addresses import ENTRANCE, own_address

COOKIE = "__Host-variorum"


def try_login(client: TestClient, name: str = "Reader Rosa", password: str | None = None, **more: str):
    told = {"name": name, "password": PASSWORDS.get(name, "") if password is None else password, **more}
    return client.post("/login", data=told)


def test_nothing_but_the_login_is_shown_to_strangers(client: TestClient) -> None:
    answer = client.get("/incidents?as-of=2031-05-06")
    assert answer.status_code == 303
    assert answer.headers["location"] == "/login?next=/incidents%3Fas-of%3D2031-05-06"
    page = client.get("/login")
    assert page.status_code == 200
    assert 'name="password"' in page.text


def test_the_first_person_added_while_it_runs_shuts_the_room_at_once(
    example_ledger: Path, tmp_path: Path
) -> None:
    """And it stays shut when the last one is removed behind its back: it never opens by itself."""
    path = tmp_path / "alone.db"
    with Ledger.open(example_ledger) as ledger:
        ledger.backup(path)
    settings = WebSettings(ledger=str(path), person="Ada", cache=tmp_path / "cache")
    with TestClient(create_app(settings), base_url="http://localhost", follow_redirects=False) as client:
        assert client.get("/incidents").status_code == 200
        with Ledger.open(path) as other:
            other.people.add("Bea", Role.ADMIN, "nine patient herons", by="the test")
        assert client.get("/incidents").headers["location"] == "/login?next=/incidents"
        assert client.post("/review/claims/any", headers={"sec-fetch-site": "same-origin"}).status_code == 303
        assert client.get("/api/v1/incidents").status_code == 401
        assert 'name="password"' in client.get("/login").text
        with sqlite3.connect(path) as behind:
            behind.execute("UPDATE people SET removed_at = made_at")
        assert client.get("/incidents").headers["location"] == "/login?next=/incidents"


def test_a_login_leads_to_what_was_asked_for(client: TestClient) -> None:
    answer = try_login(client, next="/incidents?as-of=2031-05-06")
    assert (answer.status_code, answer.headers["location"]) == (303, "/incidents?as-of=2031-05-06")
    assert client.get("/incidents").status_code == 200
    assert "Reader Rosa" in client.get("/me").text


def test_the_cookie_is_out_of_reach_of_scripts_other_sites_and_http(client: TestClient) -> None:
    cookie = try_login(client).headers["set-cookie"]
    name, _, rest = cookie.partition("=")
    flags = {part.strip().lower() for part in rest.split(";")[1:]}
    assert name == COOKIE
    assert {"httponly", "secure", "samesite=lax", "path=/"} <= flags
    assert not [flag for flag in flags if flag.startswith(("domain", "max-age", "expires"))]


def test_a_wrong_password_and_an_unknown_name_are_refused_alike(client: TestClient) -> None:
    wrong = try_login(client, password="no such password")
    unknown = try_login(client, name="Nobody Here", password="no such password")
    assert (wrong.status_code, unknown.status_code) == (403, 403)
    assert wrong.text.replace("Reader Rosa", "X") == unknown.text.replace("Nobody Here", "X")
    assert "set-cookie" not in wrong.headers


def test_a_session_that_was_there_before_is_not_taken_over(client: TestClient, ledger: Ledger) -> None:
    """Session fixation: neither a made-up secret nor another person's session survives a login."""
    client.cookies.set(COOKIE, "planted", domain="localhost.local", path="/")
    assert client.get("/incidents").status_code == 303
    planted = ledger.people.sessions.open(ledger.people.find("Analyst Anna").number)
    client.cookies.set(COOKIE, planted, domain="localhost.local", path="/")
    answer = try_login(client)
    secret = answer.cookies[COOKIE]
    assert secret not in ("planted", planted)
    assert ledger.people.sessions.find(planted) is None
    found = ledger.people.sessions.find(secret)
    assert found is not None
    assert found[0].name == "Reader Rosa"


def test_no_secret_is_in_the_database(client: TestClient, ledger_file: Path) -> None:
    secret = try_login(client).cookies[COOKIE]
    for path in ledger_file.parent.glob(f"{ledger_file.name}*"):
        content = path.read_bytes()
        assert secret.encode() not in content
        assert not [word for word in PASSWORDS.values() if word.encode() in content]


def test_logging_out_ends_the_session_for_good(client: TestClient, ledger: Ledger) -> None:
    secret = try_login(client).cookies[COOKIE]
    answer = client.post("/logout")
    assert (answer.status_code, answer.headers["location"]) == (303, "/login")
    assert 'variorum="";' in answer.headers["set-cookie"]
    assert ledger.people.sessions.find(secret) is None


def test_logins_are_throttled_by_name_and_told_when_to_come_back(client: TestClient) -> None:
    statuses = [try_login(client, password="wrong").status_code for _ in range(7)]
    assert statuses == [403] * 5 + [429] * 2
    answer = try_login(client)
    assert answer.status_code == 429, "the right password is not tried either"
    assert int(answer.headers["retry-after"]) > 0
    assert try_login(client, name="Analyst Anna").status_code == 303


@pytest.mark.parametrize(
    "asked",
    [
        "https://attacker.example/",
        "//attacker.example",
        "///attacker.example",
        "/\\attacker.example",
        "\\\\attacker.example",
        "/\t/attacker.example",
        "/\n/attacker.example",
        "javascript:alert(1)",
        "/a\r\nSet-Cookie: x=1",
        " //attacker.example",
        "",
        "/" + "a" * 3000,
    ],
)
def test_no_login_leads_to_another_site(client: TestClient, asked: str) -> None:
    assert own_address(asked) == ENTRANCE
    answer = client.post(
        "/login", data={"name": "Reader Rosa", "password": PASSWORDS["Reader Rosa"], "next": asked}
    )
    assert answer.headers["location"] == ENTRANCE


def test_own_addresses_are_led_to() -> None:
    assert own_address("/review?status=contested") == "/review?status=contested"


def test_a_ledger_that_is_gone_is_told_on_a_page(
    client: TestClient,
    app: FastAPI,
    ledger: Ledger,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    def gone(*_: object, **__: object) -> None:
        raise VariorumError(
            "the ledger cannot be used: connection to db.inside failed", code="ledger-unavailable"
        )

    monkeypatch.setattr(ledger.people, "log_in", gone)
    answer = try_login(client)
    assert answer.status_code == 503
    assert "The ledger cannot be used just now." in answer.text
    monkeypatch.setattr(ledger.people.sessions, "find", gone)
    client.cookies.set(COOKIE, "something", domain="localhost.local", path="/")
    answer = client.get("/incidents")
    assert answer.status_code == 503
    assert "The ledger cannot be used just now." in answer.text
    # Where the database is, only the log says.
    assert "db.inside" not in answer.text + client.get("/api/v1/incidents").text
    assert "db.inside" in caplog.text


def test_a_ledger_without_its_tables_lets_nobody_in(client: TestClient, ledger_file: Path) -> None:
    with sqlite3.connect(ledger_file) as raw:
        raw.execute("DROP TABLE login_tries")
    answer = try_login(client)
    assert answer.status_code in (400, 503)
    assert "set-cookie" not in answer.headers


def test_a_page_that_came_by_http_says_why_nobody_can_stay(app: FastAPI, client: TestClient) -> None:
    page = TestClient(app, base_url="http://localhost").get("/login")
    assert "begins with https" in page.text
    assert "begins with https" not in client.get("/login").text


def test_a_password_of_somebody_elses_making_is_replaced_first(
    ledger: Ledger, log_in: Callable[[str], TestClient]
) -> None:
    made = ledger.people.add("New Nora", ledger.people.all()[0].role, by="Admin Adam")
    assert made is not None
    client = log_in("New Nora")
    assert client.get("/incidents").headers["location"] == "/me"
    assert client.post("/me/tokens", data={"title": "x", "scope": "read"}).headers["location"] == "/me"
    new = {"new": "five purple doorknobs", "again": "five purple doorknobs"}
    assert "present password is not right" in client.post("/me/password", data={"current": "x", **new}).text
    assert client.post("/me/password", data={"current": made, **new}).status_code == 303
    assert client.get("/incidents").status_code == 200
