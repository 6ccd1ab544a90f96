"""Decisions in sight of one another: who has not seen what others decided on the same record is told, and nothing is lost."""

from __future__ import annotations

import threading

import pytest

from tests.ledger.piles import Clock, pile, read, report
from tests.ledger.test_deciding import by_hand, decision
from variorum.ledger import Audited, Decision, Ledger, Overtaken, Sought
from variorum.model import Certainty, VariorumError


@pytest.fixture
def filled(ledger):
    ledger.add(pile(), by="me")
    ledger.link()
    return ledger


def by(who, kind, subject, **more):
    return Decision(kind=kind, subject=subject, by=who, why=f"{who} looked", **more)


def test_who_has_not_seen_the_others_decision_is_told_and_may_decide_again(filled):
    claim = next(filled.claims())
    first = filled.decide(by("Ada", "accept", claim.id), seen=())
    with pytest.raises(Overtaken) as caught:
        filled.decide(by("Ben", "reject", claim.id), seen=())
    assert [one.id for one in caught.value.others] == [first]
    assert caught.value.code == "overtaken"
    assert len(filled.decisions()) == 1
    filled.decide(by("Ben", "reject", claim.id), seen=[first])
    assert [one.decision.by for one in filled.decided_on([claim.id])[claim.id]] == ["Ada", "Ben"]
    filled.decide(by("Ben", "reject", claim.id))  # who says nothing of what was seen is not asked
    filled.verify()


def test_a_claim_and_what_it_was_corrected_to_are_one_record(filled):
    reading = next(filled.readings())
    claim = reading.claims[0]
    now = claim.model_copy(
        update={"certainty": Certainty.HEDGED, "source": claim.source.model_copy(update={"party": "Mayor"})}
    )
    corrected = filled.decide(by("Ada", "correct", claim.id, claim=now), seen=())
    (after,) = (one for one in filled.claims(report=reading.report.id) if one.source.party == "Mayor")
    for subject in (claim.id, after.id):
        with pytest.raises(Overtaken):
            filled.decide(by("Ben", "accept", subject), seen=())
    undone = filled.decide(by("Ada", "undo", corrected), seen=())
    with pytest.raises(Overtaken) as caught:
        filled.decide(by("Ben", "accept", claim.id), seen=[corrected])
    assert [one.id for one in caught.value.others] == [undone]
    with pytest.raises(Overtaken):
        filled.decide(by("Ben", "undo", corrected), seen=())
    filled.decide(by("Ben", "accept", claim.id), seen=[corrected, undone])


def test_other_records_are_in_nobodys_way(filled):
    first, second = list(filled.claims())[:2]
    filled.decide(by("Ada", "accept", first.id), seen=())
    filled.decide(by("Ben", "reject", second.id), seen=())
    readings = list(filled.readings())
    filled.decide(by("Ada", "rename", "Police", name="Constabulary"), seen=())
    filled.decide(by("Ben", "rename", "Coastguard", name="Coast Guard"), seen=())
    words = [by_hand(readings[0], quote) for quote in ("Captain Ilmar Tessvik", "Survivors swam")]
    for who, claim in zip(("Ada", "Ben"), words, strict=True):
        filled.decide(by(who, "add", "", claim=claim), seen=())
    with pytest.raises(Overtaken):
        filled.decide(by("Ben", "add", "", claim=by_hand(readings[0], "Ilmar Tessvik, 54")), seen=())


def test_links_of_the_same_reports_are_one_record(filled):
    names = [reading.report.id for reading in filled.readings()]
    split = filled.decide(by("Ada", "split", "", reports=names[:1], others=names[1:3]), seen=())
    with pytest.raises(Overtaken):
        filled.decide(by("Ben", "join", "", reports=names[1:4]), seen=())
    filled.decide(by("Ben", "join", "", reports=names[1:4]), seen=[split])
    filled.decide(by("Ben", "never", "", reports=names[4:5], others=names[3:4]), seen=[*filled_ids(filled)])


def filled_ids(ledger):
    return [one.id for one in ledger.decisions()]


