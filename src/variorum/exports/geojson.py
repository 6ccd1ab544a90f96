"""`geojson`: a feature an incident (RFC 7946), with its precision. An incident without a known point has no geometry."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from variorum.exports.as_json import encoded, json_text
from variorum.exports.case import Case, point_of
from variorum.exports.options import Options
from variorum.model import Status


def feature(case: Case, options: Options) -> dict[str, Any]:
    """One incident as a feature."""
    point, place, day, tally = point_of(case.place), case.place, case.day, case.tally(options.profile)
    questions = case.dossier.questions
    return {
        "type": "Feature",
        "id": case.id,
        "geometry": {"type": "Point", "coordinates": [point[1], point[0]]} if point else None,
        "properties": {
            "incident": case.id,
            "type": case.summary.type.value,
            "first_day": day.first if day else None,
            "last_day": day.last if day else None,
            "day_precision": day.precision if day else None,
            "place": place.name if place else None,
            "place_precision": place.precision if place else None,
            "geonameid": place.geonameid if place else None,
            "admin1": place.admin1 if place else None,
            "country": place.country if place else None,
            "parties": list(case.summary.parties),
            "reports": list(case.reports),
            "questions": len(questions),
            "contested": [q.label for q in questions if q.status is Status.CONTESTED],
            "profile": tally.profile,
            "figures": [figure.model_dump(mode="json") for figure in tally.figures],
            "as_of": case.dossier.as_of,
        },
    }


def write(cases: Iterable[Case], options: Options) -> Iterator[bytes]:
    """A feature collection, a feature a line."""
    yield b'{"type": "FeatureCollection", "features": ['
    between = "\n"
    for case in cases:
        yield encoded(between + json_text(feature(case, options)))
        between = ",\n"
    yield b"\n]}\n"
