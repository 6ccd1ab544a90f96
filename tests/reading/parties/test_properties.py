"""What holds of every text: no crash, the same answer twice, and no party treated unlike another."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.pace import assert_grows_in_proportion
from variorum.reading.parties import load_lexicon, resolve_parties

STORY = (
    "{A} said on Monday that it had killed nine men near the river. {B} denied it. A spokesman for {A} told Reuters "
    "that the fight was over, but {B} said four of its own were hurt. In a statement {A} blamed {B}. The fight went on."
)
PAIRS = [
    ("Boko Haram", "Hezbollah"),
    ("the Karst Freedom Front", "the Dune Freedom Front"),
    ("the Zambian army", "the Bolivian army"),
    ("Hamas", "the Israel Defense Forces"),
]
LOADED = ["", "terrorist ", "heroic ", "bloodthirsty "]


def resolved(text: str, one: str, two: str) -> list[tuple[str, str]]:
    spans = sorted(m.span() for name in (one, two) for m in re.finditer(re.escape(name), text, re.IGNORECASE))
    return [(found.party, found.how) for found in resolve_parties(text, spans)]


@pytest.mark.parametrize(("one", "two"), PAIRS)
def test_swapping_two_parties_swaps_the_answer_and_nothing_else(one: str, two: str) -> None:
    straight = resolved(STORY.format(A=one, B=two), one, two)
    swapped = resolved(STORY.format(A=two, B=one), one, two)
    names = list(dict.fromkeys(party for party, _ in straight))
    assert len(names) == 2
    other = dict(zip(names, reversed(names), strict=True))
    assert [(other[party], how) for party, how in straight] == swapped


@pytest.mark.parametrize("word", LOADED)
def test_loaded_words_change_no_party(word: str) -> None:
    text = f"The {word}Karst Freedom Front (KFF) struck. The KFF said so."
    at = text.rindex("The KFF")
    assert resolve_parties(text, [(at, at + 7)])[0].party == "Karst Freedom Front"


PIECES = st.sampled_from(
    [
        "The army",
        "he",
        "its spokesman",
        "(",
        ")",
        "BLA",
        "Gen.",
        "said",
        ",",
        ".",
        "Kenya's",
        "police",
        "of",
        "the",
        "group",
        "\n\n",
        "“",
        "X",
        "Dr. Li",
        "\u202e",
        "\u200b",
        "-",
        "’s",
        "told",
        "U.S.",
        "1,2",
    ]
)


@settings(max_examples=80, deadline=None)
@given(
    st.lists(PIECES, max_size=40),
    st.lists(st.tuples(st.integers(-5, 300), st.integers(-5, 300)), max_size=6),
)
def test_any_text_and_spans_are_answered_and_alike_twice(
    pieces: list[str], spans: list[tuple[int, int]]
) -> None:
    text = " ".join(pieces)
    first = resolve_parties(text, spans)
    assert len(first) == len(spans)
    assert all(found.party for found in first)
    assert resolve_parties(text, spans) == first
    for found in first:
        assert found.antecedent is None or 0 <= found.antecedent[0] < found.antecedent[1] <= len(text)


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=300))
def test_no_text_makes_it_fail(text: str) -> None:
    resolve_parties(text, [(0, len(text)), (3, 9)])


def test_time_grows_with_length_and_not_faster() -> None:
    load_lexicon()
    unit = "The Zambian army said that Colonel Abel Phiri, its spokesman, had met the group near Kitwe. He denied it. "

    def resolve(text: str) -> None:
        spans = [(m.start(), m.end()) for m in re.finditer("The Zambian army|He denied", text)]
        resolve_parties(text, spans)

    assert_grows_in_proportion(resolve, unit * 40, unit * 400)
