from __future__ import annotations

from tests.invented import ARMY, CLINIC, FRONT, REPORTER, Telling
from variorum.model import Party, PartyKind, Question, Status
from variorum.reconciling import reconcile


def questions(telling: Telling, parties: tuple[Party, ...] = ()) -> dict[str | None, Question]:
    (dossier,) = reconcile(telling.reading(parties=parties))
    return {question.actor: question for question in dossier.questions}


def test_an_accusation_denied_is_contested() -> None:
    telling = Telling().blame(ARMY, FRONT, "accuses").blame(FRONT, FRONT, "denies", certainty="denied")
    assert questions(telling)[FRONT].status is Status.CONTESTED


def test_a_claim_that_the_report_repeats_is_single() -> None:
    telling = Telling().blame(FRONT, FRONT, "claims").blame(REPORTER, FRONT, "reports")
    assert questions(telling)[FRONT].status is Status.SINGLE


def test_a_claim_and_an_accusation_agree() -> None:
    telling = Telling().blame(FRONT, FRONT, "claims").blame(ARMY, FRONT, "accuses")
    assert questions(telling)[FRONT].status is Status.AGREED


def test_each_naming_the_other_is_contested() -> None:
    found = questions(Telling().blame(ARMY, FRONT, "accuses").blame(FRONT, ARMY, "accuses"))
    assert {question.status for question in found.values()} == {Status.CONTESTED}
    assert found[ARMY].reason == found[FRONT].reason


def test_arms_of_one_state_are_no_rivals() -> None:
    army = Party(name="Norland Army", kind=PartyKind.STATE_FORCE, country="NL")
    guard = Party(name="Border Guard", kind=PartyKind.POLICE, country="NL")
    telling = Telling().blame(CLINIC, army.name, "accuses").blame(FRONT, guard.name, "accuses")
    assert {q.status for q in questions(telling, (army, guard)).values()} == {Status.SINGLE}
    assert {q.status for q in questions(telling).values()} == {Status.CONTESTED}


def test_sources_that_name_the_same_actor_are_told_together() -> None:
    telling = (
        Telling().blame(ARMY, FRONT, "accuses").blame(CLINIC, FRONT, "accuses").blame(FRONT, ARMY, "accuses")
    )
    (dossier,) = reconcile(telling.reading())
    assert {question.reason for question in dossier.questions} == {
        "Norland Army and Harbour Clinic name Reef Front. Reef Front names Norland Army."
    }
