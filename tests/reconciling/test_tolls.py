from __future__ import annotations

from tests.invented import ARMY, CLINIC, FRONT, REPORTER, Telling
from variorum.model import Dossier, Group, Status
from variorum.reconciling import reconcile


def dossier_of(telling: Telling) -> Dossier:
    (dossier,) = reconcile(telling.reading())
    return dossier


def lines(dossier: Dossier) -> list[tuple[str, str, str, int | None]]:
    return [
        (question.label, position.source, position.line, position.standing.min)
        for question in dossier.questions
        for position in question.positions
    ]


def test_parts_of_a_total_are_lines_not_contradictions() -> None:
    dossier = dossier_of(
        Telling()
        .toll(ARMY, "31 people were killed", 31, group="mixed", who="people")
        .toll(ARMY, "23 soldiers", 23, group="security", who="soldiers")
        .toll(ARMY, "3 tram workers", 3, who="tram workers")
        .toll(ARMY, "5 civilians", 5, who="civilians")
    )
    assert lines(dossier) == [
        ("people killed", ARMY, "", 31),
        ("members of the security forces killed", ARMY, "", 23),
        ("civilians killed", ARMY, "staff", 3),
        ("civilians killed", ARMY, "", 5),
    ]
    assert {question.status for question in dossier.questions} == {Status.SINGLE}


def test_kinds_of_people_that_one_source_counts_apart_get_lines_in_all_answers() -> None:
    dossier = dossier_of(
        Telling()
        .toll(ARMY, "12 pilgrims", 12, who="pilgrims")
        .toll(ARMY, "3 fishermen", 3, who="fishermen")
        .toll(CLINIC, "5 fishermen", 5, who="fishermen")
    )
    assert lines(dossier) == [
        ("civilians killed", ARMY, "pilgrims", 12),
        ("civilians killed", ARMY, "fishermen", 3),
        ("civilians killed", CLINIC, "fishermen", 5),
    ]
    (question,) = dossier.questions
    assert question.reason == "Norland Army: 3 (fishermen). Harbour Clinic: 5 (fishermen). Both cannot hold."


def test_a_part_greater_than_anothers_whole_is_contested() -> None:
    dossier = dossier_of(
        Telling()
        .toll(CLINIC, "9 children died", 9, who="children")
        .toll(ARMY, "4 civilians died", 4, who="civilians")
    )
    (question,) = dossier.questions
    assert question.status is Status.CONTESTED
    assert "greater than the whole" in question.reason


def test_a_smaller_figure_without_a_sign_of_change_is_a_part() -> None:
    dossier = dossier_of(
        Telling()
        .toll(ARMY, "31 villagers died", 31, who="villagers")
        .toll(ARMY, "4 villagers", 4, who="villagers")
    )
    assert lines(dossier) == [("civilians killed", ARMY, "", 31), ("civilians killed", ARMY, "part", 4)]
    assert dossier.questions[0].status is Status.SINGLE


def test_somebody_is_no_total() -> None:
    telling = Telling().toll(REPORTER, "a baker was shot dead", 1, who="baker").toll(ARMY, "9 died", 9)
    (question,) = dossier_of(telling).questions
    assert question.status is Status.SINGLE
    counted = Telling().toll(REPORTER, "one baker was shot dead", 1, who="baker").toll(ARMY, "9 died", 9)
    (question,) = dossier_of(counted).questions
    assert question.status is Status.CONTESTED


def test_the_same_people_named_again_without_their_kind_join_their_group() -> None:
    dossier = dossier_of(
        Telling()
        .toll(FRONT, "60 army captives", 60, group="security", who="army captives")
        .toll(FRONT, "the 60 captives", 60, group="unknown", who="captives")
    )
    (question,) = dossier.questions
    assert question.group is Group.SECURITY
    assert len(question.positions[0].standing.claims) == 2


def test_a_figure_for_dead_and_injured_together_is_its_own_question() -> None:
    dossier = dossier_of(
        Telling()
        .toll(ARMY, "60 killed or injured", 60, combined=("killed", "injured"))
        .toll(CLINIC, "20 died", 20)
    )
    assert [question.label for question in dossier.questions] == [
        "civilians killed or injured",
        "civilians killed",
    ]
