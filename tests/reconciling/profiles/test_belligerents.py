"""Airwars' grades on hand-made dossiers."""

from __future__ import annotations

from tests.reconciling.profiles.strategies import (
    ARMY,
    CLINIC,
    FRONT,
    WATCH,
    blame,
    dossier,
    names,
    resting_on,
    told,
    toll,
)
from variorum.model import REPORTER, Certainty, Group, Outcome, Question
from variorum.reconciling.profiles import Flag, Grade, Method, apply

HARM = toll(Group.CIVILIAN, told(CLINIC, 12))


def grades(*questions: Question) -> dict[str, Grade]:
    return {grade.belligerent: grade for grade in apply("airwars", dossier(*questions)).grades}


def test_who_accepts_responsibility_is_confirmed_with_its_own_figures_apart() -> None:
    harm = toll(Group.CIVILIAN, told(CLINIC, 12), told(ARMY, 3))
    grade = grades(harm, blame(ARMY, names(ARMY)))[ARMY]
    assert grade.grade == "confirmed"
    (conceded,) = grade.conceded
    assert (conceded.column, conceded.low, conceded.high) == ("deaths_conceded", 3, 3)


def test_who_accepts_one_deed_and_blames_another_for_one_concedes_nothing() -> None:
    harm = toll(Group.CIVILIAN, told(FRONT, 41), told(CLINIC, 26))
    grade = grades(harm, blame(FRONT, names(FRONT)), blame(ARMY, names(FRONT)))[FRONT]
    assert (grade.grade, grade.conceded) == ("contested", ())


def test_what_a_belligerent_says_of_anothers_action_is_nothing_it_concedes() -> None:
    harm = toll(Group.CIVILIAN, told(CLINIC, 12), told(ARMY, 3))
    assert grades(harm, blame(FRONT, names(ARMY)))[FRONT].conceded == ()
    assert grades(harm, blame(ARMY, names(CLINIC)))[ARMY].conceded == ()


def test_two_independent_sources_are_fair_and_one_is_weak() -> None:
    assert grades(HARM, blame(ARMY, names(CLINIC), names(WATCH)))[ARMY].grade == "fair"
    assert grades(HARM, blame(ARMY, names(CLINIC)))[ARMY].grade == "weak"


def test_two_outlets_with_one_origin_are_one_source() -> None:
    both = (names(CLINIC), names(WATCH))
    grade = grades(HARM, blame(ARMY, *both, support=(resting_on(both[0], "Delta Wire"),)))[ARMY]
    assert (grade.grade, grade.origins, grade.rule) == ("weak", 1, "Named by 1 independent source.")


def test_sources_that_name_different_actors_make_both_contested() -> None:
    found = grades(HARM, blame(ARMY, names(CLINIC)), blame(FRONT, names(WATCH)))
    assert {name: grade.grade for name, grade in found.items()} == {ARMY: "contested", FRONT: "contested"}
    assert found[ARMY].method is Method.DEFER
    assert found[ARMY].rule == (
        "Competing attributions: Harbour Clinic names Norland Army; Quay Watch names Reef Front."
    )


def test_a_source_that_names_two_actors_together_contests_neither() -> None:
    found = grades(HARM, blame(ARMY, names(CLINIC), names(WATCH)), blame(FRONT, names(WATCH)))
    assert {name: grade.grade for name, grade in found.items()} == {ARMY: "fair", FRONT: "weak"}
    together = grades(HARM, blame(ARMY, names(WATCH)), blame(FRONT, names(WATCH)))
    assert {grade.grade for grade in together.values()} == {"weak"}


def test_two_that_both_say_they_did_it_are_contested_and_others_do_not_unmake_a_confirmation() -> None:
    both = grades(HARM, blame(ARMY, names(ARMY)), blame(FRONT, names(FRONT)))
    assert {grade.grade for grade in both.values()} == {"contested"}
    found = grades(HARM, blame(ARMY, names(ARMY)), blame(FRONT, names(WATCH)))
    assert {name: grade.grade for name, grade in found.items()} == {ARMY: "confirmed", FRONT: "contested"}


