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

CUE, MORE = 0.65, 0.3
"""Least probability of a cue, and of the pieces that continue it ("said *in an interview*"); these and the numbers below were
chosen on the development split of the attribution benchmark."""
NEAR = 4000
"""Characters between a content and its cue at the most: about what a window holds."""
SOURCE, CONTENT = 0.4, 0.5
"""Least probability of a piece to belong to a source, and of the likeliest to belong to a content."""
OPENING, LEANING, SUREST = 4.0, 0.3, 3.0
"""Of contents, in log odds: what each stretch must be worth, what a piece must have beside, and the most that one can have."""


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
        content = runs(stretches(at.chances[:, 1]), at.first)
        if content:
            source = likeliest_run(at.chances[:, 0], at.first)
            score = float(1 - tags[first : last + 1, 0].min())
            found.append(
                Said(_spans(encoded, source), encoded.span(first, last), _spans(encoded, content), score)
            )
    return tuple(found)


def cues(tags: npt.NDArray[np.float32]) -> list[tuple[int, int]]:
    """Cues as runs of pieces (first, last), from tag probabilities [pieces, (outside, begins, continues)].

    A run is one if a piece of it is surely a cue; its other pieces need be less sure.
    """
    inside = 1 - tags[:, 0]
    found: list[tuple[int, int]] = []
    for i in np.flatnonzero(inside > MORE).tolist():
        begins = tags[i, 1] > tags[i, 2]
        if found and found[-1][1] == i - 1 and not begins:
            found[-1] = (found[-1][0], i)
        else:
            found.append((i, i))
    return [(first, last) for first, last in found if inside[first : last + 1].max() > CUE]


def likeliest_run(chances: npt.NDArray[np.float32], first: int) -> list[tuple[int, int]]:
    """The run of pieces that holds the likeliest of all, if that is likely enough: a cue has one source, told in one stretch."""
    peak = int(chances.argmax()) + first
    found = runs(chances > SOURCE, first)
    return [(a, b) for a, b in found if a <= peak <= b]


def stretches(chances: npt.NDArray[np.float32]) -> npt.NDArray[np.bool_]:
    """Which pieces belong to a content, as the few stretches whose log odds together are the highest, each opening costing.

    The Viterbi path of a chain of two states; pieces of one sign never part, so that it is found over runs of one sign.
    """
    chosen = np.zeros(len(chances), dtype=np.bool_)
    if chances.max() <= CONTENT:
        return chosen
    bounded = np.clip(chances, 1e-6, 1 - 1e-6)
    odds = np.clip(np.log(bounded / (1 - bounded)), -SUREST, SUREST) - LEANING
    begins = np.r_[0, np.flatnonzero(np.diff(odds > 0)) + 1]
    outside, inside = 0.0, -np.inf
    stays, enters = [], []
    for gain in np.add.reduceat(odds, begins).tolist():
        stays.append(inside > outside)  # what the best path came from, if this run is left out
        enters.append(inside >= outside - OPENING)  # and if it is taken in
        outside, inside = max(outside, inside), max(inside, outside - OPENING) + gain
    taken = inside > outside
    for n in range(len(begins) - 1, -1, -1):
        if taken:
            chosen[begins[n] : begins[n + 1] if n + 1 < len(begins) else None] = True
        taken = enters[n] if taken else stays[n]
    return chosen if chosen.any() else chances > CONTENT


def _spans(encoded: Encoded, found: Sequence[tuple[int, int]]) -> tuple[Span, ...]:
    return tuple(encoded.span(first, last) for first, last in found)


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
