"""A ledger with a team, and clients that behave as browsers do: they say from which page a request comes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from variorum.ledger import Ledger, Role, Scope
from variorum.web import WebSettings, create_app

PASSWORDS = {
    "Reader Rosa": "quiet river stones",
    "Analyst Anna": "seven green kettles",
    "Admin Adam": "long wooden ladders",
}
ROLES = {"Reader Rosa": Role.READER, "Analyst Anna": Role.ANALYST, "Admin Adam": Role.ADMIN}
BROWSER = {"sec-fetch-site": "same-origin"}


@pytest.fixture(scope="session")
def team_ledger(example_ledger: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example with three people; hashing their passwords once is enough. Copy it before writing to it."""
    path = tmp_path_factory.mktemp("team") / "team.db"
    with Ledger.open(example_ledger) as ledger:
        ledger.backup(path)
    with Ledger.open(path) as ledger:
        for name, role in ROLES.items():
            ledger.people.add(name, role, PASSWORDS[name], by="the test")
    return path


@pytest.fixture
def ledger_file(team_ledger: Path, tmp_path: Path) -> Path:
    path = tmp_path / "team.db"
    path.write_bytes(team_ledger.read_bytes())
    return path


@pytest.fixture
def settings(ledger_file: Path, tmp_path: Path) -> WebSettings:
    return WebSettings(ledger=str(ledger_file), person="nobody", cache=tmp_path / "cache", secure=True)


@pytest.fixture
def app(settings: WebSettings) -> FastAPI:
    return create_app(settings)


@pytest.fixture
def new_client(app: FastAPI) -> Iterator[Callable[[], TestClient]]:
    """More browsers on the same reading room."""
    with ExitStack() as stack:
        first = stack.enter_context(
            TestClient(app, base_url="https://localhost", follow_redirects=False, headers=BROWSER)
        )
        given = []

        def make() -> TestClient:
            if not given:
                given.append(first)
                return first
            return TestClient(app, base_url="https://localhost", follow_redirects=False, headers=BROWSER)

        yield make


@pytest.fixture
def client(new_client: Callable[[], TestClient]) -> TestClient:
    """A browser in which nobody has logged in."""
    return new_client()


@pytest.fixture
def ledger(app: FastAPI, client: TestClient) -> Ledger:
    """The ledger that is served."""
    found: Ledger = app.state.ledger
    return found


@pytest.fixture
def log_in(ledger: Ledger, new_client: Callable[[], TestClient]) -> Callable[[str], TestClient]:
    """A browser in which somebody has logged in; without the form, which takes long."""

    def make(name: str) -> TestClient:
        browser = new_client()
        secret = ledger.people.sessions.open(ledger.people.find(name).number, address="testclient")
        browser.cookies.set("__Host-variorum", secret, domain="localhost.local", path="/")
        return browser

    return make


@pytest.fixture
def token_of(ledger: Ledger) -> Callable[[str, Scope], str]:
    """A new token of somebody."""
    return lambda name, scope: ledger.people.tokens.make(name, "a test", scope, 1, by="the test")
