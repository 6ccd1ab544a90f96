"""Words of a report for comparing it with others, and how much each word tells.

A word's *weight* is how surprising it is in news of violence: the negative logarithm of the share of incidents
whose reports use it, in the kind of news where it is commonest. The table behind it is
`data/commonness.tsv`, written by `training/linking.py`. It does not change with the reports being
linked, so that the likeness of two reports depends on these two alone.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from sys import intern
from typing import Final

_WORD: Final = re.compile(r"[^\W_]+(?:['’.][^\W_]+)*")
_TABLE: Final = Path(__file__).parent / "data" / "commonness.tsv"
UNKNOWN_WEIGHT: Final = 8.0
"""Weight of a word that the table does not have: rarer than once in some 3,000 incidents."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word as it is compared, where it stands, and whether it is written with a capital."""

    key: str
    start: int
    end: int
    capital: bool


def words_of(text: str) -> tuple[Word, ...]:
    """All words of a text in order, folded to lower case without marks or a possessive ending."""
    found = []
    for match in _WORD.finditer(text):
        surface = match.group()
        # The same word is one object in all reports: a hundred thousand of them fit into memory.
        found.append(Word(intern(fold(surface)), match.start(), match.end(), surface[0].isupper()))
    return tuple(found)


@lru_cache(maxsize=1 << 16)
def fold(word: str) -> str:
    """The one form in which a word is compared."""
    folded = word.casefold().replace("’", "'")
    if not folded.isascii():
        folded = "".join(c for c in unicodedata.normalize("NFKD", folded) if not unicodedata.combining(c))
    return folded[:-2] if folded.endswith("'s") else folded


@cache
def weights() -> dict[str, float]:
    """Weight of every word of the table, in natural-log units from 0 (in every incident) upward."""
    table = {}
    for line in _TABLE.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            weight, _, members = line.partition("\t")
            table.update(dict.fromkeys(members.split(" "), float(weight)))
    return table


def weight_of(word: str) -> float:
    """How much it tells that two reports share a word, in natural-log units."""
    return weights().get(word, UNKNOWN_WEIGHT)
