"""Accounts whose verb makes the statement."""

from __future__ import annotations

import numpy as np
import pytest

from variorum.model import Span
from variorum.reading.attribution import Said
from variorum.reading.encoder.session import Encoded
from variorum.reading.encoder.windows import pieces_of, windows_of
from variorum.reading.speech_acts import find_acts

TEXT = "The Harbour Front fiercely rejected this account of the raid. The mayor said that the quay was calm."


def encoded(text: str) -> Encoded:
    pieces = pieces_of(text)
    nothing = np.zeros((len(pieces.ids), 384), dtype=np.float32)
    return Encoded(text, pieces, tuple(windows_of(text, pieces)), nothing, nothing[:1])


def span(words: str) -> Span:
    start = TEXT.index(words)
    return start, start + len(words)


def said(source: str, cue: str, content: str) -> Said:
    return Said((span(source),) if source else (), span(cue), (span(content),), 0.9)


def words(found: Encoded, *attributions: Said, taken: tuple[Span, ...] = ()) -> list[str]:
    return [TEXT[slice(*found.span(t.first, t.last))] for t in find_acts(found, attributions, taken)]


@pytest.fixture
def seen() -> Encoded:
    return encoded(TEXT)


def test_the_verb_is_part_of_what_is_said(seen: Encoded) -> None:
    refusal = said("The Harbour Front", "fiercely rejected", "this account of the raid")
    assert words(seen, refusal) == ["fiercely rejected this account of the raid"]


def test_a_verb_that_only_reports_makes_no_account(seen: Encoded) -> None:
    assert words(seen, said("The mayor", "said", "the quay was calm")) == []


def test_nothing_is_told_twice_or_without_a_source(seen: Encoded) -> None:
    refusal = said("The Harbour Front", "rejected", "this account of the raid")
    assert words(seen, refusal, taken=(span("account"),)) == []
    assert words(seen, said("", "rejected", "this account of the raid")) == []
