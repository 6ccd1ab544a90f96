from __future__ import annotations

from datetime import date

import pytest
from pydantic import ValidationError

from tests.invented import ARMY, FRONT, Telling
from tests.ledger.piles import FERRY, HELD, SWAM, pile, read, report
from tests.ledger.test_two_times import killed
from variorum.ledger import Decision, Ledger, Wanted
from variorum.model import (
    Day,
    Evidence,
    EvidenceError,
    Incident,
    IncidentType,
    InputError,
    Party,
    Place,
    Source,
    VariorumError,
    make_claim,
)


@pytest.fixture
def filled(ledger):
    ledger.add(pile(), by="me")
    ledger.link()
    return ledger


@pytest.fixture
def ferry(filled):
    return filled.incidents()[0].incident


def decision(kind, subject="", **more):
    return Decision(kind=kind, subject=subject, by="Ada", why="seen on the film", **more)


def claim_by(ledger, source):
    return next(ledger.claims(source=source))


def by_hand(reading, quote, **values):
    """A claim of a report's words, as a person would give it."""
    start = reading.report.text.index(quote)
    values = {"certainty": "stated", "outcome": "killed", "min": 7, "max": 7, "group": "security", **values}
    return make_claim(
        "toll",
        report=reading.report.id,
        content_hash="whatever",
        evidence=Evidence.of(reading.report.text, start, start + len(quote)),
        source=values.pop("source", Source(party="Harbour Office")),
        **values,
    )


def test_a_rejected_claim_is_in_no_view_and_still_in_the_ledger(filled, ferry):
    claim = claim_by(filled, "Coastguard")
    name = filled.decide(decision("reject", claim.id))
    assert killed(filled.dossier(ferry)) == {"Police": 11}
    assert claim.id not in {one.id for one in filled.claims()}
    assert claim in {one for reading in filled.readings() for one in reading.claims}
    assert [one.id for one in filled.dossier(ferry).decisions] == [name]
    assert filled.refresh() == 2  # the states of the two days on which it was known
    assert "Coastguard" not in filled.incidents()[0].parties


def test_an_undone_decision_holds_no_longer_and_an_undone_undoing_does(filled, ferry):
    before = filled.dossier(ferry).dossier
    first = filled.decide(decision("reject", claim_by(filled, "Coastguard").id))
    second = filled.decide(decision("undo", first))
    assert filled.dossier(ferry).dossier == before
    filled.decide(decision("undo", second))
    assert killed(filled.dossier(ferry)) == {"Police": 11}
    assert [one.decision.kind for one in filled.decisions()] == ["reject", "undo", "undo"]
    filled.verify()


def test_a_corrected_claim_has_its_own_id_and_may_be_decided_on_in_turn(filled, ferry):
    claim = claim_by(filled, "Coastguard")
    reading = next(one for one in filled.readings() if one.report.id == claim.report)
    corrected = by_hand(reading, claim.evidence.quote, source=claim.source, group="unknown", min=4, max=4)
    filled.decide(decision("correct", claim.id, claim=corrected))
    assert killed(filled.dossier(ferry))["Coastguard"] == 4
    new = claim_by(filled, "Coastguard")
    assert (new.id == claim.id, new.id == corrected.id, new.reader) == (False, False, "by hand: Ada")
    filled.decide(decision("reject", new.id))
    assert "Coastguard" not in killed(filled.dossier(ferry))
    assert list(filled.claims(source="Coastguard")) == []


def test_a_claim_by_hand_needs_words_of_its_report(filled, ferry):
    reading = filled.dossier(ferry).readings[0]
    claim = by_hand(reading, "Captain Ilmar Tessvik, 54, was among the dead", min=1, max=1)
    filled.decide(decision("add", claim=claim))
    (added,) = filled.claims(source="Harbour Office")
    assert added.report == reading.report.id
    assert "Harbour Office" in killed(filled.dossier(ferry))
    moved = claim.evidence.model_copy(update={"start": 0, "end": len(claim.evidence.quote)})
    with pytest.raises(EvidenceError):
        filled.decide(decision("add", claim=claim.model_copy(update={"evidence": moved})))
    with pytest.raises(VariorumError) as caught:
        filled.decide(decision("add", claim=claim))
    assert caught.value.code == "already-there"
    with pytest.raises(InputError):
        filled.decide(decision("add", claim=claim.model_copy(update={"max": 10**30})))
    assert len(filled.decisions()) == 1
    filled.refresh()
    assert filled.incidents()[0].claims == 4


