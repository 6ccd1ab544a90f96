"""The rules of each profile on hand-made dossiers."""

from __future__ import annotations

import pytest

from tests.reconciling.profiles.strategies import (
    ARMY,
    CLINIC,
    FRONT,
    WATCH,
    dossier,
    dozens,
    resting_on,
    told,
    toll,
)
from variorum.model import REPORTER, Certainty, Group, Outcome, Question
from variorum.reconciling.profiles import Figure, Flag, Method, apply

CIVILIAN, SECURITY, MILITANT, MIXED, UNKNOWN = Group


def by_column(name: str, *questions: Question) -> dict[str | None, Figure]:
    return {figure.column: figure for figure in apply(name, dossier(*questions)).figures}


def only(name: str, *questions: Question) -> Figure:
    (figure,) = apply(name, dossier(*questions)).figures
    return figure


def span(figure: Figure) -> tuple[int | None, int | None]:
    return (figure.low, figure.high)


DISPUTED = toll(CIVILIAN, told(ARMY, 5), told(FRONT, 31), told(CLINIC, 12))
"""Three sources, three numbers."""


# ucdp


def test_ucdp_takes_the_lower_figure_as_best_and_names_all_it_looked_at() -> None:
    figure = by_column("ucdp", DISPUTED)["deaths_civilians"]
    assert (figure.low, figure.best, figure.high) == (5, 5, 31)
    assert Flag.LOWEST in figure.flags
    assert figure.method is Method.RANGE
    assert figure.rule == (
        "Civilians of all sides. Best is the lowest of 3 figures put as a fact; no source is held more reliable. "
        "High is the highest given. Given: 5 (Norland Army), 31 (Reef Front), 12 (Harbour Clinic)."
    )
    assert len(figure.claims) == 2  # those of 5 and of 31


def test_ucdp_takes_no_mere_bound_as_best_while_somebody_gives_a_number() -> None:
    figure = by_column("ucdp", toll(CIVILIAN, told(ARMY, 20, None), told(CLINIC, 23)))["deaths_civilians"]
    assert (figure.low, figure.best, figure.high) == (20, 23, 23)
    assert Flag.OPEN_UPWARDS in figure.flags
    alone = by_column("ucdp", toll(CIVILIAN, told(ARMY, 20, None)))["deaths_civilians"]
    assert (alone.low, alone.best, alone.high) == (20, 20, 20)


@pytest.mark.parametrize("doubt", [Certainty.HEDGED, Certainty.UNVERIFIED])
def test_ucdp_lets_unconfirmed_answers_raise_the_high_only(doubt: Certainty) -> None:
    both = toll(MILITANT, told(FRONT, 12), told(ARMY, 33, certainty=doubt), told(CLINIC, 3, certainty=doubt))
    figure = by_column("ucdp", both)["deaths_b"]
    assert (figure.low, figure.best, figure.high) == (12, 12, 33)
    assert Flag.UNCONFIRMED in figure.flags
    alone = by_column("ucdp", toll(MILITANT, told(ARMY, 33, certainty=doubt)))["deaths_b"]
    assert (alone.low, alone.best, alone.high) == (None, None, 33)


def test_ucdp_puts_deaths_that_no_side_accounts_for_under_unknown() -> None:
    found = by_column(
        "ucdp",
        toll(SECURITY, told(ARMY, 4)),
        toll(MILITANT, told(ARMY, 6)),
        toll(CIVILIAN, told(CLINIC, 5)),
        toll(MIXED, told(WATCH, 18)),
    )
    assert {column: figure.best for column, figure in found.items()} == {
        "deaths_a": 4,
        "deaths_b": 6,
        "deaths_civilians": 5,
        "deaths_unknown": 3,
        "best": 18,
    }
    assert found["deaths_unknown"].rule == "18 in all less 15 counted by side."
    assert found["deaths_unknown"].flags == (Flag.REST,)


def test_ucdp_sides_that_exceed_a_total_count_and_say_so() -> None:
    sides = (toll(CIVILIAN, told(CLINIC, 8)), toll(SECURITY, told(ARMY, 4)))
    found = by_column("ucdp", *sides, toll(UNKNOWN, told(ARMY, 9)))
    assert (found["best"].low, found["best"].best, found["best"].high) == (9, 12, 12)
    assert Flag.PARTS_EXCEED in found["best"].flags
    assert "deaths_unknown" not in found


