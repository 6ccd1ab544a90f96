"""Cut a text into word pieces and into windows of whole sentences for the encoder.

Training and reading both use this module, so the network sees the same windows in both.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
from tokenizers import Tokenizer

from variorum.reading.encoder.masking import Mask, Shown
from variorum.reading.people import read_table

WINDOW = 384
"""Most word pieces of text in one window (two more for the start and end marks)."""
CONTEXT = 80
"""About so many word pieces are read again at the head of the next window, as context only."""
START, END = 101, 102
"""Ids of the marks around every window; the start mark stands for *no source named*."""

_SENTENCE_END = re.compile(r"(?<=[.!?])[\"'”’)\]]*\s+(?=[\"'“‘(\[]*[A-Z0-9])|\n\s*\n")
_SHORTENED = re.compile(r"(?<![\w.'’])(?:(?P<word>[A-Za-z][a-z]+)|(?P<initial>[A-HJ-Z]))\.$")
_TOKENIZER = Path(__file__).parent / "data" / "tokenizer.json"


@dataclass(frozen=True, slots=True)
class Pieces:
    """The word pieces of a text: ids, and the characters each one covers."""

    ids: np.ndarray  # int64 [n]
    starts: np.ndarray  # int64 [n], offsets into the text
    ends: np.ndarray  # int64 [n], exclusive
    shapes: np.ndarray  # int64 [n], how the piece is written: see `shape_of`
    shown: Shown  # the text that was cut

    def inside(self, start: int, end: int) -> range:
        """The pieces that touch the characters start..end (end exclusive)."""
        first = int(np.searchsorted(self.ends, start, "right"))
        last = int(np.searchsorted(self.starts, end, "left"))
        return range(first, max(first, last))


@dataclass(frozen=True, slots=True)
class Window:
    """Pieces first..last (exclusive) of a text; what lies before `own` is context only."""

    first: int
    last: int
    own: int


SHAPES = 6
MARK = 4
"""The shape of punctuation, and of the marks around a window."""


@lru_cache(maxsize=4096)
def shape_of(word: str) -> int:
    """How a word is written, which an uncased vocabulary forgets: 0 lower, 1 Title, 2 UPPER, 3 digits, 4 mark, 5 miXed."""
    if word.islower():
        return 0
    if word.isdigit():
        return 3
    if not any(c.isalnum() for c in word):
        return MARK
    if word.isupper():
        return 2 if len(word) > 1 else 1
    return 1 if word[:1].isupper() and word[1:].islower() else 5


@lru_cache(maxsize=1)
def tokenizer() -> Tokenizer:
    """The word-piece tokenizer that ships with the weights; it neither cuts off nor pads."""
    found = Tokenizer.from_file(str(_TOKENIZER))
    found.no_truncation()
    found.no_padding()
    return found


def pieces_of(text: str, masks: Sequence[Mask] = ()) -> Pieces:
    """The word pieces of a text, as masked, with their offsets into the text itself. An empty text has none."""
    shown = Shown.of(text, masks)
    encoded = tokenizer().encode(shown.text, add_special_tokens=False)
    offsets = np.array(encoded.offsets, dtype=np.int64).reshape(-1, 2)
    shapes = np.fromiter(
        (shape_of(shown.text[a:b]) for a, b in encoded.offsets), dtype=np.int64, count=len(offsets)
    )
    starts, ends = offsets[:, 0], offsets[:, 1]
    if masks and len(offsets):
        table = np.array(shown.stretches, dtype=np.int64)
        hidden = np.isin(table[:, 2], np.array(sorted(shown.hidden)))
        at, until = (np.searchsorted(table[:, 0], x, "right") - 1 for x in (starts, ends - 1))
        starts = np.where(hidden[at], table[at, 2], starts - table[at, 0] + table[at, 2])
        ends = np.where(hidden[until], table[until, 3], ends - table[until, 0] + table[until, 2])
    return Pieces(np.array(encoded.ids, dtype=np.int64), starts, ends, shapes, shown)


def sentence_starts(text: str) -> list[int]:
    """Offsets where a sentence or paragraph begins, by punctuation alone; the first is 0.

    The full stop of "Lt.", "No. 4" or "John F. Kennedy" ends no sentence.
    """
    return [0, *(m.end() for m in _SENTENCE_END.finditer(text) if not _only_shortens(text, m))]


def _only_shortens(text: str, end: re.Match[str]) -> bool:
    if text[end.start() - 1] != "." or "\n\n" in end.group():
        return False
    word = _SHORTENED.search(text, max(0, end.start() - 40), end.start())
    if word is None:
        return False
    return bool(word["initial"]) or _abbreviations().get(word["word"]) == (
        "figure" if text[end.end()].isdigit() else "letter"
    )


@lru_cache
def _abbreviations() -> dict[str, str]:
    """Words whose full stop ends no sentence, and what must follow for that."""
    return dict(read_table("variorum.reading.encoder", "abbreviations.tsv"))


def sentences_of(text: str, pieces: Pieces) -> np.ndarray:
    """For each piece the number of its sentence; int64 [n]."""
    return np.searchsorted(np.array(sentence_starts(text)), pieces.starts, "right").astype(np.int64)


def windows_of(text: str, pieces: Pieces) -> list[Window]:
    """Windows of whole sentences that cover every piece once, each with some context before it.

    A sentence longer than a window is cut. The windows' own parts do not overlap.
    """
    total = len(pieces.ids)
    cuts = sorted({int(np.searchsorted(pieces.starts, s, "left")) for s in sentence_starts(text)} | {0})
    found: list[Window] = []
    own = 0
    while own < total:
        at = bisect_left(cuts, own - CONTEXT)
        first = min(cuts[at], own) if own and at < len(cuts) else own
        if first < own - CONTEXT:
            first = own
        limit = first + WINDOW
        if limit >= total:
            last = total
        else:
            fitting = cuts[bisect_left(cuts, limit + 1) - 1]
            last = fitting if fitting > own else limit
        found.append(Window(first, last, own))
        own = last
    return found
