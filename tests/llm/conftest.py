from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import pytest

from tests.llm.chat_server import ChatServer, running
from variorum.llm import LanguageModelReader, Settings
from variorum.llm.endpoint import Endpoint
from variorum.model import Report
from variorum.reading import Reader

TEXT = (
    "ORRIN, May 6 — The Reedlands Liberation Front (RLF) said on Tuesday that its fighters had killed 14 soldiers at "
    "the Orrin mill.\n"
    "The Velmark Army said at least three of its soldiers died, and blamed the Reedlands Liberation Front for a shell "
    "that hit the mill. A miller, Anse Quillory, said nobody had warned the 14 soldiers who slept there.\n"
    "The army denied that the mill had fallen."
)


class Slept:
    """A clock that only moves when somebody sleeps."""

    def __init__(self) -> None:
        self.now, self.pauses = 1000.0, list[float]()

    def __call__(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.pauses.append(round(seconds, 3))
        self.now += seconds


MakeReader = Callable[..., LanguageModelReader]


@pytest.fixture
def report() -> Report:
    return Report(id="mill-1", text=TEXT, published=date(2031, 5, 6), publisher="Harbour Post")


@pytest.fixture(scope="session")
def reader() -> Reader:
    return Reader.load()


@pytest.fixture
def server() -> Iterator[ChatServer]:
    with running() as found:
        yield found


@pytest.fixture
def settings(server: ChatServer) -> Settings:
    return Settings(url=server.url, model="tiny", timeout=5)


@pytest.fixture
def clock() -> Slept:
    return Slept()


@pytest.fixture
def make(reader: Reader, settings: Settings, clock: Slept) -> MakeReader:
    """A reader that asks the server; options are settings."""

    def made(**changes: Any) -> LanguageModelReader:
        told = Settings.model_validate(settings.model_dump() | changes)
        return LanguageModelReader(reader, told, Endpoint(told, clock=clock, sleep=clock.sleep))

    return made
