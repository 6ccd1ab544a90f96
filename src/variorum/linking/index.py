"""The index that says which reports to compare, by the keys they share.

Two reports are compared if they share a key with few holders (at most `CAP`). A key of a stretch of time with
more holders, such as the name of a place all the world writes about that week, still has each of its holders compared with
`HUBS` of them: the first by content hash, which is as good as by lot, and the same in whatever order reports came.
So the pairs depend on the set of reports only, and one more report costs about the same in any pile.
"""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Iterator
from typing import Final

from variorum.linking.clusters import Pair
from variorum.linking.keys import is_timed

CAP: Final = 40
HUBS: Final = 8


class Index:
    """Holders of every key, and which of them are to be compared."""

    def __init__(self) -> None:
        self._keys: dict[str, frozenset[str]] = {}
        self._holders: dict[str, list[str]] = {}

    def add(self, node: str, keys: frozenset[str]) -> tuple[set[Pair], set[Pair]]:
        """File a report. Returns the pairs that are to be compared from now on, and those no longer to be."""
        gained: set[Pair] = set()
        doubtful: set[Pair] = set()
        self._keys[node] = keys
        for key in keys:
            holders = self._holders.setdefault(key, [])
            doubtful.update(self._lost_by_adding(key, holders, node))
            insort(holders, node)
            reach = self._reach(key, len(holders))
            others = holders if bisect_left(holders, node) < reach else holders[:reach]
            gained.update(_pair(node, other) for other in others if other != node)
        return gained, {pair for pair in doubtful if not self.compares(*pair)}

    def remove(self, node: str) -> tuple[set[Pair], set[Pair]]:
        """Take a report out. Returns as `add` does; pairs with the report itself are not among the lost."""
        gained: set[Pair] = set()
        for key in self._keys.pop(node):
            holders = self._holders[key]
            rank, before = bisect_left(holders, node), self._reach(key, len(holders))
            del holders[rank]
            after = self._reach(key, len(holders))
            if after > before:
                gained.update(_all_pairs(holders))
            elif rank < after <= len(holders) - 1 and len(holders) > CAP:
                gained.update(_pair(holders[after - 1], other) for other in holders[after:])
            if not holders:
                del self._holders[key]
        return gained, set()

    def compares(self, a: str, b: str) -> bool:
        """Whether two reports share a key under which they are compared."""
        first = min(a, b)
        for key in self._keys[a] & self._keys[b]:
            holders = self._holders[key]
            if len(holders) <= CAP or bisect_left(holders, first) < self._reach(key, len(holders)):
                return True
        return False

    @staticmethod
    def _reach(key: str, holders: int) -> int:
        """How many holders, from the first, are compared with all others."""
        return holders if holders <= CAP else HUBS if is_timed(key) else 0

    def _lost_by_adding(self, key: str, holders: list[str], node: str) -> Iterator[Pair]:
        """Pairs that this key no longer compares once a node is added."""
        after = self._reach(key, len(holders) + 1)
        if len(holders) == CAP:
            ranked = sorted((*holders, node))
            yield from (pair for pair in _all_pairs(ranked[after:]) if node not in pair)
        elif len(holders) > CAP and after and bisect_left(holders, node) < after:
            displaced = holders[after - 1]
            yield from (_pair(displaced, other) for other in holders[after:])


def _pair(a: str, b: str) -> Pair:
    return (a, b) if a < b else (b, a)


def _all_pairs(nodes: list[str]) -> Iterator[Pair]:
    for i, a in enumerate(nodes):
        for b in nodes[i + 1 :]:
            yield _pair(a, b)
