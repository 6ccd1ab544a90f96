"""Groups told by the words for people."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from variorum.model.values import Group
from variorum.reading.groups import group_evidence


def _likeliest(words: str) -> Group | None:
    evidence = group_evidence(words)
    return max(evidence, key=lambda group: evidence[group]) if evidence else None


@pytest.mark.parametrize(
    ("words", "group"),
    [
        ("23 soldiers", Group.SECURITY),
        ("members of the Frontier Corps", Group.SECURITY),
        ("the bodies of 12 soldiers", Group.SECURITY),
        ("prison guards", Group.SECURITY),
        ("captured soldiers", Group.SECURITY),
        ("military hostages", Group.SECURITY),
        ("railway employees", Group.CIVILIAN),
        ("prison staff", Group.CIVILIAN),
        ("hostages", Group.CIVILIAN),
        ("passengers", Group.CIVILIAN),
        ("a 3-year-old", Group.CIVILIAN),
        ("insurgents", Group.MILITANT),
        ("armed men", Group.MILITANT),
        ("soldiers and villagers", Group.MIXED),
        ("12 people, two of them soldiers", Group.MIXED),
        ("people", Group.UNKNOWN),
        ("bodies", Group.UNKNOWN),
        ("arrested suspects", Group.UNKNOWN),
        ("Zorblax", None),
        ("", None),
    ],
)
def test_groups(words: str, group: Group | None) -> None:
    assert _likeliest(words) == group


def test_loaded_and_neutral_words_are_the_same() -> None:
    values = [
        group_evidence(words)
        for words in ("terrorists", "militants", "insurgents", "gunmen", "rebels", "jihadists")
    ]
    assert all(value == values[0] for value in values)
    assert group_evidence("martyrs") == group_evidence("victims")


@given(st.text(max_size=120))
def test_never_raises(words: str) -> None:
    evidence = group_evidence(words)
    assert evidence is None or all(0 < firmness <= 1 for firmness in evidence.values())
