"""One person told of without a number: "the driver was killed", "the soldier's death", "nor any
casualties"."""

from __future__ import annotations

from collections.abc import Iterator

from variorum.reading.people import person_nouns
from variorum.reading.quantities.lexicon import words
from variorum.reading.quantities.nouns import counted_noun
from variorum.reading.quantities.quantity import Quantity, QuantityKind
from variorum.reading.quantities.tokens import Tokens

_DEFINITE = frozenset(
    ("the", "his", "her", "its", "their", "my", "our", "your", "that", "this", "whose", "'s")
)
_POSSESSIVE = frozenset(("his", "her", "its", "their", "my", "our", "your", "whose", "'s"))
_EVENTS = frozenset(
    (
        "death",
        "injury",
        "killing",
        "murder",
        "arrest",
        "abduction",
        "kidnapping",
        "execution",
        "disappearance",
        "homicide",
        "slaying",
        "life",
        "wounding",
        "evacuation",
        "assassination",
        "capture",
        "release",
    )
)
_BEFORE, _AFTER = 10, 14


def _outcome_near(tokens: Tokens, first: int, last: int) -> bool:
    """Whether a word of harm, capture or rescue stands near tokens `first:last` in the same sentence."""
    cues = words("outcome")
    for index in range(last, min(len(tokens), last + _AFTER)):
        if tokens.lower[index] in cues:
            return True
        if tokens.kinds[index] == "gap" or tokens.lower[index] in (".", ";", "?", "!"):
            break
    for index in range(first - 1, max(-1, first - 1 - _BEFORE), -1):
        if tokens.lower[index] in cues:
            return True
        if tokens.kinds[index] == "gap" or tokens.lower[index] in (".", ";", "?", "!"):
            break
    return False


def _one(tokens: Tokens, first: int, noun_first: int, last: int, value: int, kind: QuantityKind) -> Quantity:
    return Quantity(
        start=tokens.starts[first],
        end=tokens.ends[last - 1],
        number_start=tokens.starts[first],
        number_end=tokens.ends[first],
        noun_start=tokens.starts[noun_first],
        noun_end=tokens.ends[last - 1],
        minimum=value,
        maximum=value,
        approximate=False,
        kind=kind,
    )


def definite_single(tokens: Tokens, index: int) -> Quantity | None:
    """One known person told of from token `index`, with a word of what happened to them near; else None."""
    word = tokens.lower[index]
    if word not in _DEFINITE:
        return None
    if word == "the" and tokens.word(index + 1) == "couple":
        return (
            _one(tokens, index, index + 1, index + 2, 2, "definite")
            if _outcome_near(tokens, index, index + 2)
            else None
        )
    noun = counted_noun(tokens, index + 1, singular_only=True)
    if noun.verdict != "people" or not noun.singular:
        return None
    head = tokens.word(noun.last - 1)
    owned = word in _POSSESSIVE or "'s" in tokens.lower[noun.first : noun.last]
    if head in ("toll", "casualty", "fatality", "loss"):
        return None
    if head in _EVENTS and not owned:
        name = tokens.raw[noun.last + 1] if noun.last + 1 < len(tokens) else ""
        if tokens.word(noun.last) != "of" or not name[:1].isupper():
            return None
    elif head not in _EVENTS and not _outcome_near(tokens, index, noun.last):
        return None
    return _one(tokens, index, noun.first, noun.last, 1, "definite")


def kin_pair(tokens: Tokens, index: int, quantity: Quantity) -> tuple[Quantity, int] | None:
    """Two people told of together as one person's own ("his wife and son", "her brother and his friend"), from the first of
    them, with the token after both; else None."""
    if tokens.word(index) not in _POSSESSIVE - {"'s", "whose"}:
        return None
    after = index
    while after < len(tokens) and tokens.starts[after] < quantity.end:
        after += 1
    if tokens.word(after) != "and":
        return None
    second = after + 2 if tokens.word(after + 1) in _POSSESSIVE else after + 1
    noun = counted_noun(tokens, second, singular_only=True)
    heads = (tokens.word(after - 1), tokens.word(noun.last - 1))
    if noun.verdict != "people" or not noun.singular or any(head in _EVENTS for head in heads):
        return None
    return _one(tokens, index, noun.first, noun.last, 2, "definite"), noun.last


def additional_single(tokens: Tokens, index: int, quantity: Quantity) -> Iterator[Quantity]:
    """The second of two people told of together: "a man and woman", "his wife and daughter"."""
    after = index
    while after < len(tokens) and tokens.starts[after] < quantity.end:
        after += 1
    if tokens.word(after) in ("and", "or"):
        noun = counted_noun(tokens, after + 1, singular_only=True)
        known = person_nouns().get(tokens.word(after + 1))
        if noun.verdict == "people" and noun.singular and known is not None:
            yield _one(tokens, noun.first, noun.first, noun.last, 1, quantity.kind)


def aged_single(tokens: Tokens, index: int) -> Quantity | None:
    """One person told of by age alone, without an article ("30-year-old teacher killed"), from token
    `index`."""
    if tokens.word(index - 1) in _DEFINITE or tokens.word(index - 1) in ("a", "an", "another", "one"):
        return None
    noun = counted_noun(tokens, index, singular_only=True)
    if noun.verdict != "people" or not noun.singular:
        return None
    return _one(tokens, index, noun.first, noun.last, 1, "indefinite")


def denied_any(tokens: Tokens, index: int) -> Quantity | None:
    """Nobody, said with a negation and "any" or "reports of": "did not cause any casualties", "no reports
    of injuries"."""
    word = tokens.lower[index]
    if word == "of":
        if "no" not in tokens.lower[max(0, index - 4) : index] or tokens.word(index + 1) == "any":
            return None
    elif word != "any" and not (word == "without" and tokens.word(index + 1) not in ("any", "a")):
        return None
    if word == "any" and not words("negative").intersection(tokens.lower[max(0, index - 7) : index]):
        return None
    noun = counted_noun(tokens, index + 1)
    if noun.verdict != "people":
        return None
    if word == "of" and tokens.word(noun.last - 1) not in words("harm"):
        return None
    return _one(tokens, index, noun.first, noun.last, 0, "zero")