def test_a_claim_that_was_added_and_then_read_is_one(filled):
    claim = by_hand(next(filled.readings()), "Captain Ilmar Tessvik, 54, was among the dead")
    filled.decide(decision("add", claim=claim))
    (added,) = filled.claims(source="Harbour Office")
    reading = next(filled.readings())
    filled.add([reading.model_copy(update={"claims": (added,), "reader": "newer 1"})], by="me")
    assert [one.id for one in filled.claims(report=reading.report.id)] == [added.id]


@pytest.mark.parametrize(
    "told",
    [
        {"kind": "reject", "subject": "claim-0000000000000000"},
        {"kind": "undo", "subject": "decision-0000000000000000"},
        {"kind": "set", "subject": "incident-0000000000000000", "type": "battle"},
        {"kind": "join", "reports": ("report-1", "report-2")},
    ],
    ids=lambda told: told["kind"],
)
def test_what_a_decision_is_about_must_be_there(filled, told):
    with pytest.raises(VariorumError) as caught:
        filled.decide(decision(**told))
    assert caught.value.code == "unknown-subject"
    assert filled.decisions() == []


@pytest.mark.parametrize(
    "told",
    [
        {"kind": "reject"},
        {"kind": "rename", "subject": "Police"},
        {"kind": "rename", "subject": "Police", "name": "Police"},
        {"kind": "set", "subject": "incident-1"},
        {"kind": "add"},
        {"kind": "join", "reports": ("a",)},
        {"kind": "split", "reports": ("a",)},
        {"kind": "never", "reports": ("a",), "others": ("a", "b")},
        {"kind": "burn", "subject": "x"},
        {"kind": "accept", "subject": "x", "why": ""},
        {"kind": "accept", "subject": "x", "by": ""},
    ],
    ids=str,
)
def test_a_decision_that_decides_nothing_is_none(told):
    with pytest.raises(ValidationError):
        Decision(**{"by": "Ada", "why": "so", **told})


def test_a_renamed_party_bears_its_name_everywhere(ledger):
    told = Telling(id="r").toll(FRONT, "12 soldiers were killed", 12, group="security", actor=FRONT)
    told = told.blame(ARMY, FRONT, "accuses").account("Harbour Clinic", "it was over", via=(FRONT,))
    home = Incident(id="incident-1", parties=(FRONT, ARMY))
    reading = told.reading(
        incidents=(home,), parties=(Party(name=FRONT, kind="armed group"), Party(name=ARMY))
    )
    ledger.add([reading], by="me")
    ledger.link()
    (state,) = ledger.incidents()
    name = ledger.decide(decision("rename", FRONT, name="Reef Liberation Front"))
    ledger.decide(decision("rename", "Reef Liberation Front", name="RLF"))
    opened = ledger.dossier(state.incident)
    told = (*opened.dossier.parties, *(question.actor for question in opened.dossier.questions))
    assert FRONT not in told
    assert "RLF" in told
    assert opened.dossier.summary.parties == ("RLF", ARMY)
    assert {party.name for one in opened.readings for party in one.parties} == {"RLF", ARMY}
    assert {claim.source.party for claim in ledger.claims()} == {"RLF", ARMY, "Harbour Clinic"}
    assert {claim.actor for claim in ledger.claims() if claim.kind != "account"} == {"RLF"}
    assert {via for claim in ledger.claims() for via in claim.source.via} == {"RLF"}
    ledger.refresh()
    for asked in (FRONT, "reef liberation front", "rlf", "RLF"):
        assert len(ledger.incidents(Wanted(party=asked))) == (0 if asked == "reef liberation front" else 1)
    ledger.decide(decision("undo", name))
    ledger.refresh()
    assert len(ledger.incidents(Wanted(party=FRONT))) == 1
    assert ledger.incidents(Wanted(party="RLF")) == ()


