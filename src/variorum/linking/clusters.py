"""Clusters of reports by average likeness.

Two clusters become one while the mean score of all pairs across them reaches the threshold, the best two first
(agglomerative clustering, average linkage; Sokal and Michener 1958). The mean is over every pair: one chance
likeness between two incidents does not join them. Pairs that were never compared count as `ABSENT`; but across large
clusters no more of them than were compared, or `SPARED` where those were fewer. For of an incident that thousands tell
of, each report is compared with some dozens only: most pairs say nothing because nobody asked.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Mapping
from typing import Final

ABSENT: Final = -3.0
"""Score of a pair with nothing to compare, in log-odds; no pair counts for less."""

SPARED: Final = 8
"""So many pairs across two clusters that were never compared always count: all of them where clusters are small."""

Pair = tuple[str, str]


def cluster(
    nodes: Iterable[str],
    scores: Mapping[Pair, float],
    threshold: float,
    together: Iterable[Pair] = (),
    apart: Iterable[Pair] = (),
) -> list[list[str]]:
    """The clusters, each in order, by their first nodes.

    `scores` holds log-odds under pairs (smaller name first). Pairs in `together` end in one cluster, pairs in `apart`
    never do; callers see to it that the two do not contradict each other. The order of all arguments is without effect.
    """
    members = {node: [node] for node in sorted(nodes)}
    home = {node: node for node in members}
    for a, b in sorted(together):
        first, second = sorted((home[a], home[b]))
        if first != second:
            for node in members[second]:
                home[node] = first
            members[first] += members.pop(second)
    across: dict[str, dict[str, tuple[float, int]]] = {node: {} for node in members}
    for (a, b), score in sorted(scores.items()):
        x, y = home[a], home[b]
        if x != y:
            total, count = across[x].get(y, (0.0, 0))
            across[x][y] = across[y][x] = (total + max(round(score, 6), ABSENT), count + 1)
    barred: dict[str, set[str]] = {node: set() for node in members}
    for a, b in apart:
        barred[home[a]].add(home[b])
        barred[home[b]].add(home[a])
    _merge(members, across, barred, threshold)
    return sorted(sorted(group) for group in members.values())


def _merge(
    members: dict[str, list[str]],
    across: dict[str, dict[str, tuple[float, int]]],
    barred: dict[str, set[str]],
    threshold: float,
) -> None:
    """Join the likest two clusters, by their smallest nodes where two pairs are as like, until none are like enough."""

    def mean(x: str, y: str) -> float:
        return mean_across(*across[x][y], len(members[x]) * len(members[y]))

    queue = [(-mean(x, y), x, y) for x in across for y in across[x] if x < y and mean(x, y) >= threshold]
    heapq.heapify(queue)
    while queue:
        value, x, y = heapq.heappop(queue)
        if x not in members or y not in members or y not in across[x] or -value != mean(x, y):
            continue
        if y in barred[x]:
            continue
        before = len(members[x])
        members[x] += members.pop(y)
        for z in barred.pop(y):
            barred[z].discard(y)
            barred[z].add(x)
            barred[x].add(z)
        moved = across.pop(y)
        for z, (total, count) in moved.items():
            del across[z][y]
            if z != x:
                known, number = across[x].get(z, (0.0, 0))
                across[x][z] = across[z][x] = (known + total, number + count)
        for z, (_, count) in across[x].items():
            # What counts of silent pairs has reached its bound: for z nothing has changed.
            same = z not in moved and before * len(members[z]) - count >= max(SPARED, count)
            if not same and mean(x, z) >= threshold:
                heapq.heappush(queue, (-mean(x, z), min(x, z), max(x, z)))


def mean_across(total: float, count: int, pairs: int) -> float:
    """The mean score of all pairs across two clusters, of which `count` were compared, with the sum `total`."""
    silent = min(pairs - count, max(SPARED, count))
    # Rounded, so that the order in which sums were built up decides nothing.
    return round((total + silent * ABSENT) / (count + silent), 9)
