"""A long text in passages, each with what stands before it as context."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from variorum.model import Span

SMALLEST = 400
"""Characters below which a passage is not halved again."""


@dataclass(frozen=True, slots=True)
class Passage:
    """Characters start..end of what is shown, to be read; those from `context` to `start` are only there to be understood."""

    context: int
    start: int
    end: int

    @property
    def span(self) -> Span:
        """The characters that claims may quote."""
        return self.start, self.end


def passages_of(text: str, size: int, context: int) -> tuple[Passage, ...]:
    """The whole text in passages of at most `size` characters, cut where a paragraph, else a sentence, else a word ends."""
    return tuple(
        Passage(_context(text, start, context), start, end)
        for start, end in _cut(text, 0, len(text), size)
        if text[start:end].strip()
    )


def halves(text: str, passage: Passage, context: int) -> tuple[Passage, ...]:
    """A passage as two; as nothing where it is too small for that."""
    size = passage.end - passage.start
    if size <= SMALLEST:
        return ()
    return tuple(
        Passage(_context(text, start, context), start, end)
        for start, end in _cut(text, passage.start, passage.end, size // 2 + 1)
        if text[start:end].strip()
    )


def _cut(text: str, low: int, high: int, size: int) -> Iterator[Span]:
    start = low
    while high - start > size:
        end = _end(text, start, start + size)
        yield start, end
        start = end
    if high > start:
        yield start, high


def _end(text: str, start: int, latest: int) -> int:
    """Where a passage that starts at `start` ends, at the latest at `latest`; not in its first half if that can be helped."""
    half = start + (latest - start) // 2
    for mark in ("\n", ". ", " "):
        at = text.rfind(mark, half, latest)
        if at > start:
            return at + len(mark)
    return latest


def _context(text: str, start: int, size: int) -> int:
    """Where the context before a passage begins: with a paragraph, else a sentence, else a word."""
    earliest = max(0, start - size)
    if earliest == 0:
        return 0 if size else start
    for mark in ("\n", ". ", " "):
        at = text.find(mark, earliest, start)
        if 0 <= at < start - 1:
            return at + len(mark)
    return start