def test_a_denial_alone_contests_nothing_but_is_told() -> None:
    grade = grades(HARM, blame(ARMY, names(CLINIC), names(WATCH), names(ARMY, Certainty.DENIED)))[ARMY]
    assert (grade.grade, grade.flags) == ("fair", (Flag.DENIED,))


def test_nobody_who_stands_by_it_is_no_grade_or_discounted_where_others_are_named() -> None:
    denial = blame(ARMY, names(ARMY, Certainty.DENIED))
    assert grades(HARM, denial)[ARMY].grade is None
    assert grades(HARM, denial, blame(FRONT, names(WATCH)))[ARMY].grade == "discounted"


def test_combatants_alone_are_discounted() -> None:
    soldiers = toll(Group.SECURITY, told(CLINIC, 12))
    assert grades(soldiers, blame(FRONT, names(FRONT)))[FRONT].grade == "discounted"
    unknown = toll(Group.UNKNOWN, told(CLINIC, 12))
    assert grades(soldiers, unknown, blame(FRONT, names(FRONT)))[FRONT].grade == "confirmed"


def test_who_accepts_the_action_and_says_that_no_civilian_was_harmed_is_graded_by_the_others() -> None:
    none = told(ARMY, 0)
    one = grades(toll(Group.CIVILIAN, none, told(CLINIC, 12)), blame(ARMY, names(ARMY)))[ARMY]
    assert (one.grade, one.origins, Flag.HARM_NOT_CONCEDED in one.flags) == ("weak", 1, True)
    harm = toll(Group.CIVILIAN, none, told(CLINIC, 12), told(WATCH, 9))
    assert grades(harm, blame(ARMY, names(ARMY)))[ARMY].grade == "fair"
    denied = toll(Group.CIVILIAN, told(ARMY, 12, certainty=Certainty.DENIED), told(CLINIC, 12))
    assert grades(denied, blame(ARMY, names(ARMY)))[ARMY].grade == "weak"


def test_its_own_figures_are_no_source_for_what_it_denies() -> None:
    none = toll(Group.CIVILIAN, told(ARMY, 0))
    people = toll(Group.MIXED, told(ARMY, 12), told(CLINIC, 12))
    assert grades(none, people, blame(ARMY, names(ARMY)))[ARMY].origins == 1


def test_it_concedes_its_figure_for_all_civilians_and_not_that_of_a_part() -> None:
    harm = toll(Group.CIVILIAN, told(ARMY, 3), told(ARMY, 2, line="children"))
    (conceded,) = grades(harm, blame(ARMY, names(ARMY)))[ARMY].conceded
    assert (conceded.low, conceded.high) == (3, 3)


def test_without_any_toll_the_attribution_alone_is_graded() -> None:
    assert grades(blame(ARMY, names(CLINIC)))[ARMY].grade == "weak"


def test_a_reports_own_voice_is_no_side_in_a_dispute() -> None:
    own = told(REPORTER, None, None, stance="responsible", outlet="Delta Wire")
    assert grades(HARM, blame(ARMY, names(CLINIC)), blame(FRONT, own))[ARMY].grade == "weak"


def test_a_name_within_a_name_is_no_competitor() -> None:
    found = grades(HARM, blame(ARMY, names(CLINIC)), blame("Norland", names(WATCH)))
    assert {grade.grade for grade in found.values()} == {"weak"}


def test_injuries_are_harm_too() -> None:
    hurt = toll(Group.CIVILIAN, told(CLINIC, 4), told(ARMY, 2), outcome=Outcome.INJURED)
    soldiers = toll(Group.MILITANT, told(ARMY, 12))
    grade = grades(soldiers, hurt, blame(ARMY, names(ARMY)))[ARMY]
    assert (grade.grade, grade.conceded[0].column) == ("confirmed", "injuries_conceded")
