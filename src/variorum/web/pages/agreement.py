"""Agreement between analysts on claims that two or more reviewed."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import Response

from variorum.web.agreement import agreement
from variorum.web.asking import OpenLedger
from variorum.web.rendering import render
from variorum.web.reviewing import told

router = APIRouter()
_SHOWN = 50
"""Claims with differing verdicts that are listed."""


@router.get("/review/agreement")
def agreement_page(request: Request, ledger: OpenLedger) -> Response:
    """Krippendorff's alpha, and the claims on which people differ."""
    verdicts = ledger.verdicts()
    claims = ledger.claims_named(verdicts)
    verdicts = {claim: people for claim, people in verdicts.items() if claim in claims}
    differing = [
        (claims[claim], told(people.values()))
        for claim, people in verdicts.items()
        if len({(one.decision.kind, one.decision.claim) for one in people.values()}) > 1
    ]
    return render(
        request,
        "review/agreement.html.j2",
        found=agreement(verdicts, claims.__getitem__),
        claims=len(verdicts),
        people=len({who for people in verdicts.values() for who in people}),
        differing=differing[:_SHOWN],
        more=max(0, len(differing) - _SHOWN),
    )
