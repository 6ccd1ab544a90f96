"""The whole reader with the shipped weights: evidence, determinism, neutrality, no crash on any text."""

import json
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from variorum.model import Account, Reading, Report, Responsibility, Toll
from variorum.reading import Reader

TEMPLATE = (
    "{a} claimed responsibility on Monday for the attack on a convoy near the border and said its fighters had killed "
    "19 soldiers. {b} rejected the claim. In a statement, {b} said only four soldiers had died and that 11 attackers "
    "were killed. {a} denied losing any men, and accused {b} of shelling a village where five civilians died."
)
PAIRS = [
    ("Boko Haram", "Hezbollah"),
    ("The Nigerian Army", "The Kenya Defence Forces"),
    ("The Highland Free Army", "The Lowland Free Front"),
    ("The Taliban", "The Syrian Arab Army"),
]
LOADED = [
    ("terrorists", "militants"),
    ("jihadists", "extremists"),
    ("thugs", "attackers"),
    ("murdered", "massacred"),
]


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader.load()


def read(reader: Reader, text: str, day: str | None = "2024-05-07") -> Reading:
    return reader.read(Report(id="r", text=text, published=date.fromisoformat(day) if day else None))


def values(reading: Reading, rename: dict[str, str] | None = None) -> list[tuple]:
    """What is claimed, without offsets (names differ in length) and without the words for the people."""
    rename = rename or {}
    found = []
    for claim in reading.claims:
        row = [
            claim.kind,
            rename.get(claim.source.party, claim.source.party),
            claim.certainty,
            claim.background,
        ]
        if isinstance(claim, Toll):
            actor = rename.get(claim.actor or "", claim.actor)
            row += [claim.outcome, claim.min, claim.max, claim.approx, claim.group, actor, claim.combined]
        elif isinstance(claim, Responsibility):
            row += [rename.get(claim.actor, claim.actor), claim.stance]
        elif isinstance(claim, Account):
            row += [claim.denies]
        found.append(tuple(row))
    return found


def names(reader: Reader, a: str, b: str) -> tuple[str, str]:
    """Under which names the reader keeps two parties."""
    said = read(reader, f"{a} said two people had died. {b} said three people had died.").claims
    return said[0].source.party, said[-1].source.party


def test_keeps_the_parties_figures_apart(reader: Reader):
    reading = read(reader, TEMPLATE.format(a="Boko Haram", b="The Nigerian Army"))
    tolls = {(c.source.party, c.outcome.value, c.min, c.max) for c in reading.claims if isinstance(c, Toll)}
    assert ("Boko Haram", "killed", 19, 19) in tolls
    assert any(who != "Boko Haram" and (low, high) == (4, 4) for who, _, low, high in tolls)
    assert any(who != "Boko Haram" and (low, high) == (11, 11) for who, _, low, high in tolls)


@pytest.mark.parametrize(("a", "b"), PAIRS)
def test_swapping_two_parties_swaps_the_output_and_changes_nothing_else(reader: Reader, a: str, b: str):
    one, other = read(reader, TEMPLATE.format(a=a, b=b)), read(reader, TEMPLATE.format(a=b, b=a))
    first, second = names(reader, a, b)
    assert first != second
    assert values(one, {first: second, second: first}) == values(other)
    assert [claim.score for claim in one.claims] == [claim.score for claim in other.claims]
    assert values(one)


@pytest.mark.parametrize(("loaded", "plain"), LOADED)
def test_loaded_words_change_no_value(reader: Reader, loaded: str, plain: str):
    template = "Police said five {0} stormed the market. Nine of the {0} were killed and two soldiers died, the army said."
    if loaded == "murdered":
        template = "The governor said seven farmers were {0} on Sunday."
    one, other = read(reader, template.format(loaded)), read(reader, template.format(plain))
    assert values(one) == values(other)
    assert values(one)


def test_reading_is_deterministic(reader: Reader):
    text = TEMPLATE.format(a="Hezbollah", b="The Syrian Army")
    assert read(reader, text).model_dump_json() == read(reader, text).model_dump_json()
    assert read(Reader.load(), text) == read(reader, text)


def test_a_reading_is_the_same_after_its_json(reader: Reader):
    reading = read(reader, TEMPLATE.format(a="Hezbollah", b="The Syrian Army"))
    assert Reading.model_validate(json.loads(reading.model_dump_json())) == reading


VOCABULARY = (
    'the army said 12 soldiers died in Kano on Friday . , " “ ” ( ) BLA 40,000 dozens of no one was killed \n\n '
    "denied reportedly \u200b \u202e שלום 💥 é he it group responsibility for attack, according to ministry's"
)
WORDS = st.sampled_from(VOCABULARY.split(" "))


@given(st.one_of(st.text(max_size=400), st.lists(WORDS, max_size=80).map(" ".join)))
@settings(max_examples=60)
def test_any_text_is_read_and_evidence_matches(text: str):
    reading = read(_READER, text)
    for claim in reading.claims:
        assert text[claim.evidence.start : claim.evidence.end] == claim.evidence.quote
        if claim.source.mention is not None:
            start = claim.source.mention_start
            assert start is not None
            assert text[start : start + len(claim.source.mention)] == claim.source.mention
    for found in (*reading.times, *reading.places):
        assert found.evidence is not None
        assert text[found.evidence.start : found.evidence.end] == found.evidence.quote


_READER = Reader.load()


def test_an_empty_text_holds_nothing(reader: Reader):
    assert read(reader, "").claims == ()


def test_without_a_day_of_publication_relative_days_stay_unknown(reader: Reader):
    reading = read(reader, "Gunmen killed three farmers on Tuesday, police said.", day=None)
    assert all(time.first is None for time in reading.times)
    assert all(incident.day is None for incident in reading.incidents)
