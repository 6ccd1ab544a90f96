"""What a headline says of the number harmed: "2 dead, 3 hurt", "Mother, child found dead", "Four shot".

Headlines leave out articles and numbers of one, so the grammar for running text is not enough.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Literal

from variorum.reading.people import person_nouns
from variorum.reading.quantities import find_quantities
from variorum.reconciling.counting.lexicon import any_of, counting_words, cues

Harm = Literal["killed", "injured", "either"]
_TOKEN = re.compile(r"[^\W\d_][\w'’-]*|[,&;:]|\d+")
_BETWEEN = 3
"""Words that may stand before the next noun of a list ("man, two young girls")."""
_ALIKE: tuple[tuple[Harm, str], ...] = (("killed", "killed"), ("injured", "injured"))


def headline_figures(title: str) -> Iterator[tuple[Harm, str, int]]:
    """Harm, way (`headline` for numbers, `headline people` for people named without one) and value."""
    quantities = find_quantities(title)
    starts = [quantity.start for quantity in quantities]
    for quantity in quantities:
        value = quantity.minimum if quantity.minimum is not None else quantity.maximum
        following = min((start for start in starts if start >= quantity.end), default=len(title))
        yield _harm(title, quantity.start, following), "headline", value or 0
    for start, number in _people(title):
        yield _harm(title, start, len(title)), "headline people", number


def multiples(text: str) -> Iterator[tuple[Harm, int]]:
    """What "double homicide" and "triple shooting" say."""
    for match in any_of("multiple").finditer(text):
        words = text[match.end() : match.end() + 30].split()[:2]
        for word in words:
            if cues()["killed"].fullmatch(word.strip(".,;:’'")):
                yield "killed", counting_words("multiple")[match.group().lower()]
                break
            if any_of("attacked").fullmatch(word.strip(".,;:’'")):
                yield "either", counting_words("multiple")[match.group().lower()]
                break


def _harm(title: str, start: int, following: int) -> Harm:
    """What became of the people from `start`: by the first word for it up to the next number, at `following`, else by the
    nearest before them. Open where only the attack is named."""
    patterns: Sequence[tuple[Harm, re.Pattern[str]]] = (
        *((harm, cues()[cue]) for harm, cue in _ALIKE),
        ("either", any_of("attacked")),
    )
    after = [
        (m.start(), harm) for harm, pattern in patterns if (m := pattern.search(title, start, following))
    ]
    if after:
        at, harm = min(after)
        fatal = [place for place, other in after if other == "killed"]
        if harm == "either" and fatal and len(title[at : fatal[0]].split()) <= 2:
            return "killed"  # "two shot dead", "two shot and killed"
        return harm
    before = [(m.start(), harm) for harm, pattern in patterns for m in pattern.finditer(title, 0, start)]
    return max(before)[1] if before else "either"


def _people(title: str) -> Iterator[tuple[int, int]]:
    """Lists of people that begin with one person: start and how many are in the list."""
    tokens = [(match.group().lower(), match.start()) for match in _TOKEN.finditer(title)]
    at = 0
    while at < len(tokens):
        if not _is_one(tokens[at][0]):
            at += 1
            continue
        number, first = 1, at
        at += 1
        while (found := _next_of_list([word for word, _ in tokens], at)) is not None:
            at, more = found
            number += more
        yield tokens[first][1], number


def _next_of_list(words: Sequence[str], at: int) -> tuple[int, int] | None:
    """The token after the next people of a list, and how many they are; None where the list is at its end."""
    begin = at
    while at < len(words) and (
        words[at] in (",", "and", "&") or (words[at].isdigit() and words[at - 1] == ",")
    ):
        at += 1
    if at == begin:
        return None
    if words[at - 1].isdigit():
        at -= 1
    for noun in range(at, min(at + _BETWEEN, len(words))):
        known = person_nouns().get(words[noun])
        if known is not None:
            if known.singular:
                return noun + 1, 1
            counted = find_quantities(" ".join(words[at : noun + 1]))
            return noun + 1, (counted[0].minimum or 2) if counted else 2
    return None


def _is_one(word: str) -> bool:
    known = person_nouns().get(word)
    return known is not None and known.singular and not known.plural
