"""Decisions of reviewers on links: join, split, never join. Later ones overrule earlier ones."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from pydantic import Field

from variorum.linking.clusters import Pair
from variorum.model import Record


class Decision(Record):
    """One recorded decision about reports, named by their ids.

    `join`: all of `reports` speak of one incident. `never`: none of `reports` speaks of an incident that one
    of `others` speaks of. `split`: `reports` speak of one incident, and it is not that of `others`.
    """

    kind: Literal["join", "split", "never"]
    reports: tuple[str, ...] = Field(min_length=1)
    others: tuple[str, ...] = ()
    by: str = Field(min_length=1, description="who decided")
    on: date = Field(description="day of the decision")
    why: str = ""


@dataclass(frozen=True, slots=True)
class Orders:
    """What decisions come to for the reports at hand: pairs that belong together, pairs kept apart, decisions unmet."""

    together: tuple[Pair, ...] = ()
    apart: tuple[Pair, ...] = ()
    unmet: tuple[Decision, ...] = ()


def orders_of(decisions: Sequence[Decision], node_of: Mapping[str, str]) -> Orders:
    """The orders that follow from decisions, the last one first in rank.

    `node_of` gives the node of every known report; reports not known yet are passed over. What contradicts a
    later decision is left out, and its decision named among the unmet: so is keeping apart two copies of one
    text, which can speak of one thing only.
    """
    leader: dict[str, str] = {}

    def find(node: str) -> str:
        while leader.setdefault(node, node) != node:
            node = leader[node]
        return node

    together: list[Pair] = []
    apart: list[Pair] = []
    unmet: list[Decision] = []
    for decision in reversed(decisions):
        met = True
        for a, b in _joined(decision, node_of):
            first, second = sorted((find(a), find(b)))
            if any({find(x), find(y)} == {first, second} for x, y in apart if first != second):
                met = False
                continue
            leader[second] = first
            together.append((min(a, b), max(a, b)))
        for a, b in _parted(decision, node_of):
            if find(a) == find(b):
                met = False
                continue
            apart.append((min(a, b), max(a, b)))
        if not met:
            unmet.append(decision)
    return Orders(tuple(sorted(set(together))), tuple(sorted(set(apart))), tuple(unmet))


def _joined(decision: Decision, node_of: Mapping[str, str]) -> Iterable[Pair]:
    if decision.kind == "never":
        return
    known = [node_of[r] for r in decision.reports if r in node_of]
    if decision.kind == "join":
        known += [node_of[r] for r in decision.others if r in node_of]
    yield from ((known[0], node) for node in known[1:] if node != known[0])


def _parted(decision: Decision, node_of: Mapping[str, str]) -> Iterable[Pair]:
    if decision.kind == "join":
        return
    for report in decision.reports:
        for other in decision.others:
            if report in node_of and other in node_of:
                yield node_of[report], node_of[other]
