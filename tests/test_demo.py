"""The demo: its texts are as many and as various as its README says, are read, and are served by `variorum demo`."""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from variorum.cli.demo import demo_ledger
from variorum.intake import Arrival, Withdrawal, take_in
from variorum.ledger import Ledger, Opened, State
from variorum.model import Status

DEMO = Path(__file__).parent.parent / "src" / "variorum" / "examples" / "demo"
INCIDENTS = {
    # title of the first report: reports that stand, reports that stand no longer
    "Soldiers killed in ambush on Corvane supply convoy": (10, 0),
    "Mine kills eight on market bus at Cressing Ford, Corvane": (2, 0),
    "Bomb kills at least 19 at market in Sarrow port": (8, 4),
    "Shots fired at students' march in Hallowick, three dead": (6, 0),
    "Estervale says air strike killed 27 militants; villagers say wedding was hit": (7, 0),
    "CORRECTED: Gunmen seize 38 workers at Corvane copper mine": (7, 1),
    "Smoke over the gaol: riot in Marrowgate leaves 14 dead": (4, 0),
    "Coastguard cutter sunk in Carrick Sound": (5, 0),
    "Councillor Greta Maddern shot dead": (1, 0),
}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo's ledger, read once by the real reader."""
    folder = tmp_path_factory.mktemp("demo")
    return demo_ledger(folder, folder / "cache")


@pytest.fixture(scope="module")
def ledger(made: Path) -> Iterator[Ledger]:
    with Ledger.open(made) as opened:
        yield opened


@pytest.fixture(scope="module")
def states(ledger: Ledger) -> dict[str, State]:
    return {state.title or "": state for state in ledger.incidents()}


@pytest.fixture(scope="module")
def opened(ledger: Ledger, states: dict[str, State]) -> dict[str, Opened]:
    return {title: ledger.dossier(state.incident) for title, state in states.items()}


def test_the_texts_are_many_and_small_and_none_is_refused() -> None:
    found = list(take_in([DEMO / "reports.jsonl", DEMO / "wire"]))
    assert all(isinstance(one, Arrival | Withdrawal) for one in found)
    assert sum(isinstance(one, Arrival) for one in found) == 55
    assert sum(isinstance(one, Withdrawal) for one in found) == 2
    assert sum(path.stat().st_size for path in DEMO.rglob("*") if path.is_file()) < 400_000


def test_every_address_is_of_a_domain_that_nobody_can_own() -> None:
    lines = (DEMO / "reports.jsonl").read_text(encoding="utf-8").splitlines()
    assert all(json.loads(line)["url"].split("/")[2].endswith(".example") for line in lines)


def test_no_place_of_this_world_is_read(ledger: Ledger) -> None:
    """A point on the map would put invented violence into somebody's country."""
    points = [
        (reading.report.id, place.name)
        for reading in ledger.readings()
        for incident in reading.incidents
        if (place := incident.place) and place.latitude is not None
    ]
    assert points == []


def test_reports_come_to_their_incidents(states: dict[str, State]) -> None:
    assert {title: (state.reports, state.earlier) for title, state in states.items()} == INCIDENTS


def test_all_four_statuses_are_there(states: dict[str, State]) -> None:
    total: Counter[Status] = Counter()
    for state in states.values():
        total.update(state.statuses)
    assert all(total[status] > 0 for status in Status), total


def test_every_incident_has_a_point_and_an_area_of_precision_around_it(states: dict[str, State]) -> None:
    places = [state.place for state in states.values()]
    assert all(place is not None and place.latitude is not None for place in places)
    assert len({place.precision for place in places if place}) >= 4


def test_the_toll_of_the_market_rises_and_what_was_withdrawn_is_not_in_it(
    opened: dict[str, Opened],
) -> None:
    market = opened["Bomb kills at least 19 at market in Sarrow port"]
    # Withdrawn: the second blast that never was, and the suspect's name; replaced: the flash, and a page at its address.
    assert len(market.earlier) == 4
    question = next(one for one in market.dossier.questions if one.label == "people killed")
    lines = {(one.source, one.line): [answer.max for answer in one.answers] for one in question.positions}
    assert lines["Saltmere General Hospital", ""] == [17, 27, 31]
    assert all(45 not in figures for figures in lines.values())


def test_copies_of_the_wire_add_reach_and_no_origin(opened: dict[str, Opened]) -> None:
    dossier = opened["Soldiers killed in ambush on Corvane supply convoy"].dossier
    copied = {(copy.kind, copy.direction) for copy in dossier.copies.copies}
    assert {("same text", "time"), ("near text", "credit")} <= copied
    killed = next(one for one in dossier.questions if one.outcome == "killed" and one.group == "security")
    army = next(one for one in killed.positions if one.source == "Corvane Army")
    assert len(next(answer for answer in army.answers if answer.max == 7).reports) >= 3
    front = next(support for support in killed.support if support.answer.startswith("31"))
    assert (len(front.origins), len(front.reports) >= 4) == (1, True)


def test_two_analysts_decided_and_one_took_back(ledger: Ledger) -> None:
    recorded = [one.decision for one in ledger.decisions()]
    assert {one.by for one in recorded} == {"Ada", "Ben"}
    kinds = Counter(one.kind for one in recorded)
    assert set(kinds) == {"accept", "reject", "correct", "add", "join", "split", "rename", "set", "undo"}
    judged: dict[str, set[str]] = {}
    for one in recorded:
        if one.kind in ("accept", "reject", "correct"):
            judged.setdefault(one.subject, set()).add(one.by)
    assert sum(who == {"Ada", "Ben"} for who in judged.values()) >= 2, "claims that both have looked at"


def test_a_ledger_that_is_there_is_opened_again_and_made_anew_when_asked(made: Path, tmp_path: Path) -> None:
    there = tmp_path / "demo.db"
    there.write_bytes(b"not looked at")
    assert demo_ledger(tmp_path, tmp_path) == there
    assert there.read_bytes() == b"not looked at"


def test_it_is_served_and_shown_until_it_is_interrupted(made: Path, tmp_path: Path) -> None:
    shutil.copy(made, tmp_path / "demo.db")
    shown, browser = tmp_path / "shown", tmp_path / "browser"
    browser.write_text(f'#!/bin/sh\necho "$1" > "{shown}"\n', encoding="utf-8")
    browser.chmod(0o755)
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        port = door.getsockname()[1]
    command = [sys.executable, "-m", "variorum", "demo", "--folder", str(tmp_path)]
    process = subprocess.Popen(
        [*command, "--port", str(port)],
        env={**os.environ, "XDG_CACHE_HOME": str(tmp_path / "cache"), "BROWSER": str(browser)},
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        page = _asked(f"http://127.0.0.1:{port}/incidents", process)
        assert "Corvane supply convoy" in page
        for _ in range(100):
            if shown.exists() and shown.read_text(encoding="utf-8"):
                break
            time.sleep(0.1)
        assert shown.read_text(encoding="utf-8").strip() == f"http://127.0.0.1:{port}/"
        process.send_signal(signal.SIGINT)
        _, told = process.communicate(timeout=30)
    finally:
        process.kill()
    assert process.returncode == 0, told
    assert f"http://127.0.0.1:{port}/" in told
    assert "Traceback" not in told


def _asked(address: str, process: subprocess.Popen[str]) -> str:
    for _ in range(600):
        assert process.poll() is None, process.stderr.read() if process.stderr else ""
        try:
            with urllib.request.urlopen(address, timeout=30) as answer:
                return str(answer.read().decode())
        except (ConnectionError, urllib.error.URLError):
            time.sleep(0.1)
    raise AssertionError("it did not answer")
