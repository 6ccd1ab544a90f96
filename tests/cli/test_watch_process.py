"""`variorum watch` as a process of its own: killed, told to end, and two at once on one PostgreSQL."""

from __future__ import annotations

import signal
import subprocess
import sys
import threading

import pytest

from tests.cli.conftest import FAKE
from tests.cli.newsroom import ALLOWED, newsroom, rows
from tests.ledger.conftest import postgres  # noqa: F401
from tests.ledger.databases import make_database
from variorum.ledger import Ledger

NAMES = ("one", "two", "three", "four", "five")


@pytest.fixture
def outlet():
    """Five items, each with a figure of its own."""
    with newsroom() as found:
        for number, name in enumerate(NAMES, 9):
            found.publish(name, number)
        yield found


class Held:
    """A page that comes only when it is let go."""

    def __init__(self, outlet, path):
        self.asked, self.go = threading.Event(), threading.Event()
        answer = outlet.server.answers[path]

        def wait(handler):
            self.asked.set()
            self.go.wait(60)
            answer(handler)

        outlet.server.answers[path] = wait


@pytest.fixture
def start(environment, tmp_path):
    """Start a watch in a process of its own."""
    begun = []

    def start(*arguments):
        command = [sys.executable, str(FAKE), "watch", *arguments, "--as", "json", *ALLOWED]
        known = {**environment, "XDG_CACHE_HOME": str(tmp_path / "cache")}
        process = subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=tmp_path, env=known
        )
        begun.append(process)
        return process

    yield start
    for process in begun:
        process.kill()
        process.communicate()


def finished(process):
    out, errors = process.communicate(timeout=60)
    assert "Traceback" not in errors
    return process.returncode, rows(out), errors


def content(where):
    with Ledger.open(where) as ledger:
        ledger.verify()
        return ledger.content_hash()


@pytest.mark.parametrize("at", ["/one", "/four"])
def test_killed_in_the_middle_nothing_is_lost_and_nothing_comes_twice(start, outlet, tmp_path, at):
    held = Held(outlet, at)
    killed = start("broken.db", outlet.feed)
    assert held.asked.wait(60)
    killed.send_signal(signal.SIGKILL)
    killed.communicate()
    held.go.set()
    before = content(tmp_path / "broken.db")
    code, events, _ = finished(start("broken.db", outlet.feed, "--once"))
    done = NAMES.index(at[1:])
    assert code == 0
    assert [row["title"].lower() for row in events if row["event"] == "new"] == list(NAMES[done:])
    assert [row["reports"] for row in events if row["event"] == "linked"] == [
        5
    ]  # what the first did not link too
    assert {name: outlet.asked.count(f"/{name}") for name in NAMES} == {
        name: 1 + (f"/{name}" == at) for name in NAMES
    }
    assert finished(start("unbroken.db", outlet.feed, "--once"))[0] == 0
    assert content(tmp_path / "broken.db") == content(tmp_path / "unbroken.db") != before


def test_killed_between_filing_and_noting_it_adds_nothing_twice(start, outlet, tmp_path):
    """The moment that matters: an item is filed, and the ledger does not know yet that the feed told of it."""
    assert finished(start("ledger.db", outlet.feed, "--once"))[0] == 0
    before = content(tmp_path / "ledger.db")
    with Ledger.open(tmp_path / "ledger.db") as ledger, ledger._store.writing() as (connection, _):
        connection.exec_driver_sql("DELETE FROM feed_items")
        connection.exec_driver_sql("DELETE FROM feeds")
    code, events, _ = finished(start("ledger.db", outlet.feed, "--once"))
    assert (code, [row["reports"] for row in events if row["event"] == "new"]) == (0, [0] * 5)
    assert content(tmp_path / "ledger.db") == before


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT], ids=lambda number: number.name)
def test_told_to_end_it_ends_after_the_item_in_hand(start, outlet, tmp_path, number):
    held = Held(outlet, "/two")
    process = start("ledger.db", outlet.feed)
    assert held.asked.wait(60)
    process.send_signal(number)
    held.go.set()
    code, events, errors = finished(process)
    assert (code, errors) == (0, "")
    assert [row["event"] for row in events] == ["new", "new", "linked", "ended"]
    assert (events[-1]["reports"], events[-1]["linked"]) == (2, 2)
    code, events, _ = finished(start("ledger.db", outlet.feed, "--once"))
    assert [row["title"] for row in events if row["event"] == "new"] == ["Three", "Four", "Five"]


def test_told_to_end_while_it_waits_it_ends_at_once(start, outlet):
    process = start("ledger.db", outlet.feed, "--every", "1d")
    assert any('"linked"' in line for line in process.stdout)
    process.send_signal(signal.SIGTERM)
    code, events, _ = finished(process)
    assert (code, [row["event"] for row in events]) == (0, ["ended"])


def test_a_watcher_that_is_killed_lets_go_of_its_feed(start, outlet, postgres):  # noqa: F811
    where = make_database(postgres, "let_go", "empty")
    held = Held(outlet, "/two")
    killed = start(where, outlet.feed)
    assert held.asked.wait(60)
    killed.send_signal(signal.SIGKILL)
    killed.communicate()
    held.go.set()
    code, events, _ = finished(start(where, outlet.feed, "--once"))
    assert (code, [row["event"] for row in events].count("new")) == (0, 4)
    with Ledger.open(where) as ledger:
        assert ledger.verify()["reports"] == 5


def test_two_at_once_on_one_postgresql_share_the_feeds(start, outlet, postgres):  # noqa: F811
    where = make_database(postgres, "watched", "empty")
    held = Held(outlet, "/two")
    first = start(where, outlet.feed, "--once")
    assert held.asked.wait(60)
    code, events, _ = finished(start(where, outlet.feed, "--once"))  # the first has the feed
    assert (code, events[0]["event"]) == (0, "not-due")
    assert sum(row.get("reports", 0) for row in events if row["event"] == "new") == 0
    held.go.set()
    code, events, _ = finished(first)
    assert (code, [row["event"] for row in events].count("new")) == (0, 5)
    assert all(outlet.asked.count(f"/{name}") == 1 for name in NAMES)
    with Ledger.open(where) as ledger:
        assert (ledger.verify()["reports"], ledger.link().reports) == (5, 0)
