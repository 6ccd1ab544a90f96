"""Outlines: what several reports tell together, in the form of one report's traits.

Reports of one incident each tell a part of it. One leaves the day out, another the name of the place; one gives the
number of dead, the other of the injured. Together they can be compared with a report that shares little with any
one of them.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import replace
from typing import Final, TypeVar

from variorum.linking.traits import Traits, Vector, Where
from variorum.linking.words import weight_of

MOST: Final = 60
"""Reports that enter an outline: beyond so many, more of them change little and cost as much as the others."""

_Value = TypeVar("_Value", bound=Hashable)


def outline_of(reports: Sequence[Traits]) -> Traits:
    """The traits of some reports taken together; of a single one, its own.

    Words count by their mean, what reports list is united, and of day and site the one that most of them tell is taken.
    Of more than `MOST` reports, the first ones by their keys stand for all. The order of the reports is without effect.
    """
    if len(reports) == 1:
        return reports[0]
    reports = _chosen(reports)
    names = _united(r.names for r in reports)
    return replace(
        reports[0],
        published=min((r.published for r in reports if r.published), default=None),
        publisher=None,
        words=_mean([r.words for r in reports]),
        lead=_mean([r.lead for r in reports]),
        title=_mean([r.title for r in reports]),
        names=names,
        named=sum(sorted(weight_of(name) for name in names)),
        pairs=frozenset(),
        ages=_united(r.ages for r in reports),
        streets=_united(r.streets for r in reports),
        figures=_united(r.figures for r in reports),
        lines={},
        running=(),
        days=_united(r.days for r in reports),
        told=_commonest(r.told.model_copy(update={"evidence": None}) for r in reports if r.told),
        wheres=_places(reports),
        areas=_united(r.areas for r in reports),
        site=_commonest(r.site for r in reports if r.site) or "",
        tolls=_united(r.tolls for r in reports),
    )


def core_of(reports: Sequence[Traits]) -> frozenset[str]:
    """The names that most of some reports use; of a single report, none, for it may use any by the way."""
    reports = _chosen(reports)
    counts = Counter(name for report in reports for name in report.names)
    return frozenset(name for name, count in counts.items() if count >= 2 and 2 * count > len(reports))


def _chosen(reports: Sequence[Traits]) -> Sequence[Traits]:
    return sorted(reports, key=lambda report: report.key)[:MOST]


def _mean(vectors: Iterable[Vector]) -> Vector:
    values: dict[str, float] = {}
    for vector in vectors:
        for word, value in vector.values.items():
            values[word] = values.get(word, 0.0) + value / vector.size
    # In a fixed order: sums of floats depend on it.
    return Vector(values, math.sqrt(sum(sorted(v * v for v in values.values()))))


def _united(sets: Iterable[frozenset[_Value]]) -> frozenset[_Value]:
    return frozenset().union(*sets)


def _commonest(values: Iterable[_Value]) -> _Value | None:
    """The value that is there most often; of several, the first by its text."""
    counts = Counter(values)
    return min(counts, key=lambda value: (-counts[value], str(value)), default=None)


def _places(reports: Sequence[Traits]) -> tuple[Where, ...]:
    """All places, the most mentioned first, each with its mean share of mentions."""
    shares: dict[int, float] = {}
    known: dict[int, Where] = {}
    for report in reports:
        for where in report.wheres:
            shares[where.place] = shares.get(where.place, 0.0) + where.share / len(reports)
            known.setdefault(where.place, where)
    return tuple(
        replace(known[place], share=shares[place])
        for place in sorted(shares, key=lambda place: (-shares[place], place))
    )
