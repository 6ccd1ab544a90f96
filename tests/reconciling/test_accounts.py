from __future__ import annotations

import pytest

from tests.invented import ARMY, FRONT, Telling
from variorum.model import Status
from variorum.reconciling import reconcile
from variorum.reconciling.accounts import course_of


@pytest.mark.parametrize(
    ("words", "course"),
    [
        ("the siege of the mill was over", "over"),
        ("the raid had ended at dawn", "over"),
        ("it declared the mission a success", "over"),
        ("claiming victory after a long battle", "over"),
        ("the operation is ongoing", "ongoing"),
        ("clashes were continuing around the bridge", "ongoing"),
        ("the operation was not over", "ongoing"),
        ("the standoff has come to an end", "over"),
        ("the battle was far from over", "ongoing"),
        ("the fighting had not ended", "ongoing"),
        ("the siege didn’t end; the siege hasn’t ended", "ongoing"),
        ("the siege of the knot works ended", "over"),
        ("the siege ended while fighting continued elsewhere", None),
        ("the attack left over 30 dead", None),
        ("it handed the prisoners over", None),
        ("the battle took place over the weekend", None),
        ("the talks were over", None),
    ],
)
def test_course(words: str, course: str | None) -> None:
    assert course_of(words) == course


def test_over_and_ongoing_are_contested() -> None:
    telling = Telling().account(ARMY, "the raid was over").account(FRONT, "the raid was still going on")
    (dossier,) = reconcile(telling.reading())
    (question,) = dossier.questions
    assert (question.label, question.status) == ("is it over", Status.CONTESTED)


def test_a_denial_of_the_end_opposes_it() -> None:
    telling = (
        Telling()
        .account(ARMY, "the raid was over")
        .account(FRONT, "it is a lie that the raid was over", denies=True)
    )
    (dossier,) = reconcile(telling.reading())
    assert [(q.label, q.status) for q in dossier.questions] == [
        ("is it over", Status.CONTESTED),
        ("another’s account rejected", Status.CONTESTED),
    ]


def test_other_accounts_ask_no_question_but_stay_in_the_dossier() -> None:
    reading = Telling().account(ARMY, "the boats came at night").reading()
    (dossier,) = reconcile(reading)
    assert dossier.questions == ()
    assert dossier.claims == (reading.claims[0].id,)
