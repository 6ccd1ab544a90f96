"""How many a filler is: the figure before its noun, else one or several."""

from __future__ import annotations

import re
from functools import cache

from variorum.evaluation.muc4.values import PLURAL
from variorum.evaluation.muc4.words import beside_words, content_words, function_words
from variorum.reading.people import person_nouns, read_table

REACH = 50
"""A figure stands at most so many characters before its noun."""
_SENTENCE = re.compile(r"[.;:!?\]\[()]\s|\n\s*\n")


@cache
def _figure_pattern() -> re.Pattern[str]:
    """A figure in digits or words, by itself."""
    words = "|".join(sorted(_figures(), key=len, reverse=True))
    return re.compile(rf"(?<![\w-])(?P<figure>\d[\d,]*|{words})(?![\w-])", re.IGNORECASE)


@cache
def _bounds() -> dict[str, str]:
    """How a key writes a figure after these words."""
    return {row[0]: row[1] for row in read_table("variorum.evaluation.muc4", "bounds.tsv")}


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
    many = several > 0.5
    if not many and not plural(text[start:end]):
        return "1"
    before = _SENTENCE.split(text[max(0, start - REACH) : start])[-1]
    inside = _figure_pattern().match(text[start:end])
    near = list(_figure_pattern().finditer(before))[-1:]
    if inside and _figure(inside["figure"]):
        return _bounded(inside["figure"], before)
    if near and _figure(near[0]["figure"]) and _joined(before[near[0].end() :]):
        return _bounded(near[0]["figure"], before[: near[0].start()])
    return PLURAL if many else "1"


def _joined(between: str) -> bool:
    """Whether words between a figure and a noun leave them together: "six young …", "two of the minister's …"."""
    words = between.lower().split()
    if words[:1] == ["of"]:
        return len(words) <= 3
    return len(words) <= 2 and not any(
        w in function_words() - beside_words() or w.endswith(",") for w in words
    )


def _bounded(figure: str, before: str) -> str:
    """A figure with the bound that the words before it set."""
    said = " ".join(before.lower().split())
    number = _figure(figure)
    for words, form in _bounds().items():
        if said.endswith(words):
            return form.format(number)
    return str(number)


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
