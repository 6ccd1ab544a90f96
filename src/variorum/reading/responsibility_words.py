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


@cache
def phrases() -> Mapping[str, tuple[tuple[tuple[str, ...], frozenset[str]], ...]]:
    """Phrases by their first word, the longest first, each with the kinds of words it is (see the data file)."""
    kinds: dict[tuple[str, ...], set[str]] = {}
    for kind, entry in read_table("variorum.reading", "responsibility.tsv"):
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


@dataclass(frozen=True, slots=True)
class Sentence:
    """The words of one sentence: characters, lower case without a possessive ending, and the kinds of each word.

    A word inside a phrase has the kinds of the phrase; `last` is the index of the last word of that phrase.
    """

    span: Span
    spans: tuple[Span, ...]
    words: tuple[str, ...]
    kinds: tuple[frozenset[str], ...]
    last: tuple[int, ...]
    owner: tuple[bool, ...]
    capital: tuple[bool, ...]

    def has(self, i: int, kind: str) -> bool:
        """Whether word i exists and is of a kind."""
        return 0 <= i < len(self.words) and kind in self.kinds[i]


def sentences(text: str) -> list[Sentence]:
    """The sentences of a text, word by word."""
    starts = sentence_starts(text)
    rows: dict[int, list[Span]] = {}
    for match in _WORD.finditer(text):
        rows.setdefault(bisect_right(starts, match.start()), []).append(match.span())
    return [_sentence(text, spans) for row in rows.values() for spans in _parts(text, row)]


def _parts(text: str, spans: list[Span]) -> list[list[Span]]:
    """A very long sentence cut at its full stops: text without capitals shows no other sign of a new one."""
    if len(spans) <= LONG:
        return [spans]
    parts: list[list[Span]] = [[]]
    for n, (start, end) in enumerate(spans):
        parts[-1].append((start, end))
        stop = text[start:end] == "." and n and spans[n - 1][1] - spans[n - 1][0] > 2
        if stop and text[end : end + 1].isspace():
            parts.append([])
    return [part for part in parts if part]


def _sentence(text: str, spans: Sequence[Span]) -> Sentence:
    raw = [text[a:b].lower() for a, b in spans]
    plain = plain_words()  # so that a loaded word weighs what its plain one does
    words = [plain.get(w, _OWNER.sub("", w) or w) for w in raw]
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
        (spans[0][0], spans[-1][1]), tuple(spans), tuple(words), tuple(kinds), tuple(last),
        tuple(bool(_OWNER.search(w)) for w in raw), tuple(any(c.isupper() for c in text[a:b]) for a, b in spans),
    )  # fmt: skip
