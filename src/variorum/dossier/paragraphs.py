"""A report's text cut into paragraphs and pieces, so that the words of each note can be marked in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from variorum.dossier.notes import Note


@dataclass(frozen=True)
class Piece:
    """A run of text that the same notes cover. `starts` and `ends` are the notes that begin and end with it."""

    text: str
    covering: tuple[str, ...] = ()
    starts: tuple[str, ...] = ()
    ends: tuple[str, ...] = ()
    leads_to: str = ""
    """The note that the words lead to: the shortest that covers them."""


def paragraphs(text: str, notes: Sequence[Note]) -> list[list[Piece]]:
    """A text as paragraphs of pieces; each character that is no line break is in exactly one of them."""
    found: list[list[Piece]] = []
    begun: set[str] = set()
    position = 0
    for line in text.split("\n"):
        end = position + len(line)
        if line.strip():
            found.append(_pieces(text, position, end, notes, begun))
        position = end + 1
    return found


def _pieces(text: str, start: int, end: int, notes: Sequence[Note], begun: set[str]) -> list[Piece]:
    here = [note for note in notes if note.start < end and note.end > start]
    cuts = sorted(
        {start, end, *(n.start for n in here if n.start > start), *(n.end for n in here if n.end < end)}
    )
    return [_piece(text, one, two, here, begun) for one, two in pairwise(cuts)]


def _piece(text: str, start: int, end: int, notes: Sequence[Note], begun: set[str]) -> Piece:
    """The piece start..end; `begun` gathers the notes whose first piece has been met."""
    covering = [note for note in notes if note.start < end and note.end > start]
    if not covering:
        return Piece(text[start:end])
    starts = tuple(note.mark for note in covering if note.mark not in begun)
    begun.update(starts)
    shortest = min(covering, key=lambda note: (note.end - note.start, note.number))
    blank = len(text[end:]) - len(text[end:].lstrip())
    ends = tuple(note.mark for note in covering if note.end <= end + blank)
    return Piece(text[start:end], tuple(note.mark for note in covering), starts, ends, shortest.mark)
