"""Words that may name who did it: names, forces with or without one, pronouns."""

from __future__ import annotations

import calendar
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from variorum.model import Span
from variorum.reading.people import person_nouns
from variorum.reading.responsibility.words import Sentence, sign

ARTICLES = frozenset(("the", "a", "an", "its", "their", "his", "her", "our", "this", "these"))
_CALENDAR = frozenset(word.lower() for word in (*calendar.day_name, *calendar.month_name))
BARE = frozenset(("the", "a", "an", "this", "these"))
"""Articles that belong to the words for a party; "its troops" are "troops" of somebody named before."""


@dataclass(frozen=True, slots=True)
class Named:
    """A name in the text. `kind` is party, country, people, person, organisation or nationality; `key` is equal for
    names of one party."""

    start: int
    end: int
    kind: str
    key: str


@dataclass(frozen=True, slots=True)
class Mention:
    """Words first..last of a sentence that may name who did it.

    `kind` is that of the first name in them, or "described" (a force without a name), "capital" (a force behind
    unknown capitalised words) or "pronoun". `owner` tells a possessive ending; `key` is equal for mentions of one name.
    """

    first: int
    last: int
    span: Span
    kind: str
    owner: bool
    key: str

    @property
    def pronoun(self) -> bool:
        """Whether it is a pronoun."""
        return self.kind == "pronoun"


def mentions_in(s: Sentence, names: Sequence[Named]) -> Iterator[Mention]:
    """The mentions of a sentence in order, given the names that touch it, in order."""
    at = _names_of_words(s, names)
    i = 0
    while i < len(s.words):
        end, kind, key = _named(s, at, i)
        if end == i and sign("pronoun", s.words[i]):
            yield Mention(i, i, s.spans[i], "pronoun", sign("possessive", s.words[i]), s.words[i])
            i += 1
            continue
        end = _with_force(s, i, end, bool(kind) and at[end - 1] is not None and _adjective(at[end - 1]))
        if end == i:
            i += 1
            continue
        first = i - 1 if i and s.words[i - 1] in BARE else i
        span = (s.spans[first][0], s.ends[end - 1])
        yield Mention(
            first, end - 1, span, kind or "described", s.owner[end - 1], key or " ".join(s.words[i:end])
        )
        i = end


def _adjective(name: Named | None) -> bool:
    return name is not None and name.kind in ("people", "nationality", "country")


def _names_of_words(s: Sentence, names: Sequence[Named]) -> list[Named | None]:
    found: list[Named | None] = []
    k = 0
    for start, end in s.spans:
        while k < len(names) and names[k].end <= start:
            k += 1
        found.append(names[k] if k < len(names) and names[k].start < end else None)
    return found


def _named(s: Sentence, at: Sequence[Named | None], i: int) -> tuple[int, str, str]:
    """Where names that begin at word i end, and the kind and key of the first; i where there is none."""
    end = i
    while end < len(s.words) and at[end] is not None:
        new = end > i and at[end] is not at[end - 1]
        before = at[end - 1] if end > i else None
        if new and before is not None and (s.owner[end - 1] or before.kind == "person"):
            break
        end += 1
    first = at[i]
    if first is not None:
        return _whole_name(s, at, end), first.kind, first.key
    if s.capital[i] and not s.kinds[i] and s.words[i] not in ARTICLES and s.words[i].isalpha():
        over = i
        while over < len(s.words) and over < i + 4 and s.capital[over] and not s.kinds[over]:
            over += 1
        if over > i and fights(s, over) and not sign("pronoun", s.words[i]):
            return over, "capital", " ".join(s.words[i : over + 1])
    return i, "", ""


def _whole_name(s: Sentence, at: Sequence[Named | None], end: int) -> int:
    """Where a name ends of which the tagger saw the beginning: "Southern" of "the Southern Column"."""
    last = at[end - 1]
    if last is None or last.kind not in ("nationality", "people", "organisation") or s.owner[end - 1]:
        return end
    while end < len(s.words) and s.capital[end] and at[end] is None and s.words[end] not in _CALENDAR:
        if s.spans[end][0] - s.ends[end - 1] != 1 or not s.words[end].isalpha():
            break
        end += 1
    return end


def _with_force(s: Sentence, start: int, end: int, adjective: bool) -> int:
    """Where the words for a force behind a name end ("Ruritanian special forces"); `end` where there are none."""
    if end > start and s.owner[end - 1]:
        return end
    for gap in (0, 1, 2) if adjective else (0,):
        if fights(s, end + gap) and all(_describes(s, k) for k in range(end, end + gap)):
            end += gap
            break
    while fights(s, end):
        end = s.last[end] + 1
    return end


def _describes(s: Sentence, i: int) -> bool:
    deed = s.kinds[i] & {"act", "deed", "helper", "not", "blame", "deny", "claim", "means"}
    return s.words[i].isalpha() and not deed and not sign("link", s.words[i])


def fights(s: Sentence, i: int) -> bool:
    """Whether word i is a noun for a force or for people who fight."""
    if not 0 <= i < len(s.words):
        return False
    if s.has(i, "force"):
        return True
    noun = person_nouns().get(s.words[i])
    return noun is not None and noun.group in ("militant", "security") and not s.has(i, "means")
