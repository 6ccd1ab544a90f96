"""Who may ask for what: every route of the application, by everybody."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import pytest
from fastapi import FastAPI
from fastapi.routing import iter_route_contexts
from fastapi.testclient import TestClient

from tests.web.security.conftest import ROLES
from variorum.ledger import Ledger, Role, Scope
from variorum.web.security.rights import RIGHTS, needed_role, right_of


def addresses(app: FastAPI) -> Iterator[tuple[str, str]]:
    """Each method and path of the application, parameters filled in."""

    for route in iter_route_contexts(app.routes):
        assert route.path is not None, route
        for method in sorted((route.methods or {"GET"}) - {"HEAD"}):
            yield method, re.sub(r"\{[^}]*\}", "1", route.path)


def test_the_walk_finds_the_routes(app: FastAPI) -> None:
    assert {("GET", "/incidents/1"), ("POST", "/login"), ("POST", "/people/1/role")} <= set(addresses(app))


def test_every_route_has_a_place_in_the_table(app: FastAPI) -> None:
    """A new page is a decision: say in `rights.RIGHTS` which role it takes. Until then only admins see it."""
    assert not [path for _, path in addresses(app) if right_of(path) is None]


def test_what_is_in_no_table_is_shut() -> None:
    assert needed_role("GET", "/a-new-place/1") is Role.ADMIN
    assert needed_role("GET", "//people") is Role.ADMIN
    assert needed_role("GET", "/people/../incidents") is Role.ADMIN


def test_changing_takes_more_than_reading() -> None:
    """Open to all is only what must be: assets, health, the login, and what looks at who asks itself (metrics)."""
    assert {place for place, right in RIGHTS.items() if right.see is None} == {
        "/assets",
        "/health",
        "/login",
        "/logout",
        "/metrics",
    }
    for place, right in RIGHTS.items():
        if right.see is not None and place != "/me":
            assert right.change is not None
            assert right.change >= max(right.see, Role.ANALYST)


@pytest.mark.parametrize("name", [None, *ROLES])
def test_forced_browsing(
    name: str | None, app: FastAPI, log_in: Callable[[str], TestClient], client: TestClient
) -> None:
    """Every route, asked for by everybody: refused without the role, and not refused with it."""
    who = log_in(name) if name else client
    mine = ROLES[name] if name else None
    for method, path in addresses(app):
        if path == "/logout" or path.endswith("/end"):
            continue
        answer = who.request(method, path, follow_redirects=False)
        needed = needed_role(method, path)
        if needed is None:
            assert answer.status_code != 401, (method, path)
        elif mine is None:
            assert answer.status_code == (401 if path.startswith("/api/") else 303), (method, path)
            assert path.startswith("/api/") or answer.headers["location"].startswith("/login"), path
        elif mine < needed:
            assert answer.status_code == 403, (method, path)
            assert f"takes the role {needed.word}" in answer.text
        else:
            assert f"takes the role {needed.word}" not in answer.text
            assert answer.status_code != 401


@pytest.mark.parametrize("method", ["GET", "POST", "PUT", "DELETE", "PATCH", "TRACE", "FOO"])
def test_no_method_is_a_way_around(method: str, log_in: Callable[[str], TestClient]) -> None:
    answer = log_in("Reader Rosa").request(method, "/people")
    assert answer.status_code == 403
    assert "Admin Adam" not in answer.text


@pytest.mark.parametrize(
    "path",
    ["/people/", "//people", "/PEOPLE", "/people;x", "/incidents/../people", "/%70eople", "/people%2f"],
)
def test_no_spelling_is_a_way_around(path: str, log_in: Callable[[str], TestClient]) -> None:
    answer = log_in("Reader Rosa").get(f"https://localhost{path}", follow_redirects=True)
    assert answer.status_code in (403, 404, 405)
    assert "Admin Adam" not in answer.text


def test_roles_count_from_the_next_request_on(ledger: Ledger, log_in: Callable[[str], TestClient]) -> None:
    client = log_in("Reader Rosa")
    assert client.get("/people").status_code == 403
    ledger.people.set_role("Reader Rosa", Role.ADMIN, by="the test")
    assert client.get("/people").status_code == 200
    ledger.people.remove("Reader Rosa", by="the test")
    assert client.get("/incidents").headers["location"].startswith("/login")


def test_programs_are_asked_for_a_token(client: TestClient) -> None:
    answer = client.get("/api/v1/incidents")
    assert answer.status_code == 401
    assert answer.headers["www-authenticate"].startswith("Bearer")
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["status"] == 401


def test_part_of_a_page_that_outlived_its_session_sends_the_browser_to_the_login(client: TestClient) -> None:
    answer = client.get("/incidents", headers={"hx-request": "true"})
    assert (answer.status_code, answer.headers["hx-redirect"]) == (401, "/login")


def test_tokens_reach_as_far_as_their_scope_and_their_owner(
    client: TestClient, ledger: Ledger, token_of: Callable[[str, Scope], str]
) -> None:
    def status(token: str, method: str = "GET", path: str = "/incidents") -> int:
        return client.request(method, path, headers={"authorization": f"Bearer {token}"}).status_code

    read = token_of("Admin Adam", Scope.READ)
    decide = token_of("Admin Adam", Scope.DECIDE)
    admin = token_of("Admin Adam", Scope.ADMIN)
    assert (status(read), status(read, path="/people"), status(read, "POST")) == (200, 403, 403)
    assert (status(decide), status(decide, path="/people"), status(decide, "POST")) == (200, 403, 405)
    assert status(admin, path="/people") == 200
    with pytest.raises(Exception, match="cannot do more"):
        token_of("Reader Rosa", Scope.DECIDE)
    ledger.people.set_role("Analyst Anna", Role.ADMIN, by="the test")
    ledger.people.set_role("Admin Adam", Role.READER, by="the test")
    assert status(admin, path="/people") == 403
    ledger.people.remove("Admin Adam", by="the test")
    assert status(read) == 401


@pytest.mark.parametrize("header", ["Bearer nonsense", "Bearer ", "Basic QWRhbTp4", "nonsense", ""])
def test_a_token_that_is_no_good_is_not_made_up_for_by_a_session(
    header: str, log_in: Callable[[str], TestClient]
) -> None:
    client = log_in("Reader Rosa")
    assert client.get("/incidents").status_code == 200
    assert client.get("/incidents", headers={"authorization": header}).status_code == 401


def test_a_token_makes_no_tokens_and_changes_no_password(
    client: TestClient, token_of: Callable[[str, Scope], str]
) -> None:
    headers = {"authorization": f"Bearer {token_of('Admin Adam', Scope.ADMIN)}"}
    for path, data in (
        ("/me/tokens", {"title": "more", "scope": "admin"}),
        ("/me/password", {}),
        ("/me/sessions/end", {}),
        ("/people", {"name": "Eve", "role": "admin"}),
    ):
        assert client.post(path, data=data, headers=headers).status_code == 403, path
