"""A ledger with the worked example, a client that asks the application without a network, and a server on loopback."""

from __future__ import annotations

import shutil
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import uvicorn
from fastapi import FastAPI
from fastapi.testclient import TestClient

from variorum.intake import read_reports
from variorum.ledger import Ledger
from variorum.model import Report
from variorum.reading import Reader
from variorum.web import WebSettings, create_app

EXAMPLE = Path(__file__).parent.parent.parent / "src" / "variorum" / "examples" / "vessary.jsonl"


@pytest.fixture(scope="session")
def example_ledger(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The worked example, read once by the real reader and linked. Copy it before writing to it."""
    path = tmp_path_factory.mktemp("web") / "vessary.db"
    reader = Reader.load()
    with Ledger.open(path) as ledger:
        found = read_reports([EXAMPLE])
        ledger.add((reader.read(one) for one in found if isinstance(one, Report)), by="Ada")
        ledger.link()
    return path


@pytest.fixture
def ledger_file(example_ledger: Path, tmp_path: Path) -> Path:
    """A copy of the example to write to."""
    return Path(shutil.copy(example_ledger, tmp_path / "vessary.db"))


@pytest.fixture
def settings(ledger_file: Path, tmp_path: Path) -> WebSettings:
    return WebSettings(ledger=str(ledger_file), person="Ada", cache=tmp_path / "cache")


@pytest.fixture
def client(settings: WebSettings) -> Iterator[TestClient]:
    with TestClient(create_app(settings), base_url="http://localhost") as found:
        yield found


@pytest.fixture
def address(settings: WebSettings) -> Iterator[str]:
    """Where the application is served by a real server, for a real browser."""
    with serving(create_app(settings)) as found:
        yield found


@contextmanager
def serving(app: FastAPI) -> Iterator[str]:
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        server = uvicorn.Server(uvicorn.Config(app, log_level="warning"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [door]}, daemon=True)
        thread.start()
        while not server.started:
            assert thread.is_alive(), "the server did not start"
            time.sleep(0.01)
        yield f"http://127.0.0.1:{door.getsockname()[1]}"
        server.should_exit = True
        thread.join(10)
