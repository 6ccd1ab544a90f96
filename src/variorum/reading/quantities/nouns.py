"""Finds the counted noun after a number without a parser: people, things, or nothing visible."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from variorum.reading.people import person_nouns
from variorum.reading.quantities.lexicon import number_words, things, words
from variorum.reading.quantities.tokens import Tokens

_REACH = 12
_HYPHENS = frozenset("-–—‑")


@dataclass(frozen=True, slots=True)
class CountedNoun:
    """The noun phrase after a number, tokens `first` to `last` (exclusive).

    `verdict`: people, things, state (a bare word of what happened to them: "12 dead"), other (a noun the
    lexicon does
    not know), or none. `singular`, `plural`: the numbers that the head can have.
    """

    verdict: Literal["people", "things", "state", "other", "none"]
    first: int
    last: int
    singular: bool = False
    plural: bool = False


def age_phrase(tokens: Tokens, index: int) -> int | None:
    """The token after an age used as noun or adjective ("15-year-old", "two year olds"), from `index`;
    else None."""
    if tokens.kind(index) == "number":
        after = index + 1
    elif number_words().get(tokens.word(index), ("",))[0] in ("unit", "ten"):
        after = index + 1
        if tokens.word(after) in _HYPHENS and number_words().get(tokens.word(after + 1), ("",))[0] == "unit":
            after += 2
    else:
        return None
    if tokens.word(after) in _HYPHENS:
        after += 1
    if tokens.word(after) not in words("age_after"):
        return None
    after += 1
    if tokens.word(after) in _HYPHENS:
        after += 1
    return after + 1 if tokens.word(after) in ("old", "olds") else None


def _partitive(tokens: Tokens, index: int) -> int | None:
    """The token after "of the", "of its", "of", where a partitive begins at `index`; None if none does."""
    if tokens.word(index) != "of":
        return None
    after = index + 1
    for _ in range(2):
        if tokens.word(after) in (
            "the",
            "these",
            "those",
            "its",
            "their",
            "his",
            "her",
            "our",
            "my",
            "your",
            "all",
        ):
            after += 1
    return after


def counted_noun(tokens: Tokens, index: int, singular_only: bool = False) -> CountedNoun:
    """The noun counted by a number that ends before token `index`.

    `singular_only` asks for a singular head, as after an article; words that only modify another noun there
    ("a police statement") are then not taken for a head.
    """
    start = index
    if tokens.word(start) in _HYPHENS and tokens.touches(start):
        start += 1
    while start - index < 3 and tokens.word(start) in (
        "more",
        "other",
        "others",
        "further",
        "additional",
        "such",
        "new",
    ):
        if tokens.word(start) == "others":
            return CountedNoun("people", start, start + 1, plural=True)
        start += 1
    partitive = _partitive(tokens, start)
    if partitive is not None:
        start = partitive
        if tokens.word(start) in ("them", "whom", "us", "these", "those", "which", "you"):
            return CountedNoun("none", start, start)
    return _head(tokens, start, singular_only)


def _head(tokens: Tokens, start: int, singular_only: bool) -> CountedNoun:
    nouns, objects, stops, states = person_nouns(), things(), words("stop"), words("state")
    head: int | None = None
    thing: int | None = None
    other: int | None = None
    aged: int | None = None
    at = start
    while at < start + _REACH:
        word, kind = tokens.word(at), tokens.kind(at)
        age = age_phrase(tokens, at)
        if age is not None and head is None:
            at, aged = age, age
            continue
        if (
            kind in ("number", "blob")
            and other is not None
            and head is None
            and tokens.word(at - 1) in _HYPHENS
        ):
            # "four Mi-35", "136 AK-47": the name of a model.
            return CountedNoun("things", start, at + 1)
        if kind in ("gap", "number") or word in (".", ";", ":", "!", "?", ")", "]", "(", "/"):
            if word == "." and head is None and thing is None and _abbreviation(tokens, at):
                at += 1
                continue
            break
        if kind == "mark":
            if word in _HYPHENS and tokens.touches(at) and tokens.touches(at + 1):
                at += 1
                continue
            if word == "[" and tokens.word(at + 2) == "]":
                at += 3
                continue
            if word in "\"“”'‘’" and head is None:
                at += 1
                continue
            if word == "," and head is None and other is not None and _leads_to_people(tokens, at + 1):
                at += 1
                continue
            break
        if kind == "possessive":
            head = thing = None
            at += 1
            continue
        noun = nouns.get(word)
        if word in states:
            if head is None and _leads_to_people(tokens, at + 1):
                at += 1
                continue
            if head is None and thing is None and other is None:
                return CountedNoun("state", at, at + 1, singular=True, plural=True)
            break
        if noun is not None:
            head, thing = at, None
            if (
                noun.plural
                and not noun.singular
                and word not in words("collective")
                and tokens.word(at + 1) not in nouns
            ):
                break
        elif word in objects:
            if head is not None and word in words("verb_too"):
                break
            thing = at
        elif word in stops and not (
            word == "other" or (tokens.word(at + 1) in _HYPHENS and tokens.touches(at + 1))
        ):
            break
        elif head is not None or thing is not None:
            if head is None and _leads_to_people(tokens, at):
                other, thing = at, None
                at += 1
                continue
            if head is not None and singular_only and _modifies(tokens, head):
                other, head = at, None
            break
        elif word.endswith("ed") and not _leads_to_people(tokens, at + 1):
            break
        else:
            other = at
        at += 1
    return _verdict(tokens, start, head, thing, other, aged)


def _verdict(
    tokens: Tokens, start: int, head: int | None, thing: int | None, other: int | None, aged: int | None
) -> CountedNoun:
    if thing is not None:
        return CountedNoun("things", start, thing + 1)
    if head is not None:
        noun = person_nouns()[tokens.word(head)]
        return CountedNoun("people", start, head + 1, singular=noun.singular, plural=noun.plural)
    if aged is not None:
        many = tokens.word(aged - 1) == "olds"
        return CountedNoun("people", start, aged, singular=not many, plural=many)
    if other is not None:
        return CountedNoun("other", start, other + 1, singular=True, plural=True)
    return CountedNoun("none", start, start)


def _abbreviation(tokens: Tokens, at: int) -> bool:
    before = tokens.raw[at - 1]
    return before[:1].isupper() and len(before) <= 3 and tokens.touches(at)


def _leads_to_people(tokens: Tokens, at: int) -> bool:
    """Whether a noun for people follows within four words, with nothing but adjectives before it."""
    nouns, stops = person_nouns(), words("stop")
    for step in range(at, at + 4):
        word = tokens.word(step)
        if word in nouns and word not in words("state"):
            return True
        if (tokens.kind(step) not in ("word", "initials") and word not in _HYPHENS) or word in stops:
            return False
    return False


def _modifies(tokens: Tokens, head: int) -> bool:
    """Whether the noun at `head` may only modify the unknown word after it ("a police statement", "the local Red Cross")."""
    word = tokens.word(head + 1)
    if tokens.word(head) in words("adjective"):
        return tokens.kind(head + 1) == "word"
    plain = tokens.kind(head + 1) == "word" and "'" not in word and not word.endswith(("ed", "ing", "ly"))
    if tokens.raw[head][:1].isupper():  # a nationality: "an Israeli air strike", but "an Israeli was killed"
        return plain and word not in words("stop") | words("outcome")
    return plain and tokens.raw[head + 1][:1].islower() and tokens.word(head) in words("modifier")
