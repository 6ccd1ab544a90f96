"""Stretches of text that the network tags: names, accounts, words about responsibility, tolls without a figure."""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np

from variorum.model import Span
from variorum.reading.encoder.outputs import NAME_LABELS, SPAN_KINDS
from variorum.reading.encoder.session import Encoded, Session, softmax
from variorum.reading.encoder.windows import sentence_starts

PEAK = {"account": 0.5, "unnumbered": 0.45}
"""Least probability that one piece of a span must reach, by kind; all chosen on reports held back from training."""
INSIDE = 0.08
"""Least probability of every other piece: a span once found goes on through doubtful words."""
BEGINS = 0.4
"""From this probability of a beginning on, a new span begins inside another."""
NAME = 0.5
GAP = 1
"""Pieces below INSIDE that do not break a span."""
LEAST = 5
"""Fewest pieces of a span."""


@dataclass(frozen=True, slots=True)
class Tagged:
    """A tagged span: its kind, pieces first..last (inclusive) and mean probability."""

    kind: str
    first: int
    last: int
    score: float


def find_names(session: Session, encoded: Encoded) -> tuple[tuple[int, int, str, float], ...]:
    """Names as (start, end, label, score) with labels person, organisation, place, nationality."""
    if not len(encoded.pieces.ids):
        return ()
    tags = softmax(session.linear("names", encoded.states))
    best = tags.argmax(1)
    found: list[tuple[int, int, str, float]] = []
    open_label, last = "", -2
    for i in np.flatnonzero(best):
        label, begins = NAME_LABELS[(best[i] - 1) // 2], best[i] % 2 == 1
        start, end = encoded.span(int(i), int(i))
        score = float(tags[i, best[i]])
        glued = (
            bool(found)
            and found[-1][1] == start
            and start > 0
            and encoded.text[start - 1 : start + 1].isalnum()
        )
        touching = bool(found) and last == i - 1
        if found and touching and open_label and (glued or (label == open_label and not begins)):
            found[-1] = (
                found[-1][0],
                end,
                found[-1][2],
                max(found[-1][3], score) if glued else min(found[-1][3], score),
            )
        else:
            found.append((start, end, label, score))
        open_label, last = found[-1][2], int(i)
    return tuple(n for n in found if n[3] >= NAME)


def find_spans(session: Session, encoded: Encoded) -> tuple[Tagged, ...]:
    """Accounts and tolls without a figure, by kind and place; spans of one kind do not overlap."""
    if not len(encoded.pieces.ids):
        return ()
    tags = softmax(session.linear("spans", encoded.states).reshape(-1, len(SPAN_KINDS), 3))
    opens = np.isin(
        np.arange(len(tags)), np.searchsorted(encoded.pieces.starts, sentence_starts(encoded.text))
    )
    found: list[Tagged] = []
    for kind, peak in PEAK.items():
        k = SPAN_KINDS.index(kind)
        inside = 1 - tags[:, k, 0]
        begins = (tags[:, k, 1] > BEGINS) & (tags[:, k, 1] > tags[:, k, 2])
        run: list[int] = []
        for i in [*np.flatnonzero(inside > INSIDE).tolist(), None]:
            broken = run and (
                i is None or i - run[-1] > 1 + GAP or begins[i] or opens[run[-1] + 1 : i + 1].any()
            )
            if broken:
                if inside[run].max() > peak and len(run) >= LEAST:
                    found.append(Tagged(kind, run[0], run[-1], float(inside[run].mean())))
                run = []
            if i is not None:
                run.append(i)
    return tuple(found)


_EDGES = " \t\n\r,;:.-–—"
_WORD = re.compile(r"[\w'’]")


def trimmed(text: str, span: Span) -> Span:
    """A span of whole words, without white space and stops at its edges."""
    start, end = span
    while start > 0 and _WORD.match(text[start]) and _WORD.match(text[start - 1]):
        start -= 1
    while end < len(text) and _WORD.match(text[end - 1]) and _WORD.match(text[end]):
        end += 1
    while start < end and text[start] in _EDGES:
        start += 1
    while end > start and text[end - 1] in _EDGES:
        end -= 1
    return start, end
