"""The list of incidents: what to look at next."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response

from variorum.web.asking import AskedMoment, OpenLedger
from variorum.web.rendering import render

router = APIRouter()


@router.get("/")
def entrance() -> Response:
    """Lead to the list."""
    return RedirectResponse("/incidents", status_code=307)


@router.get("/incidents")
def incidents(request: Request, ledger: OpenLedger, moment: AskedMoment) -> Response:
    """The incidents known at a moment."""
    found = ledger.incidents(as_of=moment.as_of, recorded=moment.recorded)
    return render(request, "incidents.html.j2", found=found, moment=moment)
