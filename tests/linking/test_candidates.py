from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from tests.linking.piles import TOLD, pile, reading
from variorum.linking.candidates import LEAST, Candidates
from variorum.linking.traits import Traits, traits_of

TRAITS = {item.report.id: traits_of(item) for item in pile()}


def filed(order: list[str]) -> tuple[Candidates, set[tuple[str, str]]]:
    built, pairs = Candidates(), set()
    for name in order:
        others, _ = built.add(name, TRAITS[name])
        pairs |= {(min(name, other), max(name, other)) for other in others}
    return built, pairs


def likeness(a: Traits, b: Traits) -> float:
    return a.words.cosine(b.words) + a.lead.cosine(b.lead)


def test_reports_of_one_incident_are_compared() -> None:
    _, pairs = filed(sorted(TRAITS))
    assert {("ferry-0", "ferry-1"), ("market-0", "market-1"), ("school-0", "school-1")} <= pairs


@given(st.permutations(sorted(TRAITS)))
def test_pairs_follow_from_the_set_alone(order: list[str]) -> None:
    built, pairs = filed(order)
    assert sorted(pairs) == built.pairs() == filed(sorted(TRAITS))[0].pairs()


def test_what_shares_too_few_words_is_left_out() -> None:
    _, pairs = filed(sorted(TRAITS))
    for a, b in pairs:
        # Weights are rounded and words hashed: the two tell nearly the same.
        assert likeness(TRAITS[a], TRAITS[b]) > LEAST - 0.03


def test_a_text_without_words_is_compared_with_nobody() -> None:
    built, _ = filed(sorted(TRAITS))
    empty = traits_of(reading("empty", "…", date(2031, 5, 6)))
    assert built.add("empty", empty) == ([], [])
    again = traits_of(reading("again", TOLD["ferry"][0] + " Again.", date(2031, 5, 6)))
    assert "ferry-0" in built.add("again", again)[0]


def test_a_report_taken_out_is_gone() -> None:
    built, _ = filed(sorted(TRAITS))
    built.remove("ferry-0")
    assert all("ferry-0" not in pair for pair in built.pairs())
