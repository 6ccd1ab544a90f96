"""Our incidents beside those of a reference data set: which belong together, and what agrees and differs.

Two incidents can be a pair if their days do not lie further apart than the tolerance, their points no further than their
precisions allow, and at least place or parties agree (where no day is known, both). Each pair has an agreement, the
sum of three parts from 0 to 1: days, place, words of the parties; pairs are one to one with the greatest total
agreement. Nothing here says who is right, and nothing is changed.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Literal

from pydantic import Field

from variorum.evaluation.alignment import assign_few
from variorum.evaluation.places import distance_km
from variorum.model import Day, Dossier, Place, Record
from variorum.model.reference import Reference
from variorum.reconciling.profiles import apply

TOLERANCE_DAYS = 2
"""How many days two incidents of known days may lie apart."""

NEAR_KM: Mapping[int, float] = {1: 25, 2: 50, 3: 100, 4: 300}
"""How many kilometres two points may lie apart, by the vaguer where_prec. Points of vaguer places tell nothing."""

SPREAD_DAYS: Mapping[int, int] = {1: 0, 2: 6, 3: 7, 4: 31, 5: 366}
"""How far off a single day may be, by its date_prec."""

_PROFILE = "ucdp"
_WHOLE = frozenset({"best", "low", "high", "fatalities"})
_WORD = re.compile(r"\w{4,}")
_NAME_WORD = re.compile(r"\w+")

Stand = Literal["agrees", "differs", "unknown"]


class Bounds(Record):
    """A figure of ours: the numbers that the profile comes to; None is not told."""

    low: int | None = None
    high: int | None = None

    def hold(self, number: int) -> bool:
        """Whether a number lies within them. An open bound holds everything on its side."""
        return (self.low is None or self.low <= number) and (self.high is None or number <= self.high)


class Ours(Record):
    """An incident of ours, as far as it can be compared. `figures` by UCDP's names of columns."""

    id: str
    day: Day | None = None
    place: Place | None = None
    parties: tuple[str, ...] = ()
    figures: dict[str, Bounds] = Field(default={})


class Point(Record):
    """One thing compared: what we have, what the reference has, how the two stand."""

    what: str
    stand: Stand
    ours: str = ""
    theirs: str = ""


class Matched(Record):
    """An incident of ours and one of the reference that belong together, by `agreement` from 0 to 3."""

    ours: str
    reference: str
    where: str
    agreement: float
    points: tuple[Point, ...]


class Comparison(Record):
    """All pairs in our order, and the ids of what either side has alone."""

    matched: tuple[Matched, ...] = ()
    only_ours: tuple[str, ...] = ()
    only_reference: tuple[str, ...] = ()


def ours_of(dossier: Dossier, name: str) -> Ours:
    """An incident of ours from its dossier, tolls by the profile `ucdp`. Parties are those named and those accused."""
    summary = dossier.summary
    actors = (question.actor for question in dossier.questions if question.actor)
    figures = {}
    for figure in apply(_PROFILE, dossier).figures:
        told = [number for number in (figure.low, figure.best, figure.high) if number is not None]
        if figure.column and told:
            low = figure.low if figure.low is not None else figure.best
            figures[figure.column] = Bounds(
                low=low, high=figure.high if figure.high is not None else figure.best
            )
    return Ours(
        id=name,
        day=summary.day if summary else None,
        place=summary.place if summary else None,
        parties=tuple(dict.fromkeys((*(summary.parties if summary else ()), *actors))),
        figures=figures,
    )


def compare(ours: Sequence[Ours], references: Sequence[Reference]) -> Comparison:
    """Pair incidents with references one to one. Order decides only between pairs that agree equally."""
    left = [_Side.of(one.day, one.place, one.parties) for one in ours]
    right = [_Side.of(one.day, one.place, one.parties) for one in references]
    gains = {
        (row, column): gain
        for row, column in _near(left, right)
        if (gain := _agreement(left[row], right[column])) > 0
    }
    pairs = assign_few(gains)
    taken_left, taken_right = {row for row, _ in pairs}, {column for _, column in pairs}
    return Comparison(
        matched=tuple(
            Matched(
                ours=ours[row].id,
                reference=references[column].id,
                where=references[column].where,
                agreement=round(gains[row, column], 3),
                points=tuple(_points(ours[row], references[column])),
            )
            for row, column in pairs
        ),
        only_ours=tuple(one.id for row, one in enumerate(ours) if row not in taken_left),
        only_reference=tuple(one.id for column, one in enumerate(references) if column not in taken_right),
    )


@dataclass(frozen=True, slots=True)
class _Side:
    """What is compared of one incident, made once."""

    days: tuple[date, date] | None
    place: Place | None
    words: frozenset[str] = field(default_factory=frozenset)

    @classmethod
    def of(cls, day: Day | None, place: Place | None, parties: Sequence[str]) -> _Side:
        words = (word for party in parties for word in _WORD.findall(party.casefold()))
        return cls(_days(day), place, frozenset(words))


