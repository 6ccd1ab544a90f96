"""What holds for every profile and every dossier."""

from __future__ import annotations

import pytest
from hypothesis import given, settings

from tests.reconciling.profiles.strategies import (
    dossiers,
    swapped,
    with_one_more_copy,
    with_parties_swapped,
)
from variorum.model import Certainty, Dossier, Position, SettingError
from variorum.reconciling.profiles import (
    DEFAULT,
    DERIVED,
    PROFILES,
    Figure,
    Flag,
    Tally,
    apply,
    tally_in_words,
)

FEW = settings(deadline=None, max_examples=50)
EVERY = pytest.mark.parametrize("name", PROFILES)
COUNT = {Certainty.STATED, Certainty.HEDGED, Certainty.UNVERIFIED}


def tallies(dossier: Dossier) -> list[Tally]:
    return [apply(name, dossier) for name in PROFILES]


def every_figure(dossier: Dossier) -> list[Figure]:
    return [
        figure
        for tally in tallies(dossier)
        for figure in (*tally.figures, *(own for grade in tally.grades for own in grade.conceded))
    ]


def numbers(figure: Figure) -> list[int]:
    return [number for number in (figure.low, figure.best, figure.high) if number is not None]


def standing(position: Position) -> set[int]:
    return {n for n in (position.standing.min, position.standing.max) if n is not None}


def bounds(dossier: Dossier) -> dict[str, set[int]]:
    """The numbers of each claim of an answer that counts."""
    return {
        claim: standing(position)
        for question in dossier.questions
        for position in question.positions
        if position.standing.certainty in COUNT
        for claim in position.standing.claims
    }


@given(dossier=dossiers())
@FEW
def test_every_number_is_a_claims_bound_or_the_figure_says_how_it_was_made(dossier: Dossier) -> None:
    held = bounds(dossier)
    for figure in every_figure(dossier):
        assert set(figure.claims) <= set(held)  # only standing answers that assert something
        given = {number for claim in figure.claims for number in held[claim]}
        if not DERIVED & set(figure.flags):
            assert set(numbers(figure)) <= given


@given(dossier=dossiers())
@FEW
def test_low_best_and_high_are_in_order_and_every_figure_has_its_rule(dossier: Dossier) -> None:
    for figure in every_figure(dossier):
        assert numbers(figure) == sorted(numbers(figure))
        assert figure.rule.endswith(".")


@given(dossier=dossiers())
@FEW
def test_swapping_two_parties_swaps_their_names_and_changes_nothing_else(dossier: Dossier) -> None:
    for here, there in zip(tallies(dossier), tallies(with_parties_swapped(dossier)), strict=True):
        assert swapped(here.model_dump_json()) == there.model_dump_json()


@given(dossier=dossiers())
@FEW
def test_an_exact_copy_adds_nothing(dossier: Dossier) -> None:
    assert tallies(with_one_more_copy(dossier)) == tallies(dossier)


@given(dossier=dossiers())
@FEW
def test_the_order_of_positions_changes_no_number(dossier: Dossier) -> None:
    turned = dossier.model_copy(
        update={
            "questions": tuple(
                question.model_copy(update={"positions": question.positions[::-1]})
                for question in dossier.questions
            )
        }
    )

    def core(tally: Tally) -> list[str]:
        kept = [
            (f.outcome, f.group, f.line, f.column, f.low, f.best, f.high, f.method) for f in tally.figures
        ]
        return [*sorted(map(repr, kept)), *(repr((g.belligerent, g.grade)) for g in tally.grades)]

    assert [core(tally) for tally in tallies(turned)] == [core(tally) for tally in tallies(dossier)]


@given(dossier=dossiers())
@FEW
def test_what_was_replaced_changes_nothing(dossier: Dossier) -> None:
    def newest(position: Position) -> Position:
        return position.model_copy(update={"answers": (position.standing,)})

    bare = dossier.model_copy(
        update={
            "questions": tuple(
                question.model_copy(update={"positions": tuple(map(newest, question.positions))})
                for question in dossier.questions
            )
        }
    )
    assert tallies(bare) == tallies(dossier)


@given(dossier=dossiers())
@FEW
def test_what_is_denied_conditional_or_threatened_makes_no_figure(dossier: Dossier) -> None:
    bare = dossier.model_copy(
        update={
            "questions": tuple(
                question.model_copy(
                    update={
                        "positions": tuple(p for p in question.positions if p.standing.certainty in COUNT)
                    }
                )
                for question in dossier.questions
                if question.kind == "toll"
            )
        }
    )
    assert [tally.figures for tally in tallies(bare)] == [tally.figures for tally in tallies(dossier)]


@given(dossier=dossiers())
@FEW
def test_a_tally_goes_to_json_and_back_and_into_words(dossier: Dossier) -> None:
    for tally in tallies(dossier):
        assert Tally.model_validate_json(tally.model_dump_json()) == tally
        lines = tally_in_words(tally)
        assert len(lines) >= 1 + 2 * len(tally.figures) + 2 * len(tally.grades)
        assert all(line.strip() for line in lines)


@given(dossier=dossiers())
@FEW
def test_the_sides_of_ucdp_add_up_to_best(dossier: Dossier) -> None:
    figures = apply("ucdp", dossier).figures
    if figures:
        *sides, whole = figures
        assert whole.column == "best"
        assert sum(side.best or 0 for side in sides) == (whole.best or 0)


@given(dossier=dossiers())
@FEW
def test_what_ucdp_calls_the_rest_is_the_total_less_the_sides(dossier: Dossier) -> None:
    figures = apply("ucdp", dossier).figures
    for rest in figures:
        if Flag.REST in rest.flags:
            sides = [f.best or 0 for f in figures if f.column and f.column.startswith("deaths") and f != rest]
            assert rest.best == (figures[-1].best or 0) - sum(sides)


@given(dossier=dossiers())
@FEW
def test_the_range_holds_every_standing_answer(dossier: Dossier) -> None:
    found = {(f.outcome, f.group, f.line): f for f in apply("range", dossier).figures}
    for question in dossier.questions:
        for position in question.positions:
            if question.kind != "toll" or position.standing.certainty not in COUNT or position.line:
                continue
            assert question.outcome is not None
            figure = found[question.outcome, question.group, ""]
            for number in standing(position):
                assert figure.low is None or figure.low <= number
                assert figure.high is None or number <= figure.high


def test_an_unknown_name_is_refused_with_the_known_ones() -> None:
    empty = Dossier(incident=None, parties=(), questions=())
    with pytest.raises(SettingError, match="ucdp, acled, airwars, ibc, gtd, range") as caught:
        apply("uppsala", empty)
    assert caught.value.code == "bad-setting"


@EVERY
def test_a_dossier_without_tolls_has_no_figures(name: str) -> None:
    tally = apply(name, Dossier(incident=None, parties=(), questions=()))
    assert (tally.figures, tally.grades, tally.notes) == ((), (), ())
    assert tally_in_words(tally)[-1] == "No source gives a figure that this rule counts."


def test_every_profile_has_an_owner_a_link_and_a_schema() -> None:
    assert DEFAULT == "range"
    assert all(profile.owner and profile.link and profile.gist for profile in PROFILES.values())
    assert "figures" in Tally.model_json_schema()["properties"]
