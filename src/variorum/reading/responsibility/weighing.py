"""How likely a candidate is to be a claim, by stance: two small log-linear models, one upon the other.

The first weighs the words around a mention and was fitted on reports that the network was trained on too, where the
network's own scores look better than they are. The second weighs the first's odds together with the network's scores and
was therefore fitted on reports held back from the network. Both by `training/responsibility.py`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

import numpy as np
import numpy.typing as npt

from variorum.reading.encoder.outputs import STANCES
from variorum.reading.people import read_table
from variorum.reading.responsibility.candidates import LEARNED, Candidate

Floats = npt.NDArray[np.float32]
BLENDED = (
    "always",
    "words",
    "actor",
    "about it",
    "sentence about it",
    "background",
    "actor of stance",
    "stance",
)
"""What the second model weighs, in order; `words` are the first's log odds against none, the rest is the network's."""
WHOLE = ("actor", "responsibility", "responsibility in the sentence", "background")
"""What the network says of a candidate whatever the stance."""


@dataclass(frozen=True, slots=True)
class Weights:
    """Weights by feature: the row of each feature's name in [features, columns]."""

    row: Mapping[str, int]
    rows: Floats


def chances(found: Sequence[Candidate]) -> Floats:
    """[candidates, 1 + stances]: the probability that a mention makes no claim, and of a claim of each stance."""
    if not found:
        return np.zeros((0, 1 + len(STANCES)), dtype=np.float32)
    return probabilities(blended(odds(found, _weights("words_weights.tsv")), found) @ _blend())


def odds(found: Sequence[Candidate], weights: Weights) -> Floats:
    """[candidates, stances]: log odds of each stance against none, by the words around the mention alone."""
    total = np.zeros((len(found), len(STANCES)), dtype=np.float32)
    for n, one in enumerate(found):
        known = [(weights.row[name], value) for name, value in one.features.items() if name in weights.row]
        if known:
            at, values = zip(*known, strict=True)
            total[n] = np.array(values, dtype=np.float32) @ weights.rows[list(at)]
    return total


def blended(words: Floats, found: Sequence[Candidate]) -> Floats:
    """[candidates, stances, `BLENDED`]: what the second model weighs; one weight does for all stances."""
    network = (
        np.stack([one.learned for one in found]) if found else np.zeros((0, len(LEARNED)), dtype=np.float32)
    )
    whole = network[:, [LEARNED.index(name) for name in WHOLE]]
    shape = (*words.shape, len(WHOLE))
    parts = [
        np.ones((*words.shape, 1)),
        words[:, :, None] / 2,
        np.broadcast_to(whole[:, None, :], shape),
        *(
            network[:, [LEARNED.index(f"{name} {stance}") for stance in STANCES]][:, :, None]
            for name in ("actor", "stance")
        ),
    ]
    return np.concatenate(parts, axis=2).astype(np.float32)


def probabilities(told: Floats) -> Floats:
    """[n, 1 + stances] from log odds against none [n, stances]."""
    raised = np.exp(np.clip(told, -30, 30))
    whole = 1 + raised.sum(1, keepdims=True)
    return np.asarray(np.concatenate([1 / whole, raised / whole], axis=1), dtype=np.float32)


@cache
def _weights(name: str) -> Weights:
    rows = read_table("variorum.reading.responsibility", name)
    values = np.array([[float(x) for x in row[1:]] for row in rows], dtype=np.float32)
    return Weights(MappingProxyType({row[0]: n for n, row in enumerate(rows)}), values)


@cache
def _blend() -> Floats:
    """One weight for each of `BLENDED`."""
    weights = _weights("blend_weights.tsv")
    return weights.rows[[weights.row[name] for name in BLENDED], 0]
