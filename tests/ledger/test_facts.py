from __future__ import annotations

from datetime import date

from tests.ledger.piles import Clock
from variorum.ledger import Ledger, Wanted
from variorum.model import Report

TOLD = "Police said that {} people were killed in Oskera."


def pile() -> list[Report]:
    return [
        Report(id="a", text="Words of one.", publisher="One", published=date(2031, 5, 1)),
        Report(id="b", text="Words of one.", publisher="Two", published=date(2031, 5, 2)),
        Report(id="c", text="Words of one.", publisher="Two"),
        Report(id="d", text="Others.", publisher=None),
    ]


def test_an_empty_ledger_has_facts_too(ledger: Ledger) -> None:
    facts = ledger.facts()
    assert (facts.reports, facts.claims, facts.incidents, facts.publishers) == (0, 0, 0, ())
    assert facts.first_recorded is None
    assert not facts.is_behind
    assert ledger.extent().incidents == 0


def test_reports_are_counted_by_publisher_and_by_what_they_lack(ledger: Ledger) -> None:
    ledger.add(pile(), by="Ada")
    facts = ledger.facts()
    assert (facts.reports, facts.texts, facts.undated, facts.unread) == (4, 2, 2, 4)
    assert (facts.first_published, facts.last_published) == ("2031-05-01", "2031-05-02")
    by_name = {one.name: (one.reports, one.repeats, one.undated) for one in facts.publishers}
    assert by_name == {"Two": (2, 2, 1), "One": (1, 0, 0), None: (1, 0, 1)}
    assert facts.publishers[0].name == "Two"
    assert facts.is_behind


def test_the_version_changes_with_every_row_and_only_then(ledger: Ledger) -> None:
    seen = [ledger.version()]
    for one in pile():
        ledger.add([one], by="Ada")
        seen.append(ledger.version())
    ledger.add(pile(), by="Ada")
    assert len(set(seen)) == 5
    assert ledger.version() == seen[-1]
    ledger.link()
    assert ledger.version() != seen[-1]


def test_the_extent_is_that_of_the_incidents(ledger: Ledger, clock: Clock) -> None:
    from tests.cli.fake_reader import Reader

    reader = Reader.load()
    told = [
        Report(id=f"r{n}", text=TOLD.format(n + 3), publisher=f"P{n}", published=date(2031, 5, n + 1))
        for n in range(3)
    ]
    ledger.add([reader.read(one) for one in told], by="Ada")
    ledger.link()
    for wanted in (Wanted(), Wanted(party="Police"), Wanted(party="Nobody")):
        for day in (None, date(2031, 5, 2)):
            found = ledger.incidents(wanted, as_of=day)
            extent = ledger.extent(wanted, as_of=day)
            assert extent.incidents == len(found)
            assert extent.reports == sum(one.reports for one in found)
            assert extent.claims == sum(one.claims for one in found)
    facts = ledger.facts()
    assert facts.incidents == len(ledger.incidents())
    assert facts.claims == sum(one.claims for one in ledger.incidents())
    assert facts.generations[0].readings == 3
    assert ledger.incidents_of(["nothing"]) == {}
    homes = ledger.incidents_of(reading.report.id for reading in ledger.readings())
    assert set(homes.values()) == {one.incident for one in ledger.incidents()}
    assert ledger.is_current()
