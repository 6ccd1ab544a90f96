"""A report as the heads for MUC-4 see it: words that fill slots, sentences that tell of incidents."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from variorum.evaluation.muc4.outputs import PAIR_WIDTH

Floats = npt.NDArray[np.floating]


@dataclass(frozen=True, slots=True, eq=False)
class Mention:
    """Words that fill a slot of some template."""

    kind: str  # one of `outputs.KINDS`
    start: int
    end: int
    score: float  # how surely they do, 0 to 1
    sentence: int
    values: Mapping[str, Floats]  # by output of `outputs.MENTION_OUTPUTS`: the probability of each value
    vector: Floats  # [PAIR_WIDTH]; products tell whether two belong to one incident
    own: Floats  # [PAIR_WIDTH]; products tell whether two are the same filler


def chances(some: Floats, others: Floats) -> Floats:
    """[some, others]: how likely two spans go together, by vectors [spans, PAIR_WIDTH] of one sort; 0 to 1."""
    product = some @ others.T / PAIR_WIDTH**0.5
    return np.asarray(1 / (1 + np.exp(-np.clip(product, -30, 30))))


@dataclass(frozen=True, slots=True, eq=False)
class Sentence:
    """A sentence and what incidents it tells of."""

    start: int
    end: int
    values: Mapping[str, Floats]  # by output of `outputs.SENTENCE_OUTPUTS`


@dataclass(frozen=True, slots=True, eq=False)
class Tagged:
    """A report's text with all that the heads say of it."""

    text: str
    mentions: tuple[Mention, ...]  # by start
    sentences: tuple[Sentence, ...]
    relevant: float  # how surely the report tells of an incident of the task