def test_of_many_writers_at_once_one_is_first_and_all_others_are_told(filled, where):
    """Each from a connection of its own: what is held against and what is written is one transaction."""
    claim = next(filled.claims())
    start, told, written = threading.Barrier(6), [], []

    def decide(number):
        with Ledger.open(where) as mine:
            start.wait(60)
            try:
                written.append(mine.decide(by(f"Analyst {number}", "accept", claim.id), seen=()))
            except Overtaken as error:
                told.append(error.others[0].id)

    threads = [threading.Thread(target=decide, args=(number,)) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(written) == 1
    assert told == written * 5
    assert filled_ids(filled) == written


def test_what_waits_is_what_nobody_has_decided_upon(filled):
    wanted = {claim.id for claim in filled.claims()}
    sought = Sought(need="unseen")
    assert {one.claim.id for one in filled.queue(sought, by="Ada").waiting} == wanted
    claim = min(wanted)
    first = filled.decide(by("Ada", "accept", claim))
    assert {one.claim.id for one in filled.queue(sought, by="Ben").waiting} == wanted - {claim}
    second = Sought(need="second")
    assert not filled.queue(second, by="Ada").waiting
    (waiting,) = filled.queue(second, by="Ben").waiting
    assert (waiting.claim.id, [one.id for one in waiting.first]) == (claim, [first])
    filled.decide(by("Ada", "undo", first))
    assert not filled.queue(second, by="Ben").waiting


def test_a_newer_reading_waits_in_the_place_of_the_older(filled):
    before = {one.claim.id for one in filled.queue(Sought(need="unseen"), by="Ada").waiting}
    again = read(*(one.report for one in pile()), reader="fake 2")
    filled.add(again, by="me")
    found = filled.queue(Sought(need="unseen"), by="Ada").waiting
    assert [one.claim.reader for one in found] == ["fake 2"] * len(before)
    assert {one.claim.id for one in found} == before


def test_pages_of_every_queue_come_to_an_end_and_repeat_nothing(filled):
    for need in ("score", "unseen", "contested", "links"):
        met, cursor = [], None
        while True:
            page = filled.queue(Sought(need=need, below=1.01), by="Ada", cursor=cursor, limit=2)
            met += [one.claim.id if one.claim else one.report.id for one in page.waiting]
            cursor = page.cursor
            if cursor is None:
                break
            assert len(met) < 100
        assert len(met) == len(set(met)), need
        assert met or need == "links", need


def test_the_list_of_decisions_tells_what_is_undone_and_by_whom(filled):
    claim = next(filled.claims())
    first = filled.decide(by("Ada", "reject", claim.id))
    second = filled.decide(by("Ben", "undo", first))
    found, gone = filled.audit(Audited(record=claim.id))
    assert [one.id for one in found] == [second, first]
    assert {name: one.id for name, one in gone.items()} == {first: second}
    third = filled.decide(by("Ada", "undo", second))
    found, gone = filled.audit(Audited())
    assert {name: one.id for name, one in gone.items()} == {second: third}
    assert filled.deciders() == ["Ada", "Ben"]
    assert filled.last_decision("Ada").id == first
    assert filled.last_decision("Ben") is None
    assert [one.id for one in filled.audit(Audited(by="Ben"))[0]] == [second]
    assert [one.id for one in filled.audit(Audited(record=claim.report))[0]] == [third, second, first]


def test_a_report_is_opened_with_all_that_bears_on_it(filled):
    reading = next(filled.readings())
    claim = reading.claims[0]
    filled.decide(by("Ada", "reject", claim.id))
    leaf = filled.report(reading.report.id)
    assert leaf.rejected == (claim,)
    assert claim not in leaf.claims
    assert len(leaf.decisions) == 1
    assert leaf.incident
    with pytest.raises(VariorumError, match="unknown-subject"):
        filled.report("report-0000000000000000")


def test_what_decisions_of_before_are_about_is_found_by_migrating(tmp_path):
    """As a ledger was before: without the notes of what decisions are about, and without scores beside links."""
    from alembic import command
    from alembic.config import Config

    from variorum.ledger.opening import open_engine

    where = tmp_path / "ledger.db"
    with Ledger.open(where, clock=Clock()) as ledger:
        ledger.add([*pile(), *read(report("other", "2031-05-10", "Harbour Post", "A quiet day."))], by="me")
        ledger.link()
        claim = next(ledger.claims())
        first = ledger.decide(decision("reject", claim.id))
        ledger.decide(decision("undo", first))
        names = [reading.report.id for reading in ledger.readings()]
        ledger.decide(decision("join", reports=names[:2]))
        ledger.decide(decision("rename", "Police", name="Constabulary"))
    engine = open_engine(where)

    def rows(connection):
        told = connection.exec_driver_sql("SELECT decision, record FROM concerns ORDER BY 1, 2").all()
        return told, connection.exec_driver_sql("SELECT number, score FROM memberships ORDER BY 1").all()

    with engine.connect() as connection, connection.begin():
        before = rows(connection)
        for statement in (
            "DROP TABLE concerns",
            "DROP INDEX ix_claims_score_number",
            "DROP INDEX ix_decisions_recorded_by_number",
            "DROP INDEX ix_decisions_recorded_at",
            "DROP INDEX ix_memberships_score_number",
            "ALTER TABLE memberships DROP COLUMN score",
        ):
            connection.exec_driver_sql(statement)
        config = Config()
        config.set_main_option("script_location", "variorum.ledger:migrations")
        config.attributes["connection"] = connection
        revision = _before_concerns(config)
        command.stamp(config, revision, purge=True)
    with engine.connect() as connection, connection.begin():
        config.attributes["connection"] = connection
        command.upgrade(config, "+1")
        assert rows(connection) == before
    assert len(before[0]) > 5
    assert any(score is not None for _, score in before[1])
    engine.dispose()


def _before_concerns(config):
    from alembic.script import ScriptDirectory

    steps = ScriptDirectory.from_config(config).walk_revisions()
    return next(
        step.down_revision for step in steps if "concerns" in step.module.__name__ or "concerns" in step.path
    )
