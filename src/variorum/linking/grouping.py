"""Groups of nodes kept up to date: after a change, only what it reaches is clustered anew.

First come sure clusters, by the mean over pairs (`clusters`). No sure cluster reaches beyond pairs that score as much as
the mean must, so such pairs bound what a change can alter. Then clusters that as wholes are likely one are joined
(`wholes`), each chain of likely ones by itself. Both follow from the set of nodes and their scores alone, however they came to
be: the parts that a change does not reach are as they would be if all were done anew.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from variorum.linking.clusters import Pair, cluster
from variorum.linking.decisions import Orders
from variorum.linking.score import Model
from variorum.linking.traits import Traits
from variorum.linking.wholes import Comparison, Group, Joint, bridges, join, ties_of


class Grouping:
    """The group of every node. `scores` are those of all pairs, both ways, and may change between calls of `settle`."""

    def __init__(
        self, model: Model, scores: Mapping[str, Mapping[str, float]], traits: Callable[[str], Traits]
    ) -> None:
        self.group_of: dict[str, Group] = {}
        self.joints: dict[str, Joint] = {}
        self._model = model
        self._scores = scores
        self._traits = traits
        self._sure: dict[str, Group] = {}
        self._likely: dict[Group, set[Group]] = {}

    def settle(self, touched: Iterable[str], orders: Orders) -> None:
        """Bring the groups up to date. `touched` are the nodes that are new or have a pair that changed."""
        stale = {node for name in touched for node in self._sure.get(name, (name,))} | set(touched)
        changed = self._cluster(stale, orders)
        reached = {node for group in changed for node in group}
        for group in changed:
            reached.update(node for other in self._likely.get(group, ()) for node in other)
        reached.update(node for name in tuple(reached) for node in self.group_of.get(name, ()))
        self._join(reached, orders)

    def _cluster(self, stale: set[str], orders: Orders) -> set[Group]:
        """Sure clusters of all that the stale nodes reach. Returns those that are new or have changed pairs."""
        ties: dict[str, set[str]] = {}
        for a, b in orders.together:
            ties.setdefault(a, set()).add(b)
            ties.setdefault(b, set()).add(a)
        done: set[str] = set()
        changed: set[Group] = set()
        for start in sorted(stale):
            if start in done:
                continue
            part = self._part(start, ties)
            done |= part
            together = [pair for pair in orders.together if pair[0] in part]
            for names in cluster(
                part, self._within(part), self._model.pairs.threshold, together, _in(part, orders)
            ):
                group = tuple(names)
                if group != self._sure.get(group[0]) or not stale.isdisjoint(group):
                    changed.add(group)
        old = {self._sure[node] for group in changed for node in group if node in self._sure}
        parted = {other for group in old for other in self._likely.pop(group, ())} - old
        for other in parted:
            self._likely[other] -= old
        for group in changed:
            self._sure.update(dict.fromkeys(group, group))
            self._likely[group] = set()
        self._judge(changed)
        return changed | parted

    def _judge(self, changed: set[Group]) -> None:
        """Tell which clusters are likely one with those that changed."""
        comparison, wholes = Comparison(self._traits), self._model.wholes
        for group in sorted(changed):
            scores = {(min(a, b), max(a, b)): score for a in group for b, score in self._scores[a].items()}
            near = {self._sure[node] for pair in scores for node in pair}
            for pair, links in bridges(near, scores).items():
                other = pair[1] if pair[0] == group else pair[0]
                if links.best < self._model.reach or (other in changed and other < group):
                    continue
                if wholes.log_odds(comparison.measure(*pair, links)) >= wholes.threshold:
                    self._likely[group].add(other)
                    self._likely[other].add(group)

    def _join(self, reached: set[str], orders: Orders) -> None:
        """Join likely clusters anew, in every chain of them that has a reached node."""
        done: set[Group] = set()
        for start in sorted({self._sure[node] for node in reached}):
            if start in done:
                continue
            chain, edge = {start}, [start]
            while edge:
                near = self._likely[edge.pop()] - chain
                chain |= near
                edge += near
            done |= chain
            part = {node for group in chain for node in group}
            measured = Comparison(self._traits).measure
            wholes, reach = self._model.wholes, self._model.reach
            groups, joints = join(
                chain,
                self._within(part),
                measured,
                wholes.log_odds,
                reach,
                wholes.threshold,
                _in(part, orders),
            )
            for node in part:
                self.joints.pop(node, None)
            self.joints.update(ties_of(joints))
            for names in groups:
                self.group_of.update(dict.fromkeys(names, tuple(names)))

    def _part(self, start: str, ties: Mapping[str, set[str]]) -> set[str]:
        """All nodes within reach of one over pairs that a sure cluster may rest on."""
        part, edge = {start}, [start]
        while edge:
            node = edge.pop()
            near = {n for n, score in self._scores[node].items() if score >= self._model.pairs.threshold}
            near |= ties.get(node, set())
            edge += near - part
            part |= near
        return part

    def _within(self, part: set[str]) -> dict[Pair, float]:
        return {(a, b): score for a in part for b, score in self._scores[a].items() if a < b and b in part}


def _in(part: set[str], orders: Orders) -> list[Pair]:
    """The pairs to keep apart among some nodes."""
    return [pair for pair in orders.apart if pair[0] in part and pair[1] in part]
