"""One number killed and one injured for an incident, from what its reports say."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.invented import REPORTER, Telling
from variorum.model import Evidence, Reading, Report, Source, make_claim
from variorum.reconciling.counting import counts_of
from variorum.reconciling.counting.headline import headline_figures, multiples
from variorum.reconciling.counting.lexicon import uses


def report(
    title: str, *tolls: tuple[str, str, int], day: int = 6, name: str = "", **values: object
) -> Reading:
    """A report by its headline and its tolls (outcome, words, number) in the reporter's voice."""
    telling = Telling(id=name or f"r{day}", title=title, published=date(2031, 5, day))
    telling.sentence(f"Published on {day} May.")
    for outcome, words, number in tolls:
        telling.toll(REPORTER, words, number, outcome=outcome, before=f"The blast {outcome}", **values)
    return telling.reading()


def figures(readings: Sequence[Reading]) -> tuple[int | None, int | None]:
    found = counts_of(readings)
    return found.killed, found.injured


def test_one_report_that_gives_both_figures() -> None:
    told = report("Blast in Reefport kills 23", ("killed", "23 people", 23), ("injured", "60 others", 60))
    found = counts_of([told])
    assert (found.killed, found.injured) == (23, 60)
    assert set(found.claims) == {claim.id for claim in told.claims}
    assert "23 killed" in found.rule
    assert "60 injured" in found.rule


def test_nobody_is_killed_where_reports_tell_of_the_injured_only() -> None:
    assert figures([report("Two hurt in Norland shooting", ("injured", "Two people", 2))]) == (0, 2)


def test_people_told_of_together_are_added() -> None:
    text = "The fire killed a father and his two sons.\n"
    report_of = Report(id="fire", text=text, title="Father and two sons dead in house fire")
    claims = tuple(
        make_claim(
            "toll", report="fire", content_hash=report_of.content_hash, source=Source(party=REPORTER),
            evidence=Evidence.of(text, text.index(words), text.index(words) + len(words)), certainty="stated",
            outcome="killed", group="civilian", min=number, max=number,
        )
        for words, number in (("a father", 1), ("his two sons", 2))
    )  # fmt: skip
    found = counts_of([Reading(report=report_of, reader="reader 1", claims=claims)])
    assert (found.killed, found.injured) == (3, 0)
    assert set(found.claims) == {claim.id for claim in claims}


def test_no_incident_is_too_great_to_be_believed() -> None:
    great = ("killed", "412 people", 412), ("injured", "1,900 others", 1900)
    readings = [report("Hundreds dead in Norland", *great, day=day) for day in range(2, 8)]
    readings.append(report("My brother died in the blast", ("killed", "my brother", 1), day=9))
    assert figures(readings) == (412, 1900)


def test_what_most_reports_hold_outweighs_one_that_differs() -> None:
    readings = [report("Four dead in raid", ("killed", "four people", 4), day=day) for day in (3, 4, 5)]
    readings.append(report("Raid on the harbour", ("killed", "nine people", 9), day=2))
    assert figures(readings)[0] == 4


def test_no_figure_and_no_claim_stay_unknown() -> None:
    found = counts_of([Telling(title="Council meets").sentence("The council met on Monday").reading()])
    assert (found.killed, found.injured, found.claims) == (None, None, ())


def test_nobody_harmed_is_zero_where_a_report_says_so() -> None:
    told = report("Rocket falls in field", ("killed", "no deaths", 0))
    found = counts_of([told])
    assert (found.killed, found.injured) == (0, None)
    assert found.claims == (told.claims[0].id,)


def test_no_readings_say_nothing() -> None:
    assert figures([]) == (None, None)


def test_background_claims_are_left_out_unless_they_are_asked_for() -> None:
    telling = Telling(title="Strike on Reefport").toll(REPORTER, "Two guards", 2, before="It killed")
    told = telling.toll(REPORTER, "30 people", 30, before="It killed", background=True).reading()
    assert counts_of([told]).killed == 2
    assert counts_of([told], frozenset({told.claims[1].id})).killed == 30


@pytest.mark.parametrize("certainty", ["denied", "conditional", "threatened"])
def test_figures_that_nobody_asserts_do_not_count(certainty: str) -> None:
    telling = Telling(title="Strike on Reefport").toll(REPORTER, "Two guards", 2, before="It killed")
    told = telling.toll("Reef Front", "30 people", 30, certainty=certainty).reading()
    assert counts_of([told]).killed == 2


