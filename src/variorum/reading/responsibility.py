"""Who did it: the words for an actor, with the stance that the sentence takes to their responsibility."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

import numpy as np

from variorum.model import Kind, Span, Stance
from variorum.reading.attribution import Said, runs
from variorum.reading.encoder.outputs import CERTAINTIES, SPAN_KINDS, STANCES
from variorum.reading.encoder.session import Encoded, Session, softmax
from variorum.reading.encoder.windows import sentence_starts
from variorum.reading.findings import Finding, source_words
from variorum.reading.spans import trimmed

ACTOR = 0.35
"""Least probability that a piece names an actor whose responsibility is spoken of; chosen on reports held back."""


def find_responsibility(
    session: Session, encoded: Encoded, attributions: Sequence[Said]
) -> tuple[Finding, ...]:
    """Claims on who did it, one for each actor, stance and sentence. The evidence is the sentence."""
    if not len(encoded.pieces.ids):
        return ()
    tags = softmax(session.linear("actors", encoded.states))
    named = runs(1 - tags[:, 0] > ACTOR, 0)
    if not named:
        return ()
    wholes = [list(range(first, last + 1)) for first, last in named]
    kind = [float(k == "responsibility") for k in SPAN_KINDS]
    features = np.array([kind] * len(wholes), dtype=np.float32)
    out = session.describe("span", encoded, [w[:1] for w in wholes], wholes, features)
    starts = sentence_starts(encoded.text)
    found: dict[tuple[Span, Span, Stance], Finding] = {}
    for n, ((first, last), pieces) in enumerate(zip(named, wholes, strict=True)):
        actor = trimmed(encoded.text, encoded.span(first, last))
        sentence = _sentence(encoded.text, starts, actor)
        if actor[1] <= actor[0]:
            continue
        chances = tags[pieces].mean(0)
        stance = STANCES[int(chances[1:].argmax())]
        source = source_words(
            session, encoded, pieces, sentence, float(out["has_source"][n, 0]), attributions
        )
        if stance is Stance.CLAIMS and source is None:
            source = actor
        found.setdefault(
            (sentence, actor, stance),
            Finding(
                Kind.RESPONSIBILITY,
                sentence,
                CERTAINTIES[int(out["certainty"][n].argmax())],
                bool(out["background"][n, 0] > 0),
                source,
                actor,
                float(1 - chances[0]),
                stance=stance,
            ),
        )
    return tuple(found.values())


def _sentence(text: str, starts: Sequence[int], span: Span) -> Span:
    """The sentence in which a span begins, as far as the span's end."""
    at = bisect_right(starts, span[0])
    end = starts[at] if at < len(starts) else len(text)
    return trimmed(text, (starts[at - 1], max(end, span[1])))
