"""Several processes on one ledger, and processes that die: nothing is lost and nothing is damaged."""

from __future__ import annotations

import json
import os
import pwd
import random
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path

import pytest

import variorum
from tests.ledger.piles import many, pile
from variorum.ledger import Ledger
from variorum.model import VariorumError

ROOT = Path(__file__).parent.parent.parent
NUMBER = int(os.environ.get("VARIORUM_CRASH_REPORTS", "200"))  # a multiple of ten
CRASHES = int(os.environ.get("VARIORUM_CRASHES", "2"))
SEED = int(os.environ.get("VARIORUM_CRASH_SEED", "5"))


def start(*arguments, **more):
    environment = {**os.environ, "PYTHONPATH": f"{Path(variorum.__file__).parent.parent}{os.pathsep}{ROOT}"}
    return subprocess.Popen(
        [sys.executable, "-m", "tests.ledger.worker", *map(str, arguments)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=ROOT,
        env=environment,
        **more,
    )


def finished(process):
    out, errors = process.communicate(timeout=300 + NUMBER)
    assert process.returncode == 0, out + errors
    return out


@pytest.fixture(scope="module")
def unbroken(tmp_path_factory):
    """The content hash of a ledger that was filled in one go."""
    with Ledger.open(tmp_path_factory.mktemp("unbroken") / "ledger.db") as ledger:
        ledger.add(many(NUMBER), by="me")
        ledger.link()
        return ledger.content_hash()


def test_eight_writers_at_once(ledger, where, unbroken):
    """Each adds a part of its own, and a part that all add."""
    if "://" not in where:
        pytest.skip("SQLite has one writer")
    share = NUMBER // 10
    workers = [start(where, "add", n * share, 3 * share) for n in range(8)]
    for worker in workers:
        finished(worker)
    assert (ledger.count()["reports"], ledger.count()["claims"]) == (NUMBER, NUMBER)
    ledger.link()
    assert ledger.content_hash() == unbroken
    assert ledger.verify()["claims"] == NUMBER


def test_writers_of_the_same_reports_in_opposite_orders(ledger, where, unbroken):
    """Each holds what the other waits for: the database ends one of them, which tries again."""
    workers = [start(where, verb, 0, NUMBER) for verb in ("add", "back") * 2]
    for worker in workers:
        finished(worker)
    assert ledger.count()["claims"] == NUMBER
    assert ledger.content_hash() == unbroken


def test_one_writer_and_eight_readers(ledger, where, unbroken):
    readers = [start(where, "read", 0, NUMBER) for _ in range(8)]
    finished(start(where, "add", 0, NUMBER))
    assert {finished(reader).strip() for reader in readers} == {str(NUMBER)}
    assert ledger.content_hash() == unbroken


def test_several_writers_on_one_file_wait_for_each_other(tmp_path, unbroken):
    where = tmp_path / "ledger.db"
    shares = [(n * NUMBER // 3, (n + 1) * NUMBER // 3) for n in range(3)]
    for worker in [start(where, "add", first, last - first) for first, last in shares]:
        finished(worker)
    with Ledger.open(where) as ledger:
        ledger.link()
        assert ledger.content_hash() == unbroken


@pytest.fixture
def phases(new_place):
    """How many seconds a worker that is left alone takes to file all reports, and to link them."""
    worker = start(new_place(), "add", 0, NUMBER)
    moments = [time.monotonic() for line in worker.stdout if line]
    finished(worker)
    return moments[1] - moments[0], time.monotonic() - moments[1]


def test_killed_at_any_moment_and_begun_again(new_place, unbroken, phases):
    """By turns while it files and while it links, each time a new ledger.

    `VARIORUM_CRASHES=50 VARIORUM_CRASH_REPORTS=2000` make it the long run of docs/benchmarks.md; -s shows where it was killed.
    """
    dice = random.Random(SEED)
    for number in range(CRASHES):
        where, links = new_place(), number % 2
        worker = start(where, "add", 0, NUMBER)
        for _ in range(1 + links):
            worker.stdout.readline()
        time.sleep(dice.random() * phases[links])
        worker.send_signal(signal.SIGKILL)
        worker.communicate()
        with Ledger.open(where) as ledger:
            counts = ledger.verify()
            assert counts["claims"] == counts["readings"] == counts["reports"]
        print(f"{number + 1}: {worker.returncode}, {counts['reports']} filed, {counts['memberships']} linked")
        finished(start(where, "add", 0, NUMBER))
        with Ledger.open(where) as ledger:
            assert ledger.content_hash() == unbroken
            assert ledger.verify()["claims"] == NUMBER
            assert ledger.link().reports == 0


def test_a_full_disk_is_told_and_does_no_damage(tmp_path, unbroken):
    where = tmp_path / "ledger.db"
    with Ledger.open(where) as ledger:
        ledger.add(many(20), by="me")
    code, what, remedy = json.loads(finished(start(where, "fill", 400_000, NUMBER)))
    assert (code, "full" in what or "disk I/O" in what, "room" in remedy) == (
        "ledger-unavailable",
        True,
        True,
    )
    with Ledger.open(where) as ledger:
        counts = ledger.verify()
        assert 20 <= counts["reports"] == counts["claims"] < NUMBER
        ledger.add(many(NUMBER), by="me")
        ledger.link()
        assert ledger.content_hash() == unbroken


@contextmanager
def unprivileged():
    """Act as somebody whom the permissions of files bind."""
    if os.geteuid():
        yield
        return
    os.seteuid(pwd.getpwnam("nobody").pw_uid)
    try:
        yield
    finally:
        os.seteuid(0)


def test_a_file_that_may_only_be_read_is_not_written_and_says_why():
    with tempfile.TemporaryDirectory() as folder:
        where = Path(folder) / "ledger.db"
        with Ledger.open(where) as ledger:
            ledger.add(many(20), by="me")
            before = ledger.content_hash()
        where.chmod(0o444)
        Path(folder).chmod(0o555)
        try:
            with unprivileged(), pytest.raises(VariorumError) as caught, Ledger.open(where) as ledger:
                ledger.add(many(40), by="me")
        finally:
            Path(folder).chmod(0o755)
            where.chmod(0o644)
        assert caught.value.code == "ledger-unavailable"
        assert "writable" in caught.value.remedy, caught.value
        with Ledger.open(where) as ledger:
            assert ledger.content_hash() == before


@pytest.mark.parametrize(
    "content", [b"not a database at all, but some text" * 50, b"SQLite format 3\0" + b"\xff" * 4000]
)
def test_a_file_that_is_no_ledger_is_left_alone(tmp_path, content):
    where = tmp_path / "file.db"
    where.write_bytes(content)
    with pytest.raises(VariorumError) as caught:
        Ledger.open(where)
    assert caught.value.code in ("ledger-unavailable", "ledger-refused")
    assert where.read_bytes() == content


def test_another_program_s_database_is_left_alone(tmp_path):
    where = tmp_path / "other.db"
    with sqlite3.connect(where) as other:
        other.execute("CREATE TABLE reports (x)")
    other.close()
    with pytest.raises(VariorumError):
        Ledger.open(where)
    with sqlite3.connect(where) as other:
        assert other.execute("SELECT count(*) FROM sqlite_master").fetchone() == (1,)
    other.close()


def test_a_server_that_is_not_there_is_told_without_the_password():
    with pytest.raises(VariorumError) as caught:
        Ledger.open("postgresql://ada:secret@127.0.0.1:1/none")
    assert caught.value.code == "ledger-unavailable"
    assert "secret" not in str(caught.value)


@pytest.mark.parametrize("where", ["mysql://localhost/x", "nonsense://", "postgresql://[bad"])
def test_what_is_no_ledger_s_place_is_refused(where):
    with pytest.raises(VariorumError):
        Ledger.open(where)


def test_damage_is_found_and_named(tmp_path):
    where = tmp_path / "ledger.db"
    with Ledger.open(where) as ledger:
        ledger.add(pile(), by="me")
        ledger.verify()

    def harm(statement, rule):
        raw = sqlite3.connect(where)
        (made,) = raw.execute("SELECT sql FROM sqlite_master WHERE name = ?", (rule,)).fetchone()
        raw.execute(f"DROP TRIGGER {rule}")
        raw.execute(statement)
        raw.execute(made)
        raw.commit()
        raw.close()

    def first_damage():
        with Ledger.open(where) as ledger, pytest.raises(VariorumError) as caught:
            ledger.verify()
        assert caught.value.code == "damaged"
        return caught.value.where

    # From the last to be checked to the first, so that each is the first damage in its turn.
    harm("UPDATE claims SET low = low + 1, high = high + 1 WHERE number = 2", "claims_no_update")
    assert first_damage().startswith("claim claim-")
    harm("""UPDATE readings SET body = '{"x": 1}' WHERE number = 1""", "readings_no_update")
    assert first_damage().startswith("the reading of report report-")
    harm("UPDATE reports SET publisher = 'Another' WHERE number = 3", "reports_no_update")
    assert first_damage().startswith("report report-")
    harm("UPDATE texts SET text = text || '!' WHERE number = 4", "texts_no_update")
    assert first_damage() == "text 4"
