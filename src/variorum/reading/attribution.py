"""Who says what: attributions from the network's scores.

A tagger finds the cue; for each cue a pointer scores every piece of its window as part of the source and of the content.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from variorum.model import Span
from variorum.reading.encoder.session import Encoded, Session, softmax

CUE = 0.65
"""Least probability of a cue; chosen on the development split of the attribution benchmark."""
NEAR = 4000
"""Characters between a content and its cue at the most: about what a window holds."""
MEMBER = (0.4, 0.5)
"""Least probability of a piece to belong to a source, and to a content; chosen as `CUE` was."""


@dataclass(frozen=True, slots=True)
class Said:
    """One attribution: spans of source (none when absent), cue and content, and how probable the cue is."""

    source: tuple[Span, ...]
    cue: Span
    content: tuple[Span, ...]
    score: float


def runs(chosen: npt.NDArray[np.bool_], first: int, gap: int = 1) -> list[tuple[int, int]]:
    """Runs of chosen pieces as (first, last) inclusive, counted from `first`; gaps of up to `gap` pieces are closed."""
    at = np.flatnonzero(chosen)
    if not len(at):
        return []
    breaks = np.flatnonzero(np.diff(at) > gap + 1)
    begins, ends = np.r_[at[0], at[breaks + 1]], np.r_[at[breaks], at[-1]]
    return [(int(a) + first, int(b) + first) for a, b in zip(begins, ends, strict=True)]


def find_attributions(session: Session, encoded: Encoded) -> tuple[Said, ...]:
    """All attributions of a text, in the order of their cues. Every one has a cue and a content."""
    if not len(encoded.pieces.ids):
        return ()
    tags = softmax(session.linear("cue", encoded.states))
    found = []
    tagged = cues(tags)
    pointers = session.point("roles", encoded, [range(first, last + 1) for first, last in tagged])
    for (first, last), at in zip(tagged, pointers, strict=True):
        source, content = (_spans(encoded, at.chances[:, role] > MEMBER[role], at.first) for role in (0, 1))
        if content:
            score = float(1 - tags[first, 0])
            found.append(Said(source, encoded.span(first, last), content, score))
    return tuple(found)


def cues(tags: npt.NDArray[np.float32]) -> list[tuple[int, int]]:
    """Cues as runs of pieces (first, last), from tag probabilities [pieces, (outside, begins, continues)]."""
    inside = 1 - tags[:, 0] > CUE
    found: list[tuple[int, int]] = []
    for i in np.flatnonzero(inside):
        begins = tags[i, 1] > tags[i, 2]
        if found and found[-1][1] == i - 1 and not begins:
            found[-1] = (found[-1][0], int(i))
        else:
            found.append((int(i), int(i)))
    return found


def _spans(encoded: Encoded, chosen: npt.NDArray[np.bool_], first: int) -> tuple[Span, ...]:
    return tuple(encoded.span(a, b) for a, b in runs(chosen, first))


def covering(attributions: Sequence[Said], span: Span) -> Said | None:
    """The attribution whose content covers most of a span, the narrowest of equals; None if none covers half of it.

    `attributions` are in the order of their cues; only those near the span are looked at.
    """
    best: tuple[float, float] = (0.0, 0.0)
    chosen = None
    for said in near(attributions, span):
        shared = sum(max(0, min(b, span[1]) - max(a, span[0])) for a, b in said.content)
        share = shared / max(1, span[1] - span[0])
        size = sum(b - a for a, b in said.content)
        if share >= 0.5 and (share, -size) > best:
            best, chosen = (share, -size), said
    return chosen


def near(attributions: Sequence[Said], span: Span) -> Sequence[Said]:
    """The attributions, given in the order of their cues, whose content may reach a span."""
    first = bisect_left(attributions, span[0] - NEAR, key=lambda said: said.cue[0])
    return attributions[first : bisect_right(attributions, span[1] + NEAR, key=lambda said: said.cue[0])]
