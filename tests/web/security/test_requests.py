"""What other sites, odd hosts and hostile addresses get: nothing."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from tests.web.security.test_rights import addresses
from variorum.ledger import Ledger
from variorum.web.security.headers import POLICY

FOREIGN = [
    {"sec-fetch-site": "cross-site"},
    {"sec-fetch-site": "same-site"},
    {"sec-fetch-site": "nonsense"},
    {"sec-fetch-site": "cross-site", "origin": "https://localhost"},
]


@pytest.mark.parametrize("headers", FOREIGN)
def test_no_other_site_changes_anything_in_anybodys_name(
    headers: dict[str, str], app: FastAPI, ledger: Ledger, log_in: Callable[[str], TestClient]
) -> None:
    client = log_in("Admin Adam")
    for method, path in addresses(app):
        if method not in ("GET", "OPTIONS"):
            assert client.request(method, path, headers=headers).status_code == 403, (method, path)
    assert len(ledger.people.all()) == 3
    assert client.get("/me").status_code == 200, "still logged in"


@pytest.mark.parametrize(
    "origin", ["https://attacker.example", "null", "http://localhost", "https://localhost:1"]
)
def test_browsers_that_only_tell_the_origin_are_protected_as_well(
    origin: str, log_in: Callable[[str], TestClient]
) -> None:
    client = log_in("Admin Adam")
    del client.headers["sec-fetch-site"]
    told = {"name": "Eve", "role": "admin"}
    assert client.post("/people", data=told, headers={"origin": origin}).status_code == 403
    assert client.post("/people", data=told, headers={"origin": "https://localhost"}).status_code == 200


def test_a_session_changes_nothing_where_nobody_says_from_which_page(
    log_in: Callable[[str], TestClient],
) -> None:
    client = log_in("Admin Adam")
    del client.headers["sec-fetch-site"]
    assert client.post("/people", data={"name": "Eve", "role": "admin"}).status_code == 403
    assert client.get("/people").status_code == 200


def test_other_sites_may_link_here_and_do_no_more(log_in: Callable[[str], TestClient]) -> None:
    client = log_in("Reader Rosa")
    link = {"sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate", "sec-fetch-dest": "document"}
    assert client.get("/incidents", headers=link).status_code == 200
    for mode, wanted in (
        ("no-cors", "image"),
        ("navigate", "iframe"),
        ("cors", "empty"),
        ("navigate", "object"),
    ):
        headers = {**link, "sec-fetch-mode": mode, "sec-fetch-dest": wanted}
        assert client.get("/incidents", headers=headers).status_code == 403


@pytest.mark.parametrize(
    "host", ["attacker.example", "localhost.attacker.example", "", "localhost:80:80", "[::2]"]
)
def test_other_hosts_names_are_refused(host: str, client: TestClient) -> None:
    assert client.get("/login", headers={"host": host}).status_code == 400


def test_every_answer_has_the_headers(app: FastAPI, log_in: Callable[[str], TestClient]) -> None:
    client = log_in("Admin Adam")
    seen = [client.get(path) for method, path in addresses(app) if method == "GET"]
    seen += [client.get("/nowhere"), client.post("/incidents"), client.get("/login", headers={"host": "x"})]
    for answer in seen:
        headers = answer.headers
        assert headers["content-security-policy"] == POLICY, answer.url
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["strict-transport-security"].startswith("max-age=")
        assert "frame-ancestors 'none'" in headers["content-security-policy"]
        assert headers["cross-origin-resource-policy"] == "same-origin"
        if answer.status_code != 400 and "immutable" not in headers["cache-control"]:
            # What programs ask may be kept by them, to be asked again with its ETag.
            programs = answer.url.path.startswith(("/api/", "/health"))
            kept = (
                {"no-store", "private, no-store", "private, no-cache"} if programs else {"private, no-store"}
            )
            assert headers["cache-control"] in kept, answer.url
        assert "server" not in headers


def test_a_fault_has_the_headers_too_and_tells_nothing_of_the_inside(
    app: FastAPI, log_in: Callable[[str], TestClient], ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = log_in("Reader Rosa")

    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("a secret of the inside")

    monkeypatch.setattr(ledger.people.sessions, "of", broken)
    quiet = TestClient(
        app, base_url="https://localhost", raise_server_exceptions=False, cookies=client.cookies
    )
    answer = quiet.get("/me")
    assert answer.status_code == 500
    assert answer.headers["content-security-policy"] == POLICY
    assert "a secret of the inside" not in answer.text


def test_the_policy_lets_nothing_in_that_is_not_ours() -> None:
    assert "default-src 'none'" in POLICY
    assert not re.search(r"unsafe|\*|https?:|data:|blob:", POLICY)


@pytest.mark.parametrize(
    "path",
    [
        "/assets/../../../etc/passwd",
        "/assets/0/..%2f..%2fsettings.py",
        "/assets/0/%2e%2e/__init__.py",
        "/assets/0/__init__.py",
        "/assets/0//etc/passwd",
        "/assets/0/room.css%00.py",
        "/incidents/..%2f..%2fetc%2fpasswd",
        "/incidents/%2e%2e%2f",
        "/exports/../../etc/passwd",
    ],
)
def test_no_address_leads_to_files(path: str, log_in: Callable[[str], TestClient]) -> None:
    answer = log_in("Admin Adam").get(f"https://localhost{path}")
    assert answer.status_code in (303, 307, 400, 404)
    assert answer.headers.get("location", "/").startswith(("/", "https://localhost/"))
    assert "root:" not in answer.text
    assert "import annotations" not in answer.text


@pytest.mark.parametrize("words", ["a\r\nX-Injected: 1", "a%0d%0aX-Injected: 1", "a\nSet-Cookie: x=y"])
def test_no_header_is_injected(words: str, log_in: Callable[[str], TestClient]) -> None:
    client = log_in("Reader Rosa")
    for answer in (
        client.get("/login", params={"next": "/" + words}),
        client.get("/incidents", params={"q": words, "party": words}),
        client.get(f"https://localhost/nowhere/{words.replace(chr(13), '%0d').replace(chr(10), '%0a')}"),
    ):
        assert "x-injected" not in answer.headers
        assert "set-cookie" not in answer.headers


def test_templates_take_the_escape_off_nothing() -> None:
    folder = Path(__file__).parents[3] / "src" / "variorum" / "web" / "templates"
    pages = list(folder.rglob("*.j2"))
    assert pages
    for page in pages:
        text = page.read_text(encoding="utf-8")
        assert not re.search(r"\|\s*safe\b|autoescape false|Markup", text), page
        assert not re.search(r"<[^>{]*\s(?:style|on\w+)=", text), page
        assert not re.search(r"<script(?![^>]*\bsrc=)", text), page
