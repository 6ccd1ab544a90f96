"""Where the reading room may listen."""

from __future__ import annotations

import shutil
import signal
import socket
import ssl
import subprocess
import sys
import threading
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

import httpx
import pytest
import uvicorn

from tests.web.security.conftest import PASSWORDS
from variorum.ledger import Ledger
from variorum.model import SettingError
from variorum.web import WebSettings, serving
from variorum.web.security.connections import PatientProtocol
from variorum.web.serving import Door, guarded, serve


@pytest.fixture
def empty(tmp_path: Path) -> WebSettings:
    path = tmp_path / "empty.db"
    Ledger.open(path).close()
    return WebSettings(ledger=str(path), person="Ada")


def code_of(settings: WebSettings, door: Door) -> str | None:
    try:
        guarded(settings, door)
    except SettingError as error:
        return error.code if error.remedy else "no remedy"
    return None


PUBLIC = ("0.0.0.0", "::", "192.168.1.4", "room.example.org")


@pytest.mark.parametrize("host", PUBLIC)
def test_without_people_only_this_machine_is_served(empty: WebSettings, host: str) -> None:
    for door in (Door(host), Door(host, proxies=("*",)), Door(host, certificate=Path("x"), key=Path("y"))):
        assert code_of(empty, door) == "public-address"
    assert code_of(empty, Door()) is None
    assert guarded(empty, Door()).team is None  # it becomes one when somebody is added


@pytest.mark.parametrize("host", PUBLIC)
def test_with_people_others_are_served_by_https_only(settings: WebSettings, host: str) -> None:
    assert code_of(settings, Door(host)) == "public-address"
    assert code_of(settings, Door(host, proxies=("10.0.0.1",))) is None
    found = guarded(settings, Door(host, certificate=Path("x"), key=Path("y"), names=("Room.Example.org",)))
    assert (found.team, found.secure) == (True, True)
    assert found.hosts[-1] == "room.example.org"


def test_a_team_of_nobody_is_refused(empty: WebSettings) -> None:
    assert code_of(replace(empty, team=True), Door()) == "no-people"


def test_a_ledger_with_people_is_never_served_without_logins_to_others(settings: WebSettings) -> None:
    assert code_of(replace(settings, team=False), Door("0.0.0.0", proxies=("*",))) == "public-address"


def test_what_the_server_is_told(settings: WebSettings, monkeypatch: pytest.MonkeyPatch) -> None:
    """Forwarded headers are believed of nobody unless a proxy was named; the server's own bounds are on."""
    told: list[uvicorn.Config] = []

    class Server:
        started = True

        def __init__(self, config: uvicorn.Config, _: object) -> None:
            told.append(config)

        def run(self) -> None:
            pass

    monkeypatch.setattr(serving, "_Server", Server)
    serve(settings, Door())
    serve(settings, Door("0.0.0.0", proxies=("10.0.0.1",)))
    alone, behind = told
    assert alone.proxy_headers is False
    assert isinstance(alone.http, type)
    assert issubclass(alone.http, PatientProtocol)
    assert alone.ws == "none"
    assert alone.server_header is False
    assert alone.limit_concurrency
    assert (behind.proxy_headers, behind.forwarded_allow_ips) == (True, ["10.0.0.1"])


def test_https_is_spoken_with_a_certificate(
    settings: WebSettings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if shutil.which("openssl") is None:
        pytest.skip("openssl is not installed")
    certificate, key = tmp_path / "cert.pem", tmp_path / "key.pem"
    made = "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj /CN=localhost"
    names = ["-addext", "subjectAltName=DNS:localhost", "-keyout", str(key), "-out", str(certificate)]
    subprocess.run(["openssl", *made.split(), *names], check=True, capture_output=True)
    servers: list[uvicorn.Server] = []

    class Kept(serving._Server):
        def __init__(self, *given: Any) -> None:
            super().__init__(*given)
            servers.append(self)

    monkeypatch.setattr(serving, "_Server", Kept)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    door = Door(port=port, certificate=certificate, key=key)
    thread = threading.Thread(target=serve, args=(settings, door), daemon=True)
    thread.start()
    while not (servers and servers[0].started):
        assert thread.is_alive()
        time.sleep(0.01)
    try:
        trusted = ssl.create_default_context(cafile=str(certificate))
        with httpx.Client(verify=trusted, trust_env=False, base_url=f"https://localhost:{port}") as client:
            answer = client.get("/login")
            assert answer.status_code == 200
            assert answer.headers["strict-transport-security"]
            told = {"name": "Reader Rosa", "password": PASSWORDS["Reader Rosa"]}
            answer = client.post("/login", data=told, headers={"origin": f"https://localhost:{port}"})
            assert answer.headers["set-cookie"].startswith("__Host-variorum=")
            assert client.get("/incidents").status_code == 200
    finally:
        servers[0].should_exit = True
        thread.join(10)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_told_to_end_it_ends_without_a_word(empty: WebSettings, number: signal.Signals) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    words = [sys.executable, "-m", "variorum", "serve", empty.ledger, "--port", str(port), "--no-log"]
    server = subprocess.Popen(words, stderr=subprocess.PIPE, text=True)
    try:
        assert server.stderr is not None
        assert str(port) in server.stderr.readline()
        address = f"http://127.0.0.1:{port}"
        with httpx.Client(base_url=address, trust_env=False, headers={"origin": address}) as client:
            # Something to do, so that the process that works is there too.
            told = {"text": "Two men were shot in Tolven, police said."}
            assert client.post("/add/text", data=told).is_redirect
        server.send_signal(number)
        assert server.communicate(timeout=60) == (None, "")
        assert server.returncode == 0
    finally:
        server.kill()
