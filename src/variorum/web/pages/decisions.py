"""Who decided what, when and why; each can be undone, and an undoing too."""

from __future__ import annotations

from datetime import date
from typing import Annotated, get_args

from fastapi import APIRouter, HTTPException, Query, Request
from fastapi.responses import Response

from variorum.ledger import Audited
from variorum.ledger.decisions import ON_CLAIMS, Kind
from variorum.web.asking import AskingPerson, OpenLedger
from variorum.web.recording import Form, decided, gone_to, local, record, wants_part
from variorum.web.rendering import changed_address, render
from variorum.web.reviewing import Card, reasons_at_hand, told

router = APIRouter()
changing = APIRouter()
"""What records decisions: for analysts."""

_PAGE = 50
KINDS = get_args(Kind)


@router.get("/decisions")
def decisions(
    request: Request,
    ledger: OpenLedger,
    by: Annotated[str, Query(max_length=500)] = "",
    kind: Annotated[str, Query(max_length=20)] = "",
    day: Annotated[str, Query(max_length=10, pattern=r"^(\d{4}-\d\d-\d\d)?$")] = "",
    record: Annotated[str, Query(max_length=500)] = "",
    cursor: Annotated[int | None, Query(ge=0, lt=2**31)] = None,
) -> Response:
    """A page of decisions, the last first."""
    try:
        on = date.fromisoformat(day) if day else None
    except ValueError:
        raise HTTPException(400, "There is no such day.") from None
    asked = Audited(by or None, kind if kind in KINDS else None, on, record.strip() or None)
    found, undone = ledger.audit(asked, before=cursor, limit=_PAGE)
    return render(
        request,
        "review/decisions.html.j2",
        asked=asked,
        found=told(found, undone),
        people=ledger.deciders(),
        kinds=KINDS,
        day=day,
        back=changed_address(request),
        further=changed_address(request, cursor=found[-1].number) if len(found) == _PAGE else None,
    )


@changing.post("/decisions/{decision}/undo")
def undo(request: Request, decision: str, ledger: OpenLedger, person: AskingPerson, form: Form) -> Response:
    """Undo one decision."""
    back = local(form.get("back"), "/decisions")
    undone = next(iter(ledger.decisions_named([decision])), None)
    if undone is None:
        raise HTTPException(404, f"There is no decision {decision}.")
    name = record(request, ledger, decided("undo", person, form.get("why", ""), subject=decision), form)
    if isinstance(name, Response):
        return name
    if wants_part(request) and undone.decision.kind in ON_CLAIMS:
        claim, report = ledger.claim(undone.decision.subject)
        held = [one.id for one in ledger.decided_on([claim.id])[claim.id]]
        card = Card(report, claim=claim, seen=" ".join(held))
        return render(request, "review/card.html.j2", card=card, back=back, reasons=reasons_at_hand())
    if wants_part(request):
        return render(
            request,
            "review/done.html.j2",
            done={"told": told(ledger.decisions_named([name]))[0], "others": []},
            back=back,
        )
    return gone_to(back)
