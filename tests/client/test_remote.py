"""A ledger over HTTP answers as the ledger itself: the same calls, the same values, the same errors."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from tests.web.conftest import example_ledger, serving
from variorum.client import RemoteLedger
from variorum.ledger import Decision, Ledger, Order, Wanted
from variorum.model import EvidenceError, InputError, Outcome, Report, SettingError, VariorumError
from variorum.web import WebSettings, create_app

__all__ = ["example_ledger"]

VESSARY = "incident-b99fb9b38c51f6a8"
GAZETTE, AGENCY = "report-914d77953745cbb8", "report-079cac45178e686c"
DAY = date(2031, 5, 8)
MOMENT = datetime(2001, 1, 1, tzinfo=UTC)

Either = Ledger | RemoteLedger


@contextmanager
def opened(example: Path, folder: Path) -> Iterator[tuple[Ledger, RemoteLedger]]:
    """A copy of the example in which there are decisions and a withdrawal, here and over HTTP."""
    with Ledger.open(shutil.copy(example, folder / "vessary.db")) as ledger:
        first, second, third = list(ledger.claims(report=GAZETTE))[:3]
        ledger.decide(Decision(kind="reject", subject=first.id, by="Ada", why="no claim"))
        undone = ledger.decide(Decision(kind="reject", subject=second.id, by="Ada", why="no claim"))
        ledger.decide(Decision(kind="undo", subject=undone, by="Ada", why="it is one"))
        ledger.decide(Decision(kind="rename", subject="army", name="Velmark Army", by="Ada", why="its name"))
        ledger.decide(Decision(kind="accept", subject=third.id, by="Ada", why="its words"))
        ledger.withdraw(AGENCY, by="Ada", why="retracted", on=date(2031, 5, 15))
        ledger.link()
        app = create_app(WebSettings(str(folder / "vessary.db"), "Ada", cache=folder / "cache"))
        with serving(app) as address, RemoteLedger(address) as remote:
            yield ledger, remote


@pytest.fixture(scope="module")
def both(
    example_ledger: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Ledger, RemoteLedger]]:
    """For what changes nothing."""
    with opened(example_ledger, tmp_path_factory.mktemp("remote")) as found:
        yield found


@pytest.fixture
def anew(example_ledger: Path, tmp_path: Path) -> Iterator[tuple[Ledger, RemoteLedger]]:
    """For what changes something."""
    with opened(example_ledger, tmp_path) as found:
        yield found


CALLS: dict[str, Callable[[Either], Any]] = {
    "incidents": lambda ledger: ledger.incidents(),
    "incidents as of": lambda ledger: ledger.incidents(as_of=DAY),
    "incidents recorded": lambda ledger: ledger.incidents(recorded=MOMENT),
    "incidents by all": lambda ledger: ledger.incidents(
        Wanted(since=date(2031, 5, 1), until=date(2031, 5, 31), party="VELMARK army", outcome=Outcome.KILLED)
    ),
    "incidents of nobody": lambda ledger: ledger.incidents(Wanted(party="nobody & <co>")),
    "browse": lambda ledger: ledger.browse(limit=1),
    "browse on": lambda ledger: ledger.browse(
        order=Order.REPORTS, limit=1, after=ledger.browse(order=Order.REPORTS, limit=1).after
    ),
    "overview": lambda ledger: ledger.overview(Wanted(place="Vessary")),
    "search": lambda ledger: ledger.search('"nine soldiers" bridge', limit=3),
    "search in": lambda ledger: ledger.search("soldiers", Wanted(place="Thornsea"), as_of=date(2031, 5, 10)),
    "dossier": lambda ledger: ledger.dossier(VESSARY),
    "dossier as of": lambda ledger: ledger.dossier(VESSARY, as_of=DAY),
    "readings": lambda ledger: list(ledger.readings()),
    "readings recorded": lambda ledger: list(ledger.readings(recorded=MOMENT)),
    "claims": lambda ledger: list(ledger.claims()),
    "claims of": lambda ledger: list(ledger.claims(source="Velmark Army", report=GAZETTE)),
    "versions": lambda ledger: ledger.versions(GAZETTE),
    "decisions": lambda ledger: ledger.decisions(),
    "count": lambda ledger: ledger.count(),
    "content hash": lambda ledger: ledger.content_hash(),
    "verify": lambda ledger: ledger.verify(),
    "report": lambda ledger: ledger.lookup.report(GAZETTE),
    "filed": lambda ledger: ledger.lookup.filed(AGENCY),
    "reports": lambda ledger: ledger.lookup.reports(limit=3),
    "page of readings": lambda ledger: ledger.lookup.readings(limit=2),
    "page of claims": lambda ledger: ledger.lookup.claims(source="Velmark Army", limit=2),
    "claim": lambda ledger: ledger.lookup.claim("claim-a12725075badeb7a"),
    "page of decisions": lambda ledger: ledger.lookup.decisions(limit=2),
    "decisions on": lambda ledger: ledger.lookup.decisions_on("army"),
    "readers": lambda ledger: ledger.lookup.readers(),
    "link": lambda ledger: ledger.link(),
    "refresh": lambda ledger: ledger.refresh(),
}


@pytest.mark.parametrize("name", CALLS)
def test_it_answers_as_the_ledger_itself(name: str, both: tuple[Ledger, RemoteLedger]) -> None:
    local, remote = both
    wanted = CALLS[name](local)
    assert CALLS[name](remote) == wanted
    assert type(CALLS[name](remote)) is type(wanted)


FAILURES: dict[str, Callable[[Either], Any]] = {
    "no incident": lambda ledger: ledger.dossier("incident-0"),
    "not yet": lambda ledger: ledger.dossier(VESSARY, as_of=date(2031, 5, 5)),
    "no report": lambda ledger: ledger.versions("report?0 & #"),
    "no filed report": lambda ledger: ledger.lookup.filed("report-0"),
    "no cursor": lambda ledger: ledger.browse(after="nowhere"),
    "no place in a list": lambda ledger: ledger.lookup.reports(after="nowhere"),
    "no claim": lambda ledger: ledger.lookup.claim("claim-0"),
    "nothing to decide on": lambda ledger: ledger.decide(
        Decision(kind="accept", subject="claim-0", by="Ada", why="its words")
    ),
    "nothing to withdraw": lambda ledger: ledger.withdraw("report-0", by="Ada", why="gone"),
    "words that are not there": lambda ledger: ledger.decide(_misquoted(ledger)),
    "a text that cannot be kept": lambda ledger: ledger.add([Report(id="a", text="a\0b")], by="Ada"),
    "overtaken": lambda ledger: ledger.decide_once(
        Decision(kind="rename", subject="army", name="the army", by="Ada", why="shorter"), seen=()
    ),
}


def _misquoted(ledger: Either) -> Decision:
    claim = next(iter(ledger.claims(report=GAZETTE)))
    evidence = claim.evidence.model_copy(update={"quote": "x" * len(claim.evidence.quote)})
    told = claim.model_copy(update={"evidence": evidence})
    return Decision(kind="add", claim=told, by="Ada", why="missed")


@pytest.mark.parametrize("name", FAILURES)
def test_it_fails_as_the_ledger_itself(name: str, both: tuple[Ledger, RemoteLedger]) -> None:
    local, remote = both
    with pytest.raises(VariorumError) as wanted:
        FAILURES[name](local)
    with pytest.raises(VariorumError) as found:
        FAILURES[name](remote)
    # The server tells what was decided meanwhile in words; the ledger's own error holds the decisions, too.
    assert type(found.value) in type(wanted.value).__mro__
    assert str(found.value) == str(wanted.value)


def test_what_is_done_over_http_is_done(anew: tuple[Ledger, RemoteLedger]) -> None:
    local, remote = anew
    reports = [
        Report(id=f"note-{n}", text=f"Note {n}. Nobody was hurt.", publisher="Courier") for n in range(3)
    ]
    assert remote.add(reports, by="Ada").reports == 3
    assert local.add(reports, by="Ada").reports == 0
    assert remote.withdraw(GAZETTE, by="Ada", why="gone")
    assert not local.withdraw(GAZETTE, by="Ada", why="gone")
    claim = next(iter(local.claims(report="report-25bc2fda8fd43681")))
    decision = Decision(kind="accept", subject=claim.id, by="Ada", why="its words")
    name = remote.decide(decision)
    assert remote.decide(decision) == name
    assert local.decisions()[-1].decision == decision
    assert [one.id for one in local.decisions()].count(name) == 1


def test_the_server_reads_what_is_added(anew: tuple[Ledger, RemoteLedger]) -> None:
    local, remote = anew
    text = "Two soldiers were wounded at Vessary on Tuesday, the army said."
    added = remote.read_and_add(
        [Report(id="note", text=text, publisher="Courier", published=date(2031, 5, 21))]
    )
    assert (added.reports, added.readings) == (1, 1)
    assert added.claims >= 1
    assert [hit.name for hit in local.search("wounded Tuesday", limit=1)] == ["note"]


def test_exports_and_changes_are_those_of_the_package(both: tuple[Ledger, RemoteLedger]) -> None:
    local, remote = both
    from variorum.exports import export
    from variorum.exports.from_ledger import cases_in
    from variorum.reconciling.profiles import apply

    assert b"".join(remote.export("ucdp-ged")) == b"".join(export("ucdp-ged", cases_in(local)))
    assert remote.tallies(VESSARY, ["ucdp"]) == {"ucdp": apply("ucdp", local.dossier(VESSARY).dossier)}
    (change,) = remote.changes(date(2031, 5, 5), date(2031, 5, 6))
    assert (change.incident, change.new) == (VESSARY, True)


def test_other_peoples_names_are_refused(both: tuple[Ledger, RemoteLedger]) -> None:
    _, remote = both
    with pytest.raises(VariorumError, match="you are Ada"):
        remote.withdraw(GAZETTE, by="Grace", why="gone")


def test_what_is_no_server_is_told(tmp_path: Path) -> None:
    with pytest.raises(SettingError):
        RemoteLedger("file:///etc/passwd")
    with RemoteLedger("http://127.0.0.1:9", retries=0) as ledger, pytest.raises(VariorumError) as error:
        ledger.count()
    assert error.value.code == "server-unavailable"


def test_errors_keep_their_kind(both: tuple[Ledger, RemoteLedger]) -> None:
    _, remote = both
    with pytest.raises(InputError):
        remote.add([Report(id="a", text="a\0b")])
    with pytest.raises(EvidenceError):
        remote.decide(_misquoted(remote))
