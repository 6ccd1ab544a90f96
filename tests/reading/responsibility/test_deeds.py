"""What the grammar of deeds makes of a sentence."""

from __future__ import annotations

import pytest

from variorum.reading.responsibility.deeds import is_denied, is_negated, matches_in
from variorum.reading.responsibility.mentions import Named, mentions_in
from variorum.reading.responsibility.words import sentences

FRONT = "Hill Liberation Front"


def _matches(text: str, name: str) -> list[tuple[str, str, bool, bool]]:
    names = [Named(text.index(name), text.index(name) + len(name), "party", name)]
    (sentence,) = sentences(text, [(n.start, n.end) for n in names])
    found = matches_in(sentence, list(mentions_in(sentence, names)))
    return [
        (text[slice(*m.actor.span)], m.pattern, is_negated(sentence, m), is_denied(sentence, m))
        for m in found
    ]


@pytest.mark.parametrize(
    ("text", "pattern"),
    [
        ("The Hill Liberation Front claimed responsibility for the bombing.", "claim"),
        ("The bombing was claimed by the Hill Liberation Front.", "claim-by"),
        ("The ministry blamed the Hill Liberation Front for the explosion.", "blame"),
        ("The Hill Liberation Front denied involvement in the attack.", "deny"),
        ("Four huts were shelled by the Hill Liberation Front.", "act-by"),
        ("Villagers fled when the Hill Liberation Front attacked the mill.", "act"),
        ("The blast was the work of the Hill Liberation Front.", "made"),
    ],
)
def test_forms(text: str, pattern: str) -> None:
    assert (FRONT, pattern) in {(who[-len(FRONT) :], found) for who, found, _, _ in _matches(text, FRONT)}


def test_what_is_not_so() -> None:
    ((_, _, negated, denied),) = _matches("The Hill Liberation Front did not attack the mill.", FRONT)
    assert negated
    assert not denied
    found = _matches("The army denied that the Hill Liberation Front attacked the mill.", FRONT)
    assert any(denied for who, _, _, denied in found if who.endswith(FRONT))
