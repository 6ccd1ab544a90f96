"""Review: what waits to be looked at, by need; and what a person decides on a claim or a link."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Annotated, Literal

from fastapi import APIRouter, HTTPException, Query, Request
from fastapi.responses import Response

from variorum.ledger import ON_CLAIMS, Ledger, Need, Recorded, Sought
from variorum.model import Kind, Outcome
from variorum.web.asking import AskingPerson, OpenLedger, Person, Role
from variorum.web.claiming import CHOICES, ClaimForm, NotAClaim, to_claim, to_form
from variorum.web.recording import Form, decided, gone_to, local, record, seen, wants_part
from variorum.web.rendering import changed_address, render
from variorum.web.reviewing import NEEDS, Card, card_of, excerpt, reasons_at_hand, told, undone_among

router = APIRouter()
changing = APIRouter()
"""What records decisions: for analysts."""

_PAGE = 20
_AS_READ = "as read"


@router.get("/review")
def review(
    request: Request,
    ledger: OpenLedger,
    person: AskingPerson,
    need: Annotated[Need, Query()] = "score",
    below: Annotated[float, Query(ge=0, le=1)] = 0.5,
    party: Annotated[str, Query(max_length=500)] = "",
    outcome: Annotated[Outcome | str | None, Query()] = None,
    kind: Annotated[Kind | str | None, Query()] = None,
    cursor: Annotated[str | None, Query(max_length=100)] = None,
    done: Annotated[str | None, Query(max_length=100)] = None,
) -> Response:
    """A page of one queue."""
    sought = Sought(
        need,
        below,
        source=party.strip() or None,
        outcome=Outcome(outcome) if outcome in tuple(Outcome) else None,
        kind=str(kind) if kind in tuple(Kind) else None,
    )
    found = ledger.queue(sought, by=person.name, cursor=cursor, limit=_PAGE)
    today = datetime.now(UTC).date()
    made, left = ledger.progress(person.name, today, below)
    return render(
        request,
        "review/queue.html.j2",
        needs=NEEDS,
        sought=sought,
        cards=[card_of(one) for one in found.waiting],
        further=changed_address(request, cursor=found.cursor, done=None) if found.cursor else None,
        first=cursor is None,
        back=changed_address(request, done=None),
        made=made,
        left=left,
        last=_last(ledger, person.name),
        done=_outcome(ledger, done, person.name) if done else None,
        reasons=reasons_at_hand(),
        excerpt=excerpt,
        choices=CHOICES,
    )


@router.get("/review/claims/{claim}")
def claim(
    request: Request,
    claim: str,
    ledger: OpenLedger,
    person: AskingPerson,
    decisions: Annotated[
        Literal["shown"] | None, Query(description="Show verdicts of others though none was given yet.")
    ] = None,
) -> Response:
    """One claim with all that was decided on it, and what to decide.

    Verdicts of others are kept back from whoever may give a second one until they have, or ask for them.
    """
    card, recorded = _card(ledger, claim)
    kept_back = 0 if decisions else _verdicts_of_others(recorded, person)
    return render(
        request,
        "review/card.html.j2" if wants_part(request) else "review/claim.html.j2",
        card=replace(card, blind=bool(kept_back)),
        kept_back=kept_back,
        history=told(recorded, undone_among(recorded)),
        back=f"/review/claims/{claim}",
        reasons=reasons_at_hand(),
        again=None,
    )


@router.get("/review/claims/{claim}/correct")
def correcting(
    request: Request,
    claim: str,
    ledger: OpenLedger,
    back: Annotated[str, Query(max_length=2000)] = "",
    blind: Annotated[str, Query(max_length=4000)] = "",
) -> Response:
    """The form to correct a claim; `blind` are decisions that are not shown and have been waited for."""
    card, recorded = _card(ledger, claim)
    assert card.claim is not None
    return _correct_page(
        request,
        replace(card, seen=blind or seen(recorded)),
        to_form(card.claim),
        local(back, "/review"),
        None,
    )


@changing.post("/review/claims/{claim}")
def decide(request: Request, claim: str, ledger: OpenLedger, person: AskingPerson, form: Form) -> Response:
    """Accept, reject or correct a claim."""
    verb = form.get("action", "")
    back = local(form.get("back"), f"/review/claims/{claim}")
    if verb not in ("accept", "reject", "correct"):
        raise HTTPException(400, "A claim is accepted, rejected or corrected.")
    values: dict[str, object] = {"subject": claim}
    why = form.get("why", "").strip() or form.get("reason", "")
    if verb == "accept":
        why = why or _AS_READ
    if verb == "correct":
        read, report = ledger.claim(claim)
        try:
            if not why.strip():
                raise NotAClaim("why", "is needed: there is no decision without a reason")
            values["claim"] = to_claim(ClaimForm(form), report, read)
        except NotAClaim as problem:
            card = Card(report, claim=read, seen=form.get("seen", ""))
            return _correct_page(request, card, ClaimForm(form), back, problem)
    name = record(request, ledger, decided(verb, person, why, **values), form)
    if isinstance(name, Response):
        return name
    if wants_part(request):
        return render(request, "review/done.html.j2", done=_outcome(ledger, name, person.name), back=back)
    return gone_to(_with(back, name))


@changing.post("/review/links/{report}")
def decide_link(
    request: Request, report: str, ledger: OpenLedger, person: AskingPerson, form: Form
) -> Response:
    """Keep a report with the one that it is linked to, or take it out of its incident."""
    back = local(form.get("back"), "/review?need=links")
    leaf = ledger.report(report)
    if leaf.link is None:
        raise HTTPException(400, "This report has no link to decide upon.")
    if form.get("action") == "accept":
        why = form.get("why", "").strip() or "the same incident"
        decision = decided("join", person, why, reports=(report, leaf.link.other))
    else:
        others = tuple(one.id for one in leaf.beside)
        decision = decided("split", person, form.get("why", ""), reports=(report,), others=others)
    name = record(request, ledger, decision, form)
    if isinstance(name, Response):
        return name
    if wants_part(request):
        return render(request, "review/done.html.j2", done=_outcome(ledger, name, person.name), back=back)
    return gone_to(_with(back, name))


def _correct_page(
    request: Request, card: Card, form: ClaimForm, back: str, problem: NotAClaim | None
) -> Response:
    return render(
        request,
        "review/correct_part.html.j2" if wants_part(request) else "review/correct.html.j2",
        status=422 if problem else 200,
        card=card,
        form=form,
        back=back,
        problem=problem,
        choices=CHOICES,
    )


def _card(ledger: Ledger, claim: str) -> tuple[Card, list]:  # type: ignore[type-arg]
    found, report = ledger.claim(claim)
    recorded = ledger.decided_on([claim])[claim]
    return Card(report, claim=found, seen=seen(recorded)), recorded


def _verdicts_of_others(recorded: Sequence[Recorded], person: Person) -> int:
    """How many verdicts others gave that hold, if somebody who may give one has not yet."""
    gone = undone_among(recorded)
    by = [one.decision.by for one in recorded if one.decision.kind in ON_CLAIMS and one.id not in gone]
    return 0 if person.name in by or person.role < Role.ANALYST else len(by)


def _last(ledger: Ledger, by: str) -> object:
    last = ledger.last_decision(by)
    return told([last])[0] if last else None


def _outcome(ledger: Ledger, name: str, by: str) -> dict[str, object] | None:
    """What was decided, and what others had decided on the same claim."""
    found = next((one for one in ledger.decisions_named([name])), None)
    if found is None or found.decision.by != by:
        return None
    others = []
    if found.decision.kind in ("accept", "reject", "correct"):
        recorded = ledger.decided_on([found.decision.subject])[found.decision.subject]
        gone = undone_among(recorded)
        if found.id in gone:
            return None
        others = [
            one
            for one in told(recorded)
            if one.recorded.decision.by != by
            and one.recorded.id not in gone
            and one.recorded.decision.kind != "undo"
        ]
    return {"told": told([found])[0], "others": others}


def _with(back: str, name: str) -> str:
    path, _, anchor = back.partition("#")
    return f"{path}{'&' if '?' in path else '?'}done={name}" + (f"#{anchor}" if anchor else "")