def test_a_figure_for_everybody_below_that_of_one_group_is_left_out_and_told() -> None:
    civilians, people = toll(CIVILIAN, told(CLINIC, 12)), toll(UNKNOWN, told(ARMY, 2), told(FRONT, 14))
    whole = by_column("ucdp", civilians, people)["best"]
    assert (whole.low, whole.best, whole.high) == (14, 14, 14)
    for name in ("ucdp", "acled", "gtd"):
        figure = apply(name, dossier(civilians, people)).figures[-1]
        assert (figure.best, Flag.PARTS_EXCEED in figure.flags) == (14, True)
        assert figure.rule.endswith("Left out, as one group alone comes to 12: 2 (Norland Army).")
    alone = toll(UNKNOWN, told(ARMY, 2))
    assert [apply(name, dossier(civilians, alone)).figures[-1].best for name in ("ucdp", "acled", "gtd")] == [
        12
    ] * 3


def test_ucdp_counts_deaths_alone() -> None:
    injured = toll(CIVILIAN, told(CLINIC, 12), outcome=Outcome.INJURED)
    either = toll(CIVILIAN, told(CLINIC, 60), combined=(Outcome.KILLED, Outcome.INJURED))
    assert apply("ucdp", dossier(injured, either)).figures == ()


def test_ucdp_has_nobody_of_unknown_side_where_the_sides_come_to_the_total() -> None:
    found = by_column("ucdp", toll(CIVILIAN, told(CLINIC, 9)), toll(UNKNOWN, told(ARMY, 9)))
    assert set(found) == {"deaths_civilians", "best"}
    assert Flag.PARTS_EXCEED not in found["best"].flags


def test_at_most_so_many_can_lower_the_low_and_is_no_figure_alone() -> None:
    below = toll(CIVILIAN, told(ARMY, None, 5), told(CLINIC, 12))
    figure = by_column("ucdp", below)["deaths_civilians"]
    assert (figure.low, figure.best, figure.high) == (5, 12, 12)
    assert only("acled", below).best == 5
    assert span(only("range", below)) == (None, 12)
    assert apply("acled", dossier(toll(CIVILIAN, told(ARMY, None, 5)))).figures == ()


# acled


def test_acled_takes_the_most_conservative_figure_and_tells_the_dispute() -> None:
    tally = apply("acled", dossier(DISPUTED))
    (figure,) = tally.figures
    assert (figure.column, figure.best, figure.low, figure.high) == ("fatalities", 5, None, None)
    assert figure.claims == ("claim-Norland Army--5-5-stated",)
    assert figure.method is Method.PRIORITISE
    assert tally.notes == (
        "Reports differ on civilians killed: 5 (Norland Army), 31 (Reef Front), 12 (Harbour Clinic).",
    )


def test_acled_enters_twelve_for_dozens() -> None:
    figure = only("acled", toll(CIVILIAN, dozens(CLINIC)))
    assert figure.best == 12
    assert Flag.VAGUE in figure.flags
    assert "“dozens” is taken as 12" in figure.rule
    # The word alone is not enough: here it is no bound of the figure.
    rough = told(CLINIC, 30, None, approx=True, words="some 30 or more, of dozens hurt")
    assert only("acled", toll(CIVILIAN, rough)).best == 30


def test_acled_adds_groups_up_where_nobody_counts_everybody() -> None:
    figure = only("acled", toll(CIVILIAN, told(CLINIC, 5)), toll(SECURITY, told(ARMY, 4), told(FRONT, 9)))
    assert figure.best == 9
    assert Flag.SUM in figure.flags
    assert "4 members of the security forces + 5 civilians = 9" in figure.rule
    with_total = only("acled", toll(CIVILIAN, told(CLINIC, 5)), toll(MIXED, told(WATCH, 7)))
    assert (with_total.best, Flag.SUM in with_total.flags) == (7, False)
    less = only("acled", toll(CIVILIAN, told(CLINIC, 5)), toll(MIXED, told(WATCH, 4)))
    same = only("acled", toll(CIVILIAN, told(CLINIC, 5)), toll(MIXED, told(WATCH, 5)))
    assert [(f.best, Flag.PARTS_EXCEED in f.flags) for f in (less, same)] == [(5, True), (5, False)]


def test_acled_takes_none_for_the_lowest_but_says_so() -> None:
    figure = only("acled", toll(CIVILIAN, told(ARMY, 0), told(CLINIC, 12)))
    assert figure.best == 0
    assert Flag.NONE_TAKEN in figure.flags


