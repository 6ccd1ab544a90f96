"""Numbers that certainly count no people: dates, times, money, ages, names of things, scores."""

from __future__ import annotations

from variorum.reading.people import person_nouns
from variorum.reading.quantities.lexicon import words
from variorum.reading.quantities.nouns import CountedNoun
from variorum.reading.quantities.numbers import NumberPhrase
from variorum.reading.quantities.tokens import Tokens

_AGES = 9
"""Words back to "ages", of which figures may still be."""
_JOINTS = frozenset(("-", "–", "—", "‑", "/", ":", "."))


def _month(tokens: Tokens, index: int) -> bool:
    word = tokens.word(index)
    if word == "may":
        return tokens.raw[index][0].isupper() or tokens.word(index - 1) in (
            "on",
            "in",
            "since",
            "until",
            "from",
            "of",
        )
    return word in words("month")


def is_date(tokens: Tokens, number: NumberPhrase, noun: CountedNoun) -> bool:
    """Whether the figures are a day of a month or a year beside one."""
    if (
        number.minimum < 100
        and _month(tokens, number.first - 1)
        and tokens.kind(number.first - 2) == "number"
    ):
        return True  # "6 Apr 90"
    if number.minimum > 31 and not 1000 <= number.minimum <= 2100:
        return False
    after = number.last
    before = number.first - 1
    if tokens.word(after) == "of" and _month(tokens, after + 1):
        return True
    if tokens.word(after) == "." and _month(tokens, after + 1) and tokens.touches(after):
        return True
    if _month(tokens, after) and number.minimum <= 31:
        return True
    if tokens.word(before) == "." and tokens.touches(before):
        before -= 1
    if _month(tokens, before):
        return True
    if noun.verdict == "people" and not 1900 <= number.minimum <= 2100:
        return False
    # "14 and 15 March", "March 14 and 15", "March 14, 2015"
    if (
        tokens.word(after) in ("and", "or", "to", ",")
        and tokens.kind(after + 1) == "number"
        and _month(tokens, after + 2)
    ):
        return number.minimum <= 31
    for _ in range(2):
        if tokens.word(before) in ("and", "or", "to", ",", "through") and tokens.kind(before - 1) == "number":
            if _month(tokens, before - 2):
                # "March 14, 2015" goes on with a year; "on March 14, 11 were shot" does not.
                return (tokens.word(before) == ",") == (number.minimum > 31)
            before -= 2
    return False


def _is_year(tokens: Tokens, number: NumberPhrase, noun: CountedNoun, qualified: bool) -> bool:
    if not 1900 <= number.minimum <= 2100 or "," in tokens.raw[number.first] or not number.figures:
        return False
    adjacent = noun.verdict == "people" and noun.last - noun.first <= 2 and noun.plural
    return not (qualified or adjacent) or tokens.word(number.first - 1) in (
        "in",
        "since",
        "until",
        "from",
        "by",
        "early",
    )


def _is_age(tokens: Tokens, number: NumberPhrase, noun: CountedNoun) -> bool:
    before = tokens.word(number.first - 1)
    if before in ("aged", "age", "ages"):
        return True
    if noun.verdict == "none" and {"age", "aged", "ages"}.intersection(
        tokens.lower[max(0, number.first - _AGES) : number.first]
    ):
        # "puts the ages of the women at between 28 and 35"
        return number.minimum < 100 and before in ("at", "between", "to", "and", "from", "about")
    if before in ("and", "to", "or", ",", "-", "between") and tokens.word(number.first - 2) in (
        "aged",
        "ages",
    ):
        return True
    if before in ("and", "to", "or", ",", "-", "–") and tokens.word(number.first - 3) in (
        "aged",
        "ages",
        "age",
    ):
        return True
    if before == "," and number.figures and number.maximum == number.minimum and 0 < number.minimum < 111:
        # "Maria Sanchez, 34, was": a name, an age, and a mark or a finite verb.
        name = tokens.raw[number.first - 2] if number.first >= 2 else ""
        mark = tokens.word(number.last)
        if name[:1].isupper() and (mark in (",", ".", ";", ")") or tokens.kind(number.last) == "gap"):
            return noun.verdict in ("none", "other", "things")
    if before == "(" and tokens.word(number.last) == ")" and number.figures and number.minimum < 111:
        return tokens.raw[number.first - 2][:1].isupper() if number.first >= 2 else False
    link = number.first - 2 if before in words("rough") else number.first - 1
    person = person_nouns().get(tokens.word(link - 1))
    if (
        tokens.word(link) in ("under", "over", "above", "below", "of")
        and person is not None
        and noun.verdict in ("none", "other")
    ):
        # "children under 10", "a grandmother of 80", "a man of about thirty", but not "a crew of 12"
        alone = person.group != "unknown" or tokens.word(link - 1) in words("individual")
        return 0 < number.minimum < 100 and (tokens.word(link) != "of" or (person.singular and alone))
    return False


