"""The names that the encoder is not to see: parties and countries of the lexicon, and names a report defines itself."""

from __future__ import annotations

import re

from variorum.reading.encoder.masking import Name
from variorum.reading.parties.lexicon import KnownParty, Land, Lexicon, Sense, load_lexicon
from variorum.reading.parties.tokens import Words, words_of

_DEFINED = re.compile(r"[(\[]([A-Z][A-Za-z0-9-]{1,9})[)\]]")
_SMALL = frozenset(("of", "for", "the", "and", "al", "de", "la", "del", "in", "to", "ul", "e", "el"))
_LONGEST = 9


def names_in(text: str, lexicon: Lexicon | None = None) -> tuple[Name, ...]:
    """Names of parties and countries in a text, in order, without overlap.

    Besides the lexicon's names: capitalised names that end in a word for a body ("Free Highland Movement"), and acronyms
    that the text explains in brackets, wherever they stand afterwards.
    """
    lexicon = lexicon or load_lexicon()
    words = words_of(text, lexicon.abbreviations)
    found: list[Name] = []
    i = 0
    while i < len(words):
        size, senses = lexicon.at(words, i, len(words))
        known = _known(words, i, size, senses) if size else None
        end = i + size
        if known is None and words.capital[i] and (end := _body_name(words, i, lexicon)):
            known = ("party", " ".join(words.norm[i:end]))
        if known is None:
            i += 1
            continue
        found.append(
            Name(
                words.start[i],
                words.start[i] + len(words.surface(i, end)) if end == i + 1 else words.end[end - 1],
                known[1],
                known[0],
            )
        )
        i = max(end, i + 1)
    return tuple(sorted(_with_acronyms(text, found), key=lambda n: n.start))


def _known(words: Words, i: int, size: int, senses: list[Sense]) -> tuple[str, str] | None:
    """Kind and key of a phrase of the lexicon, if it is a name."""
    by_tag = {sense.tag: sense.value for sense in reversed(senses)}
    party = by_tag.get("party")
    if isinstance(party, KnownParty) and (
        words.lower_case or (words.capital[i] and words.capital[i + size - 1])
    ):
        return "party", party.name
    for tag, kind in (("people-of", "people"), ("land", "country"), ("seat", "country")):
        land = by_tag.get(tag)
        if isinstance(land, Land):
            return kind, land.iso
    return None


def _body_name(words: Words, i: int, lexicon: Lexicon) -> int:
    """Where a capitalised name that starts at word i and ends in a word for a body ends; 0 if there is none."""
    if words.lower_case or words.norm[i] in _SMALL:
        return 0
    end, capitals = 0, 0
    for j in range(i, min(i + _LONGEST, len(words))):
        if words.capital[j]:
            capitals += 1
            if capitals > 1 and words.norm[j] in lexicon.heads and not _all_caps(words, i, j + 1):
                end = j + 1
        elif words.norm[j] not in _SMALL:
            break
        if words.sentence[j] != words.sentence[i] or words.owner[j]:
            break
    return end


def _all_caps(words: Words, i: int, j: int) -> bool:
    return words.text[words.start[i] : words.end[j - 1]].isupper()


def _with_acronyms(text: str, found: list[Name]) -> list[Name]:
    """The names, and the acronyms that the text gives in brackets behind them, wherever those stand."""
    ends = {name.end: name for name in found if name.kind == "party"}
    keys: dict[str, str] = {}
    for match in _DEFINED.finditer(text):
        before = len(text[: match.start()].rstrip())
        if before in ends:
            keys.setdefault(match[1], ends[before].key)
    if not keys:
        return found
    taken = {name.start for name in found}
    inside = [(name.start, name.end) for name in found]
    pattern = re.compile(r"\b(?:" + "|".join(map(re.escape, sorted(keys, key=len, reverse=True))) + r")\b")
    extra = [
        Name(m.start(), m.end(), keys[m[0]], "party")
        for m in pattern.finditer(text)
        if m.start() not in taken and not any(a <= m.start() < b for a, b in inside)
    ]
    same = [Name(n.start, n.end, keys.get(text[n.start : n.end], n.key), n.kind) for n in found]
    return same + extra
