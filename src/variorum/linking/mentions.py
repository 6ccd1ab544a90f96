"""Which linked incident each claim is about: a report may speak of several, a claim is about one.

A report is linked by its main incident. What it tells of the background ("the attack of 8 May on Pellamur
market") belongs to another linked incident if day and place are told and just one fits; else it keeps the incident that
its own reading gave it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from variorum.model import Day, Incident, LinkedIncident, Place, Reading

_NARROW_DAY: Final = 2
_NARROW_PLACE: Final = 3


def incidents_of_claims(readings: Sequence[Reading], linked: Sequence[LinkedIncident]) -> dict[str, str]:
    """The incident of every claim of some readings, by the ids of both. All reports must be among the linked ones."""
    home = {report: incident.id for incident in linked for report in incident.reports}
    by_place = _by_place(readings, home)
    found: dict[str, str] = {}
    for reading in readings:
        own = home[reading.report.id]
        locals_ = {incident.id: incident for incident in reading.incidents}
        met = {name: _met(incident, own, by_place) for name, incident in locals_.items()}
        for claim in reading.claims:
            if claim.incident is None:
                found[claim.id] = own
            else:
                found[claim.id] = met.get(claim.incident) or claim.incident
    return found


def _met(incident: Incident, own: str, by_place: Mapping[int, Sequence[tuple[str, Day]]]) -> str | None:
    """The linked incident that one of a report's incidents is; None if none, or several, could be."""
    if not incident.background:
        return own
    number = _narrow(incident.place)
    if number is None or incident.day is None or incident.day.precision > _NARROW_DAY:
        return None
    day = incident.day
    fits = {
        name
        for name, other in by_place.get(number, ())
        if day.first <= other.last and other.first <= day.last
    }
    return fits.pop() if len(fits) == 1 and own not in fits else None


def _by_place(readings: Iterable[Reading], home: Mapping[str, str]) -> dict[int, list[tuple[str, Day]]]:
    """Under each place, the incidents there with their days: what most of their reports say of the main incident."""
    days: dict[str, Counter[Day]] = {}
    places: dict[str, Counter[int]] = {}
    for reading in readings:
        name = home[reading.report.id]
        for incident in reading.incidents:
            number = _narrow(incident.place)
            if (
                incident.background
                or incident.day is None
                or incident.day.precision > _NARROW_DAY
                or number is None
            ):
                continue
            plain = incident.day.model_copy(update={"evidence": None})
            days.setdefault(name, Counter())[plain] += 1
            places.setdefault(name, Counter())[number] += 1
    found: dict[int, list[tuple[str, Day]]] = {}
    for name in sorted(days):
        day = min(days[name], key=lambda d: (-days[name][d], d.first, d.last))
        number = min(places[name], key=lambda n: (-places[name][n], n))
        found.setdefault(number, []).append((name, day))
    return found


def _narrow(place: Place | None) -> int | None:
    """The gazetteer's id of a place that is no larger than a second-order area."""
    if place is None or place.precision is None or place.precision > _NARROW_PLACE:
        return None
    return place.geonameid
