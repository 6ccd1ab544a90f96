"""Alignment: which finding stands for which annotation, one to one.

Two ways. `assign` finds the best pairs as a whole, for claims and attributions, where several findings may vie
for the same words. `pair_overlapping` takes the best-fitting spans first, as TempEval-3 does, for expressions
that seldom overlap one another.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

Span = tuple[int, int]
"""Start and end in characters of a text, end exclusive."""

Pair = tuple[int, int]
"""Number of the annotation, number of the finding."""


def overlap(one: Span, two: Span) -> int:
    """How many characters two spans share; 0 or less where they do not touch."""
    return min(one[1], two[1]) - max(one[0], two[0])


def pair_overlapping(key: Sequence[Span], found: Sequence[Span]) -> list[Pair]:
    """Pairs of overlapping spans: equal spans first, then by the longest overlap, then from the left."""
    candidates = sorted(
        (one != two, -overlap(one, two), one[0], two[0], i, j)
        for i, one in enumerate(key)
        for j, two in enumerate(found)
        if overlap(one, two) > 0
    )
    partner: dict[int, int] = {}
    taken: set[int] = set()
    for *_, i, j in candidates:
        if i not in partner and j not in taken:
            partner[i] = j
            taken.add(j)
    return list(partner.items())


def assign(gains: NDArray[np.float64]) -> list[Pair]:
    """The one-to-one pairs (row, column) whose gains have the greatest sum; a gain of 0 never makes a pair.

    Shortest augmenting paths with dual prices (Crouse, "On implementing 2D rectangular assignment algorithms",
    2016): cubic in the number of rows, which is tens at most. A library for it would be larger than all of this.
    """
    if not gains.size:
        return []
    if gains.shape[0] > gains.shape[1]:
        return sorted((row, column) for column, row in assign(gains.T))
    holder = _cheapest(gains.max() - gains)
    pairs = ((int(row), column) for column, row in enumerate(holder) if row >= 0)
    return sorted((row, column) for row, column in pairs if gains[row, column] > 0)


def assign_few(gains: Mapping[Pair, float]) -> list[Pair]:
    """The same where few of all pairs have a gain: those that have no row or column in common are solved by themselves."""
    return sorted(pair for group in _connected(gains) for pair in _best(group, gains))


def _connected(pairs: Mapping[Pair, float]) -> Iterator[list[Pair]]:
    at_row, at_column = defaultdict(list), defaultdict(list)
    for row, column in pairs:
        at_row[row].append(column)
        at_column[column].append(row)
    seen: set[int] = set()
    for start in sorted(at_row):
        if start in seen:
            continue
        seen.add(start)
        waiting, group = [start], []
        while waiting:
            row = waiting.pop()
            for column in at_row[row]:
                group.append((row, column))
                for other in at_column[column]:
                    if other not in seen:
                        seen.add(other)
                        waiting.append(other)
        yield group


def _best(group: Sequence[Pair], gains: Mapping[Pair, float]) -> list[Pair]:
    rows, columns = sorted({row for row, _ in group}), sorted({column for _, column in group})
    row_at, column_at = ({name: at for at, name in enumerate(names)} for names in (rows, columns))
    matrix = np.zeros((len(rows), len(columns)))
    for row, column in group:
        matrix[row_at[row], column_at[column]] = gains[row, column]
    return [(rows[row], columns[column]) for row, column in assign(matrix)]


def _cheapest(costs: NDArray[np.float64]) -> NDArray[np.intp]:
    """For each column the row that gets it, or -1; every row gets one. Needs rows <= columns, costs >= 0."""
    rows, columns = costs.shape
    row_price, column_price = np.zeros(rows), np.zeros(columns)
    holder = np.full(columns, -1, dtype=np.intp)
    column_of = np.full(rows, -1, dtype=np.intp)
    for new in range(rows):
        shortest = np.full(columns, np.inf)
        reached_from = np.full(columns, -1, dtype=np.intp)
        closed = np.zeros(columns, dtype=bool)
        visited, row, length = [], new, 0.0
        while True:
            visited.append(row)
            through = length + costs[row] - row_price[row] - column_price
            better = ~closed & (through < shortest)
            shortest[better] = through[better]
            reached_from[better] = row
            column = int(np.argmin(np.where(closed, np.inf, shortest)))
            length = float(shortest[column])
            closed[column] = True
            if holder[column] < 0:
                break
            row = int(holder[column])
        row_price[new] += length
        for other in visited[1:]:
            row_price[other] += length - shortest[column_of[other]]
        column_price[closed] -= length - shortest[closed]
        while True:  # hand each column on the path to the row before it
            row = int(reached_from[column])
            holder[column] = row
            column_of[row], column = column, int(column_of[row])
            if row == new:
                break
    return holder
