"""Quotes cut to a number of words, with the cut marked."""

from __future__ import annotations

import re

MARK = "[…]"
"""Stands where words of a quote were left out."""

_WORD = re.compile(r"\S+")


def cut(words: str, most: int) -> str:
    """At most so many words, followed by the mark if there were more. Cutting a cut quote again changes nothing."""
    kept = head(words, most)
    marked = f"{kept} {MARK}" if kept else MARK
    return words if words in (kept, marked) else marked


def head(words: str, most: int) -> str:
    """The first so many words, as they are written."""
    for number, word in enumerate(_WORD.finditer(words)):
        if number == most:
            return words[: word.start()].rstrip()
    return words


def tail(words: str, most: int) -> str:
    """The last so many words, as they are written."""
    starts = [word.start() for word in _WORD.finditer(words)]
    return words[starts[-most] :] if 0 < most < len(starts) else ("" if most <= 0 else words)


def count(words: str) -> int:
    """How many words there are."""
    return sum(1 for _ in _WORD.finditer(words))
