"""Incidents: the things in the world that claims are about."""

from __future__ import annotations

from datetime import date

from pydantic import Field, model_validator

from variorum.model.evidence import Evidence
from variorum.model.record import Record
from variorum.model.values import IncidentType


class Day(Record):
    """When: the days first..last, with UCDP's date_prec (1 exact day, 2 two to six days, 3 a week, 4 a month, 5 longer)."""

    first: date
    last: date
    precision: int = Field(ge=1, le=5)
    evidence: Evidence | None = None

    @model_validator(mode="after")
    def _in_order(self) -> Day:
        if self.first > self.last:
            raise ValueError(f"the first day {self.first} is after the last {self.last}")
        return self

    @property
    def span(self) -> str:
        """The days as written: one day, or the first and the last."""
        first, last = self.first.isoformat(), self.last.isoformat()
        return first if first == last else f"{first} to {last}"


class Place(Record):
    """Where: a gazetteer entry, or a bare name that stays unresolved (no coordinates).

    `precision` is UCDP's where_prec: 1 exact point, 2 within 25 km, 3 second-order area, 4 first-order area,
    5 larger or vague area, 6 country, 7 international waters or airspace.
    """

    name: str = Field(min_length=1)
    geonameid: int | None = None
    latitude: float | None = Field(default=None, ge=-90, le=90)
    longitude: float | None = Field(default=None, ge=-180, le=180)
    country: str | None = None
    admin1: str | None = None
    level: str | None = None
    precision: int | None = Field(default=None, ge=1, le=7)
    evidence: Evidence | None = None


class Incident(Record):
    """One incident as far as one report tells of it. Unknown day or place stays None."""

    id: str
    type: IncidentType = IncidentType.UNKNOWN
    day: Day | None = None
    place: Place | None = None
    parties: tuple[str, ...] = ()
    background: bool = False
