"""The heads for MUC-4 on the reader's encoder: which words fill which kind of slot, and what is said of each."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from variorum.evaluation.muc4.outputs import (
    KINDS,
    MENTION_OUTPUTS,
    PAIR_WIDTH,
    SENTENCE_OUTPUTS,
)
from variorum.evaluation.muc4.tagged import Floats, Mention, Sentence, Tagged
from variorum.model import VariorumError
from variorum.reading.encoder.masking import masks_of
from variorum.reading.encoder.names import names_in
from variorum.reading.encoder.session import Encoded, Session, softmax

LEAST = 0.15
"""Words less likely than this to fill a slot are left out."""


def tag(session: Session, text: str) -> Tagged:
    """All that the heads say of a text. Raises `VariorumError` no-muc4-heads for weights without the heads for MUC-4."""
    if not session.has("muc_roles"):
        raise VariorumError(
            "the reader's weights have no heads for MUC-4",
            remedy="train weights that have them (training/together.py), or score a --response",
            code="no-muc4-heads",
        )
    encoded = session.encode(text, masks_of(text, names_in(text)))
    if not len(encoded.states):
        return Tagged(text, (), (), 0.0)
    lines, where = np.unique(encoded.sentences, return_inverse=True)
    states = np.stack([encoded.states[where == n].mean(0) for n in range(len(lines))])
    return Tagged(
        text,
        tuple(_mentions(session, encoded, states, where)),
        tuple(_sentences(session, encoded, states, where)),
        _relevant(session, encoded),
    )


def _sigmoid(x: Floats) -> Floats:
    return np.asarray(1 / (1 + np.exp(-np.clip(x, -30, 30))), dtype=np.float32)


def _decide(
    session: Session, name: str, pooled: Floats, outputs: dict[str, tuple[str, ...]]
) -> dict[str, Floats]:
    """Raw scores by output, each [rows, values]."""
    inner = np.maximum(session.linear(f"{name}.inner", pooled.astype(np.float32)), 0)
    scores = session.linear(f"{name}.outer", inner)
    found, at = {}, 0
    for output, values in outputs.items():
        found[output] = scores[:, at : at + len(values)]
        at += len(values)
    return found


def _relevant(session: Session, encoded: Encoded) -> float:
    """The mean of the windows' own answers."""
    wholes = np.stack([encoded.states[w.own : w.last].mean(0) for w in encoded.windows])
    scores = session.linear("muc_window", np.concatenate([encoded.marks, wholes], axis=1))
    return float(_sigmoid(scores[:, 0]).mean())


def _sentences(session: Session, encoded: Encoded, states: Floats, where: np.ndarray) -> Iterator[Sentence]:
    firsts = [int(np.flatnonzero(where == n)[0]) for n in range(len(states))]
    lasts = [int(np.flatnonzero(where == n)[-1]) for n in range(len(states))]
    pooled = np.concatenate([states, encoded.marks[encoded.owner[firsts]]], axis=1)
    scores = _decide(session, "muc_sentence", pooled, SENTENCE_OUTPUTS)
    for n, (first, last) in enumerate(zip(firsts, lasts, strict=True)):
        yield Sentence(*encoded.span(first, last), {o: _sigmoid(s[n]) for o, s in scores.items()})


def _mentions(session: Session, encoded: Encoded, states: Floats, where: np.ndarray) -> Iterator[Mention]:
    spans = sorted(_spans(session, encoded))
    if not spans:
        return
    words = np.stack([encoded.states[a:b].mean(0) for a, b, _, _ in spans])
    pooled = np.concatenate([words, states[where[[a for a, *_ in spans]]]], axis=1)
    vectors = session.linear("muc_pair", pooled).reshape(len(spans), 2, PAIR_WIDTH)
    kinds = np.eye(len(KINDS), dtype=np.float32)[[kind for *_, kind, _ in spans]]
    scores = _decide(session, "muc_mention", np.concatenate([pooled, kinds], axis=1), MENTION_OUTPUTS)
    for n, (first, last, kind, score) in enumerate(spans):
        values = {
            output: _sigmoid(s[n]) if output in ("type", "foreign") else softmax(s[n])
            for output, s in scores.items()
        }
        start, end = encoded.span(first, last - 1)
        yield Mention(KINDS[kind], start, end, score, int(where[first]), values, *vectors[n])


def _spans(session: Session, encoded: Encoded) -> Iterator[tuple[int, int, int, float]]:
    """(first piece, last piece exclusive, kind, score) of likely fillers; whole words only."""
    chances = softmax(session.linear("muc_roles", encoded.states).reshape(-1, len(KINDS), 3))
    pieces = encoded.pieces
    # Pieces of one word are one: those without a gap between them whose meeting ends are letters or digits.
    joined = np.zeros(len(pieces.ids), dtype=bool)
    for i in range(1, len(joined)):
        joined[i] = (
            pieces.starts[i] == pieces.ends[i - 1]
            and encoded.text[pieces.starts[i]].isalnum()
            and encoded.text[pieces.ends[i - 1] - 1].isalnum()
        )
    starts = np.flatnonzero(~joined)
    ends = np.append(starts[1:], len(joined))
    for kind in range(len(KINDS)):
        begin = chances[starts, kind, 1]
        inside = np.array([chances[a:b, kind, 1:].sum(1).mean() for a, b in zip(starts, ends, strict=True)])
        word = 0
        while word < len(starts):
            if inside[word] < LEAST:
                word += 1
                continue
            last = word + 1
            while (
                last < len(starts)
                and inside[last] >= max(LEAST, 0.4 * inside[word])
                and begin[last] < 0.5 * inside[last]
            ):
                last += 1
            yield int(starts[word]), int(ends[last - 1]), kind, float(inside[word:last].mean())
            word = last
