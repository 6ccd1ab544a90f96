"""Stretches of a text that may name a place, from the tagger's names and from the gazetteer."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from variorum.reading.places import lexicon
from variorum.reading.places.gazetteer import Gazetteer
from variorum.reading.places.mention import NameSpan
from variorum.reading.places.names import name_key

# A hyphen joins words, but not the tail of "Canada-wide" or "Zurich-based".
_WORD: Final = re.compile(r"[^\W_]+(?:(?:[.'’]|-(?![a-z]{3,}(?![\w-])))[^\W_]+)*")
_POSSESSIVE: Final = re.compile(r"['’][sS]?$")
LONGEST_NAME: Final = 5


@dataclass(frozen=True, slots=True)
class Word:
    """A word of the text: its characters, its form and its form in lower case."""

    start: int
    end: int
    form: str
    lower: str


@dataclass(frozen=True, slots=True)
class Proposal:
    """Characters start..end that may name a place.

    `first` and `last` number its first word and the one after its last. `key` is the name key to
    look it up by, "" where the gazetteer has none. `cover` is the label of the tagger's name it
    lies in, "none" without; `leads` and `fills` whether it begins and whether it is all of that
    name. `part` is whether a word such as "northern" narrows it.
    """

    start: int
    end: int
    first: int
    last: int
    key: str
    cover: str
    leads: bool
    fills: bool
    part: bool
    score: float


def split_words(text: str) -> list[Word]:
    """The words of a text; points, hyphens and apostrophes within a word belong to it."""
    return [Word(m.start(), m.end(), m.group(), m.group().lower()) for m in _WORD.finditer(text)]


def propose(
    text: str, words: Sequence[Word], names: Sequence[NameSpan], gazetteer: Gazetteer
) -> list[Proposal]:
    """All proposals, in order, without overlaps."""
    cover: list[NameSpan | None] = [None] * len(words)
    starts = {word.start: i for i, word in enumerate(words)}
    spans: list[tuple[int, int, NameSpan]] = []
    for name in sorted(names, key=lambda n: (n.start, -n.end)):
        first = next(
            (starts[i] for i in range(max(0, name.start), min(name.end, len(text))) if i in starts), None
        )
        if first is None or cover[first] is not None:
            continue
        last = first
        while last < len(words) and words[last].end <= name.end + 2 and words[last].start < name.end:
            cover[last] = name
            last += 1
        if last > first:
            spans.append((first, last, name))
    found: list[Proposal] = []
    taken = [False] * len(words)
    for first, last, name in spans:
        if name.label == "place":
            for a, b in _split_at_commas(text, words, first, last):
                if proposal := _from_tagger(text, words, a, b, name, gazetteer):
                    found.append(proposal)
                taken[a:b] = [True] * (b - a)
    found.extend(_from_gazetteer(text, words, cover, taken, gazetteer))
    return sorted(found, key=lambda p: p.start)


def _split_at_commas(text: str, words: Sequence[Word], first: int, last: int) -> Iterator[tuple[int, int]]:
    begin = first
    for i in range(first, last - 1):
        if "," in text[words[i].end : words[i + 1].start]:
            yield begin, i + 1
            begin = i + 1
    yield begin, last


def _from_tagger(
    text: str, words: Sequence[Word], first: int, last: int, name: NameSpan, gazetteer: Gazetteer
) -> Proposal | None:
    """The tagger's place without its article, with the key of the name or of the name within it."""
    begin = first
    if begin < last - 1 and words[begin].lower == "the":
        begin += 1
    start, end = words[begin].start, _end_of(text, words[last - 1])
    key = _key(text[start:end])
    part = False
    inner = begin
    while not gazetteer.has_key(key) and inner < last - 1 and words[inner].lower in lexicon.words("parts"):
        inner, part = inner + 1, True
        key = _key(text[words[inner].start : end])
    if (
        not gazetteer.has_key(key)
        and last - inner > 1
        and words[last - 1].lower in lexicon.designated_levels()
    ):
        key = _key(text[words[inner].start : words[last - 2].end])
    if not gazetteer.has_key(key):
        key, part = "", False
    if inner == begin and begin and words[begin - 1].lower in lexicon.words("parts"):
        part = text[words[begin - 1].end : start].isspace()
    fills = begin <= first + 1 and name.end - end <= 2
    return Proposal(start, end, begin, last, key, "place", begin == first, fills, part, name.score)


def _from_gazetteer(
    text: str,
    words: Sequence[Word],
    cover: Sequence[NameSpan | None],
    taken: Sequence[bool],
    gazetteer: Gazetteer,
) -> Iterator[Proposal]:
    """The longest names of the gazetteer that begin with a capital, outside the tagger's places."""
    i = 0
    while i < len(words):
        step = 1
        if not taken[i] and words[i].form[0].isupper() and not _only_article(words, i):
            for size in range(_reach(text, words, cover, taken, i), 0, -1):
                end = _end_of(text, words[i + size - 1])
                key = _key(text[words[i].start : end])
                if key and gazetteer.has_key(key) and len(key) > 1:
                    yield _within(text, words, i, i + size, key, end, cover[i])
                    step = size
                    break
        i += step


def _within(
    text: str, words: Sequence[Word], first: int, last: int, key: str, end: int, name: NameSpan | None
) -> Proposal:
    start = words[first].start
    begins = name is not None and (
        name.start >= start or (words[first - 1].lower == "the" and words[first - 1].start >= name.start)
    )
    part = first > 0 and words[first - 1].lower in lexicon.words("parts")
    return Proposal(
        start,
        end,
        first,
        last,
        key,
        name.label if name else "none",
        begins,
        begins and name is not None and name.end - end <= 2,
        part,
        name.score if name else 1.0,
    )


def _only_article(words: Sequence[Word], i: int) -> bool:
    return words[i].lower in ("the", "a", "an")


def _reach(
    text: str, words: Sequence[Word], cover: Sequence[NameSpan | None], taken: Sequence[bool], i: int
) -> int:
    """How many words from `i` on can be one name: same tagger's name, only spaces or a point between."""
    size = 1
    while size < LONGEST_NAME and i + size < len(words):
        gap = text[words[i + size - 1].end : words[i + size].start]
        if (
            taken[i + size]
            or cover[i + size] is not cover[i]
            or gap.strip(" .\u00a0")
            or "\n" in gap
            or not gap
        ):
            break
        if "." in gap and len(words[i + size - 1].form) > 3:
            break
        size += 1
    while size > 1 and not words[i + size - 1].form[0].isupper():
        size -= 1
    return size


def _end_of(text: str, word: Word) -> int:
    """Where a name that ends in `word` ends: before a possessive, after the point of an abbreviation."""
    if found := _POSSESSIVE.search(word.form):
        return word.start + found.start()
    if text[word.end : word.end + 1] == "." and (
        "." in word.form or word.lower in lexicon.words("abbreviations")
    ):
        return word.end + 1
    return word.end


def _key(name: str) -> str:
    return name_key(_POSSESSIVE.sub("", name))
