"""How many a filler is: the figure before its noun, else one or several."""

from __future__ import annotations

import re
from functools import cache

from variorum.evaluation.muc4.words import content_words, function_words
from variorum.reading.people import person_nouns, read_table


@cache
def _figures() -> dict[str, int]:
    return {row[0]: int(row[1]) for row in read_table("variorum.evaluation.muc4", "figures.tsv")}


def _figure(word: str) -> int | None:
    plain = word.replace(",", "").lower()
    if plain.isdigit() and len(plain) < 7:
        return int(plain)
    return _figures().get(plain)


def number_of(text: str, start: int, end: int, several: float) -> str:
    """The number of what text[start:end] names, as a key writes it. several: how likely it is more than one."""
    words = re.findall(r"\d[\d,]*|[^\W\d_]+", text[start:end])
    for word in words[:2]:
        figure = _figure(word)
        if figure:
            return str(figure)
    last = re.split(r"[.;:!?\n\]\[()]|\n\n", text[max(0, start - 30) : start])[-1]
    near = re.findall(r"\d[\d,]*|[^\W\d_]+", last)[-2:]
    if near and (plural(text[start:end]) or several > 0.5):
        for word in reversed(near):
            figure = _figure(word)
            if figure and figure > 1:
                return str(figure)
            if word.lower() in function_words():
                break
    return "PLURAL" if several > 0.5 else "1"


def plural(text: str) -> bool:
    """Whether a noun group's head is written as a plural."""
    words = [
        w.lower() for w in re.findall(r"[^\W\d_]+", re.split(r"\b(?:of|in|from|with|who|at|on)\b", text)[0])
    ]
    if not words:
        return False
    noun = person_nouns().get(words[-1])
    if noun:
        return noun.plural
    return (
        words[-1].endswith("s") and not words[-1].endswith(("ss", "us", "is")) and bool(content_words(text))
    )
