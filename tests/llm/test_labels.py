from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from variorum.llm.labels import sheet_of
from variorum.reading.encoder.names import names_in

PARTIES = (
    "Reedlands Liberation Front",
    "Velmark Army",
    "Harbour Union",
    "Lowmere Police",
    "Taliban",
    "Hamas",
)
PLAIN = (
    "said",
    "that",
    "a",
    "shell",
    "killed",
    "12",
    "soldiers",
    "in",
    "Delta",
    "alpha",
    "terrorists",
    "Kenya",
    "’",
    "\n",
    ".",
)
words = st.lists(st.sampled_from(PARTIES + PLAIN), max_size=25).map(" , ".join)


@given(words)
def test_every_stretch_that_is_shown_leads_back_to_its_own_words(text: str) -> None:
    names = names_in(text)
    sheet = sheet_of(text, names)
    covered = {(mask.start, mask.end) for mask in names}
    for word in re.finditer(r"\w+", sheet.text):
        found = sheet.in_report(*word.span())
        assert found is not None
        said = text[slice(*found)]
        assert said == word[0] or found in covered or said.lower() == "terrorists"
    assert sheet.in_report(0, len(sheet.text)) == (0, len(text)) if text else True


@given(words)
def test_no_label_stands_for_two_and_none_is_a_word_of_the_report(text: str) -> None:
    names = names_in(text)
    sheet = sheet_of(text, names)
    labels = {name.key: sheet.text[slice(*sheet.shown.span(name.start, name.end))] for name in names}
    parties = {
        key: label for key, label in labels.items() if key in {n.key for n in names if n.kind == "party"}
    }
    assert len(set(parties.values())) == len(parties)
    rest = text
    for name in reversed(names):
        rest = rest[: name.start] + " " + rest[name.end :]
    assert not set(map(str.lower, parties.values())) & set(re.findall(r"\w+", rest.lower()))


@given(words, st.permutations(PARTIES[:4]))
def test_renaming_the_parties_changes_nothing_that_is_shown(text: str, order: list[str]) -> None:
    renamed = re.sub("|".join(PARTIES[:4]), lambda found: order[PARTIES.index(found[0])], text)
    assert sheet_of(renamed, names_in(renamed)).text == sheet_of(text, names_in(text)).text


def test_labels_the_other_way_are_the_same_labels_for_other_parties() -> None:
    text = "Hamas blamed Velmark Army, and Lowmere Police blamed Hamas."
    one, other = (sheet_of(text, names_in(text), backward=way).text for way in (False, True))
    assert one == "Alpha blamed Beta, and Gamma blamed Alpha."
    assert other == "Gamma blamed Beta, and Alpha blamed Gamma."


def test_more_parties_than_labels_still_have_one_each() -> None:
    names = [
        f"{first}{last} Front"
        for first in ("Ost", "West", "Nord", "Sud", "Mar")
        for last in ("fell", "mark", "hal", "bro", "by")
    ]
    text = ". ".join(f"The {name} spoke" for name in names)
    sheet = sheet_of(text, names_in(text))
    labels = re.findall(r"The (\w+) spoke", sheet.text)
    assert len(labels) == len(set(labels)) == 25
