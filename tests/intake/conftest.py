from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from variorum.intake import read_reports
from variorum.model import InputError, Report

ENGLISH = (
    "Twelve people were killed when a bomb exploded in the market of the old town on Friday, police said. "
    "The group denied that its fighters had planted it."
)


class Taken:
    """What intake made of an input: reports, the errors in their place, and the codes of notes."""

    def __init__(self, *inputs: str | Path, **options: Any) -> None:
        self.notes: list[InputError] = []
        self.results = list(read_reports(inputs, notify=self.notes.append, **options))
        self.reports = [one for one in self.results if isinstance(one, Report)]
        self.errors = [one for one in self.results if isinstance(one, InputError)]
        self.codes = [error.code for error in self.errors]
        self.noted = [note.code for note in self.notes]

    @property
    def report(self) -> Report:
        assert not self.errors, self.errors
        (report,) = self.reports
        return report

    @property
    def error(self) -> InputError:
        assert not self.reports, self.reports
        (error,) = self.errors
        return error


@pytest.fixture
def english() -> str:
    return ENGLISH


@pytest.fixture
def take() -> Callable[..., Taken]:
    return Taken


@pytest.fixture
def take_file(tmp_path: Path) -> Callable[..., Taken]:
    """Write a file of some name and content, and take it in."""

    def write_and_take(name: str, content: bytes | str, **options: Any) -> Taken:
        path = tmp_path / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return Taken(path, **options)

    return write_and_take


@pytest.fixture
def take_stdin() -> Callable[..., Taken]:
    def pipe(content: bytes, **options: Any) -> Taken:
        return Taken("-", stdin=io.BytesIO(content), **options)

    return pipe
