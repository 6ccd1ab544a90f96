"""Finds every quantity of people in a text."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from variorum.reading.people import person_nouns
from variorum.reading.quantities.exclusions import counts_no_people
from variorum.reading.quantities.lexicon import number_words, words
from variorum.reading.quantities.nouns import CountedNoun, age_phrase, counted_noun
from variorum.reading.quantities.numbers import NumberPhrase, read_number
from variorum.reading.quantities.qualifying import Qualified, after, qualify
from variorum.reading.quantities.quantity import Quantity, QuantityKind
from variorum.reading.quantities.single import (
    additional_single,
    aged_single,
    definite_single,
    denied_any,
    kin_pair,
)
from variorum.reading.quantities.tokens import Tokens, tokenise

_LINKS = frozenset(
    (
        ":",
        "numbered",
        "numbering",
        "number",
        "totalled",
        "totaled",
        "totalling",
        "at",
        "of",
        "to",
        "reached",
        "as",
        "is",
        "was",
        "were",
    )
)
_AUXILIARIES = frozenset(
    ("were", "was", "is", "are", "had", "have", "has", "died", "of", "been", "survived", "escaped")
)


def find_quantities(text: str) -> tuple[Quantity, ...]:
    """Every number of people that the words of `text` show, in the order of the text.

    The result is a generous list of candidates: whether each is a toll, and of what outcome, is for others
    to decide.
    What certainly counts no people (dates, times, money, ages, distances, vehicles ...) is left out. Works
    in time
    linear in the length of the text and never raises on any string.
    """
    found: list[Quantity] = []
    for tokens in tokenise(text):
        found.extend(_in_piece(tokens))
    return tuple(found)


def _in_piece(tokens: Tokens) -> Iterator[Quantity]:
    roles = number_words()
    index = 0
    while index < len(tokens):
        if (
            tokens.kinds[index] != "number"
            and tokens.lower[index] not in roles
            and tokens.lower[index] not in ("half", "few")
        ):
            single = definite_single(tokens, index) or denied_any(tokens, index)
            pair = kin_pair(tokens, index, single) if single is not None else None
            if pair is not None:
                yield pair[0]
                index = pair[1]
                continue
            if single is not None:
                yield single
                yield from additional_single(tokens, index, single)
            index += 1
            continue
        age = age_phrase(tokens, index)
        if age is not None and (aged := aged_single(tokens, index)) is not None:
            yield aged
        number = None if age is not None else read_number(tokens, index)
        if number is None:
            index = age if age is not None else index + 1
            continue
        for part in _split_change(tokens, number):
            quantity = _quantity(tokens, part)
            if quantity is not None:
                yield quantity
                if quantity.kind == "indefinite":
                    yield from additional_single(tokens, part.first, quantity)
        index = number.last if number.role != "article" else index + 1


def _split_change(tokens: Tokens, number: NumberPhrase) -> tuple[NumberPhrase, ...]:
    """ "rose from 15 to 20" holds two figures, not a range."""
    if number.role != "range" or tokens.word(number.first - 1) != "from" or number.maximum is None:
        return (number,)
    before = tokens.lower[max(0, number.first - 5) : number.first - 1]
    if not words("change").intersection(before):
        return (number,)
    lower = read_number(tokens, number.last - 1)
    if lower is None or lower.role != "exact":
        return (number,)
    first = NumberPhrase(
        number.first, number.first + 1, number.minimum, number.minimum, "exact", figures=number.figures
    )
    return first, lower


@dataclass(frozen=True, slots=True)
class _Reading:
    """A number, its qualifiers and its noun, before the decision whether it counts people."""

    number: NumberPhrase
    values: Qualified
    noun: CountedNoun


def _quantity(tokens: Tokens, number: NumberPhrase) -> Quantity | None:
    values = qualify(tokens, number)
    singular = number.role in ("article", "ordinal")
    noun = counted_noun(tokens, values.last, singular_only=singular)
    reading = _Reading(number, values, noun)
    bounded = bool(values.effects & {"least", "more", "most", "fewer", "about"})
    if counts_no_people(tokens, number, noun, bounded) or not _admissible(tokens, reading):
        return None
    minimum, maximum, approximate = values.minimum, values.maximum, values.approximate
    last = values.last
    noun_span = _noun_span(tokens, reading)
    if noun_span is not None and noun.verdict in ("people", "state", "other"):
        last = max(last, noun.last)
        end, effect = after(tokens, noun.last)
        if effect == "least" and number.role == "exact":
            maximum, last = None, end
        elif effect == "most":
            minimum, last = None, end
        elif effect == "about":
            approximate, last = True, end
    kind = _kind(number, minimum, maximum)
    first = values.first
    if number.role == "article" and tokens.word(number.first - 1) in ("not", "without"):
        minimum, maximum, kind, first = 0, 0, "zero", number.first - 1
    if minimum is None and maximum is None:
        return None
    return Quantity(
        start=tokens.starts[first],
        end=tokens.ends[last - 1],
        number_start=tokens.starts[number.first],
        number_end=tokens.ends[number.last - 1],
        noun_start=noun_span[0] if noun_span else None,
        noun_end=noun_span[1] if noun_span else None,
        minimum=minimum,
        maximum=maximum,
        approximate=approximate,
        kind=kind,
    )


def _kind(number: NumberPhrase, minimum: int | None, maximum: int | None) -> QuantityKind:
    if number.role == "zero":
        return "zero"
    if number.role in ("article", "ordinal"):
        return "indefinite"
    if number.role == "vague":
        return "vague"
    if minimum is None or maximum is None:
        return "open"
    return "range" if minimum != maximum else "exact"


def _admissible(tokens: Tokens, reading: _Reading) -> bool:
    """Whether this kind of number may count people with this noun, or with none in sight."""
    role, noun = reading.number.role, reading.noun
    following = tokens.word(reading.number.last)
    if role == "article":
        if tokens.word(reading.number.first) == "another" and noun.verdict in ("none", "state"):
            return noun.verdict == "state" or following in words("stop") or following in (",", ".")
        return noun.verdict == "people" and noun.singular and tokens.word(noun.last - 1) != "toll"
    if role == "ordinal":
        return (
            (noun.verdict == "people" and noun.singular and following != "of")
            or following in _AUXILIARIES - {"of"}
            or following.endswith("ed")
            or (following in ("at", "in", "later") and tokens.word(reading.number.first) != "the")
        )
    if role == "zero":
        return (
            noun.verdict in ("people", "state")
            if tokens.word(reading.number.first) == "no" and reading.number.last - reading.number.first == 1
            else True
        )
    if role == "pair":
        return noun.verdict in ("people", "state") or following in _AUXILIARIES
    if tokens.word(reading.number.first) == "one" and reading.number.last - reading.number.first == 1:
        if following == "of":
            return noun.verdict == "people" or noun.verdict == "none"
        return noun.verdict in ("people", "state") or (
            noun.verdict == "none" and following not in ("'s", "can", "must", "would")
        )
    return True


def _noun_span(tokens: Tokens, reading: _Reading) -> tuple[int, int] | None:
    """Offsets of the counted noun: after the number, else right before it ("casualties: 12")."""
    noun = reading.noun
    if noun.last > noun.first:
        return tokens.starts[noun.first], tokens.ends[noun.last - 1]
    if tokens.word(reading.values.first - 1) in _LINKS:
        for index in range(reading.values.first - 2, max(-1, reading.values.first - 5), -1):
            if tokens.word(index) in person_nouns():
                return tokens.starts[index], tokens.ends[index]
    return None