def test_a_text_repeated_word_for_word_counts_once() -> None:
    first = report("Two dead in raid", ("killed", "two people", 2), day=3)
    other = report("Raid kills five", ("killed", "five people", 5), day=4)
    copies = [
        report("Two dead in raid", ("killed", "two people", 2), day=3, name=f"copy{n}") for n in range(6)
    ]
    assert counts_of([first, *copies, other]) == counts_of([first, other])


def test_ages_and_places_in_a_series_are_no_counts() -> None:
    telling = Telling(title="Teacher killed in Reefport").toll(REPORTER, "A teacher", 1)
    telling.toll(REPORTER, "46", 46, before="Ada Lund,").sentence(", was found at home")
    assert counts_of([telling.reading()]).killed == 1


@given(order=st.permutations(range(4)))
@settings(max_examples=12)
def test_the_order_of_the_readings_changes_nothing(order: list[int]) -> None:
    readings = [
        report("Two dead", ("killed", "two people", 2), day=3),
        report("Three dead, one hurt", ("killed", "three people", 3), ("injured", "one man", 1), day=4),
        report("Third victim dies", ("killed", "a third victim", 1), day=4, name="later"),
        report("Raid", ("injured", "two women", 2), day=5),
    ]
    assert counts_of([readings[n] for n in order]) == counts_of(readings)


@given(
    killed=st.lists(st.integers(0, 10**6), max_size=4),
    injured=st.lists(st.integers(0, 10**6), max_size=4),
    title=st.text(max_size=40),
)
@settings(max_examples=60, deadline=None)
def test_claims_named_are_claims_given_and_figures_never_negative(
    killed: list[int], injured: list[int], title: str
) -> None:
    tolls = [("killed", f"{n} people", n) for n in killed] + [("injured", f"{n} others", n) for n in injured]
    told = report(title, *tolls)
    found = counts_of([told])
    assert set(found.claims) <= {claim.id for claim in told.claims}
    assert all(value is None or value >= 0 for value in (found.killed, found.injured))
    if any((*killed, *injured)):
        assert found.killed is not None
        assert found.injured is not None
        assert found.killed + found.injured > 0


@pytest.mark.parametrize(
    ("words", "loaded"),
    [("killed", "massacred"), ("killed", "murdered"), ("killed", "martyred"), ("dead", "slain")],
)
def test_loaded_words_change_no_count(words: str, loaded: str) -> None:
    def counts(word: str) -> tuple[int | None, int | None]:
        telling = Telling(title=f"Two {word} in Reefport").toll(REPORTER, "Two people", 2)
        return figures([telling.sentence(f"They were {word} on Sunday").reading()])

    assert counts(words) == counts(loaded) == (2, 0)


def test_naming_the_other_party_changes_no_count() -> None:
    def counts(speaker: str, other: str) -> tuple[int | None, int | None]:
        telling = Telling(title="Fighting at the harbour").toll(
            speaker, "Three fighters", 3, group="militant"
        )
        return figures([telling.toll(other, "five soldiers", 5, group="security").reading()])

    assert counts("Norland Army", "Reef Front") == counts("Reef Front", "Norland Army")


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("2 dead, 3 hurt in market blast", {("killed", 2), ("injured", 3)}),
        ("Mother, child found dead", {("killed", 2)}),
        ("Four shot in Reefport", {("either", 4)}),
        ("Two shot dead in Reefport", {("killed", 2)}),
        ("Woman, toddler shot in Reefport", {("either", 2)}),
        ("Ferry sinks off Norland", set()),
    ],
)
def test_headlines_are_read_without_articles(title: str, expected: set[tuple[str, int]]) -> None:
    assert {(harm, value) for harm, _, value in headline_figures(title)} == expected


def test_double_and_triple_count() -> None:
    assert list(multiples("A double homicide followed a triple shooting.")) == [("killed", 2), ("either", 3)]


def test_attempted_murder_is_no_word_of_death() -> None:
    assert uses("killed", "He is charged with attempted murder") == 0
    assert uses("killed", "He is charged with murder") == 1
