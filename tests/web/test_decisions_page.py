from __future__ import annotations

import re
from html import unescape
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from variorum.ledger import Decision, Ledger


@pytest.fixture
def decided(ledger_file: Path) -> list[str]:
    """Decisions of two people on some claims, oldest first."""
    with Ledger.open(ledger_file) as ledger:
        claims = sorted({claim.id for claim in ledger.claims()})
        return [
            ledger.decide(
                Decision(
                    kind="accept" if n % 3 else "reject",
                    subject=claim,
                    by="Ada" if n % 2 else "Ben",
                    why=f"seen {n}",
                )
            )
            for n, claim in enumerate(claims[:60])
        ]


def rows(text: str) -> list[str]:
    return re.findall(r'<tr id="(decision-\w+)"', text)


def test_all_decisions_are_paged_the_last_first(client: TestClient, decided: list[str]) -> None:
    text = client.get("/decisions").text
    first = rows(text)
    further = re.search(r'href="([^"]+cursor[^"]+)">Earlier', text)
    assert further
    assert first + rows(client.get(unescape(further.group(1))).text) == decided[::-1]


def test_decisions_are_found_by_person_kind_day_and_record(
    client: TestClient, decided: list[str], ledger_file: Path
) -> None:
    with Ledger.open(ledger_file) as ledger:
        recorded = ledger.decisions()
    for query, wanted in (
        ({"by": "Ben"}, [one for one in recorded if one.decision.by == "Ben"]),
        ({"kind": "reject"}, [one for one in recorded if one.decision.kind == "reject"]),
        ({"record": recorded[7].decision.subject}, [recorded[7]]),
        ({"record": recorded[7].id}, [recorded[7]]),
        ({"day": recorded[0].at[:10], "by": "Ada"}, [one for one in recorded if one.decision.by == "Ada"]),
        ({"day": "2001-01-01"}, []),
    ):
        assert rows(client.get("/decisions", params=query).text) == [one.id for one in wanted][::-1][:50]
    assert "Nobody has decided anything like that" in client.get("/decisions?by=Nobody").text


@pytest.mark.parametrize(
    "query", ["day=2031-02-30", "day=yesterday", "cursor=x", "cursor=-1", "cursor=99999999999"]
)
def test_what_cannot_be_asked_is_told(client: TestClient, query: str) -> None:
    assert client.get(f"/decisions?{query}").status_code == 400


def test_a_decision_is_undone_with_a_reason_and_stays(
    client: TestClient, decided: list[str], ledger_file: Path
) -> None:
    name = decided[0]
    assert client.post(f"/decisions/{name}/undo", data={"why": ""}).status_code == 400
    answer = client.post(f"/decisions/{name}/undo", data={"why": "read the wrong page", "seen": ""})
    assert answer.status_code == 200
    assert "read the wrong page" in answer.text
    assert f'id="{name}"' in client.get("/decisions?by=Ben").text
    assert "undone by <bdi>Ada</bdi>" in client.get("/decisions?by=Ben").text
    with Ledger.open(ledger_file) as ledger:
        undoing = ledger.decisions()[-1]
    # Undone already: whoever did not see it is told.
    assert client.post(f"/decisions/{name}/undo", data={"why": "me too", "seen": ""}).status_code == 409
    client.post(f"/decisions/{undoing.id}/undo", data={"why": "it was right", "seen": ""})
    assert "undone by" not in client.get(f"/decisions?record={name}&kind=reject").text


def test_a_decision_that_is_not_there_is_told(client: TestClient) -> None:
    assert client.post("/decisions/decision-0000000000000000/undo", data={"why": "x"}).status_code == 404
