"""Every place the reports name, ready for a map: point, how exact it is, and which reports name it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from variorum.dossier.incident.edition import Edition, LetteredReport
from variorum.dossier.wording import place_precision
from variorum.model import Incident, Place


@dataclass(frozen=True)
class Named:
    """A place and the reports that name it. `incidents_own` marks the place of the incident."""

    place: Place
    reports: tuple[LetteredReport, ...]
    incidents_own: bool

    @property
    def area(self) -> str:
        """What it lies in."""
        return ", ".join(part for part in (self.place.admin1, self.place.country) if part)

    @property
    def point(self) -> str:
        """Degrees north and east; empty where no point is known."""
        place = self.place
        if place.latitude is None or place.longitude is None:
            return ""
        return f"{place.latitude:.3f}, {place.longitude:.3f}"

    @property
    def precision(self) -> str:
        """How exact the point is, in words."""
        return place_precision(self.place) if self.point else "no point known"

    @property
    def sigla(self) -> tuple[str, ...]:
        """The letters of the reports that name it."""
        return tuple(lettered.siglum for lettered in self.reports)

    def feature(self) -> Mapping[str, Any]:
        """The place as a GeoJSON feature (RFC 7946); without a known point its geometry is null."""
        place = self.place
        point = {"type": "Point", "coordinates": [place.longitude, place.latitude]} if self.point else None
        return {
            "type": "Feature",
            "geometry": point,
            "properties": {
                "name": place.name,
                "geonameid": place.geonameid,
                "admin1": place.admin1,
                "country": place.country,
                "level": place.level,
                "precision": place.precision,
                "precision_in_words": self.precision,
                "incident": self.incidents_own,
                "reports": [lettered.report.id for lettered in self.reports],
            },
        }


def places_of(summary: Incident | None, edition: Edition) -> tuple[Named, ...]:
    """Each place once: that of the incident first, then by the number of reports that name it, then as first named."""
    own = summary.place if summary else None
    found: dict[tuple[int | None, str], tuple[Place, list[LetteredReport]]] = {}
    if own:
        found[_key(own)] = (own, [])
    for lettered in edition.all:
        end = len(lettered.report.text)
        for place in sorted(lettered.reading.places, key=lambda p: p.evidence.start if p.evidence else end):
            _, naming = found.setdefault(_key(place), (place, []))
            if lettered not in naming:
                naming.append(lettered)
    named = [Named(place, tuple(naming), place is own) for place, naming in found.values()]
    return tuple(sorted(named, key=lambda one: (not one.incidents_own, -len(one.reports))))


def _key(place: Place) -> tuple[int | None, str]:
    return (place.geonameid, "" if place.geonameid is not None else place.name.casefold())
