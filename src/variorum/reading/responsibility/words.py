"""The words that tell who did it, read once from the package's data."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from variorum.model import Span
from variorum.reading.encoder.windows import sentence_starts
from variorum.reading.incidents.lexicon import plain_words
from variorum.reading.people import read_table

_WORD = re.compile(r"(?:[^\W\d_]\.){2,}|[^\W_]+(?:['’-][^\W_]+)*|[^\w\s]")
_OWNER = re.compile(r"['’](?:s)?$")

LONG = 70
"""From this many words on, a sentence is doubted."""
LONGEST = 160
"""No sentence has more words; what is longer is cut, which keeps the work on one sentence small."""


@cache
def _signs() -> Mapping[str, frozenset[str]]:
    classes: dict[str, set[str]] = {}
    for name, word in read_table("variorum.reading.responsibility", "signs.tsv"):
        classes.setdefault(name, set()).add(word)
    return {name: frozenset(words) for name, words in classes.items()}


def sign(name: str, word: str) -> bool:
    """Whether a word is of a class of single words."""
    return word in _signs()[name]


def signs(name: str) -> frozenset[str]:
    """All words of a class of single words."""
    return _signs()[name]


@cache
def phrases() -> Mapping[str, tuple[tuple[tuple[str, ...], frozenset[str]], ...]]:
    """Phrases by their first word, the longest first, each with the kinds of words it is (see the data file)."""
    kinds: dict[tuple[str, ...], set[str]] = {}
    for kind, entry in read_table("variorum.reading.responsibility", "words.tsv"):
        stem, *forms = entry.split("|")
        tail = forms.pop() if forms else ""
        for form in ([*forms, ""] if tail else forms) or [""]:
            kinds.setdefault(tuple((stem + form + tail).split()), set()).add(kind)
        if forms and not tail:
            kinds.setdefault(tuple(stem.split()), set()).add(kind)
    for loaded, plain in read_table("variorum.reading.encoder", "loaded.tsv"):
        if tuple(plain.split()) in kinds:
            kinds.setdefault(tuple(loaded.split()), set()).update(kinds[tuple(plain.split())])
    found: dict[str, list[tuple[tuple[str, ...], frozenset[str]]]] = {}
    for words, which in kinds.items():
        found.setdefault(words[0], []).append((words, frozenset(which)))
    return MappingProxyType({w: tuple(sorted(e, key=lambda x: -len(x[0]))) for w, e in found.items()})


NAME = "name"
"""What stands for the words of any name, so that how many they are and which makes no difference."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """The words of one sentence: characters, lower case without a possessive ending, and the kinds of each word.

    A name is one word, `NAME`. A word inside a phrase has the kinds of the phrase; `last` is the index of the last word
    of that phrase. `ends` are the characters behind a word without its possessive ending, `owner` tells if it had one.
    """

    span: Span
    spans: tuple[Span, ...]
    words: tuple[str, ...]
    kinds: tuple[frozenset[str], ...]
    last: tuple[int, ...]
    ends: tuple[int, ...]
    owner: tuple[bool, ...]
    capital: tuple[bool, ...]

    def has(self, i: int, kind: str) -> bool:
        """Whether word i exists and is of a kind."""
        return 0 <= i < len(self.words) and kind in self.kinds[i]


def sentences(text: str, names: Sequence[Span] = ()) -> list[Sentence]:
    """The sentences of a text, word by word, given the names in it in order."""
    starts = sentence_starts(text)
    rows: dict[int, list[tuple[Span, bool]]] = {}
    n = 0
    inside = -1
    for match in _WORD.finditer(text):
        start, end = match.span()
        while n < len(names) and names[n][1] <= start:
            n += 1
        named = n < len(names) and names[n][0] < end
        row = rows.setdefault(bisect_right(starts, start), [])
        if named and inside == n and row:
            row[-1] = (row[-1][0][0], end), True
        else:
            row.append(((start, end), named))
        inside = n if named else -1
    whole: list[list[tuple[Span, bool]]] = []
    for row in rows.values():
        if whole and len(whole[-1]) < LONG and _goes_on(text, whole[-1], row):
            whole[-1].extend(row)
        else:
            whole.append(row)
    return [_sentence(text, part) for row in whole for part in _parts(text, row)]


def _goes_on(text: str, row: Sequence[tuple[Span, bool]], after: Sequence[tuple[Span, bool]]) -> bool:
    """Whether a sentence ends in a full stop that only shortens a word ("a U.S.") and goes on in the next."""
    (start, end), _ = row[-1]
    (begin, stop), _ = after[0]
    follows = text[begin:stop].lower()
    if text.count("\n", end, begin) > 1 or sign("link", follows) or sign("pronoun", follows):
        return False
    word = text[start:end]
    return word.endswith(".") and word.count(".") > 1


def _parts(text: str, row: list[tuple[Span, bool]]) -> list[list[tuple[Span, bool]]]:
    """A very long sentence cut at its full stops: text without capitals shows no other sign of a new one."""
    if len(row) <= LONG:
        return [row]
    parts: list[list[tuple[Span, bool]]] = [[]]
    for n, ((start, end), named) in enumerate(row):
        if len(parts[-1]) == LONGEST:
            parts.append([])
        parts[-1].append(((start, end), named))
        stop = text[start:end] == "." and n and row[n - 1][0][1] - row[n - 1][0][0] > 2
        if stop and text[end : end + 1].isspace():
            parts.append([])
    return [part for part in parts if part]


def _sentence(text: str, row: Sequence[tuple[Span, bool]]) -> Sentence:
    spans = tuple(span for span, _ in row)
    raw = [text[a:b].lower() for a, b in spans]
    plain = plain_words()  # so that a loaded word weighs what its plain one does
    bare = [_OWNER.sub("", w) or w for w in raw]
    words = [NAME if named else plain.get(w, b) for (_, named), w, b in zip(row, raw, bare, strict=True)]
    kinds: list[frozenset[str]] = [frozenset()] * len(words)
    last = list(range(len(words)))
    i = 0
    while i < len(words):
        size = 1
        for phrase, which in phrases().get(words[i], ()):
            if tuple(words[i : i + len(phrase)]) == phrase:
                size = len(phrase)
                for k in range(i, i + size):
                    kinds[k], last[k] = which, i + size - 1
                break
        i += size
    return Sentence(
        (spans[0][0], spans[-1][1]), spans, tuple(words), tuple(kinds), tuple(last),
        tuple(a + len(b) for (a, _), b in zip(spans, bare, strict=True)),
        tuple(bool(_OWNER.search(w)) for w in raw),
        tuple(named or text[a:b] != w for ((a, b), named), w in zip(row, raw, strict=True)),
    )  # fmt: skip
