"""Incidents over many reports: which reports speak of the same one, with score and reasons for every link.

Reports come one by one; each is compared only with those the index holds likely. What a set of reports comes to
does not depend on the order in which they came: the pairs compared, their scores and the clusters follow from the set.
Reports with the very same text are one node and always in one incident, so a copy changes no partition.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from variorum.linking.candidates import Candidates
from variorum.linking.clusters import ABSENT
from variorum.linking.decisions import Decision, Orders, orders_of
from variorum.linking.grouping import Grouping
from variorum.linking.pairs import KINDS, measure
from variorum.linking.score import Model, load_model, probability
from variorum.linking.traits import Traits, traits_of
from variorum.linking.wholes import WHOLE_KINDS
from variorum.model import InputError, Link, LinkedIncident, Reading, content_id

_Rank = tuple[date, str, str, str]


class _Node:
    """One text: the reports that carry it, in order, and the traits of the first of them."""

    __slots__ = ("reports", "traits")

    def __init__(self, traits: Traits, first: _Rank) -> None:
        self.traits = traits
        self.reports = [first]


class Linker:
    """Links reports to incidents. `add` reports, then ask for `incidents`; both may be done again and again."""

    def __init__(self, decisions: Sequence[Decision] = (), model: Model | None = None) -> None:
        self._model = model or load_model()
        self._decisions = tuple(decisions)
        self._orders = Orders()
        self._candidates = Candidates()
        self._nodes: dict[str, _Node] = {}
        self._node_of: dict[str, str] = {}
        self._scores: dict[str, dict[str, float]] = {}
        self._grouping = Grouping(self._model, self._scores, self._traits_of)
        self._touched: set[str] = set()

    def add(self, reading: Reading) -> None:
        """Take in one report as read. The same report again changes nothing.

        Raises `InputError` duplicate-id for another text under an id that is known already.
        """
        report = reading.report
        name = report.content_hash
        known = self._node_of.get(report.id)
        if known is not None and known != name:
            raise InputError(
                f"the report {report.id!r} was linked already, with another text",
                where=report.id,
                remedy="give each report an id of its own",
                code="duplicate-id",
            )
        if known is not None:
            return
        self._node_of[report.id] = name
        rank = report.place_in_time
        node = self._nodes.get(name)
        self._touched.add(name)
        if node is not None:
            first = node.reports[0]
            node.reports = sorted((*node.reports, rank))
            if rank[:3] >= first[:3]:
                return
            # The earliest report that carries a text stands for it, whichever came first to us.
            self._take_out(name)
            node.traits = traits_of(reading)
        else:
            node = self._nodes[name] = _Node(traits_of(reading), rank)
        self._file(name, node.traits)

    def decide(self, decisions: Iterable[Decision]) -> None:
        """Record further decisions; they overrule earlier ones and whatever the model says."""
        self._decisions += tuple(decisions)

    def obey(self, decisions: Iterable[Decision]) -> None:
        """Take these decisions in the place of all earlier ones."""
        self._decisions = tuple(decisions)

    @property
    def unmet(self) -> tuple[Decision, ...]:
        """Decisions that later ones, or the reports themselves, contradict, as of the last `incidents`."""
        return self._orders.unmet

    def incidents(self) -> tuple[LinkedIncident, ...]:
        """All incidents, by their first reports. Only what changed since the last call is worked out anew."""
        self._settle()
        groups = sorted(
            set(self._grouping.group_of.values()), key=lambda g: min(self._nodes[n].reports[0] for n in g)
        )
        return tuple(self._incident(group) for group in groups)

    def incident_of(self, report: str) -> LinkedIncident:
        """The incident of one report, which must have been added."""
        self._settle()
        return self._incident(self._grouping.group_of[self._node_of[report]])

    def partition(self) -> dict[str, str]:
        """Id of the incident of every report."""
        self._settle()
        ids = {group: self._id(group) for group in set(self._grouping.group_of.values())}
        return {report: ids[self._grouping.group_of[node]] for report, node in self._node_of.items()}

    def _file(self, name: str, traits: Traits) -> None:
        others, doubtful = self._candidates.add(name, traits)
        self._scores[name] = {}
        scores = self._scores
        lost = {
            (min(a, b), max(a, b))
            for side, across in doubtful
            for a in side
            for b in scores[a].keys() & across
        }
        for a, b in lost:
            if not self._candidates.compares(a, b):
                self._forget(a, b)
        for other in others:
            self._compare(name, other)

    def _take_out(self, name: str) -> None:
        gained = self._candidates.remove(name)
        for other in self._scores.pop(name):
            del self._scores[other][name]
            self._touched.add(other)
        for a, b in gained:
            self._compare(a, b)

    def _traits_of(self, name: str) -> Traits:
        return self._nodes[name].traits

    def _compare(self, a: str, b: str) -> None:
        if b in self._scores[a]:
            return
        score = self._model.pairs.log_odds(measure(self._nodes[a].traits, self._nodes[b].traits))
        if score > ABSENT:
            self._scores[a][b] = self._scores[b][a] = round(score, 6)
            self._touched.update((a, b))

    def _forget(self, a: str, b: str) -> None:
        if self._scores[a].pop(b, None) is not None:
            del self._scores[b][a]
            self._touched.update((a, b))

    def _settle(self) -> None:
        """Cluster anew every part of the pile that something has touched."""
        orders = orders_of(self._decisions, self._node_of)
        changed = set(orders.together) ^ set(self._orders.together)
        changed |= set(orders.apart) ^ set(self._orders.apart)
        self._touched.update(node for pair in changed for node in pair)
        self._orders = orders
        self._grouping.settle(self._touched, orders)
        self._touched.clear()

    def _id(self, group: tuple[str, ...]) -> str:
        return content_id("incident", min(group, key=lambda name: (self._nodes[name].reports[0][:3], name)))

    def _incident(self, group: tuple[str, ...]) -> LinkedIncident:
        ranked = sorted(rank for name in group for rank in self._nodes[name].reports)
        reports = tuple(rank[3] for rank in ranked)
        links = tuple(self._link(report, group) for report in reports[1:])
        return LinkedIncident(id=self._id(group), reports=reports, links=links)

    def _link(self, report: str, group: tuple[str, ...]) -> Link:
        """What ties a report to the rest of its incident: a decision, else the report it is likest to, else, where this
        is likelier, what all reports tell together.
        """
        name = self._node_of[report]
        node = self._nodes[name]
        if node.reports[0][3] != report:
            return Link(report=report, other=node.reports[0][3], by="same text", score=1.0, support=1.0)
        rest = [other for other in group if other != name]
        scores = self._scores[name]
        mean = sum(max(scores.get(other, ABSENT), ABSENT) for other in rest) / len(rest)
        told = sorted({x for pair in self._orders.together if name in pair for x in pair} - {name})
        best = told[0] if told else min(rest, key=lambda other: (-scores.get(other, ABSENT), other))
        score = scores.get(best, ABSENT)
        joint = self._grouping.joints.get(name)
        by_whole = joint is not None and not told and joint.score > score
        return Link(
            report=report,
            other=self._nodes[best].reports[0][3],
            by="decision" if told else "whole" if by_whole else "likeness",
            score=probability(joint.score if joint and by_whole else score),
            support=probability(max(mean, joint.score) if joint else mean),
            reasons=self._model.wholes.reasons(joint.measures, WHOLE_KINDS)
            if joint and by_whole
            else self._model.pairs.reasons(measure(node.traits, self._nodes[best].traits), KINDS),
        )


def link(readings: Iterable[Reading], decisions: Sequence[Decision] = ()) -> tuple[LinkedIncident, ...]:
    """The incidents of a pile of reports, in one go."""
    linker = Linker(decisions)
    for reading in readings:
        linker.add(reading)
    return linker.incidents()
