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


FERRY = (
    "VARNDAL — {n} people were killed{who} when gunmen boarded the Skarholt ferry near Varndal on Tuesday. Captain Ilmar "
    "Tessvik, 54, was among the dead. {more}"
)
MARKET = (
    "PELLAMUR — {n} people were killed{who} when a mortar round hit the grain market of Pellamur on Thursday. Dr Anse "
    "Quillory of the Pellamur clinic treated the wounded. {more}"
)


@pytest.fixture
def pile() -> list[dict[str, str]]:
    """Five reports of two incidents: one whose toll changes and is contested, and another."""

    def one(name: str, day: str, publisher: str, text: str, **words: object) -> dict[str, str]:
        title = f"Report {name}"
        return {
            "id": name,
            "published": day,
            "publisher": publisher,
            "title": title,
            "text": text.format(**words),
        }

    swam = "Survivors swam to the Oskby lighthouse and were taken in by its keeper, who had seen no ship."
    held = "The family of the captain said that he had never carried soldiers on the Skarholt run."
    hurt = "Forty traders were hurt in the grain market, and the clinic asked for blood."
    return [
        one("ferry-1", "2031-05-06", "Harbour Post", FERRY, n=9, who="", more=swam),
        one("ferry-2", "2031-05-07", "Lowmere Gazette", FERRY, n=14, who=", the Coastguard said", more=held),
        one("ferry-3", "2031-05-08", "Skerry Courier", FERRY, n=11, who="", more=swam + " " + held),
        one("market-1", "2031-05-08", "Pellamur News", MARKET, n=3, who="", more=hurt),
        one("market-2", "2031-05-09", "Harbour Post", MARKET, n=4, who="", more=hurt + " It is closed."),
    ]


@pytest.fixture
def lines(pile: list[dict[str, str]]) -> str:
    """The same as JSON Lines."""
    return "".join(json.dumps(one) + "\n" for one in pile)
