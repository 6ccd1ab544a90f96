"""The dossier of an incident as data, with the letters, notes and places that the other forms show."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from variorum.dossier.incident.layout import lay_out_incident
from variorum.model import Dossier, Reading


def incident_json(dossier: Dossier, readings: Sequence[Reading]) -> dict[str, Any]:
    """The dossier and the readings of its reports, complete with reports and ids, as JSON values.

    `reports` has for each report, the earliest first, its letter, why it is here and its notes: the name of each
    note with the id of its claim. `places` is a GeoJSON feature collection.
    """
    layout = lay_out_incident(dossier, readings)
    return {
        "dossier": dossier.model_dump(mode="json"),
        "reports": [
            {
                "siglum": one.lettered.siglum,
                "report": one.lettered.report.id,
                "score": one.score,
                "why": one.why,
                "notes": {note.mark: note.claim.id for note in one.lettered.notes},
            }
            for one in layout.listed
        ],
        "places": {"type": "FeatureCollection", "features": [one.feature() for one in layout.places]},
        "readings": [lettered.reading.model_dump(mode="json") for lettered in layout.reports],
    }
