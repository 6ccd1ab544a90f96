"""The JSON of an opened incident, as `variorum show --as json` writes it."""

from __future__ import annotations

from collections.abc import Sequence

from variorum.client.shapes import DecisionRow, EarlierReading, OpenedIncident, ReportInDossier
from variorum.dossier import lay_out_incident
from variorum.ledger import Opened
from variorum.reconciling.profiles import apply


def opened_incident(opened: Opened, profiles: Sequence[str] = (), *, readings: bool = True) -> OpenedIncident:
    """All of it, or without the readings, which hold the texts."""
    decisions = tuple(map(DecisionRow.of, opened.decisions))
    earlier = tuple(
        EarlierReading(why=why.why, by=why.by, since=why.since, reason=why.reason, reading=reading)
        for reading, why in (opened.earlier if readings else ())
    )
    tallies = {name: apply(name, opened.dossier) for name in profiles}
    if not opened.readings:
        return OpenedIncident(dossier=opened.dossier, tallies=tallies, earlier=earlier, decisions=decisions)
    layout = lay_out_incident(opened.dossier, opened.readings)
    return OpenedIncident(
        dossier=opened.dossier,
        reports=tuple(
            ReportInDossier(
                siglum=one.lettered.siglum,
                report=one.lettered.report.id,
                score=one.score,
                why=one.why,
                notes={note.mark: note.claim.id for note in one.lettered.notes},
            )
            for one in layout.listed
        ),
        places={"type": "FeatureCollection", "features": [one.feature() for one in layout.places]},
        readings=tuple(one.reading for one in layout.reports) if readings else (),
        tallies=tallies,
        earlier=earlier,
        decisions=decisions,
    )