@pytest.mark.parametrize("name", ["acled", "gtd"])
def test_a_single_figure_that_is_a_mere_bound_says_so(name: str) -> None:
    least, most, exact = told(ARMY, 20, None), told(FRONT, None, 12), told(CLINIC, 20)
    assert only(name, toll(MIXED, least)).flags == (Flag.OPEN_UPWARDS,)
    assert Flag.OPEN_DOWNWARDS in only(name, toll(MIXED, least, most)).flags
    assert only(name, toll(MIXED, exact, told(ARMY, 40, None))).flags[-1] is not Flag.OPEN_UPWARDS


# gtd


def test_gtd_takes_the_figure_of_most_independent_sources() -> None:
    figure = only("gtd", toll(MIXED, told(ARMY, 5), told(FRONT, 12), told(CLINIC, 12)))
    assert (figure.column, figure.best) == ("nkill", 12)
    assert "The figure of 2 of 3 independent sources." in figure.rule
    assert Flag.LOWEST not in figure.flags


def test_gtd_takes_the_lowest_where_no_figure_has_a_majority() -> None:
    figure = only("gtd", DISPUTED)
    assert figure.best == 5
    assert {Flag.NO_MAJORITY, Flag.LOWEST} <= set(figure.flags)
    even = only("gtd", toll(MIXED, told(ARMY, 5), told(FRONT, 12)))
    assert (even.best, Flag.NO_MAJORITY in even.flags) == (5, True)


def test_gtd_counts_origins_and_not_outlets_that_carry_them() -> None:
    """Three outlets say 31, all from one agency; two hospitals say 12."""
    posts = [told(REPORTER, 31, outlet=name) for name in ("Harbour Post", "Delta Wire", "Quay Times")]
    clinics = [told(CLINIC, 12), told(WATCH, 12)]
    support = (resting_on(posts[0], "Delta Wire"), resting_on(clinics[0], "clinic", "watch"))
    assert only("gtd", toll(MIXED, *posts, *clinics)).best == 31
    figure = only("gtd", toll(MIXED, *posts, *clinics, support=support))
    assert (figure.best, figure.origins) == (12, 3)


def test_gtd_knows_no_majority_where_two_figures_have_one() -> None:
    few, many = told(ARMY, 5), told(FRONT, 12)
    support = tuple(resting_on(position, "Delta Wire", "Harbour Post") for position in (few, many))
    figure = only("gtd", toll(MIXED, many, few, support=support))
    assert (figure.best, Flag.NO_MAJORITY in figure.flags) == (5, True)


def test_support_of_a_part_is_none_of_the_whole() -> None:
    whole, part = told(CLINIC, 12), told(CLINIC, 12, line="children")
    support = (resting_on(part, "Delta Wire", "Harbour Post"), resting_on(whole, "Delta Wire"))
    figures = apply("range", dossier(toll(CIVILIAN, whole, part, support=support))).figures
    assert [figure.origins for figure in figures] == [1, 2]


def test_gtd_leaves_the_field_empty_for_words_without_a_figure_and_prefers_what_is_put_as_a_fact() -> None:
    assert apply("gtd", dossier(toll(MIXED, dozens(CLINIC)))).figures == ()
    two_doubts = [told(ARMY, 40, certainty=Certainty.HEDGED), told(FRONT, 40, certainty=Certainty.UNVERIFIED)]
    assert only("gtd", toll(MIXED, *two_doubts, told(CLINIC, 12))).best == 12
    doubtful = only("gtd", toll(MIXED, *two_doubts))
    assert (doubtful.best, Flag.UNCONFIRMED in doubtful.flags) == (40, True)


# ibc


def test_ibc_is_provisional_below_two_independent_sources() -> None:
    single = only("ibc", toll(CIVILIAN, told(CLINIC, 12)))
    assert (span(single), single.method, Flag.PROVISIONAL in single.flags) == (
        (12, 12),
        Method.PENDING,
        True,
    )
    assert Flag.PROVISIONAL not in only("ibc", toll(CIVILIAN, told(CLINIC, 12), told(WATCH, 12))).flags
    both = only("ibc", DISPUTED)
    assert (span(both), both.method, both.origins, Flag.PROVISIONAL in both.flags) == (
        (5, 31),
        Method.RANGE,
        3,
        False,
    )


