"""`--reader llm`, against a chat server on the loopback interface."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.llm.chat_server import ChatServer, claims, completion, in_turn, reads, running, says, status, toll
from variorum.ledger import Ledger

TEXT = "Police said {n} ferrymen were killed near Oskby on Tuesday, when gunmen boarded the ferry to Skarholt at dawn."


@pytest.fixture
def server() -> Iterator[ChatServer]:
    with running() as found:
        yield found


@pytest.fixture
def pile(tmp_path: Path) -> Path:
    path = tmp_path / "pile.jsonl"
    fields = [{"id": f"r{n}", "published": "2031-05-07", "text": TEXT.format(n=n)} for n in (7, 8, 9)]
    path.write_text("".join(json.dumps(one) + "\n" for one in fields), encoding="utf-8")
    return path


@pytest.fixture
def to_read(server: ChatServer, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> list[str]:
    """The options that name the server; nothing is kept but where a test says so."""
    monkeypatch.setenv("VARIORUM_LLM_TRIES", "1")
    monkeypatch.setenv("VARIORUM_LLM_KEY", "sk-secret")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    server.answer = reads(count)
    return ["--reader", "llm", "--llm-url", server.url, "--llm-model", "tiny"]


def count(shown: str) -> str:
    """Tells the number that is shown, and one that is not."""
    number = int("".join(filter(str.isdigit, shown)))
    told = toll(f"{number} ferrymen", number, number, group="civilian", source="Police")
    return claims(told, toll("90 ferrymen", 90, 90))


def test_read_writes_claims_and_tells_what_was_refused(
    invoke: Any, pile: Path, to_read: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("VARIORUM_LLM_PRICE_IN", "2")
    monkeypatch.setenv("VARIORUM_LLM_PRICE_OUT", "10")
    done = invoke("read", pile, *to_read, "--as", "claims", "--llm-report", "account.json")
    assert done.returncode == 0, done.stderr
    found = [json.loads(line) for line in done.stdout.splitlines()]
    assert [one["min"] for one in found] == [7, 8, 9]
    assert {one["evidence"]["quote"] for one in found} == {"7 ferrymen", "8 ferrymen", "9 ferrymen"}
    assert all(one["reader"].startswith("variorum-llm ") for one in found)
    assert "note [llm-refused-claim] r7: passage 1: not-in-text" in done.stderr
    assert "3 reports in 3 passages, 3 answers; 300 tokens in, 60 out; cost 0.0012." in done.stderr
    assert "6 claims given, 3 in the readings, 3 refused (3 not-in-text)." in done.stderr
    account = json.loads((tmp_path / "account.json").read_text(encoding="utf-8"))
    assert account["usage"] == {
        "answers": 3,
        "from_cache": 0,
        "tokens_in": 300,
        "tokens_out": 60,
        "untold": 0,
    }
    assert account["cost"] == pytest.approx(0.0012)
    assert account["reasons"] == {"not-in-text": 3}
    assert [one["report"] for one in account["refusals"]] == ["r7", "r8", "r9"]
    assert account["refusals"][0]["given"]["quote"] == "90 ferrymen"
    assert "sk-secret" not in json.dumps(account) + done.stderr


def test_a_second_run_asks_nobody_and_comes_to_the_same(
    invoke: Any, server: ChatServer, pile: Path, to_read: list[str]
) -> None:
    first = invoke("read", pile, *to_read, "--as", "claims")
    asked = len(server.asked)
    second = invoke("read", pile, *to_read, "--as", "claims")
    assert second.stdout == first.stdout
    assert len(server.asked) == asked
    assert "0 answers and 3 kept ones" in second.stderr
    third = invoke("read", pile, *to_read, "--as", "claims", "--llm-cache", "none")
    assert third.stdout == first.stdout
    assert len(server.asked) == 2 * asked


def test_several_at_a_time_come_in_order(
    invoke: Any, server: ChatServer, pile: Path, to_read: list[str]
) -> None:
    done = invoke("read", pile, *to_read, "--as", "claims", "--jobs", "3")
    assert [json.loads(line)["min"] for line in done.stdout.splitlines()] == [7, 8, 9]
    assert done.returncode == 0


def test_the_account_is_json_where_errors_are(invoke: Any, pile: Path, to_read: list[str]) -> None:
    done = invoke("read", pile, *to_read, "--as", "claims", "--errors", "json")
    *notes, account = [json.loads(line) for line in done.stderr.splitlines()]
    assert [one["code"] for one in notes] == ["llm-refused-claim"] * 3
    assert (account["level"], account["kept"], account["refused"]) == ("account", 3, 3)


def test_a_report_without_a_usable_answer_is_refused_and_the_others_go_on(
    invoke: Any, server: ChatServer, pile: Path, to_read: list[str]
) -> None:
    server.answer = in_turn(says("What?"), says("What?"), reads(count))
    done = invoke("read", pile, *to_read, "--as", "claims")
    assert done.returncode == 1
    assert "[llm-bad-answer] r7: the model gives no list of claims" in done.stderr
    assert [json.loads(line)["min"] for line in done.stdout.splitlines()] == [8, 9]
    assert "4 answers; 400 tokens in, 80 out; cost not known, 1 could not be read." in done.stderr


def test_a_refused_key_ends_the_run(invoke: Any, server: ChatServer, pile: Path, to_read: list[str]) -> None:
    server.answer = status(401, "no such key: sk-secret")
    done = invoke("read", pile, *to_read, "--as", "claims")
    assert done.returncode == 1
    assert "[llm-refused]" in done.stderr
    assert "VARIORUM_LLM_KEY" in done.stderr
    assert "sk-secret" not in done.stderr
    assert len(server.asked) == 1


def test_a_server_that_is_silent_on_three_reports_is_asked_no_more(
    invoke: Any, server: ChatServer, pile: Path, to_read: list[str]
) -> None:
    server.answer = status(503)
    done = invoke("read", pile, pile, pile, *to_read, "--as", "claims")
    assert done.returncode == 1
    assert len(server.asked) == 3
    assert "[llm-unreachable]" in done.stderr


def test_add_files_readings_under_the_models_name_and_reads_nothing_twice(
    invoke: Any, server: ChatServer, pile: Path, to_read: list[str], tmp_path: Path
) -> None:
    first = invoke("add", "ledger.db", pile, *to_read, "--no-link", "--llm-cache", "none")
    assert first.returncode == 0, first.stderr
    assert "3 new reports, 3 readings with 3 claims" in first.stdout
    second = invoke("add", "ledger.db", pile, *to_read, "--no-link", "--llm-cache", "none")
    assert "3 were read before" in second.stdout
    assert len(server.asked) == 3
    with Ledger.open(str(tmp_path / "ledger.db")) as ledger:
        (name,) = ledger.lookup.readers()
        assert name.startswith("variorum-llm ")
        assert ledger.verify()["claims"] == 3


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--reader", "llm"], "[llm-no-endpoint]"),
        (["--llm-model", "tiny"], "add --reader llm"),
        (["--reader", "llm", "--llm-url", "nowhere", "--llm-model", "tiny"], "http://"),
    ],
)
def test_options_that_name_no_model_are_refused(
    invoke: Any, pile: Path, options: list[str], said: str
) -> None:
    done = invoke("read", pile, *options)
    assert done.returncode == 2
    assert said in done.stderr


def test_nothing_is_sent_by_default(invoke: Any, server: ChatServer, pile: Path, monkeypatch: Any) -> None:
    monkeypatch.setenv("VARIORUM_LLM_URL", server.url)
    monkeypatch.setenv("VARIORUM_LLM_MODEL", "tiny")
    assert invoke("read", pile, "--as", "claims").returncode == 0
    assert server.asked == []


def test_steering_characters_in_an_answer_do_not_reach_the_terminal(
    invoke: Any, server: ChatServer, pile: Path, to_read: list[str]
) -> None:
    server.answer = lambda handler, n: handler.send(200, completion(claims(toll("\x1b[31m9", 9, 9))))
    done = invoke("read", pile, *to_read, "--as", "claims")
    assert "\x1b" not in done.stderr
    assert "not-in-text" in done.stderr
