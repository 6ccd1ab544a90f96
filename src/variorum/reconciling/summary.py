"""The summary of an incident: what its reports tell of its type, day, place and parties, where they mostly agree."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TypeVar

from variorum.model import Day, Incident, IncidentType, LinkedIncident, Reading

_T = TypeVar("_T")

_FEW_DAYS = 6
"""So many days at most are one span of UCDP's date_prec 2, two to six days."""

_SEVERAL_DAYS = 2


def summary_of(linked: LinkedIncident, readings: Sequence[Reading]) -> Incident:
    """What most reports have as type, day and place of their main incident; of equals, what the earliest has.

    Where reports tell different days that lie close together, and none is told far more often, the day is the span of
    them: an attack that went on, or a day that reports disagree on.
    """
    mains = [
        incident
        for reading in readings
        if reading.report.id in linked.reports
        for incident in reading.incidents
        if not incident.background
    ]
    places = [one.place.model_copy(update={"evidence": None}) for one in mains if one.place]
    return Incident(
        id=linked.id,
        type=_commonest([one.type for one in mains if one.type is not IncidentType.UNKNOWN])
        or IncidentType.UNKNOWN,
        day=_span([one.day.model_copy(update={"evidence": None}) for one in mains if one.day]),
        place=_commonest(places),
        parties=tuple(dict.fromkeys(party for one in mains for party in one.parties)),
    )


def _span(days: Sequence[Day]) -> Day | None:
    """The span of the days that are told at least half as often as the commonest, if it is short; else the commonest."""
    told = Counter(days)
    most = max(told.values(), default=0)
    common = [day for day, count in told.items() if 2 * count >= most and (count > 1 or most == 1)]
    if not common:
        return None
    first, last = min(day.first for day in common), max(day.last for day in common)
    if (last - first).days >= _FEW_DAYS:
        return _commonest(days)
    precision = max(day.precision for day in common)
    return Day(
        first=first, last=last, precision=precision if first == last else max(precision, _SEVERAL_DAYS)
    )


def _commonest(values: Sequence[_T]) -> _T | None:
    return Counter(values).most_common(1)[0][0] if values else None
