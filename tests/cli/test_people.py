"""`variorum people` and the doors of `variorum serve`, as they are typed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from variorum.cli.app import app
from variorum.ledger import Ledger, Role

GOOD = "seven green kettles\n"


@pytest.fixture
def ledger(tmp_path: Path) -> str:
    path = tmp_path / "ledger.db"
    Ledger.open(path).close()
    return str(path)


def run(*words: str, typed: str = ""):
    return CliRunner().invoke(app, list(words), input=typed)


def test_from_nothing_to_a_team(ledger: str) -> None:
    made = run("people", ledger, "add", "Ada", "--role", "admin", typed=GOOD)
    assert (made.exit_code, made.stdout) == (0, "done: add\n")
    once = run("people", ledger, "add", "Bea", "--make-up", "--by", "Ada").stdout.strip()
    assert len(once) == 23
    assert run("people", ledger, "role", "Bea", "--role", "analyst").exit_code == 0
    token = run("people", ledger, "token", "Bea", "--title", "export", "--scope", "decide", "--days", "7")
    assert token.stdout.startswith("variorum_")
    rows = run("people", ledger).stdout.splitlines()
    assert [row.split()[:2] for row in rows] == [["Ada", "admin"], ["Bea", "analyst"]]
    with Ledger.open(ledger) as opened:
        assert opened.people.tokens.find(token.stdout.strip())[1] is Role.ANALYST
        opened.people.log_in("Ada", GOOD.strip())
        assert opened.people.find("Bea").must_change
    assert run("people", ledger, "tokens", "Bea").stdout.split()[:2] == ["1", "Bea"]
    assert run("people", ledger, "revoke", "1").exit_code == 0
    assert run("people", ledger, "remove", "Bea").exit_code == 0
    told = [json.loads(row) for row in run("people", ledger, "history", "--as", "json").stdout.splitlines()]
    assert [row["kind"] for row in reversed(told)] == [
        "added",
        "added",
        "role",
        "token-made",
        "token-revoked",
        "removed",
    ]


@pytest.mark.parametrize(
    ("words", "typed", "code"),
    [
        (["add"], GOOD, "bad-setting"),
        (["add", "Eve"], "short\n", "weak-password"),
        (["add", "Eve"], "", "weak-password"),
        (["add", "ADA"], GOOD, "name-taken"),
        (["role", "Ada"], "", "bad-setting"),
        (["role", "Ada", "--role", "reader"], "", "last-admin"),
        (["remove", "Nobody"], "", "unknown-person"),
        (["revoke", "x"], "", "bad-setting"),
        (["revoke", "7"], "", "unknown-token"),
        (["token", "Ada"], "", "bad-setting"),
    ],
)
def test_what_cannot_be_done_is_told(ledger: str, words: list[str], typed: str, code: str) -> None:
    run("people", ledger, "add", "Ada", "--role", "admin", typed=GOOD)
    refused = run("people", ledger, *words, typed=typed)
    assert refused.exit_code in (1, 2)
    assert f"[{code}]" in refused.stderr


def test_no_option_takes_a_password() -> None:
    told = run("people", "--help").stdout
    assert "never from arguments" in " ".join(told.split())
    assert "--password" not in told


def test_other_machines_are_served_to_people_only(ledger: str) -> None:
    for host in ("0.0.0.0", "192.0.2.7"):
        refused = run("serve", ledger, "--host", host, "--behind-proxy", "10.0.0.1")
        assert refused.exit_code == 2
        assert "[public-address]" in refused.stderr
    assert "[no-people]" in run("serve", ledger, "--team").stderr
    assert run("serve", ledger, "--certificate", "x.pem").exit_code == 2
