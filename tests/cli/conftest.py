from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner

import variorum
from tests.cli import fake_reader
from variorum.cli.app import app

FAKE = Path(__file__).with_name("fake_reader.py")
TEXT = "The {n} people were killed in Quetta on 2025-03-14 when a bomb exploded in the market, police said."

Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def environment() -> dict[str, str]:
    """The environment of a process that finds this checkout's package from any folder."""
    return {**os.environ, "PYTHONPATH": str(Path(variorum.__file__).parent.parent), "COLUMNS": "100"}


@pytest.fixture
def run(tmp_path: Path, environment: dict[str, str]) -> Run:
    """Run the command line in a process of its own, in an empty folder, with the fake reader."""

    def start(*arguments: str | Path, stdin: str | bytes = "") -> subprocess.CompletedProcess[str]:
        done = subprocess.run(
            [sys.executable, FAKE, *map(str, arguments)],
            input=stdin.encode() if isinstance(stdin, str) else stdin,
            capture_output=True,
            cwd=tmp_path,
            env=environment,
            timeout=120,
            check=False,
        )
        return subprocess.CompletedProcess(
            done.args, done.returncode, done.stdout.decode("utf-8"), done.stderr.decode("utf-8")
        )

    return start


@pytest.fixture
def invoke(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """The same within this process, which is quicker."""
    monkeypatch.setitem(sys.modules, "variorum.reading", fake_reader.module())
    monkeypatch.chdir(tmp_path)

    def call(*arguments: str | Path, stdin: str | bytes = "") -> subprocess.CompletedProcess[str]:
        names = [str(argument) for argument in arguments]
        done = CliRunner().invoke(app, names, input=stdin, prog_name="variorum")
        if done.exception and not isinstance(done.exception, SystemExit):
            raise done.exception
        return subprocess.CompletedProcess(names, done.exit_code, done.stdout, done.stderr)

    return call


@pytest.fixture
def reports() -> Callable[[int], str]:
    """JSON Lines of so many reports with ids r1, r2 ..., each with a figure of its own."""

    def lines(number: int) -> str:
        fields = [
            {"id": f"r{n}", "published": "2025-03-15", "text": TEXT.format(n=n)} for n in range(1, number + 1)
        ]
        return "".join(json.dumps(one) + "\n" for one in fields)

    return lines
