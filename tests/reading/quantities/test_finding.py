"""The grammar of quantities: what it reads, what it leaves out, and that no text can break it."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.pace import assert_grows_in_proportion
from variorum.reading.quantities import Quantity, find_quantities


def _read(text: str) -> list[tuple[str, int | None, int | None, bool, str]]:
    return [
        (text[q.start : q.end], q.minimum, q.maximum, q.approximate, q.kind) for q in find_quantities(text)
    ]


def _only(text: str) -> Quantity:
    found = find_quantities(text)
    assert len(found) == 1, _read(text)
    return found[0]


@pytest.mark.parametrize(
    ("text", "minimum", "maximum", "approximate"),
    [
        ("23 soldiers died", 23, 23, False),
        ("at least 20 people died", 20, None, False),
        ("no fewer than 20 people died", 20, None, False),
        ("more than 400 were hurt", 401, None, False),
        ("over a hundred wounded", 101, None, False),
        ("up to 30 gunmen took part", None, 30, False),
        ("as many as 15 villagers", None, 15, False),
        ("fewer than 10 passengers", None, 9, False),
        ("50 or fewer fighters", None, 50, False),
        ("20 people or more", 20, None, False),
        ("no more than about 150 died", None, 150, True),
        ("about 50 worshippers", 50, 50, True),
        ("almost 500 passengers", 500, 500, True),
        ("some 40 rebels", 40, 40, True),
        ("300 or so had been hurt", 300, 300, True),
        ("20 to 30 insurgents", 20, 30, False),
        ("between 20 and 30 insurgents", 20, 30, False),
        ("20-30 insurgents", 20, 30, False),
        ("five or six attackers", 5, 6, False),
        ("dozens of people", 24, None, True),
        ("scores of villagers", 40, None, True),
        ("hundreds of villagers", 200, None, True),
        ("several hundred villagers", 300, None, True),
        ("tens of thousands of refugees", 20000, None, True),
        ("several teachers", 3, None, True),
        ("one hundred and eighteen hostages", 118, 118, False),
        ("twenty-three hostages", 23, 23, False),
        ("1,200 prisoners", 1200, 1200, False),
        ("more than half a million people", 500001, None, False),
        ("half a dozen nurses", 6, 6, False),
        ("two dozen nurses", 24, 24, False),
        ("all 33 insurgents", 33, 33, False),
        ("a further 12 people", 12, 12, False),
        ("both policemen were hurt", 2, 2, False),
        ("no casualties", 0, 0, False),
        ("nobody was hurt", 0, 0, False),
        ("no one was hurt", 0, 0, False),
        ("not one villager came to harm", 0, 0, False),
        ("they did not cause any casualties", 0, 0, False),
        ("there were no reports of injuries", 0, 0, False),
        ("an eight-year-old girl", 1, 1, False),
        ("another man", 1, 1, False),
        ("a high-ranking police officer", 1, 1, False),
        ("the driver was killed", 1, 1, False),
        ("two 15-year-old boys", 2, 2, False),
        ("12 of the dead", 12, 12, False),
    ],
)
def test_values(text: str, minimum: int | None, maximum: int | None, approximate: bool) -> None:
    quantity = _only(text)
    assert (quantity.minimum, quantity.maximum, quantity.approximate) == (minimum, maximum, approximate)


@pytest.mark.parametrize(
    "text",
    [
        "on 14 March 2015",
        "on March 14 and 15",
        "in 2013",
        "at 10:30 on Monday",
        "by 6 p.m.",
        "$40 and 12 dollars",
        "30 percent of it",
        "after 30 kilometres",
        "three vehicles burned",
        "two of the buildings",
        "a 9mm pistol and an AK-47",
        "a 30-hour-long siege",
        "one of the largest in the region",
        "Flight 752 came down",
        "Jo Sample, 34, said so.",
        "at 1200 Elm Street",
        "a police statement",
        "no longer open",
        "the president spoke",
    ],
)
def test_no_people(text: str) -> None:
    assert _read(text) == []


def test_list_and_noun_phrases() -> None:
    text = "12 dead and 30 wounded, including five children"
    assert [(q.minimum, text[q.noun_start : q.noun_end]) for q in find_quantities(text)] == [
        (12, "dead"),
        (30, "wounded"),
        (5, "children"),
    ]


def test_noun_before_its_figure() -> None:
    text = "casualties: 12"
    quantity = _only(text)
    assert (text[quantity.start : quantity.end], text[quantity.noun_start : quantity.noun_end]) == (
        "12",
        "casualties",
    )


def test_restatement_holds_two_figures() -> None:
    assert [q.minimum for q in find_quantities("the toll rose to 31 from 23")] == [31, 23]
    assert [q.minimum for q in find_quantities("the toll rose from 23 to 31")] == [23, 31]


def test_qualifier_belongs_to_its_own_number() -> None:
    assert [(q.minimum, q.maximum) for q in find_quantities("15 dead and more than 20 wounded")] == [
        (15, 15),
        (21, None),
    ]


def test_a_figure_after_a_date_is_no_date() -> None:
    assert _read("On June 20, 11 were shot.") == [("11", 11, 11, False, "exact")]


def test_one_person_without_a_number() -> None:
    assert ("The soldier's death", 1, 1, False, "definite") in _read("The soldier's death was announced.")
    assert [text for text, *_ in _read("A man and woman were killed.")] == ["A man", "woman"]


def test_a_nationality_that_describes_a_thing_is_nobody() -> None:
    assert [text for text, *_ in _read("A Chadian supply truck hit a wall and killed two people.")] == [
        "two people"
    ]
    assert [text for text, *_ in _read("Medics said a Chadian HX-3 rocket killed two people.")] == [
        "two people"
    ]
    assert [text for text, *_ in _read("A Chadian was killed.")] == ["A Chadian"]


@pytest.mark.parametrize("words", ["terrorists", "militants", "insurgents", "martyrs"])
def test_loaded_words_change_no_value(words: str) -> None:
    quantity = _only(f"at least 20 {words} died")
    assert (quantity.minimum, quantity.maximum, quantity.kind) == (20, None, "open")


_PIECES = (
    "20 1,200 3.5 20-30 one two hundred and a an no the of at least more than or fewer dozen people soldiers",
    "dozens year-old - – “ â€œ . , ; ( ) 14 March % $ was killed half few several between to from rose 's ٣",
)
_SCRAPS = st.lists(st.sampled_from([*" ".join(_PIECES).split(), "\n\n", '"']), max_size=40)


@settings(max_examples=150, deadline=None)
@given(st.one_of(st.text(max_size=200), _SCRAPS.map(" ".join), _SCRAPS.map("".join)))
def test_never_raises_and_spans_hold(text: str) -> None:
    for q in find_quantities(text):
        assert 0 <= q.start <= q.number_start < q.number_end <= q.end <= len(text)
        assert (q.noun_start is None) == (q.noun_end is None)
        assert q.minimum is not None or q.maximum is not None
        assert q.minimum is None or q.maximum is None or q.minimum <= q.maximum


@pytest.mark.parametrize(
    "scrap",
    [
        "1,",
        "a ",
        "one ",
        "1 000,",
        "20-",
        "two hundred and ",
        "â€",
        "x",
        "the ",
        "more than ",
        "9" * 50,
        "a.",
        "1.",
    ],
)
def test_time_is_linear(scrap: str) -> None:
    short, long = (scrap * (size // len(scrap)) for size in (20_000, 80_000))
    assert_grows_in_proportion(find_quantities, short, long)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("He was shot with his wife and son.", [("his wife and son", 2, 2)]),
        ("The blast killed her brother and his friend.", [("her brother and his friend", 2, 2)]),
        ("Three members of the local Red Cross were wounded.", [("Three members", 3, 3)]),
        ("Police say the other three victims are stable.", [("the other three victims", 3, 3)]),
        ("The ages of the women are put at between 28 and 35.", []),
        ("A man of about thirty was seen with a woman of 28.", [("A man", 1, 1), ("a woman", 1, 1)]),
    ],
)
def test_pairs_names_and_ages(text: str, expected: list[tuple[str, int, int]]) -> None:
    assert [(text[q.start : q.end], q.minimum, q.maximum) for q in find_quantities(text)] == expected
