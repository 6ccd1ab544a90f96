"""The index that says which reports to compare, by the keys they share.

Two reports are compared if they share a key with few holders (at most `CAP`). A key of a stretch of time with
more holders, such as the name of a place all the world writes about that week, still has each of its holders compared with
`HUBS` of them: the first by content hash, which is as good as by lot, and the same in whatever order reports came.
So the pairs depend on the set of reports only, and one more report costs about the same in any pile.
"""

from __future__ import annotations

from array import array
from bisect import insort
from collections.abc import Iterator
from itertools import combinations
from typing import Final

from variorum.linking.clusters import Pair
from variorum.linking.keys import is_timed

CAP: Final = 32
HUBS: Final = 8

Doubt = tuple[tuple[str, ...], tuple[str, ...]]
"""Nodes on two sides: one key brings no pair across any more. Another may."""


class Index:
    """Holders of every key, and which of them are to be compared."""

    def __init__(self) -> None:
        self._keys: dict[str, array[int]] = {}
        # In order, but for keys that compare nobody any more. Most keys have one holder, which stands without a list.
        self._holders: dict[int, str | list[str]] = {}

    def add(self, node: str, keys: frozenset[int]) -> tuple[set[str], list[Doubt]]:
        """File a report. Returns the nodes to compare it with, and the pairs that a key no longer brings together."""
        others: set[str] = set()
        doubtful: list[Doubt] = []
        self._keys[node] = array("q", sorted(keys))
        for key in keys:
            held = self._holders.get(key)
            if held is None:
                self._holders[key] = node
                continue
            if isinstance(held, str):
                held = self._holders[key] = [held]
            if len(held) < CAP:
                others.update(held)
                insort(held, node)
            elif not is_timed(key):
                if len(held) == CAP:
                    doubtful.append((tuple(held), tuple(held)))
                held.append(node)
            else:
                if len(held) == CAP:
                    doubtful.append((tuple(held[HUBS - 1 :]), tuple(held[HUBS - 1 :])))
                elif node < held[HUBS - 1]:
                    doubtful.append(((held[HUBS - 1],), tuple(held[HUBS:])))
                insort(held, node)
                others.update(held if node < held[HUBS] else held[:HUBS])
        others.discard(node)
        return others, doubtful

    def remove(self, node: str) -> set[Pair]:
        """Take a report out. Returns pairs of others that are to be compared now, some of which were before."""
        gained: set[Pair] = set()
        for key in self._keys.pop(node):
            held = self._holders[key]
            if isinstance(held, str):
                del self._holders[key]
                continue
            was_hub = node in held[:HUBS]
            held.remove(node)
            if len(held) == CAP:
                held.sort()
                gained.update(combinations(held, 2))
            elif len(held) > CAP and is_timed(key) and was_hub:
                gained.update((held[HUBS - 1], other) for other in held[HUBS:])
            elif not held:
                del self._holders[key]
        return gained

    def compares(self, a: str, b: str) -> bool:
        """Whether two reports share a key under which they are compared."""
        first = min(a, b)
        for key in set(self._keys[a]).intersection(self._keys[b]):
            held = self._holders[key]
            # A key that two reports share has a list of holders.
            if len(held) <= CAP or (is_timed(key) and first <= held[HUBS - 1]):
                return True
        return False

    def pairs(self) -> set[Pair]:
        """All pairs that are to be compared, smaller name first."""
        return set(self._all())

    def _all(self) -> Iterator[Pair]:
        for key, held in self._holders.items():
            if isinstance(held, str):
                continue
            if len(held) <= CAP:
                yield from combinations(held, 2)
            elif is_timed(key):
                for rank, hub in enumerate(held[:HUBS]):
                    yield from ((hub, other) for other in held[rank + 1 :])
