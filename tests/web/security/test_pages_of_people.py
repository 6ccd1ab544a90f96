"""The pages on which people are let in and look after themselves, as they are used in a browser."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest
from fastapi.testclient import TestClient

from tests.web.conftest import serving
from tests.web.security.conftest import PASSWORDS
from variorum.ledger import Ledger, Role, Scope
from variorum.web import WebSettings, create_app


@pytest.fixture
def address(settings: WebSettings) -> Iterator[str]:
    with serving(create_app(replace(settings, secure=False))) as found:
        yield found


def enter(page: Any, name: str, password: str) -> None:
    page.get_by_label("Name").fill(name)
    page.get_by_label("Password", exact=True).fill(password)
    page.get_by_role("button", name="Log in").click()


def test_a_reader_is_not_offered_what_takes_another_role(
    log_in: Callable[[str], TestClient], ledger: Ledger
) -> None:
    incident = max(ledger.incidents(), key=lambda state: state.reports).incident
    for name, offered in (("Reader Rosa", False), ("Analyst Anna", True)):
        browser = log_in(name)
        queue, dossier = browser.get("/review").text, browser.get(f"/incidents/{incident}").text
        assert ('class="only-reads"' in queue) is not offered
        assert ("takes the role analyst" in queue) is not offered
        assert ('<a href="/add"' in queue) is offered
        assert (f"/incidents/{incident}/join" in dossier) is offered


@pytest.mark.parametrize("width", [320, 768, 1280])
def test_an_admin_lets_somebody_in_who_chooses_a_password_and_logs_out(
    browser: Any, address: str, width: int
) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    view = {"width": width, "height": 800}
    page = browser.new_context(viewport=view).new_page()
    problems: list[str] = []

    def look(page: Any) -> None:
        found = axe.run(page).response["violations"]
        problems.extend(f"{page.url}: {one['id']}" for one in found)
        if page.evaluate("document.documentElement.scrollWidth") != width:
            problems.append(f"{page.url} is wider than the window")

    page.goto(f"{address}/people")
    assert page.get_by_role("navigation").count() == 0, "strangers are shown no places"
    look(page)
    enter(page, "Admin Adam", PASSWORDS["Admin Adam"])
    page.wait_for_url("**/people")
    page.get_by_label("Name").fill("New Nora")
    page.locator(".row select[name=role]").select_option("analyst")
    page.get_by_role("button", name="Add", exact=True).click()
    password = page.locator(".secret").inner_text()
    look(page)

    other = browser.new_context(viewport=view).new_page()
    other.goto(f"{address}/incidents?as-of=2031-05-06")
    enter(other, "New Nora", password)
    other.wait_for_url("**/me")
    other.get_by_label("Present password").fill(password)
    other.get_by_label("New password", exact=True).fill("five purple doorknobs")
    other.get_by_label("New password once more").fill("five purple doorknobs")
    other.get_by_role("button", name="Change password").click()
    other.get_by_label("What it is for").fill("a nightly export")
    other.get_by_label("Scope").select_option("decide")
    other.get_by_role("button", name="Make a token").click()
    assert other.locator(".secret").inner_text().startswith("variorum_")
    look(other)
    other.goto(f"{address}/incidents")
    look(other)
    other.get_by_role("button", name="Log out").click()
    assert other.url == f"{address}/login"
    other.evaluate("history.back()")
    other.wait_for_load_state()
    assert other.get_by_role("heading", name="Incidents").count() == 0, "nothing is kept for the next one"
    assert not problems


def test_script_cannot_read_the_cookie(browser: Any, address: str) -> None:
    page = browser.new_context().new_page()
    page.goto(address)
    enter(page, "Reader Rosa", PASSWORDS["Reader Rosa"])
    page.wait_for_url("**/incidents")
    assert page.evaluate("document.cookie") == ""


def number_of(ledger: Ledger, name: str) -> int:
    return ledger.people.find(name).number


def test_an_admin_changes_resets_and_removes(log_in: Callable[[str], TestClient], ledger: Ledger) -> None:
    rosa, admin = log_in("Reader Rosa"), log_in("Admin Adam")
    number = number_of(ledger, "Reader Rosa")
    assert admin.post(f"/people/{number}/role", data={"role": "analyst"}).status_code == 303
    assert ledger.people.find("Reader Rosa").role is Role.ANALYST
    shown = re.search(r'class="secret">([a-z0-9-]+)<', admin.post(f"/people/{number}/reset").text)
    assert shown is not None
    assert rosa.get("/incidents").headers["location"].startswith("/login")
    again = log_in("Reader Rosa")
    assert again.get("/incidents").headers["location"] == "/me"
    assert admin.post(f"/people/{number}/remove").status_code == 303
    assert again.get("/me").headers["location"].startswith("/login")
    kinds = [one.kind for one in ledger.people.history(3)]
    assert kinds == ["removed", "password-reset", "role"]


def test_what_cannot_be_done_is_told_on_the_page(log_in: Callable[[str], TestClient], ledger: Ledger) -> None:
    admin = log_in("Admin Adam")
    mine = number_of(ledger, "Admin Adam")
    for path, data, why in (
        ("/people", {"name": "reader rosa", "role": "reader"}, "This name is taken"),
        ("/people", {"name": " ", "role": "reader"}, "A name has 1 to 60"),
        (f"/people/{mine}/role", {"role": "reader"}, "This is the last admin"),
        (f"/people/{mine}/remove", {}, "This is the last admin"),
        ("/me/tokens", {"title": "", "scope": "read"}, "A token needs a title"),
        ("/me/password", {"current": "x", "new": "a", "again": "b"}, "are not the same"),
    ):
        answer = admin.post(path, data=data)
        assert answer.status_code == 400, path
        assert why in answer.text
    assert admin.post("/people/999/remove").status_code == 404
    assert admin.post(f"/people/{mine}/role", data={"role": "king"}).status_code == 400
    assert len(ledger.people.all()) == 3


def test_people_look_after_their_own_sessions_and_tokens_only(
    log_in: Callable[[str], TestClient], ledger: Ledger
) -> None:
    rosa, elsewhere, anna = log_in("Reader Rosa"), log_in("Reader Rosa"), log_in("Analyst Anna")
    token = ledger.people.tokens.make("Analyst Anna", "hers", Scope.READ, 9, by="Analyst Anna")
    number = ledger.people.sessions.of(number_of(ledger, "Analyst Anna"))[0].number
    assert rosa.post("/me/tokens/1/revoke").status_code == 404
    rosa.post(f"/me/sessions/{number}/end")
    assert ledger.people.tokens.find(token) is not None
    assert anna.get("/incidents").status_code == 200
    rosa.post("/me/sessions/end")
    assert rosa.get("/incidents").status_code == 200
    assert elsewhere.get("/incidents").status_code == 303


def test_a_new_password_takes_the_present_one_and_is_throttled(log_in: Callable[[str], TestClient]) -> None:
    """Whoever finds a browser open cannot take it over."""
    client = log_in("Reader Rosa")
    told = {"current": "a guess", "new": "five purple doorknobs", "again": "five purple doorknobs"}
    answers = [client.post("/me/password", data=told) for _ in range(6)]
    assert "too many logins" in answers[-1].text.lower()
    assert all(answer.status_code == 400 for answer in answers)


def test_where_nobody_logs_in_the_pages_say_so(example_ledger: Any, tmp_path: Any) -> None:
    app = create_app(WebSettings(ledger=str(example_ledger), person="Ada", cache=tmp_path))
    with TestClient(app, base_url="http://localhost") as client:
        assert "Nobody has to log in here" in client.get("/people").text
        assert "Nobody has to log in here" in client.get("/me").text
        assert client.get("/login", follow_redirects=False).headers["location"] == "/incidents"
        assert client.post("/people", data={"name": "Eve", "role": "admin"}).status_code == 403
        assert client.post("/me/tokens", data={"title": "x", "scope": "admin"}).status_code == 403
        assert (
            client.post("/login", data={"name": "a", "password": "b"}, follow_redirects=False).status_code
            == 303
        )
