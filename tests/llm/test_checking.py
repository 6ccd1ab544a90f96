"""Every reason to refuse a claim, and what holds of every claim that is not refused, whatever a model says."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.llm.chat_server import account, blame, toll
from variorum.llm.checking import Checker
from variorum.llm.labels import sheet_of
from variorum.llm.passages import Passage
from variorum.llm.reckoning import Refused
from variorum.model import Certainty, Group, Kind, Outcome, Stance
from variorum.reading.encoder.names import names_in
from variorum.reading.findings import Finding
from variorum.reading.quantities import find_quantities

CONTEXT = "The Tollmen Front held the ferry. Nine boatmen were taken.\n"
TEXT = CONTEXT + (
    "Colonel Brask said at least 12 soldiers and 112 farmers died on the Tollmen Front's bridge. The mayor said 30 to 40 people "
    "were hurt, and about 1,200 people had fled. Nobody blamed the Tollmen Front. Two guards slept; two guards woke. "
    "The mayor said that he “saw no smoke”."
)
SHEET = sheet_of(TEXT, names_in(TEXT))
CHECKER = Checker(TEXT, SHEET, find_quantities(TEXT))
PASSAGE = Passage(0, SHEET.text.index("Colonel"), len(SHEET.text))


def reason(value: Any) -> str:
    found = CHECKER.check(value, PASSAGE)
    return found.reason.value if isinstance(found, Refused) else "kept"


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (toll("at least 12 soldiers", 12, None), "kept"),
        (toll("said at least 12 soldiers and 112 farmers died", 112, 112), "kept"),
        (toll("30 to 40 people", 30, 40, source="The mayor"), "kept"),
        (toll("about 1,200 people", 1200, 1200), "kept"),
        (toll("Two guards", 2, 2), "kept"),
        (blame("Nobody blamed the Alpha", "Alpha"), "kept"),
        (blame("had fled", None, stance="claims", source="Colonel Brask"), "kept"),
        (account("“saw no smoke”", "The mayor"), "kept"),
        # shape and closed sets
        (None, "bad-shape"),
        ([], "bad-shape"),
        ({}, "unknown-value"),
        (toll("Two guards", 2, 2, kind="rumour"), "unknown-value"),
        (toll("Two guards", 2, 2, kind=["toll"]), "unknown-value"),
        (toll("Two guards", 2, 2, outcome="slain"), "unknown-value"),
        (toll("Two guards", 2, 2, outcome="Killed"), "unknown-value"),
        (toll("Two guards", 2, 2, group="terrorist"), "unknown-value"),
        (toll("Two guards", 2, 2, certainty="sure"), "unknown-value"),
        (toll("Two guards", 2, 2, note="two"), "bad-shape"),
        (toll("Two guards", "2", 2), "bad-shape"),  # type: ignore[arg-type]
        (toll("Two guards", 2.0, 2), "bad-shape"),  # type: ignore[arg-type]
        (toll("Two guards", True, 2), "bad-shape"),
        (toll("Two guards", 2, 2, background="no"), "bad-shape"),
        (toll("", 2, 2), "bad-shape"),
        ({k: v for k, v in toll("Two guards", 2, 2).items() if k != "group"}, "bad-shape"),
        # the quote
        (toll("90 soldiers", 90, 90), "not-in-text"),
        (toll("at  least 12 soldiers", 12, None), "not-in-text"),
        (toll("At least 12 soldiers", 12, None), "not-in-text"),
        (account('"saw no smoke"', "The mayor"), "not-in-text"),
        (toll("at least 12 soldıers", 12, None), "not-in-text"),
        (toll("at least 1２ soldiers", 12, None), "not-in-text"),
        (toll("at least 12 sоldiers", 12, None), "not-in-text"),  # a Cyrillic o
        (blame("Nobody blamed the Tollmen Front", "Alpha"), "not-in-text"),
        (toll("Nine boatmen", 9, 9), "outside-passage"),
        (toll("12 farmers", 12, 12), "cut-word"),
        (toll("200 people", 200, 200), "cut-word"),
        (account("lonel Brask said", "The mayor"), "cut-word"),
        (account("said", "The mayor"), "ambiguous-place"),
        (account("said", "The mayor", before="The mayor"), "ambiguous-place"),
        (account("said", "The mayor", before="Colonel Brask"), "kept"),
        (account("said", "The mayor", before="somebody else"), "ambiguous-place"),
        (account("x" * 601, "The mayor"), "too-long"),
        # the number
        (toll("on the Alpha bridge", 12, None), "no-number"),
        (toll("12 soldiers", 12, 12), "cut-number"),
        (toll("40 people", 40, 40), "cut-number"),
        (toll("at least 12", 12, None), "kept"),
        (toll("12 soldiers", 12, None), "cut-number"),
        (toll("at least 12 soldiers", 12, 12), "other-number"),
        (toll("at least 12 soldiers", 13, None), "other-number"),
        (toll("about 1,200 people", 1200, None), "other-number"),
        (toll("at least 12 soldiers", None, None), "other-number"),
        (toll("at least 12 soldiers", 40, 12), "other-number"),
        (toll("at least 12 soldiers", -12, None), "other-number"),
        (toll("at least 12 soldiers", 10**4000, None), "other-number"),
        (toll("Two guards slept; two guards woke", 2, 2), "kept"),
        # who says it, and who did it
        (toll("Two guards", 2, 2, source="The Alpha"), "kept"),
        (toll("Two guards", 2, 2, source="a witness"), "source-not-in-text"),
        (toll("Two guards", 2, 2, source="reporter"), "source-not-in-text"),
        (toll("Two guards", 2, 2, source="The Tollmen Front"), "source-not-in-text"),
        (toll("Two guards", 2, 2, source="mayo"), "source-not-in-text"),
        (toll("Two guards", 2, 2, source=""), "source-not-in-text"),
        (toll("Two guards", 2, 2, source="”."), "source-not-in-text"),
        (account("“saw no smoke”", None), "no-source"),
        (blame("Nobody blamed", None), "no-actor"),
        (blame("Nobody blamed", None, stance="claims"), "no-actor"),
        (blame("Nobody blamed", "Beta"), "actor-not-in-text"),
        (blame("“saw no smoke”", "Alpha"), "actor-elsewhere"),
        (toll("Two guards", 2, 2, actor="Alpha"), "actor-elsewhere"),
        (toll("at least 12 soldiers", 12, None, actor="Alpha"), "kept"),
    ],
)
def test_what_does_not_hold_is_refused_for_its_reason(value: Any, expected: str) -> None:
    assert reason(value) == expected


def test_of_several_places_of_a_source_the_nearest_counts() -> None:
    found = CHECKER.check(toll("30 to 40 people", 30, 40, source="The mayor"), PASSAGE)
    assert isinstance(found, Finding)
    assert found.source is not None
    assert found.source[0] == TEXT.index("The mayor")


def test_words_are_the_reports_own_not_the_labels() -> None:
    found = CHECKER.check(blame("Nobody blamed the Alpha", "Alpha"), PASSAGE)
    assert isinstance(found, Finding)
    assert found.actor is not None
    assert TEXT[slice(*found.span)] == "Nobody blamed the Tollmen Front"
    assert TEXT[slice(*found.actor)] == "Tollmen Front"


def test_of_a_figure_that_stands_twice_in_the_quote_it_is_not_known_who_is_meant() -> None:
    once, twice = (
        CHECKER.check(toll(quote, 2, 2), PASSAGE)
        for quote in ("Two guards", "Two guards slept; two guards woke")
    )
    assert isinstance(once, Finding)
    assert isinstance(twice, Finding)
    assert once.who is not None
    assert TEXT[slice(*once.who)] == "guards"
    assert twice.who is None


pieces = st.builds(lambda a, b: SHEET.text[min(a, b) : max(a, b)], *[st.integers(0, len(SHEET.text))] * 2)
phrases = st.one_of(
    pieces,
    st.text(max_size=20),
    st.sampled_from(
        ["at least 12 soldiers", "112 farmers", "The mayor", "Alpha", "Two guards", "about 1,200 people"]
    ),
)
maybe = st.one_of(st.none(), phrases)
numbers = st.one_of(st.none(), st.integers(), st.sampled_from([2, 12, 30, 40, 112, 1200]))
anything = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=5)),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3), st.dictionaries(st.text(max_size=8), inner, max_size=3)
    ),
    max_leaves=8,
)
likely = st.one_of(
    st.builds(
        toll,
        phrases,
        numbers,
        numbers,
        source=maybe,
        actor=maybe,
        before=phrases,
        outcome=st.sampled_from([*Outcome, "other"]),
        group=st.sampled_from([*Group]),
        certainty=st.sampled_from([*Certainty]),
    ),
    st.builds(blame, phrases, maybe, source=maybe, stance=st.sampled_from([*Stance])),
    st.builds(account, phrases, maybe, before=phrases),
)
spoilt = st.builds(
    lambda value, name, other: {**value, name: other}, likely, st.sampled_from(list(toll("", 0, 0))), anything
)


@given(st.one_of(likely, spoilt, anything), st.integers(0, len(SHEET.text)), st.integers(0, len(SHEET.text)))
def test_whatever_a_model_says_what_is_kept_stands_in_the_passage_and_carries_its_value(
    value: Any, one: int, other: int
) -> None:
    start, end = sorted((one, other))
    found = CHECKER.check(value, Passage(0, start, end))
    if isinstance(found, Refused):
        assert found.what
        return
    shown = SHEET.shown.span(*found.span)
    assert SHEET.text[slice(*shown)] == value["quote"]
    assert start <= shown[0] < shown[1] <= end
    for who, words in ((found.source, value.get("source")), (found.actor, value.get("actor"))):
        assert (who is None) == (words is None)
        if who is not None:
            assert SHEET.text[slice(*SHEET.shown.span(*who))] == words
    if found.kind is Kind.TOLL:
        start, end = found.span
        bounds = (found.minimum, found.maximum)
        assert bounds == (value["min"], value["max"])
        in_text = [q for q in find_quantities(TEXT) if start <= q.number_start and q.number_end <= end]
        assert bounds in {(q.minimum, q.maximum) for q in in_text}
        assert bounds in {(q.minimum, q.maximum) for q in find_quantities(TEXT[start:end])}
