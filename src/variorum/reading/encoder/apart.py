"""How far a piece stands from the span that asks for it, in steps that widen with the distance.

A pointer learns one bias a step; exact distances would give it hundreds, most of them seen a few times only. Buckets that
widen are those of T5 (Raffel et al., JMLR 2020).
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from variorum.reading.encoder.windows import WINDOW

Integers = npt.NDArray[np.int64]

_EDGES = np.array([1, 2, 3, 4, 5, 6, 8, 10, 13, 17, 22, 29, 38, 50, 66, 87, 115, 152, 201, 266])
DISTANCES = 2 * len(_EDGES) + 1
_SENTENCES_AWAY = 4
SENTENCES = 2 * _SENTENCES_AWAY + 1


def _bucket(away: Integers) -> Integers:
    steps = np.searchsorted(_EDGES, np.abs(away), "right")
    return np.asarray(len(_EDGES) + np.sign(away) * steps, dtype=np.int64)


BUCKETS: Integers = _bucket(np.arange(-WINDOW, WINDOW + 1))
"""The bucket of each distance in pieces, from -WINDOW to WINDOW."""


def pieces_apart(away: Integers) -> Integers:
    """Buckets of distances in pieces (negative: before the span), each 0 to DISTANCES - 1."""
    return np.asarray(BUCKETS[np.clip(away, -WINDOW, WINDOW) + WINDOW])


def sentences_apart(away: Integers) -> Integers:
    """Buckets of distances in sentences, each 0 to SENTENCES - 1; the middle one is the span's own sentence."""
    return np.asarray(np.clip(away, -_SENTENCES_AWAY, _SENTENCES_AWAY) + _SENTENCES_AWAY)
