"""A second look at clusters: each as a whole, by what its reports tell together.

The mean over pairs is a strict judge where reports of one incident differ much: written on the day or a year later, with or
without a date, about the deed or about an inquiry. So likely pairs come first and make small, sure clusters
(`clusters`); then two clusters are joined while their outlines, with what the pairs across say, make it likely
enough that they tell of one incident, the likeliest two first. A cluster may be a single report.
"""

from __future__ import annotations

import heapq
import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from variorum.linking.clusters import ABSENT, Pair, mean_across
from variorum.linking.outlines import core_of, outline_of
from variorum.linking.pairs import KINDS, measure
from variorum.linking.traits import Traits
from variorum.linking.words import UNKNOWN_WEIGHT, weight_of

Group = tuple[str, ...]
WHOLE_KINDS: Final[Mapping[str, tuple[str, ...]]] = {
    **KINDS,
    "own names": ("own_names",),
    "pairs": ("mean", "best", "size"),
}
"""Names of the measures of two clusters by what they are about: those of their outlines; whether each has a name that
most of its reports use and none of the other does, by the weight of the lighter one; and of the pairs across, the
mean and the highest score, in log-odds, and the logarithm of their number."""

WHOLE_MEASURES: Final = tuple(name for names in WHOLE_KINDS.values() for name in names)


@dataclass(frozen=True, slots=True)
class Across:
    """The pairs compared across two clusters: their scores added up, their number, and the highest score."""

    total: float
    count: int
    best: float

    def __add__(self, other: Across) -> Across:
        return Across(self.total + other.total, self.count + other.count, max(self.best, other.best))


@dataclass(frozen=True, slots=True)
class Joint:
    """Two clusters that became one: both, the log-odds on which they did, and the measures behind these."""

    groups: tuple[Group, Group]
    score: float
    measures: Mapping[str, float]


class Comparison:
    """Measures clusters of some reports against each other; what each tells as a whole is worked out once."""

    def __init__(self, traits: Callable[[str], Traits]) -> None:
        self._traits = traits
        self._outlines: dict[Group, Traits] = {}
        self._cores: dict[Group, frozenset[str]] = {}

    def measure(self, a: Group, b: Group, across: Across) -> dict[str, float]:
        """The measures of two clusters, by name. Order of the two does not matter."""
        found = measure(self._outline(a), self._outline(b))
        found["own_names"] = min(self._own(a, b), self._own(b, a))
        found["mean"] = mean_across(across.total, across.count, len(a) * len(b))
        found["best"] = across.best
        found["size"] = math.log(len(a) * len(b))
        return found

    def _outline(self, group: Group) -> Traits:
        if group not in self._outlines:
            self._outlines[group] = outline_of([self._traits(node) for node in group])
        return self._outlines[group]

    def _own(self, group: Group, other: Group) -> float:
        """Weight of the rarest name that most reports of one cluster use and none of the other does, from 0 to 1."""
        if group not in self._cores:
            self._cores[group] = core_of([self._traits(node) for node in group])
        own = self._cores[group] - self._outline(other).names
        return max((weight_of(name) for name in own), default=0.0) / UNKNOWN_WEIGHT


def bridges(groups: Iterable[Group], scores: Mapping[Pair, float]) -> dict[tuple[Group, Group], Across]:
    """What was compared across every two clusters, under the two in order."""
    home = {node: group for group in groups for node in group}
    found: dict[tuple[Group, Group], Across] = {}
    for (a, b), score in sorted(scores.items()):
        x, y = sorted((home[a], home[b]))
        if x != y:
            one = Across(max(round(score, 6), ABSENT), 1, round(score, 6))
            found[x, y] = found[x, y] + one if (x, y) in found else one
    return found


def join(
    groups: Iterable[Sequence[str]],
    scores: Mapping[Pair, float],
    measured: Callable[[Group, Group, Across], Mapping[str, float]],
    log_odds: Callable[[Mapping[str, float]], float],
    reach: float,
    threshold: float,
    apart: Iterable[Pair] = (),
) -> tuple[list[list[str]], list[Joint]]:
    """The clusters that remain after joining, by their first nodes, and what was joined, in order.

    Only clusters with a pair of at least `reach` between them are measured. They are joined if the log-odds that they
    are one are at least `threshold` and no pair in `apart` stands across. The order of all arguments is without
    effect.
    """
    near: dict[Group, dict[Group, Across]] = {tuple(sorted(group)): {} for group in groups}
    barred = [set(pair) for pair in apart]
    queue: list[tuple[float, tuple[Group, Group]]] = []
    likely: dict[tuple[Group, Group], Joint] = {}

    def judge(pair: tuple[Group, Group], across: Across) -> None:
        if across.best < reach or _barred(pair, barred):
            return
        measures = measured(*pair, across)
        score = round(log_odds(measures), 6)
        if score >= threshold:
            likely[pair] = Joint(pair, score, measures)
            heapq.heappush(queue, (-score, pair))

    for (a, b), across in bridges(near, scores).items():
        near[a][b] = near[b][a] = across
        judge((a, b), across)
    done: list[Joint] = []
    while queue:
        _, pair = heapq.heappop(queue)
        joint = likely.pop(pair)
        if pair[0] in near and pair[1] in near:
            done.append(joint)
            new = _united(near, pair)
            for other, across in sorted(near[new].items(), key=lambda item: item[0]):
                judge((min(other, new), max(other, new)), across)
    return sorted(list(group) for group in near), done


def _united(near: dict[Group, dict[Group, Across]], pair: tuple[Group, Group]) -> Group:
    """Make two clusters one, with all that was compared across to others. Returns the new one."""
    new = tuple(sorted((*pair[0], *pair[1])))
    links: dict[Group, Across] = {}
    for old in pair:
        for other, across in near.pop(old).items():
            if other not in pair:
                del near[other][old]
                links[other] = links[other] + across if other in links else across
    near[new] = links
    for other, across in links.items():
        near[other][new] = across
    return new


def _barred(pair: tuple[Group, Group], barred: Sequence[set[str]]) -> bool:
    """Whether two clusters hold two nodes that are to be kept apart."""
    if not barred:
        return False
    nodes = set(pair[0]) | set(pair[1])
    return any(two <= nodes for two in barred)


def ties_of(joints: Iterable[Joint]) -> dict[str, Joint]:
    """For every node the weakest joint by which it came to others: where it was not on the larger side."""
    ties: dict[str, Joint] = {}
    for joint in joints:
        least = min(len(group) for group in joint.groups)
        for node in (node for group in joint.groups if len(group) == least for node in group):
            if node not in ties or joint.score < ties[node].score:
                ties[node] = joint
    return ties
