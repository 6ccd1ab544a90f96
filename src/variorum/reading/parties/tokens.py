"""Words of a report with what the reading of names needs to know of each."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

_TOKEN = re.compile(r"(?:[^\W\d_]\.){2,}|[^\W_]+(?:['’][^\W_]+)*|[^\w\s]")
_POSSESSIVE = re.compile(r"['’][sS]$")
_HYPHENS = frozenset("-‐‑–")
_APOSTROPHES = frozenset("'’")
_ENDS = frozenset(".!?")


@lru_cache(maxsize=4096)
def normal(word: str) -> str:
    """A word in lower case, without accents, possessive ending, inner apostrophes and full stops."""
    word = _POSSESSIVE.sub("", word.lower()).replace(".", "").replace("'", "").replace("’", "")
    if not word.isascii():
        plain = unicodedata.normalize("NFKD", word)
        word = "".join(c for c in plain if not unicodedata.combining(c))
    return word


@dataclass(slots=True)
class Words:
    """The words and marks of one text, column by column; hyphens are no words of their own."""

    text: str
    start: list[int]
    end: list[int]
    norm: list[str]
    """Normal form of each word; a punctuation mark is itself."""
    capital: list[bool]
    glued: list[bool]
    """Whether a hyphen ties the word to the one before."""
    owner: list[bool]
    """Whether the word is a possessive ("army's")."""
    sentence: list[int]
    """Number of the sentence each word stands in."""
    lower_case: bool = False
    """Whether the text does not capitalise names, so that capitals tell nothing."""

    def __len__(self) -> int:
        return len(self.start)

    def surface(self, i: int, j: int) -> str:
        """The text's own words from word i up to word j, in one line, without a closing possessive."""
        return _POSSESSIVE.sub("", " ".join(self.text[self.start[i] : self.end[j - 1]].split()))

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The words that the characters from start to end touch, as (first, last + 1)."""
        from bisect import bisect_left, bisect_right

        i = bisect_right(self.end, start)
        return i, max(bisect_left(self.start, end), i)


def _initial(words: Words, text: str, at: int) -> bool:
    """Whether the full stop at character `at` belongs to the initial of a name ("Frank J. Clark")."""
    return (
        len(words.norm[-1]) == 1
        and words.capital[-1]
        and words.end[-1] == at
        and words.norm[-1] != "i"
        and text[at + 1 : at + 2] == " "
        and text[at + 2 : at + 3].isupper()
        and (
            len(words) < 2
            or words.capital[-2]
            or not words.norm[-2][0].isalnum()
            or words.sentence[-2] != words.sentence[-1]
        )
    )


@lru_cache(maxsize=2)
def words_of(text: str, abbreviations: frozenset[str]) -> Words:
    """The words of a report, kept for as long as one report is asked about: not to be changed."""
    return split(text, abbreviations)


def split(text: str, abbreviations: frozenset[str]) -> Words:
    """Split a text into words. A full stop after one of `abbreviations` ends no sentence."""
    words = Words(text, [], [], [], [], [], [], [])
    sentence, ended, small = 0, False, 0
    last_end = 0
    for match in _TOKEN.finditer(text):
        raw, at = match[0], match.start()
        first = raw[0]
        is_word = first.isalnum()
        gap = text[last_end:at]
        if "\n\n" in gap or "\n \n" in gap:
            ended = True
        if not is_word:
            if first in _HYPHENS and not gap and text[at + 1 : at + 2].isalnum():
                last_end = match.end()
                continue
            if first in _APOSTROPHES and not gap and words.norm and words.norm[-1][-1:] == "s":
                words.owner[-1] = True
                last_end = match.end()
                continue
            if first == "." and words.norm and (words.norm[-1] in abbreviations or _initial(words, text, at)):
                last_end = match.end()
                continue
        elif ended and (gap or "\n" in gap):
            sentence, ended = sentence + 1, False
        words.start.append(at)
        words.end.append(match.end())
        words.norm.append(normal(raw) if is_word else raw)
        words.capital.append(first.isupper())
        words.glued.append(is_word and at > 0 and text[at - 1] in _HYPHENS and not gap)
        words.owner.append(is_word and bool(_POSSESSIVE.search(raw)))
        words.sentence.append(sentence)
        small += is_word and first.islower()
        ended = (ended and not is_word) or first in _ENDS
        last_end = match.end()
    inside = sum(c for i, c in enumerate(words.capital) if i and words.norm[i - 1] not in _ENDS)
    words.lower_case = small > 20 and inside * 60 < small
    return words
