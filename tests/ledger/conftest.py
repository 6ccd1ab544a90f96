from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

import pytest

from tests.ledger import databases
from tests.ledger.piles import Clock
from variorum.ledger import Ledger

NUMBERS = count()


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """The socket of a PostgreSQL of the tests' own, with a database `empty` that has the tables."""
    reason = databases.unavailable()
    if reason:
        pytest.skip(reason)
    with databases.server() as socket:
        Ledger.open(databases.make_database(socket, "empty")).close()
        yield socket


@pytest.fixture(params=["sqlite", "postgresql"])
def where(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Where to keep a ledger: a new file, or a new database."""
    if request.param == "sqlite":
        return str(tmp_path / "ledger.db")
    socket = request.getfixturevalue("postgres")
    return databases.make_database(socket, f"ledger{next(NUMBERS)}", "empty")


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def ledger(where: str, clock: Clock) -> Iterator[Ledger]:
    with Ledger.open(where, clock=clock) as opened:
        yield opened


@pytest.fixture
def new_place(request: pytest.FixtureRequest, tmp_path: Path, where: str) -> Callable[[], str]:
    """More places of the same kind."""

    def make() -> str:
        number = next(NUMBERS)
        if "://" not in where:
            return str(tmp_path / f"ledger{number}.db")
        return databases.make_database(request.getfixturevalue("postgres"), f"ledger{number}", "empty")

    return make
