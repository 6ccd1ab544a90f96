from __future__ import annotations

import pytest

from tests.invented import ARMY, CLINIC, FRONT, REPORTER, Telling
from variorum.model import Question, Status
from variorum.reconciling import reconcile


def only(telling: Telling) -> Question:
    (dossier,) = reconcile(telling.reading())
    (question,) = dossier.questions
    return question


def test_disjoint_figures_of_two_parties_are_contested() -> None:
    question = only(Telling().toll(ARMY, "31 villagers died", 31).toll(FRONT, "12 villagers died", 12))
    assert question.status is Status.CONTESTED
    assert question.reason == "Norland Army: 31. Reef Front: 12. Both cannot hold."


def test_overlapping_figures_of_two_parties_agree() -> None:
    question = only(
        Telling().toll(ARMY, "at least 20 died", 20, None).toll(CLINIC, "between 18 and 25 died", 18, 25)
    )
    assert question.status is Status.AGREED
    assert "All can hold" in question.reason


def test_about_reaches_a_tenth_to_either_side() -> None:
    near = Telling().toll(ARMY, "about 50 died", 50, approx=True).toll(CLINIC, "46 died", 46)
    far = Telling().toll(ARMY, "about 50 died", 50, approx=True).toll(CLINIC, "40 died", 40)
    assert (only(near).status, only(far).status) == (Status.AGREED, Status.CONTESTED)


def test_one_party_alone_is_single() -> None:
    question = only(Telling().toll(ARMY, "31 villagers died", 31))
    assert (question.status, question.reason) == (Status.SINGLE, "One source alone: Norland Army.")


def test_two_days_make_a_revision() -> None:
    question = only(
        Telling()
        .toll(ARMY, "nine people died", 9, said="2031-05-03")
        .toll(ARMY, "the dead were 14", 14, said="2031-05-05")
    )
    assert question.status is Status.REVISED
    assert question.reason == "Norland Army changed its answer from 9 to 14."
    (position,) = question.positions
    assert [(a.min, a.superseded) for a in position.answers] == [(9, True), (14, False)]


@pytest.mark.parametrize(
    ("new", "old"),
    [
        ("the toll rose to", "up from"),
        ("the toll was revised to", "having earlier spoken of"),
        ("the dead were now at", "and not, as it initially said,"),
    ],
)
def test_wording_tells_the_older_figure(new: str, old: str) -> None:
    question = only(
        Telling().toll(ARMY, "14", 14, before=new, who=None).toll(ARMY, "nine", 9, before=old, who=None)
    )
    assert question.status is Status.REVISED
    assert question.positions[0].standing.min == 14


def test_a_sharper_figure_is_no_revision() -> None:
    question = only(
        Telling()
        .toll(ARMY, "more than 400 were aboard", 401, None, said="2031-05-03")
        .toll(ARMY, "450 were aboard", 450, said="2031-05-04")
    )
    assert question.status is Status.SINGLE
    assert question.positions[0].standing.min == 450


def test_standing_figures_are_compared_not_withdrawn_ones() -> None:
    question = only(
        Telling()
        .toll(ARMY, "nine people died", 9, said="2031-05-03")
        .toll(ARMY, "14 people died", 14, said="2031-05-05")
        .toll(CLINIC, "14 bodies came in", 14)
    )
    assert question.status is Status.REVISED


def test_a_denial_opposes_the_figure_it_denies() -> None:
    question = only(
        Telling().toll(FRONT, "40 died", 40).toll(ARMY, "40 dead are an invention", 40, certainty="denied")
    )
    assert question.status is Status.CONTESTED
    assert question.reason == "Reef Front: 40. Norland Army denies 40."


def test_denying_a_figure_says_nothing_of_others() -> None:
    question = only(
        Telling().toll(FRONT, "at least 5 died", 5, None).toll(ARMY, "not 40", 40, certainty="denied")
    )
    assert question.status is not Status.CONTESTED


def test_the_report_contests_nobody_by_repeating() -> None:
    question = only(Telling().toll(ARMY, "31 died", 31).toll(REPORTER, "The 31 dead lay in the square", 31))
    assert question.status is Status.SINGLE
    assert question.reason == "One source alone: Norland Army; the report repeats it in its own voice."


def test_the_report_has_a_voice_of_its_own() -> None:
    question = only(Telling().toll(ARMY, "31 died", 31).toll(REPORTER, "Eleven people died", 11))
    assert question.status is Status.CONTESTED


@pytest.mark.parametrize("certainty", ["conditional", "threatened"])
def test_what_is_only_threatened_or_conditional_is_not_compared(certainty: str) -> None:
    question = only(Telling().toll(ARMY, "31 died", 31).toll(FRONT, "60 would die", 60, certainty=certainty))
    assert question.status is Status.SINGLE


def test_a_conditional_repetition_joins_the_stated_figure() -> None:
    question = only(
        Telling()
        .toll(FRONT, "60 captives died", 60, who="captives")
        .toll(FRONT, "the death of 60 captives", 60, who="captives", certainty="conditional")
    )
    (position,) = question.positions
    (answer,) = position.answers
    assert (len(answer.claims), answer.certainty.value) == (2, "stated")


def test_loaded_words_change_nothing() -> None:
    def told(word: str) -> Question:
        telling = Telling().toll(ARMY, f"30 {word} died", 30, group="militant", who=word)
        return only(telling.toll(FRONT, "four men died", 4, group="militant", who="men"))

    assert told("terrorists").status is told("fighters").status is told("martyrs").status


def test_each_clashing_answer_is_told_once_with_all_who_give_it() -> None:
    telling = (
        Telling()
        .toll(ARMY, "17 gunmen died", 17, group="militant")
        .toll(FRONT, "31 died", 31, group="militant")
        .toll(CLINIC, "17 bodies", 17, group="militant")
    )
    question = only(telling)
    assert question.reason == "Norland Army and Harbour Clinic: 17. Reef Front: 31. They cannot all hold."
