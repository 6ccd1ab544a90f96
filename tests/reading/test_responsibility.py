"""Who did it: the grammar's candidates, with attributions given by hand."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from variorum.model import Stance
from variorum.reading.attribution import Said
from variorum.reading.responsibility import find_claims
from variorum.reading.responsibility_words import sentences

Row = tuple[str | None, str, Stance | None]


def _at(text: str, words: str) -> tuple[int, int]:
    start = text.index(words)
    return start, start + len(words)


def _claims(text: str, names: list[str], said: list[tuple[str, str, str]] | None = None) -> list[Row]:
    told = [Said((_at(text, s),), _at(text, c), (_at(text, w),), 0.9) for s, c, w in said or []]
    found = find_claims(text, told, [_at(text, n) for n in names])
    return [
        (text[slice(*f.source)] if f.source else None, text[slice(*f.actor)] if f.actor else "", f.stance)
        for f, _, _ in found
    ]


def test_claiming_responsibility() -> None:
    text = "The Hill Liberation Front claimed responsibility for the bombing."
    front = "The Hill Liberation Front"
    assert (front, front, Stance.CLAIMS) in _claims(text, ["Hill Liberation Front"])


def test_claimed_by() -> None:
    text = "The bombing was claimed by the Hill Liberation Front."
    front = "the Hill Liberation Front"
    assert (front, front, Stance.CLAIMS) in _claims(text, ["Hill Liberation Front"])


def test_no_group_has_claimed() -> None:
    assert not [c for c in _claims("No group has claimed responsibility.", []) if c[2] is Stance.CLAIMS]


def test_blaming() -> None:
    text = "The ministry blamed Ruritania for the explosion."
    assert ("The ministry", "Ruritania", Stance.ACCUSES) in _claims(text, ["Ruritania"])


def test_attributed_deed_accuses() -> None:
    text = "Villagers said Ruritanian troops attacked the mill."
    rows = _claims(text, [], [("Villagers", "said", "Ruritanian troops attacked the mill")])
    assert ("Villagers", "Ruritanian troops", Stance.ACCUSES) in rows


def test_own_deed_is_claimed() -> None:
    text = "Ruritania said it had bombed the depot."
    rows = _claims(text, ["Ruritania"], [("Ruritania", "said", "it had bombed the depot")])
    assert ("Ruritania", "Ruritania", Stance.CLAIMS) in rows


def test_unattributed_deed_is_reported() -> None:
    assert (None, "Ruritanian troops", Stance.REPORTS) in _claims("Ruritanian troops attacked the mill.", [])


def test_denying_involvement() -> None:
    text = "Ruritania denied involvement in the attack."
    assert ("Ruritania", "Ruritania", Stance.DENIES) in _claims(text, ["Ruritania"])


@given(st.text(max_size=200))
def test_any_text_can_be_read(text: str) -> None:
    for finding, _, _ in find_claims(text, (), ()):
        assert 0 <= finding.span[0] < finding.span[1] <= len(text)


def test_loaded_words_are_read_as_their_plain_ones() -> None:
    (loaded,), (plain,) = sentences("Troops murdered farmers."), sentences("Troops killed farmers.")
    assert loaded.words == plain.words
    assert loaded.kinds == plain.kinds
