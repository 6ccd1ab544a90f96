"""Bodies and connections are bounded: asked of a real server over a raw socket."""

from __future__ import annotations

import asyncio
import socket
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager

import pytest
import uvicorn
from fastapi import FastAPI, HTTPException
from fastapi.testclient import TestClient

from variorum.web.security import bodies
from variorum.web.security.bodies import BoundedBodies
from variorum.web.security.connections import PatientProtocol

SECONDS = 0.6


class Hasty(PatientProtocol):
    seconds = SECONDS


@contextmanager
def served(app: FastAPI) -> Iterator[int]:
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        config = uvicorn.Config(app, log_level="critical", http=Hasty, ws="none", timeout_keep_alive=1)
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [door]}, daemon=True)
        thread.start()
        while not server.started:
            assert thread.is_alive()
            time.sleep(0.01)
        yield door.getsockname()[1]
        server.should_exit = True
        thread.join(10)


@pytest.fixture
def port(app: FastAPI, monkeypatch: pytest.MonkeyPatch) -> Iterator[int]:
    monkeypatch.setattr(BoundedBodies.__init__, "__defaults__", (SECONDS,))
    with served(app) as found:
        yield found


def dribble(port: int, begin: bytes, drop: bytes) -> tuple[float, bytes]:
    """Send a beginning and then a drop every now and then; how long the server put up with it, and what it said."""
    with closing(socket.create_connection(("127.0.0.1", port))) as line:
        line.settimeout(0.1)
        line.sendall(begin)
        began, said = time.monotonic(), b""
        while time.monotonic() - began < 20 * SECONDS:
            try:
                if drop:
                    line.sendall(drop)
                got = line.recv(65536)
                if not got:
                    return time.monotonic() - began, said
                said += got
            except TimeoutError:
                continue
            except OSError:
                return time.monotonic() - began, said
    raise AssertionError("it would have waited for ever")


HEAD = b"POST /login HTTP/1.1\r\nHost: localhost\r\nSec-Fetch-Site: same-origin\r\n"
FORM = HEAD + b"Content-Type: application/x-www-form-urlencoded\r\n"


@pytest.mark.parametrize(
    ("begin", "drop"),
    [
        (b"", b""),
        (b"GET /login HTTP/1.1\r\n", b"X-A: b\r\n"),
        (b"GET /lo", b"g"),
        (b"\r\n", b"\r\n"),
    ],
)
def test_a_head_that_never_ends_is_cut_off(port: int, begin: bytes, drop: bytes) -> None:
    seconds, said = dribble(port, begin, drop)
    assert seconds < 4 * SECONDS
    assert b"200" not in said.split(b"\r\n")[0]


def test_a_second_head_on_one_connection_is_cut_off_as_well(port: int) -> None:
    seconds, said = dribble(port, b"GET /login HTTP/1.1\r\nHost: localhost\r\n\r\nGET /", b"l")
    assert said.startswith(b"HTTP/1.1 200")
    assert seconds < 6 * SECONDS


@pytest.mark.parametrize(
    ("begin", "drop"),
    [
        (FORM + b"Content-Length: 100000\r\n\r\nname=", b"a"),
        (FORM + b"Transfer-Encoding: chunked\r\n\r\n5\r\nname=\r\n", b"1\r\na\r\n"),
    ],
)
def test_a_body_that_dribbles_is_cut_off(port: int, begin: bytes, drop: bytes) -> None:
    seconds, said = dribble(port, begin, drop)
    assert said.startswith(b"HTTP/1.1 408")
    assert seconds < 6 * SECONDS


def test_a_body_that_nobody_wants_is_cut_off(port: int) -> None:
    """A route that reads no body answers at once; what dribbles in after that is not waited for."""
    seconds, said = dribble(
        port, HEAD.replace(b"/login", b"/logout") + b"Content-Length: 99999\r\n\r\n", b"a"
    )
    assert said.startswith(b"HTTP/1.1 303")
    assert seconds < 6 * SECONDS


def test_requests_that_come_whole_are_kept_waiting_by_nobody(port: int) -> None:
    with closing(socket.create_connection(("127.0.0.1", port))) as line:
        line.settimeout(5)
        for _ in range(3):
            line.sendall(b"GET /login HTTP/1.1\r\nHost: localhost\r\n\r\n")
            said = b""
            while not said.endswith(b"</html>"):
                said += line.recv(65536)
            assert said.startswith(b"HTTP/1.1 200 OK")
            time.sleep(SECONDS / 2)


def test_too_much_is_refused_before_it_is_sent(client: TestClient) -> None:
    answer = client.post("/login", content=b"", headers={"content-length": str(bodies.MOST_BYTES + 1)})
    assert answer.status_code == 413
    answer = client.post("/login", content=b"", headers={"content-length": "9" * 5000})
    assert answer.status_code == 413


def test_too_much_is_refused_where_nobody_said_how_much(client: TestClient) -> None:
    sent = 0

    def pieces() -> Iterator[bytes]:
        nonlocal sent
        yield b"name="
        while True:
            sent += 1 << 16
            if sent > 64 * bodies.MOST_BYTES:
                return
            yield b"a" * (1 << 16)

    kind = {"content-type": "application/x-www-form-urlencoded"}
    answer = client.post("/login", content=pieces(), headers=kind)
    assert answer.status_code == 413
    assert "too large" in answer.text


def test_the_bound_is_on_what_comes_together() -> None:
    """Piece by piece, whatever the application does with it; no more is held than the bound and one piece."""
    passed = 0

    async def app(scope, receive, send):
        nonlocal passed
        while (message := await receive()).get("more_body"):
            passed += len(message["body"])

    async def endless():
        return {"type": "http.request", "body": b"a" * 100_000, "more_body": True}

    scope = {"type": "http", "path": "/login", "headers": [], "method": "POST"}
    # In a thread of its own: a browser's tests leave a running loop in this one.
    with pytest.raises(HTTPException) as caught, ThreadPoolExecutor(1) as apart:
        apart.submit(lambda: asyncio.run(BoundedBodies(app)(scope, endless, None))).result()
    assert caught.value.status_code == 413
    assert bodies.MOST_BYTES - 100_000 <= passed <= bodies.MOST_BYTES
