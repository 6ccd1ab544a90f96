"""The words of claims marked in a report's text; and the differences and likenesses of two texts."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from variorum.dossier.wording import gist, source_name
from variorum.model import Certainty, Claim, Passage

CERTAINTY_SIGNS = {
    Certainty.STATED: "",
    Certainty.HEDGED: "~",
    Certainty.DENIED: "¬",
    Certainty.CONDITIONAL: "if",
    Certainty.THREATENED: "!",
    Certainty.UNVERIFIED: "?",
}
"""How a mark tells certainty, besides its form."""

_WORD = re.compile(r"\w+\s*|[^\w\s]+\s*|\s+")
_MOST_WORDS = 8_000
"""Words of both texts up to which differences are told word by word; beyond, line by line."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A claim as it is marked in the text: its number, its source's letter, its sign of certainty."""

    number: int
    claim: Claim
    letter: str

    @property
    def sign(self) -> str:
        """The sign of its certainty."""
        return CERTAINTY_SIGNS[self.claim.certainty]

    @property
    def gist(self) -> str:
        """What it says in a few words."""
        return gist(self.claim)

    @property
    def source(self) -> str:
        """Who says it."""
        return source_name(self.claim.source.party)


@dataclass(frozen=True, slots=True)
class Run:
    """Characters of a text that the same claims cover; `ends` are those whose words end here."""

    start: int
    text: str
    covering: tuple[Mark, ...] = ()
    begins: tuple[Mark, ...] = ()
    ends: tuple[Mark, ...] = ()

    @property
    def kinds(self) -> str:
        """The kinds of the claims and their certainties, as classes."""
        told = [f"is-{mark.claim.kind}" for mark in self.covering]
        if self.covering and all(mark.claim.certainty is not Certainty.STATED for mark in self.covering):
            told.append("unsure")
        return " ".join(dict.fromkeys(told))


def marks_of(claims: Iterable[Claim]) -> tuple[Mark, ...]:
    """Claims with numbers in their order; sources have letters in the order in which they come."""
    letters: dict[str, str] = {}
    found = []
    for number, claim in enumerate(claims, start=1):
        letter = letters.setdefault(claim.source.party, _letter(len(letters)))
        found.append(Mark(number, claim, letter))
    return tuple(found)


def marked(text: str, marks: Sequence[Mark]) -> list[list[Run]]:
    """A text as paragraphs of runs; every character that is no line break is in exactly one."""
    paragraphs = []
    begun: set[int] = set()
    position = 0
    for line in text.split("\n"):
        end = position + len(line)
        if line.strip():
            paragraphs.append(_runs(text, position, end, marks, begun))
        position = end + 1
    return paragraphs


def _runs(text: str, start: int, end: int, marks: Sequence[Mark], begun: set[int]) -> list[Run]:
    here = [one for one in marks if one.claim.evidence.start < end and one.claim.evidence.end > start]
    cuts = {start, end}
    for one in here:
        cuts |= {max(start, one.claim.evidence.start), min(end, one.claim.evidence.end)}
    runs = []
    for first, last in pairwise(sorted(cuts)):
        covering = tuple(o for o in here if o.claim.evidence.start < last and o.claim.evidence.end > first)
        begins = tuple(one for one in covering if one.number not in begun)
        begun.update(one.number for one in begins)
        blank = len(text[last:]) - len(text[last:].lstrip())
        ends = tuple(one for one in covering if first < one.claim.evidence.end <= last + blank)
        if last < end:
            ends = tuple(one for one in ends if one.claim.evidence.end <= last)
        runs.append(Run(first, text[first:last], covering, begins, ends))
    return runs


def _letter(number: int) -> str:
    """a, b, … z, aa, ab, …"""
    told = ""
    while number >= 0:
        told = chr(ord("a") + number % 26) + told
        number = number // 26 - 1
    return told


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a text: `same`, `gone` from the first or `new` in the second."""

    kind: str
    text: str


def differences(before: str, after: str) -> list[Part]:
    """One text with the differences of another marked, by words (`difflib.SequenceMatcher`)."""
    a, b = _WORD.findall(before), _WORD.findall(after)
    if len(a) + len(b) > _MOST_WORDS:
        a, b = before.splitlines(keepends=True), after.splitlines(keepends=True)
    found: list[Part] = []
    for verb, a1, a2, b1, b2 in difflib.SequenceMatcher(None, a, b, autojunk=False).get_opcodes():
        if verb == "equal":
            found.append(Part("same", "".join(a[a1:a2])))
            continue
        if a2 > a1:
            found.append(Part("gone", "".join(a[a1:a2])))
        if b2 > b1:
            found.append(Part("new", "".join(b[b1:b2])))
    return found


def shared(text: str, passages: Iterable[Passage], *, here: bool) -> list[Part]:
    """A text with the passages that it shares with another marked."""
    spans = sorted((p.here.start, p.here.end) if here else (p.there.start, p.there.end) for p in passages)
    found: list[Part] = []
    at = 0
    for start, end in spans:
        start = max(start, at)
        if end <= start:
            continue
        found += [Part("same", text[at:start]), Part("shared", text[start:end])]
        at = end
    return [part for part in (*found, Part("same", text[at:])) if part.text]