def test_ibc_counts_civilians_and_says_whom_it_leaves_out() -> None:
    tally = apply("ibc", dossier(toll(MILITANT, told(ARMY, 33)), toll(UNKNOWN, told(CLINIC, 12))))
    assert tally.figures == ()
    assert tally.notes == ("Left out, as not told to be civilians only: people killed: 12 (Harbour Clinic).",)


# range and airwars


@pytest.mark.parametrize(
    ("low", "high", "expected"),
    [(20, None, (20, None)), (None, 30, (None, 30)), (20, 30, (20, 30)), (7, 7, (7, 7))],
)
def test_the_range_of_one_answer_is_what_it_says(
    low: int | None, high: int | None, expected: tuple[int | None, int | None]
) -> None:
    assert span(only("range", toll(CIVILIAN, told(ARMY, low, high)))) == expected


def test_the_range_is_open_where_its_end_is_a_mere_bound() -> None:
    below = toll(CIVILIAN, told(ARMY, 20, None), told(CLINIC, 23))
    above = toll(CIVILIAN, told(ARMY, 40, None), told(CLINIC, 23))
    assert span(only("range", below)) == (20, 23)
    assert span(only("range", above)) == (23, None)
    assert Flag.OPEN_UPWARDS in only("range", below).flags


def test_parts_have_figures_of_their_own_and_do_not_enter_the_whole() -> None:
    question = toll(
        CIVILIAN, told(CLINIC, 12), told(CLINIC, 5, line="children"), told(ARMY, 1, line="a person")
    )
    for name in ("range", "airwars"):
        figures = apply(name, dossier(question)).figures
        assert [(figure.line, *span(figure)) for figure in figures] == [("", 12, 12), ("children", 5, 5)]


def test_a_part_that_exceeds_the_whole_is_flagged() -> None:
    question = toll(CIVILIAN, told(ARMY, 3), told(CLINIC, 5, line="children"))
    whole = apply("range", dossier(question)).figures[0]
    assert (whole.high, Flag.PARTS_EXCEED in whole.flags) == (3, True)


def test_without_a_whole_kinds_that_are_counted_apart_are_added_and_of_roles_the_greatest_counts() -> None:
    apart = toll(CIVILIAN, told(CLINIC, 12, line="pilgrims"), told(CLINIC, 3, line="villagers"))
    roles = toll(CIVILIAN, told(CLINIC, 4, line="children"), told(CLINIC, 2, line="women"))
    added, greatest = (apply("airwars", dossier(question)).figures[0] for question in (apart, roles))
    assert (added.low, Flag.SUM in added.flags, Flag.OPEN_UPWARDS in added.flags) == (15, True, True)
    assert "12 (pilgrims) and 3 (villagers) added up" in added.rule
    assert (greatest.low, Flag.FROM_PARTS in greatest.flags) == (4, True)
    assert "4 (children), the greatest part that it counts" in greatest.rule


def test_airwars_gives_each_group_a_minimum_and_a_maximum() -> None:
    injured = toll(CIVILIAN, told(CLINIC, 40), outcome=Outcome.INJURED)
    figures = apply("airwars", dossier(DISPUTED, toll(MILITANT, told(ARMY, 33)), injured)).figures
    assert [(f.outcome, f.group, *span(f)) for f in figures] == [
        (Outcome.KILLED, CIVILIAN, 5, 31),
        (Outcome.KILLED, MILITANT, 33, 33),
        (Outcome.INJURED, CIVILIAN, 40, 40),
    ]


# all


@pytest.mark.parametrize("name", ["ucdp", "acled", "airwars", "ibc", "gtd", "range"])
@pytest.mark.parametrize("never", [Certainty.DENIED, Certainty.CONDITIONAL, Certainty.THREATENED])
def test_what_is_denied_conditional_or_threatened_never_counts(name: str, never: Certainty) -> None:
    question = toll(
        CIVILIAN, told(ARMY, 2, certainty=never), told(CLINIC, 12), told(FRONT, 90, certainty=never)
    )
    for figure in apply(name, dossier(question)).figures:
        assert {figure.low, figure.best, figure.high} <= {12, None}


@pytest.mark.parametrize("name", ["ucdp", "acled", "airwars", "ibc", "gtd", "range"])
def test_a_replaced_answer_is_history(name: str) -> None:
    question = toll(CIVILIAN, told(ARMY, 12, earlier=(2, 90)))
    for figure in apply(name, dossier(question)).figures:
        assert {figure.low, figure.best, figure.high} <= {12, None}
