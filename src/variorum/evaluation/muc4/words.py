"""The words of fillers: what of them counts, and where they end."""

from __future__ import annotations

import re
from functools import cache

from variorum.reading.people import read_table

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")


@cache
def function_words() -> frozenset[str]:
    """Words that tell nothing of what is named: articles, counting words, prepositions; lower case."""
    return frozenset(row[0] for row in read_table("variorum.evaluation.muc4", "function_words.tsv"))


@cache
def beside_words() -> frozenset[str]:
    """Words that stand between a figure and its noun ("two other …"); lower case."""
    return frozenset(
        row[0] for row in read_table("variorum.evaluation.muc4", "function_words.tsv") if row[1] == "beside"
    )


@cache
def _leading() -> frozenset[str]:
    return frozenset(
        row[0] for row in read_table("variorum.evaluation.muc4", "function_words.tsv") if row[1] == "article"
    )


def content_words(text: str) -> list[str]:
    """The words that name something, lower case and without a plural's ending."""
    found = [m.group().lower() for m in _WORD.finditer(text)]
    return [singular(w) for w in found if w not in function_words() and not w.isdigit()]


def singular(word: str) -> str:
    """A word without the ending of a plural or a possessive."""
    word = re.sub(r"['’]s$", "", word).strip("'’")
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith("men"):
        return word[:-3] + "man"
    return word[:-1] if word.endswith("s") and not word.endswith("ss") and len(word) > 3 else word


def trimmed(text: str) -> str:
    """A filler without articles in front and marks at its ends, on one line."""
    found = re.sub(r"\s+", " ", text.replace('"', " ")).strip(" ,.;:'-")
    if found.count("[") != found.count("]") or found.count("(") != found.count(")"):
        found = re.sub(r"\s+", " ", re.sub(r"[\[\]()]", " ", found)).strip()
    first, _, rest = found.partition(" ")
    return rest if rest and first.lower() in _leading() else found
