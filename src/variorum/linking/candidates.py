"""Which pairs of reports are worth comparing closely: those the index brings together whose words are alike at all.

Of twenty pairs that share a key, one or two tell of one incident. Most others share so few words that no measure could
make up for it, which is seen at a fiftieth of the cost: the words of all reports that share a key with a new
one are multiplied with its own at once. Words are hashed and their weights rounded to whole numbers, so that a product is the
same whichever of two reports came first. What is compared follows from the set of reports alone, as in `index`.
"""

from __future__ import annotations

from typing import Final
from zlib import crc32

import numpy as np
import numpy.typing as npt

from variorum.linking.clusters import Pair
from variorum.linking.index import Doubt, Index
from variorum.linking.keys import keys_of
from variorum.linking.traits import Traits, Vector

LEAST: Final = 0.12
"""Cosine of all words plus cosine of the leads below which two reports are not compared: chosen on the reports of
linking/train, where no incident was lost by it."""

_SLOTS: Final = 1 << 15
_STEPS: Final = 4
"""Weights are counted in quarters."""


class Candidates:
    """The index, and the packed words of every report filed in it."""

    def __init__(self) -> None:
        self._index = Index()
        self._packed: dict[str, _Packed] = {}
        self._dense = np.zeros((2, _SLOTS), dtype=np.int32)

    def add(self, node: str, traits: Traits) -> tuple[list[str], list[Doubt]]:
        """File a report. Returns the nodes to compare it with, and the pairs that a key no longer brings together."""
        others, doubtful = self._index.add(node, keys_of(traits))
        self._packed[node] = _Packed(traits)
        return self._alike(node, sorted(others)), doubtful

    def remove(self, node: str) -> list[Pair]:
        """Take a report out. Returns pairs of others that are to be compared now, some of which were before."""
        gained = self._index.remove(node)
        del self._packed[node]
        return self._of(gained)

    def compares(self, a: str, b: str) -> bool:
        """Whether the index still brings together two reports whose words are alike."""
        return self._index.compares(a, b)

    def pairs(self) -> list[Pair]:
        """All pairs to compare closely, in order."""
        return self._of(self._index.pairs())

    def _of(self, pairs: set[Pair]) -> list[Pair]:
        by_first: dict[str, list[str]] = {}
        for a, b in sorted(pairs):
            by_first.setdefault(a, []).append(b)
        return [(a, b) for a, others in by_first.items() for b in self._alike(a, others)]

    def _alike(self, node: str, others: list[str]) -> list[str]:
        """Those of `others` whose words are alike enough to the node's."""
        if not others:
            return []
        own, rest = self._packed[node], [self._packed[other] for other in others]
        likeness = self._cosines(0, own.words, own.size, [p.words for p in rest], [p.size for p in rest])
        likeness += self._cosines(
            1, own.lead, own.lead_size, [p.lead for p in rest], [p.lead_size for p in rest]
        )
        return [other for other, value in zip(others, likeness.tolist(), strict=True) if value >= LEAST]

    def _cosines(
        self, part: int, own: _Array, size: float, rest: list[_Array], sizes: list[float]
    ) -> npt.NDArray[np.float64]:
        """Cosine of one vector with each of the others. Vectors are (2, words): slots, weights."""
        dense = self._dense[part]
        dense[own[0]] = own[1]
        together = np.concatenate(rest, axis=1)
        # A product beyond the last word, so that an empty vector at the end has a place to begin at.
        products = np.append(dense[together[0]] * together[1], 0)
        lengths = np.array([vector.shape[1] for vector in rest])
        starts = np.concatenate(([0], np.cumsum(lengths)[:-1]))
        sums = np.where(lengths > 0, np.add.reduceat(products, starts), 0)
        dense[own[0]] = 0
        return sums / np.maximum(size * np.array(sizes), 1e-9)


_Array = npt.NDArray[np.uint16]


class _Packed:
    """Words and lead of a report as slots and weights, with their lengths."""

    __slots__ = ("lead", "lead_size", "size", "words")

    def __init__(self, traits: Traits) -> None:
        self.words, self.size = _pack(traits.words)
        self.lead, self.lead_size = _pack(traits.lead)


def _pack(vector: Vector) -> tuple[_Array, float]:
    """Slots in order with the weight of each; of words that fall into one slot, the last by the alphabet counts."""
    slots = {
        crc32(word.encode()) % _SLOTS: round(_STEPS * vector.values[word]) for word in sorted(vector.values)
    }
    packed = np.array([sorted(slots), [slots[slot] for slot in sorted(slots)]], dtype=np.uint16)
    return packed, float(np.sqrt(np.sum(packed[1].astype(np.int64) ** 2)))
