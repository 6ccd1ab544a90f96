"""What the words around a place name say of it: in what it lies, of what kind it is, how near it was."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from variorum.reading.places import lexicon
from variorum.reading.places.gazetteer import Gazetteer, Place
from variorum.reading.places.proposals import Proposal, Word

_WORD: Final = re.compile(r"[^\W_]+(?:[.'’\-][^\W_]+)*")
_FURTHEST: Final = 45
_LINKS: Final = frozenset(("in", "of", "the", "at"))


@dataclass(slots=True)
class Cues:
    """Of one proposal: keys of names said to contain it, countries whose people are named before
    it, levels that the word for its kind allows, and whether the text says near, not at, it."""

    containers: list[str] = field(default_factory=list)
    countries: list[str] = field(default_factory=list)
    levels: frozenset[str] = frozenset()
    near: bool = False


def read_cues(text: str, words: Sequence[Word], proposals: Sequence[Proposal]) -> list[Cues]:
    """The cues of each of the proposals, which are in order."""
    found = [_own_cues(text, words, p) for p in proposals]
    for i in range(len(proposals) - 1):
        a, b = proposals[i], proposals[i + 1]
        gap = text[a.end : b.start]
        if len(gap) > _FURTHEST or "\n\n" in gap:
            continue
        if _holds_former(gap):
            found[i].containers.append(b.key)
            if i + 2 < len(proposals) and _holds_former(text[b.end : proposals[i + 2].start]):
                found[i].containers.append(proposals[i + 2].key)
        elif _holds_latter(gap):
            found[i + 1].containers.append(a.key)
    return found


def contains(container: Place, inner: Place, gazetteer: Gazetteer) -> bool:
    """Whether a country or division holds another place."""
    if container.number == inner.number:
        return False
    if container.level == "country":
        return container.country == inner.country
    return container.number in (inner.admin1, inner.admin2)


def _own_cues(text: str, words: Sequence[Word], p: Proposal) -> Cues:
    cues = Cues()
    after = words[p.last] if p.last < len(words) else None
    kinds = lexicon.designated_levels()
    if after and after.lower in kinds and text[p.end : after.start].isspace():
        cues.levels = kinds[after.lower]
    before = list(words[max(0, p.first - 5) : p.first])
    if before and text[before[-1].end : p.start].strip():
        before = []
    while before and before[-1].lower in ("the", *lexicon.words("parts")):
        before.pop()
    if before and before[-1].lower in lexicon.words("near"):
        cues.near = True
    if len(before) > 1 and before[-1].lower == "of":
        if before[-2].lower in kinds:
            cues.levels = kinds[before[-2].lower]
        if before[-2].lower in ("kilometers", "kilometres", "km", "miles", *lexicon.words("parts")):
            cues.near = True
    for word in before[-4:]:
        country = lexicon.demonyms().get(word.form)
        if country and before[-1].lower != "and":
            cues.countries.append(country)
    return cues


def _plain(gap: str) -> list[str] | None:
    """The lower-case words of a gap if all can stand between a place and what holds it, else None."""
    kinds, parts, peoples = lexicon.designated_levels(), lexicon.words("parts"), lexicon.demonyms()
    words = _WORD.findall(gap)
    for word in words:
        low = word.lower()
        if low not in _LINKS and low not in kinds and low not in parts and word not in peoples:
            return None
    return [word.lower() for word in words]


def _holds_former(gap: str) -> bool:
    """Whether the name after the gap holds the one before: ", ", " (", " in ", " district of "."""
    marks = _WORD.sub("", gap).strip()
    if marks not in ("", ",", "(", ".,", ".", ", ,") or (marks == "." and gap[:1] != "."):
        return False
    words = _plain(gap)
    return (
        words is not None
        and marks != "."
        and ("," in marks or "(" in marks or "in" in words or "of" in words)
    )


def _holds_latter(gap: str) -> bool:
    """Whether the name before the gap holds the one after: "'s ", "'s northern ", " province's "."""
    if not re.match(r"[^,.;()]{0,20}['’]s?\s", gap):
        return False
    return _plain(re.sub(r"['’]s?\s", " ", gap, count=1)) is not None
