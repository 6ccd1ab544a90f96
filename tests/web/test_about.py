from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.request import urlopen

from fastapi.testclient import TestClient

from tests.web.checking import problems_of
from tests.web.waiting import until, when_over
from variorum.ledger import Ledger
from variorum.model import Report
from variorum.web.asking import Person, Role, asking_person
from variorum.web.counting import Counting


def counted(client: TestClient) -> str:
    until(lambda: "What it holds" in client.get("/about").text)
    return client.get("/about").text


def test_numbers_are_those_of_the_ledger(client: TestClient, ledger_file: Path) -> None:
    page = counted(client)
    with Ledger.open(ledger_file) as ledger:
        facts, rows = ledger.facts(), ledger.count()
    assert (facts.reports, facts.claims, facts.texts) == (rows["reports"], rows["claims"], rows["texts"])
    assert sum(facts.claims_by_kind.values()) == facts.claims
    assert f"<dd>{facts.claims:,}</dd>" in page
    assert "variorum-encoder" in page
    assert "Skerry Courier" in page
    assert "Apache License" in page


def test_what_is_lacking_is_counted(tmp_path: Path) -> None:
    with Ledger.open(tmp_path / "l.db") as ledger:
        before = ledger.version()
        assert ledger.facts().reports == 0
        ledger.add(
            [Report(id="a", text="Words.", publisher="One"), Report(id="b", text="Words.", publisher="Two")],
            by="Ada",
        )
        facts = ledger.facts()
        assert ledger.version() != before
        assert (facts.reports, facts.texts, facts.undated, facts.unread, facts.is_behind) == (
            2,
            1,
            2,
            2,
            True,
        )
        assert {one.name: one.repeats for one in facts.publishers} == {"One": 0, "Two": 1}
        ledger.link()
        assert not ledger.facts().is_behind


def test_numbers_are_counted_once_for_each_version(ledger_file: Path) -> None:
    with Ledger.open(ledger_file) as ledger:
        now = 0.0
        counting = Counting(ledger, clock=lambda: now)
        until(lambda: (found := counting.counted()) and found.is_current)
        first = counting.last()
        counting.counted()
        assert counting.last() is first
        ledger.add([Report(id="x", text="New words.", publisher="One")], by="Ada")
        stale = counting.counted()
        assert stale is not None
        assert (stale.is_current, stale.facts) == (False, first), "not so soon again"
        now = 100.0
        until(lambda: (found := counting.counted()) and found.is_current)
        assert counting.last().reports == first.reports + 1  # type: ignore[union-attr]
        counting.close()


def test_an_admin_has_the_ledger_verified(client: TestClient, ledger_file: Path) -> None:
    assert "has not been verified" in client.get("/about").text
    answer = client.post("/about/verify")
    assert ">done<" in when_over(client, answer.url.path)
    with Ledger.open(ledger_file) as ledger:
        found = ledger.content_hash()
    page = counted(client)
    assert found in page
    assert "no damage" in page
    client.app.dependency_overrides[asking_person] = lambda: Person("Bo", Role.ANALYST)  # type: ignore[attr-defined]
    assert client.post("/about/verify").status_code == 403
    assert "Verify now" not in client.get("/about").text


def test_languages_that_were_refused_are_told(client: TestClient) -> None:
    words = "Le ministre a déclaré que douze personnes avaient été tuées hier soir dans le village, selon la police."
    when_over(client, client.post("/add/files", files=[("files", ("fr.txt", words.encode()))]).url.path)
    assert "French: 1 report" in client.get("/about").text


def test_axe_has_nothing_to_object_to(browser: Any, address: str) -> None:
    until(lambda: b"What it holds" in urlopen(f"{address}/about").read())
    assert problems_of(browser, f"{address}/about") == []
