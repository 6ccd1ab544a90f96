"""Who may have done it: names, forces and pronouns of a sentence."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from variorum.reading.responsibility.mentions import Named, mentions_in
from variorum.reading.responsibility.words import NAME, sentences


def _named(text: str, names: dict[str, str]) -> list[Named]:
    found = [Named(text.index(n), text.index(n) + len(n), kind, n) for n, kind in names.items()]
    return sorted(found, key=lambda n: n.start)


def _mentions(text: str, names: dict[str, str]) -> list[tuple[str, str]]:
    named = _named(text, names)
    (sentence,) = sentences(text, [(n.start, n.end) for n in named])
    return [(text[slice(*m.span)], m.kind) for m in mentions_in(sentence, named)]


def test_a_name_takes_the_force_behind_it() -> None:
    text = "Ruritanian special forces shelled the mill, the Hill Front said."
    assert _mentions(text, {"Ruritanian": "people", "Hill Front": "party"}) == [
        ("Ruritanian special forces", "people"),
        ("the Hill Front", "party"),
    ]


def test_an_owner_stands_for_itself() -> None:
    assert _mentions("Ruritania's strike hit the depot.", {"Ruritania": "country"}) == [
        ("Ruritania", "country")
    ]


def test_forces_without_a_name_and_pronouns() -> None:
    assert _mentions("The gunmen fled, but they had killed nobody.", {}) == [
        ("The gunmen", "described"),
        ("they", "pronoun"),
    ]


def test_a_name_is_one_word_whichever_it_is() -> None:
    one, other = "Boko Haram attacked Ada.", "Ruritania attacked Ada."
    (first,) = sentences(one, [(0, 10), (20, 23)])
    (second,) = sentences(other, [(0, 9), (19, 22)])
    assert first.words == second.words == (NAME, "attacked", NAME, ".")


def test_loaded_words_are_read_as_their_plain_ones() -> None:
    (loaded,), (plain,) = sentences("Troops murdered farmers."), sentences("Troops killed farmers.")
    assert loaded.words == plain.words
    assert loaded.kinds == plain.kinds


@given(st.text(max_size=200))
def test_any_text_can_be_read(text: str) -> None:
    for sentence in sentences(text):
        for mention in mentions_in(sentence, []):
            assert 0 <= mention.span[0] < mention.span[1] <= len(text)


def test_a_name_of_which_the_tagger_saw_the_beginning_is_taken_whole() -> None:
    text = "The ministry accused the Southern Column of planting the mines on Southern Monday."
    assert ("the Southern Column", "nationality") in _mentions(text, {"Southern": "nationality"})
