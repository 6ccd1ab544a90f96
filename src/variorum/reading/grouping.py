"""The group of the people a toll counts: what the words say to any reader first, the network for the rest."""

from __future__ import annotations

import re

import numpy as np
import numpy.typing as npt

from variorum.model import Group
from variorum.reading.encoder.outputs import GROUPS
from variorum.reading.groups import group_evidence
from variorum.reading.quantities import Quantity

FIRMNESS = 4.0
"""What full evidence of the lexicon adds to a group's log-probability; chosen on reports held back."""
_TAIL = re.compile(
    r"(?:\s+(?:of|from|belonging\s+to)\s+(?:[\w'’-]+\s*){1,5})|(?:\s+who\s+were\s+(?:[\w'’-]+\s*){1,4})"
)

Floats = npt.NDArray[np.float32]


def people_words(text: str, quantity: Quantity) -> str:
    """The words for the people counted, with what follows their noun ("members" + "of the Frontier Corps")."""
    tail = _TAIL.match(text, quantity.end)
    return text[quantity.start : tail.end() if tail else quantity.end]


def group_scores(words: str, scores: Floats) -> Floats:
    """Log-scores by group from the network's raw scores and the lexicon."""
    shifted = scores - scores.max()
    total = np.asarray(shifted - np.log(np.exp(shifted).sum()), dtype=np.float32)
    for group, firmness in (group_evidence(words) or {}).items():
        if group is not Group.UNKNOWN:
            total[GROUPS.index(group)] += FIRMNESS * firmness
    return total
