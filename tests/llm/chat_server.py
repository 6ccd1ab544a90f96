"""A chat endpoint on the loopback interface that answers as a test wants, OpenAI's shapes included."""

from __future__ import annotations

import contextlib
import json
import re
import threading
from collections.abc import Callable, Iterator, Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

PASSAGE = re.compile(r"<passage (\w+)>\n(.*)\n</passage \1>", re.DOTALL)


class Handler(BaseHTTPRequestHandler):
    server: ChatServer

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", "0")))
        headers = {name.lower(): value for name, value in self.headers.items()}
        with self.server.lock:
            self.server.asked.append((self.path, headers, json.loads(body)))
            number = len(self.server.asked) - 1
        with contextlib.suppress(OSError):
            self.server.answer(self, number)

    def send(self, status: int, body: bytes, headers: Mapping[str, str] | None = None) -> None:
        self.send_response(status)
        for name, value in ({"Content-Length": str(len(body))} | dict(headers or {})).items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing."""


Answer = Callable[[Handler, int], None]


class ChatServer(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.asked: list[tuple[str, dict[str, str], dict[str, Any]]] = []
        self.lock = threading.Lock()
        self.answer: Answer = says(claims())

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that hangs up is what some tests are about."""

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}/v1"

    def bodies(self) -> list[dict[str, Any]]:
        return [body for _, _, body in self.asked]

    def passages(self) -> list[str]:
        """What it was shown to read, request by request."""
        return [shown_in(body) for body in self.bodies()]


@contextlib.contextmanager
def running() -> Iterator[ChatServer]:
    server = ChatServer()
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def shown_in(body: dict[str, Any]) -> str:
    """The passage in a request."""
    found = PASSAGE.search(body["messages"][-1]["content"])
    assert found is not None
    return found[2]


def completion(content: Any, finish: str = "stop", usage: Any = None) -> bytes:
    """The body of a chat completion."""
    told = {"prompt_tokens": 100, "completion_tokens": 20} if usage is None else usage
    choice = {"index": 0, "message": {"role": "assistant", "content": content}, "finish_reason": finish}
    return json.dumps({"object": "chat.completion", "choices": [choice], "usage": told}).encode()


def claims(*given: Any) -> str:
    """What a model writes that makes these claims."""
    return json.dumps({"claims": list(given)})


def says(*contents: str, finish: str = "stop") -> Answer:
    """Answers with these words, one after the other, and from then on with the last."""
    return lambda handler, n: handler.send(200, completion(contents[min(n, len(contents) - 1)], finish))


def reads(model: Callable[[str], str]) -> Answer:
    """Answers with what a model writes on the passage that it is shown."""
    return lambda handler, n: handler.send(200, completion(model(shown_in(handler.server.asked[n][2]))))


def in_turn(*answers: Answer) -> Answer:
    """One answer after the other, and from then on the last."""
    return lambda handler, n: answers[min(n, len(answers) - 1)](handler, n)


def status(code: int, body: str = "", **headers: str) -> Answer:
    """Answers with a status."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return lambda handler, n: handler.send(code, body.encode(), named)


def toll(quote: str, low: int | None, high: int | None, **values: Any) -> dict[str, Any]:
    """A toll as a model gives it."""
    return {
        "kind": "toll",
        "quote": quote,
        "before": "",
        "source": None,
        "certainty": "stated",
        "background": False,
        "outcome": "killed",
        "min": low,
        "max": high,
        "group": "security",
        "combined": False,
        "actor": None,
    } | values


def blame(quote: str, actor: str | None, **values: Any) -> dict[str, Any]:
    """A claim of responsibility as a model gives it."""
    return {
        "kind": "responsibility",
        "quote": quote,
        "before": "",
        "source": None,
        "certainty": "stated",
        "background": False,
        "actor": actor,
        "stance": "accuses",
    } | values


def account(quote: str, source: str | None, **values: Any) -> dict[str, Any]:
    """An account as a model gives it."""
    return {
        "kind": "account",
        "quote": quote,
        "before": "",
        "source": source,
        "certainty": "stated",
        "background": False,
        "denies": False,
    } | values
