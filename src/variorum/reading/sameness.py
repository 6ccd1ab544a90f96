"""Learned coreference: how probable it is that two mentions of sources are one party."""

from __future__ import annotations

from collections.abc import Callable

from variorum.model import Span
from variorum.reading.encoder.session import Encoded, Session


def links_of(session: Session, encoded: Encoded) -> Callable[[Span, Span], float]:
    """A function from two mentions (characters, the earlier first) to a probability; 0 where the network cannot see both."""
    seen: dict[Span, tuple[int, list[float]]] = {}

    def chances(mention: Span) -> tuple[int, list[float]]:
        if mention not in seen:
            pieces = encoded.pieces.inside(*mention)
            if not len(pieces):
                seen[mention] = (0, [])
            else:
                first, last = encoded.reach(pieces[0])
                seen[mention] = (first, session.point("same", encoded, pieces, (first, last))[:, 0].tolist())
        return seen[mention]

    def linked(one: Span, other: Span) -> float:
        first, found = chances(other)
        at = [p - first for p in encoded.pieces.inside(*one) if 0 <= p - first < len(found)]
        return sum(found[i] for i in at) / len(at) if at else 0.0

    return linked