def test_two_parties_of_one_name_are_one(filled, ferry):
    filled.decide(decision("rename", "Coastguard", name="Police"))
    opened = filled.dossier(ferry)
    assert opened.dossier.parties == ("Police",)
    assert killed(opened) == {"Police": 11}


def test_names_that_go_round_in_a_circle_end_somewhere(filled, ferry):
    filled.decide(decision("rename", "Coastguard", name="Police"))
    filled.decide(decision("rename", "Police", name="Coastguard"))
    assert len(filled.dossier(ferry).dossier.parties) == 2


def test_what_is_set_of_an_incident_stays_with_its_reports(filled, ferry):
    day = Day(first=date(2031, 5, 5), last=date(2031, 5, 6), precision=2)
    filled.decide(decision("set", ferry, type=IncidentType.HOSTAGE_TAKING, day=day))
    filled.decide(decision("set", ferry, place=Place(name="Varndal Sound", country="NL")))
    summary = filled.dossier(ferry).dossier.summary
    assert (summary.type, summary.day, summary.place.name) == ("hostage-taking", day, "Varndal Sound")
    filled.refresh()
    assert [one.incident for one in filled.incidents(Wanted(place="varndal sound"))] == [ferry]
    assert filled.incidents(Wanted(until=date(2031, 5, 4))) == ()
    # An earlier report comes in, and gives the incident another id: what was set is still set.
    earlier = report("x", "2031-05-05", "Star", FERRY.format(n=8, who="Police", more=f"{SWAM} {HELD}"))
    filled.add(read(earlier), by="me")
    filled.link()
    moved = next(one for one in filled.incidents() if one.reports == 4)
    assert moved.incident != ferry
    assert moved.type == "hostage-taking"
    with pytest.raises(VariorumError, match=r"no incident") as caught:
        filled.dossier(ferry)
    assert moved.incident in caught.value.remedy


def homes(ledger):
    return sorted(
        sorted(one.report.id for one in ledger.dossier(s.incident).readings) for s in ledger.incidents()
    )


def test_links_are_as_decided_from_the_next_run_on_and_back_when_it_is_undone(filled, ferry):
    before = homes(filled)
    a, b, c = (one.report.id for one in filled.dossier(ferry).readings)
    name = filled.decide(decision("split", reports=(b,), others=(a, c)))
    assert homes(filled) == before
    filled.link()
    assert sorted(map(len, homes(filled))) == [1, 2, 2]
    assert [b] in homes(filled)
    filled.decide(decision("undo", name))
    filled.link()
    assert homes(filled) == before
    joined = filled.decide(decision("join", reports=(a, homes(filled)[0][0], homes(filled)[1][0])))
    filled.link()
    assert len(homes(filled)) == 1
    opened = filled.dossier(filled.incidents()[0].incident)
    assert "decision" in {tie.by for tie in opened.dossier.links}
    filled.decide(decision("undo", joined))
    filled.decide(decision("never", reports=(b,), others=(c,)))
    filled.link()
    assert not any({b, c} <= set(group) for group in homes(filled))
    assert filled.link().states == 0


def test_the_same_decisions_have_the_same_ids_in_every_ledger(ledger, new_place):
    found = []
    for one in (ledger, Ledger.open(new_place())):
        one.add(pile(), by="me")
        claim = next(one.claims(source="Coastguard"))
        ids = [one.decide(decision("accept", claim.id)) for _ in range(3)]
        found.append((ids, one.content_hash()))
        assert len(set(ids)) == 3
        one.close()
    assert found[0] == found[1]


def test_many_decisions_elsewhere_are_not_looked_at(filled, ferry, monkeypatch):
    """A dossier reads the decisions that bear on it, and no others: their number may grow."""
    looked = []
    market = next(filled.claims(source="Mayor"))
    for _ in range(3):
        filled.decide(decision("undo", filled.decide(decision("reject", market.id))))
    filled.decide(decision("undo", filled.decide(decision("rename", "Coastguard", name="Guard"))))
    validate = Decision.model_validate_json
    monkeypatch.setattr(Decision, "model_validate_json", lambda body: looked.append(body) or validate(body))
    assert "Coastguard" in filled.dossier(ferry).dossier.parties
    assert sorted(validate(body).kind for body in looked) == ["rename", "undo"]