def _is_name_part(tokens: Tokens, number: NumberPhrase, noun: CountedNoun) -> bool:
    """A number that is part of a name ("AK-47", "Flight 12", "9/11") or of a time ("10:30")."""
    first = number.first
    if (
        number.figures
        and tokens.touches(first)
        and tokens.word(first - 1) in _JOINTS
        and tokens.touches(first - 1)
    ) and (
        tokens.kind(first - 2) in ("word", "blob", "initials", "number")
        and (tokens.word(first - 1) != ":" or tokens.kind(first - 2) == "number")
    ):
        return True
    joined = tokens.touches(number.last) and tokens.touches(number.last + 1)
    if number.figures and tokens.word(number.last) in ("/", ":") and joined:
        return True
    if number.figures and tokens.touches(first) and tokens.word(first - 1) == "#":
        return True
    label = tokens.word(first - 1)
    if label == "." and tokens.touches(first - 1):
        label = tokens.word(first - 2)
    if number.figures and label in words("label"):
        return noun.verdict in ("none", "other", "things")
    return False


def _is_measure(tokens: Tokens, number: NumberPhrase) -> bool:
    """Money, percentages, clock times, street addresses."""
    if tokens.word(number.first - 1) in words("currency") or tokens.word(number.last) in words("currency"):
        return True
    after = tokens.word(number.last)
    day = tokens.word(number.last + 2) in ("morning", "afternoon", "evening")
    if number.minimum <= 12 and after == "in" and tokens.word(number.last + 1) == "the" and day:
        return True
    if tokens.word(number.first - 1) == "past" and tokens.word(number.first - 2) in ("half", "quarter"):
        return True
    if after in ("%", "°", "°c") or (after == "per" and tokens.word(number.last + 1) == "cent"):
        return True
    clock = words("clock")
    if after in clock and (after != "hours" or number.figures):
        return True
    if tokens.kind(number.last) == "blob" and tokens.touches(number.last):
        return True
    if number.figures and tokens.raw[number.last : number.last + 1] and tokens.raw[number.last][:1].isupper():
        for step in range(number.last + 1, number.last + 4):
            if (
                tokens.raw[step : step + 1]
                and tokens.raw[step][:1].isupper()
                and tokens.word(step) in words("street")
            ):
                return True
    return False


def counts_no_people(tokens: Tokens, number: NumberPhrase, noun: CountedNoun, qualified: bool) -> bool:
    """Whether the number certainly counts no people.

    `noun` is what follows it, `qualified` tells that a qualifier such as "at least" stands before it.
    """
    if noun.verdict == "things":
        return True
    if number.role in ("exact", "range"):
        if (
            _is_measure(tokens, number)
            or _is_name_part(tokens, number, noun)
            or _is_age(tokens, number, noun)
        ):
            return True
        if number.figures and not (qualified and noun.verdict == "people") and is_date(tokens, number, noun):
            return True
        if _is_year(tokens, number, noun, qualified):
            return True
    return _is_ordering(tokens, number, noun)


def _is_ordering(tokens: Tokens, number: NumberPhrase, noun: CountedNoun) -> bool:
    """ "one of the largest", "one day", "one in five", "one another"."""
    after = number.last
    partitive = tokens.word(after) == "of" and tokens.word(after + 1) in ("the", "its", "their", "his", "her")
    if partitive and tokens.word(after + 2) in words("superlative"):
        return True
    word = tokens.word(number.first)
    if word == "one" and tokens.word(after) in ("another", "day", "'", "-", "s", "thing", "way", "side"):
        return True
    compound = tokens.word(after) in ("-", "‑") and tokens.touches(after) and tokens.touches(after + 1)
    if compound and number.role in ("exact", "range"):
        # "a three-day siege", "the five-star hotel", but "a 12-man squad"
        return tokens.word(after + 1) not in words("headcount")
    bare = noun.verdict in ("none", "other") and tokens.word(after) != "of"
    return word == "one" and bare and tokens.word(number.first - 1) in words("one_after")