def _days(day: Day | None) -> tuple[date, date] | None:
    """The days on which it may have been: those told; a single day is widened by its precision."""
    if day is None:
        return None
    spread = SPREAD_DAYS[day.precision] if day.first == day.last else 0
    first = max(day.first.toordinal() - spread, date.min.toordinal())
    last = min(day.last.toordinal() + spread, date.max.toordinal())
    return date.fromordinal(first), date.fromordinal(last)


def _near(left: Sequence[_Side], right: Sequence[_Side]) -> Iterator[tuple[int, int]]:
    """Pairs that may agree by their days, and all with an unknown day."""
    by_month: dict[tuple[int, int], list[int]] = defaultdict(list)
    undated = [number for number, one in enumerate(right) if one.days is None]
    for number, one in enumerate(right):
        for month in _months(one.days):
            by_month[month].append(number)
    for row, one in enumerate(left):
        if one.days is None:
            found: set[int] = set(range(len(right)))
        else:
            found = {*undated, *(number for month in _months(one.days) for number in by_month[month])}
        for column in sorted(found):
            yield row, column


def _months(days: tuple[date, date] | None) -> Iterator[tuple[int, int]]:
    """The months of some days, with those in reach of the tolerance."""
    if days is None:
        return
    room = timedelta(days=TOLERANCE_DAYS)
    first = days[0] - room if days[0] - date.min > room else date.min
    last = days[1] + room if date.max - days[1] > room else date.max
    for month in range(first.year * 12 + first.month - 1, last.year * 12 + last.month):
        yield divmod(month, 12)


def _agreement(one: _Side, two: _Side) -> float:
    """From 0 (no pair) to 3."""
    apart = _days_apart(one.days, two.days)
    if apart is not None and apart > TOLERANCE_DAYS:
        return 0.0
    place = _places(one.place, two.place)
    if place == "far":
        return 0.0
    fewest = min(len(one.words), len(two.words))
    shared = len(one.words & two.words) / fewest if fewest else 0.0
    near = place in ("same", "near")
    if not (near and shared) and (apart is None or not (near or shared)):
        return 0.0
    days = 0.0 if apart is None else 1 - apart / (TOLERANCE_DAYS + 1)
    return days + {"same": 1.0, "near": 0.75}.get(place, 0.0) + shared


def _days_apart(one: tuple[date, date] | None, two: tuple[date, date] | None) -> int | None:
    if one is None or two is None:
        return None
    return max(0, (two[0] - one[1]).days, (one[0] - two[1]).days)


def _places(one: Place | None, two: Place | None) -> Literal["same", "near", "far", "other", "unknown"]:
    """How two places stand: points go before names; of names alone that differ, nothing is known but that."""
    if one is None or two is None:
        return "unknown"
    names = [frozenset(_NAME_WORD.findall(place.name.casefold())) for place in (one, two)]
    same = bool(names[0] and names[1]) and (names[0] <= names[1] or names[1] <= names[0])
    km, reach = _km(one, two), NEAR_KM.get(max(one.precision or 7, two.precision or 7))
    if km is not None and reach is not None:
        return "far" if km > reach else "same" if same else "near"
    return "same" if same else "other"


def _km(one: Place, two: Place) -> float | None:
    marks = [
        {"lat": place.latitude, "lon": place.longitude}
        for place in (one, two)
        if place.latitude is not None and place.longitude is not None
    ]
    return distance_km(marks[0], marks[1]) if len(marks) > 1 else None


def _points(ours: Ours, theirs: Reference) -> Iterator[Point]:
    apart = _days_apart(_days(ours.day), _days(theirs.day))
    stand: Stand = "unknown" if apart is None else "differs" if apart else "agrees"
    yield Point(
        what="day",
        stand=stand,
        ours=ours.day.span if ours.day else "",
        theirs=theirs.day.span if theirs.day else "",
    )
    place = _places(ours.place, theirs.place)
    stand = "unknown" if place == "unknown" else "agrees" if place in ("same", "near") else "differs"
    names = [one.name if one else "" for one in (ours.place, theirs.place)]
    yield Point(what="place", stand=stand, ours=names[0], theirs=names[1])
    words = [_Side.of(None, None, parties).words for parties in (ours.parties, theirs.parties)]
    stand = "unknown" if not all(words) else "agrees" if words[0] & words[1] else "differs"
    yield Point(what="parties", stand=stand, ours="; ".join(ours.parties), theirs="; ".join(theirs.parties))
    for column, number in theirs.figures.items():
        bounds = ours.figures.get("best" if column in _WHOLE else column)
        stand = "unknown" if bounds is None else "agrees" if bounds.hold(number) else "differs"
        yield Point(what=column, stand=stand, ours=_in_words(bounds), theirs=str(number))


def _in_words(bounds: Bounds | None) -> str:
    if bounds is None:
        return ""
    low, high = ("open" if number is None else str(number) for number in (bounds.low, bounds.high))
    return low if low == high else f"{low} to {high}"
