"""The dossier of an incident: the accounts side by side."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import Response

from variorum.dossier import lay_out_incident
from variorum.web.asking import AskedMoment, OpenLedger
from variorum.web.rendering import render

router = APIRouter()


@router.get("/incidents/{incident}")
def dossier(request: Request, incident: str, ledger: OpenLedger, moment: AskedMoment) -> Response:
    """One incident, decisions applied."""
    opened = ledger.dossier(incident, as_of=moment.as_of, recorded=moment.recorded)
    layout = lay_out_incident(opened.dossier, opened.readings)
    return render(request, "dossier.html.j2", layout=layout, opened=opened, moment=moment)
