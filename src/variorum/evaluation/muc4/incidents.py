"""Entities to incidents: victims, targets, perpetrators and weapons that belong together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from variorum.evaluation.muc4.entities import Entity
from variorum.evaluation.muc4.outputs import TYPES
from variorum.evaluation.muc4.tagged import chances

HIT = ("Target", "Victim", "Described")
"""Kinds that tell incidents apart: who or what was hit. The others join one, or several."""


@dataclass(frozen=True, slots=True)
class Grouped:
    """One incident with its fillers."""

    type: str
    entities: tuple[Entity, ...]


def together(one: Entity, other: Entity) -> float:
    """How likely two entities belong to one incident, 0 to 1: the mean over their mentions."""
    chance = chances(np.stack([m.vector for m in one.mentions]), np.stack([m.vector for m in other.mentions]))
    weight = np.outer([m.score for m in one.mentions], [m.score for m in other.mentions])
    return float((chance * weight).sum() / weight.sum())


def incidents_of(entities: Sequence[Entity], least: float) -> list[Grouped]:
    """The incidents of a report: what was hit, joined by average linkage down to `least`, and who and what goes with it."""
    anchors = [e for e in entities if e.kind in HIT] or [e for e in entities if e.kind == "PerpInd"]
    anchors = anchors or list(entities)
    link = np.array([[together(a, b) for b in anchors] for a in anchors])
    groups = [[n] for n in range(len(anchors))]
    while len(groups) > 1:
        links = [
            (float(link[np.ix_(groups[i], groups[j])].mean()), -i, -j)
            for i in range(len(groups))
            for j in range(i)
        ]
        best, i, j = max(links)
        if best < least:
            break
        groups[-j] += groups.pop(-i)
    sets = [[anchors[n] for n in sorted(group)] for group in groups]
    for entity in (e for e in entities if e not in anchors):
        fits = [
            float(np.mean([together(entity, a) for a in group if a.kind in HIT] or [1.0])) for group in sets
        ]
        for n, group in enumerate(sets):
            if fits[n] >= least or fits[n] == max(fits):
                group.append(entity)
    return [Grouped(type_of(group), tuple(group)) for group in sets]


def type_of(entities: Sequence[Entity]) -> str:
    """The likeliest type of an incident by what is said of its fillers."""
    told = [e for e in entities if e.kind != "PerpOrg"] or entities
    return TYPES[int(np.argmax(np.sum([e.score * e.values["type"] for e in told], axis=0)))]
