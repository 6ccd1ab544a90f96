"""What reading finds in one report, besides claims."""

from __future__ import annotations

from datetime import date

from pydantic import Field

from variorum.model.claim import Claim
from variorum.model.evidence import Evidence
from variorum.model.incident import Incident, Place
from variorum.model.party import Party
from variorum.model.record import Record
from variorum.model.report import Report

Span = tuple[int, int]


class Attribution(Record):
    """Who says what: spans of the source (none if absent), the cue and the content, each possibly in several pieces."""

    source: tuple[Span, ...] = ()
    cue: tuple[Span, ...]
    content: tuple[Span, ...]
    party: str | None = None
    score: float = Field(default=1.0, ge=0, le=1)


class Time(Record):
    """A time expression with its TIMEX3 value and, where it is a calendar date, the days it covers."""

    evidence: Evidence
    type: str
    value: str | None = None
    first: date | None = None
    last: date | None = None
    precision: int | None = Field(default=None, ge=1, le=5)


class Reading(Record):
    """All that one reader found in one report."""

    report: Report
    reader: str
    claims: tuple[Claim, ...] = ()
    incidents: tuple[Incident, ...] = ()
    parties: tuple[Party, ...] = ()
    attributions: tuple[Attribution, ...] = ()
    times: tuple[Time, ...] = ()
    places: tuple[Place, ...] = ()

    def check(self) -> Reading:
        """This reading, after checking every piece of evidence against the text. Raises `EvidenceError`."""
        found = [claim.evidence for claim in self.claims]
        found += [time.evidence for time in self.times]
        found += [place.evidence for place in self.places if place.evidence is not None]
        for evidence in found:
            evidence.check(self.report)
        return self
