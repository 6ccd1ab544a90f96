"""What goes into reading places and what comes out of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

Label = Literal["place", "person", "organisation", "nationality", "other"]


@dataclass(frozen=True, slots=True)
class NameSpan:
    """A name that a tagger found: characters start..end (end excluded), its kind and the tagger's score."""

    start: int
    end: int
    label: Label
    score: float = 1.0


@dataclass(frozen=True, slots=True)
class PlaceMention:
    """A place that a report names, and the gazetteer's entry for it where one was settled on.

    `name` is the gazetteer's, or the report's own words where unresolved; `lat` and `lon` are in
    degrees. `country` is an ISO 3166 alpha-2 code, `admin1` the name of the first-level division,
    `level` one of country, admin1, admin2, town, region and water. `precision` is UCDP's
    where_prec: 1 exact, 2 near it, 3 second-level area, 4 first-level area, 5 larger or vague
    area, 6 country, 7 international waters. All six are None when unresolved. `score` is the
    chance that the entry is the right one, or, unresolved, that the words name a place.
    """

    start: int
    end: int
    name: str
    geonameid: int | None
    lat: float | None
    lon: float | None
    country: str | None
    admin1: str | None
    level: str | None
    precision: int | None
    score: float


def as_toponyms(mentions: Iterable[PlaceMention]) -> list[dict[str, int | float | None]]:
    """Mentions as records of start, end, lat, lon and geonameid; the last three None when unresolved."""
    return [
        {"start": m.start, "end": m.end, "lat": m.lat, "lon": m.lon, "geonameid": m.geonameid}
        for m in mentions
    ]
