"""One incident as an export needs it: its dossier, the readings it rests on, and what both tell together."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from variorum.model import (
    Claim,
    Day,
    Dossier,
    Incident,
    Party,
    Place,
    Position,
    Question,
    Reading,
    Report,
    SettingError,
    content_id,
)
from variorum.reconciling.profiles import Figure, Tally, apply


@dataclass(frozen=True)
class Case:
    """A dossier with the readings of its reports, in the dossier's order."""

    dossier: Dossier
    readings: tuple[Reading, ...]

    @cached_property
    def id(self) -> str:
        """The incident's id; for claims that are about no known incident an id that follows from them and their reports."""
        return self.dossier.incident or content_id(
            "incident", "unknown", self.dossier.reports, self.dossier.claims
        )

    @cached_property
    def key(self) -> str:
        """The id where it has no character that other systems refuse in ids; else one that follows from it."""
        return (
            self.id
            if re.fullmatch(r"[\w.-]+", self.id, re.ASCII)
            else content_id("incident", "named", self.id)
        )

    @cached_property
    def claims(self) -> Mapping[str, Claim]:
        """The claims about the incident by id, in the dossier's order. Reports with the same text share claims."""
        found: dict[str, Claim] = {}
        for reading in self.readings:
            for claim in reading.claims:
                found.setdefault(claim.id, claim)
        return {name: found[name] for name in self.dossier.claims}

    @cached_property
    def readers(self) -> Mapping[str, str]:
        """Name and version of the reader of each report."""
        return {reading.report.id: reading.reader for reading in self.readings}

    @cached_property
    def reports(self) -> Mapping[str, Report]:
        """The reports by id, in the dossier's order."""
        return {reading.report.id: reading.report for reading in self.readings}

    @cached_property
    def parties(self) -> Mapping[str, Party]:
        """Whoever speaks or is named as an actor, as the first report that knows the party has it, aliases of all."""
        named = (*self.dossier.parties, *self.summary.parties, *self.actors)
        known: dict[str, Party] = {}
        for reading in self.readings:
            for party in reading.parties:
                first = known.get(party.name, party)
                aliases = tuple(dict.fromkeys((*first.aliases, *party.aliases)))
                known[party.name] = first.model_copy(update={"aliases": aliases})
        return {name: known.get(name, Party(name=name)) for name in dict.fromkeys(named)}

    @cached_property
    def actors(self) -> tuple[str, ...]:
        """Who is said to have done it, by whomever."""
        return tuple(dict.fromkeys(q.actor for q in self.dossier.questions if q.actor))

    @cached_property
    def summary(self) -> Incident:
        """Type, day, place and parties; all unknown where the dossier tells none."""
        return self.dossier.summary or Incident(id=self.id)

    @property
    def day(self) -> Day | None:
        """When it happened; never a day of publication."""
        return self.summary.day

    @property
    def place(self) -> Place | None:
        """Where it happened."""
        return self.summary.place

    def tally(self, profile: str) -> Tally:
        """The tolls by a profile."""
        return apply(profile, self.dossier)

    def first_report_with(self, claim: str) -> Report:
        """The earliest report that carries a claim."""
        return self.reports[self.claims[claim].report]


def cases_of(pairs: Iterable[tuple[Dossier, Sequence[Reading]]]) -> Iterator[Case]:
    """Cases from dossiers and their readings.

    Raises `SettingError` where a report of a dossier has no reading, an incident comes twice, or two texts have one id:
    ids in an export are unique.
    """
    texts: dict[str, str] = {}
    incidents: set[str] = set()
    for dossier, readings in pairs:
        by_id = {reading.report.id: reading for reading in readings}
        missing = [name for name in dossier.reports if name not in by_id]
        if missing:
            raise SettingError(
                f"the report {missing[0]!r} was handed over without its reading",
                where=dossier.incident or "",
                remedy="hand over the readings of all reports of a dossier",
            )
        case = Case(dossier, tuple(by_id[name] for name in dossier.reports))
        for name, report in case.reports.items():
            if texts.setdefault(name, report.content_hash) != report.content_hash:
                raise SettingError(
                    f"two different texts are called {name!r}", remedy="give each report an id of its own"
                )
        if case.id in incidents:
            raise SettingError(
                f"the incident {case.id!r} was handed over twice", remedy="hand over each incident once"
            )
        incidents.add(case.id)
        yield case


def point_of(place: Place | None) -> tuple[float, float] | None:
    """Latitude and longitude of a place; None where no point is known or nobody knows how exact it is."""
    if place is None or place.latitude is None or place.longitude is None or place.precision is None:
        return None
    return place.latitude, place.longitude


def position_id(case: Case, question: Question, position: Position) -> str:
    """An id for a position, the same as long as source, part counted and certainty are the same."""
    voice = (position.source, position.outlet, position.line, position.standing.certainty)
    return content_id("position", case.id, question.id, *voice)


def figure_id(case: Case, profile: str, figure: Figure) -> str:
    """An id for a profile's figure."""
    return content_id("figure", case.id, profile, figure.outcome, figure.group, figure.line, figure.column)
