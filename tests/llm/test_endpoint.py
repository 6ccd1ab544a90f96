"""Asking over HTTP: patience with busy servers, none with the others, and no word of the key."""

from __future__ import annotations

import socket
import time
from typing import Any

import pytest

from tests.llm.chat_server import ChatServer, Handler, completion, in_turn, says, status
from tests.llm.conftest import Slept
from tests.pace import not_held_up
from variorum.intake.answers import Answer
from variorum.llm import AnswerError, EndpointError, Settings
from variorum.llm.endpoint import Endpoint
from variorum.model import VariorumError

KEY = "sk-quite-secret"


def ask(settings: Settings, clock: Slept | None = None, **changes: Any) -> Answer:
    told = settings.model_copy(update=changes)
    endpoint = (
        Endpoint(told, clock=clock, sleep=clock.sleep) if clock else Endpoint(told, sleep=lambda _: None)
    )
    return endpoint.ask(b'{"messages": []}', lambda answer: answer.status == 400)


def test_the_key_goes_to_the_address_that_was_named_and_nowhere_else(
    server: ChatServer, settings: Settings
) -> None:
    ask(settings, key=KEY)
    path, headers, _ = server.asked[0]
    assert path == "/v1/chat/completions"
    assert headers["authorization"] == f"Bearer {KEY}"
    assert headers["user-agent"].startswith("variorum/")
    ask(settings)
    assert "authorization" not in server.asked[1][1]


def test_no_redirect_is_followed(server: ChatServer, settings: Settings) -> None:
    server.answer = status(307, Location=f"{server.url}/elsewhere")
    with pytest.raises(EndpointError) as caught:
        ask(settings, key=KEY)
    assert caught.value.code == "llm-refused"
    assert len(server.asked) == 1


@pytest.mark.parametrize("code", [401, 403, 404, 405])
def test_a_refusal_ends_the_run_without_a_second_try(
    server: ChatServer, settings: Settings, code: int
) -> None:
    server.answer = status(code, f"Incorrect API key provided: {KEY}\n\x1b[31m")
    with pytest.raises(EndpointError) as caught:
        ask(settings, key=KEY)
    assert caught.value.code == "llm-refused"
    assert KEY not in str(caught.value)
    assert "\x1b" not in str(caught.value)
    assert len(server.asked) == 1


def test_what_blames_the_request_is_handed_back(server: ChatServer, settings: Settings) -> None:
    server.answer = status(400, "no such parameter")
    assert ask(settings).data == b"no such parameter"


def test_waits_as_long_as_the_server_says_else_twice_as_long_each_time(
    server: ChatServer, settings: Settings, clock: Slept
) -> None:
    server.answer = in_turn(status(500), status(429, Retry_After="3"), status(529), says("{}"))
    assert ask(settings, clock).status == 200
    assert clock.pauses == [1, 3, 4]


def test_retry_after_may_be_a_time_of_day(server: ChatServer, settings: Settings, clock: Slept) -> None:
    # The server's own Date counts, not our clock.
    def busy(handler: Handler, n: int) -> None:
        handler.send_response_only(429)
        handler.send_header("Date", "Tue, 06 May 2031 10:00:00 GMT")
        handler.send_header("Retry-After", "Tue, 06 May 2031 10:00:09 GMT")
        handler.send_header("Content-Length", "0")
        handler.end_headers()

    server.answer = in_turn(busy, says("{}"))
    assert ask(settings, clock).status == 200
    assert clock.pauses == [9]


def test_a_server_that_asks_for_too_much_patience_ends_the_run(
    server: ChatServer, settings: Settings, clock: Slept
) -> None:
    server.answer = status(429, Retry_After="3600")
    with pytest.raises(EndpointError) as caught:
        ask(settings, clock)
    assert caught.value.code == "llm-later"
    assert clock.pauses == []


def test_a_server_that_stays_busy_gives_no_answer(
    server: ChatServer, settings: Settings, clock: Slept
) -> None:
    server.answer = status(503, "overloaded")
    with pytest.raises(AnswerError, match="503: overloaded") as caught:
        ask(settings, clock, tries=3)
    assert caught.value.code == "llm-no-answer"
    assert len(server.asked) == 3


def _drop(handler: Handler, n: int) -> None:
    handler.connection.shutdown(socket.SHUT_RDWR)


def _half(handler: Handler, n: int) -> None:
    handler.send_response(200)
    handler.send_header("Content-Length", "5000")
    handler.end_headers()
    handler.wfile.write(b'{"choices"')
    handler.wfile.flush()
    _drop(handler, n)


def _nonsense(handler: Handler, n: int) -> None:
    handler.wfile.write(b"\x00\xff no HTTP at all\r\n\r\n")


@pytest.mark.parametrize("failing", [_drop, _half, _nonsense])
def test_a_connection_that_breaks_off_is_tried_again(
    server: ChatServer, settings: Settings, clock: Slept, failing: Any
) -> None:
    server.answer = in_turn(failing, says("{}"))
    assert ask(settings, clock).data == completion("{}")
    assert clock.pauses == [1]
    server.answer = failing
    with pytest.raises(AnswerError) as caught:
        ask(settings, clock, tries=2)
    assert caught.value.code == "llm-no-answer"


def _silent(handler: Handler, n: int) -> None:
    time.sleep(1.5)


def _dripping(handler: Handler, n: int) -> None:
    handler.send_response(200)
    handler.end_headers()
    for _ in range(40):
        handler.wfile.write(b" ")
        handler.wfile.flush()
        time.sleep(0.05)


@pytest.mark.parametrize("slow", [_silent, _dripping])
def test_an_answer_that_does_not_come_whole_in_time_is_given_up(
    server: ChatServer, settings: Settings, slow: Any
) -> None:
    server.answer = slow
    with not_held_up():
        with pytest.raises(AnswerError, match=r"0\.3 seconds") as caught:
            ask(settings, timeout=0.3, tries=1)
        assert caught.value.code == "llm-no-answer"


def test_a_huge_answer_is_not_held_in_memory(server: ChatServer, settings: Settings) -> None:
    sent = []

    def huge(handler: Handler, n: int) -> None:
        handler.send_response(200)
        handler.end_headers()
        for _ in range(10_000):
            handler.wfile.write(b"x" * 65536)
            sent.append(65536)

    server.answer = huge
    with pytest.raises(AnswerError, match="more than 100,000 bytes"):
        ask(settings, max_bytes=100_000)
    assert len(server.asked) == 1
    assert sum(sent) < 50_000_000


def test_nobody_at_the_address_ends_the_run(settings: Settings, clock: Slept) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    for url in (f"http://127.0.0.1:{port}/v1", "http://no-such-host.invalid/v1", "http://[::1/v1"):
        with pytest.raises(VariorumError) as caught:
            ask(settings, clock, url=url, tries=2)
        assert isinstance(caught.value, EndpointError), url


def test_no_more_requests_a_minute_than_allowed(server: ChatServer, settings: Settings, clock: Slept) -> None:
    told = settings.model_copy(update={"per_minute": 30.0})
    endpoint = Endpoint(told, clock=clock, sleep=clock.sleep)
    for _ in range(3):
        endpoint.ask(b"{}", lambda answer: False)
    assert clock.pauses == [2, 2]
