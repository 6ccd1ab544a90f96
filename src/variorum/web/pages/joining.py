"""Joining and splitting incidents: which reports speak of one incident, by decision."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Annotated

from fastapi import APIRouter, HTTPException, Query, Request
from fastapi.responses import Response

from variorum.ledger import Decision, Ledger, State, Wanted
from variorum.model import Report, VariorumError
from variorum.web.asking import AskingPerson, OpenLedger
from variorum.web.recording import decided, gone_to, record, seen
from variorum.web.rendering import render
from variorum.web.reviewing import excerpt
from variorum.web.several import ManyForm

router = APIRouter()
changing = APIRouter()
"""What records decisions: for analysts."""

_NEAR = 30
"""Incidents that are offered to be joined."""
_DAYS_APART = timedelta(4)
"""How far from the day of the first report others are looked for before words are given."""


@dataclass(frozen=True, slots=True)
class Side:
    """An incident on a form: its id, title and reports, the earliest first."""

    incident: str
    title: str
    reports: tuple[Report, ...]


@router.get("/incidents/{incident}/join")
def joining(
    request: Request,
    incident: str,
    ledger: OpenLedger,
    other: Annotated[str, Query(alias="with", max_length=200)] = "",
    q: Annotated[str, Query(max_length=500)] = "",
) -> Response:
    """Choose another incident, found by its words, then say that both are one."""
    side = _side(ledger, incident)
    chosen = _side(ledger, other) if other else None
    words = q.strip() or None
    hits = ledger.search(words, limit=_NEAR) if words else ()
    offered = {hit.incident: hit for hit in reversed(hits) if hit.incident and hit.incident != incident}
    known = seen(ledger.others_on(_join(side, chosen))) if chosen else ""
    return render(
        request,
        "review/join.html.j2",
        side=side,
        chosen=chosen,
        q=q,
        near=() if words or chosen else _near(ledger, side),
        offered=list(reversed(offered.values())),
        seen=known,
        excerpt=excerpt,
    )


@changing.post("/incidents/{incident}/join")
def join(
    request: Request, incident: str, ledger: OpenLedger, person: AskingPerson, form: ManyForm
) -> Response:
    """Record that two incidents are one: all reports of both."""
    side, chosen = _side(ledger, incident), _side(ledger, form.first("with"))
    if side.incident == chosen.incident:
        raise HTTPException(400, "An incident cannot be joined with itself.")
    decision = decided("join", person, form.first("why"), reports=_join(side, chosen).reports)
    name = record(request, ledger, decision, form.flat())
    return name if isinstance(name, Response) else gone_to(f"/decisions?record={decision.reports[0]}#{name}")


@router.get("/incidents/{incident}/split")
def splitting(
    request: Request,
    incident: str,
    ledger: OpenLedger,
    report: Annotated[list[str] | None, Query(max_length=1000)] = None,
) -> Response:
    """Choose the reports that speak of another incident."""
    side = _side(ledger, incident)
    return render(
        request,
        "review/split.html.j2",
        side=side,
        chosen=frozenset(report or ()),
        seen=seen(ledger.others_on(_any_link(side))),
        excerpt=excerpt,
    )


@changing.post("/incidents/{incident}/split")
def split(
    request: Request, incident: str, ledger: OpenLedger, person: AskingPerson, form: ManyForm
) -> Response:
    """Record that some reports of an incident speak of another one."""
    side = _side(ledger, incident)
    members = [one.id for one in side.reports]
    apart = tuple(name for name in members if name in form.all("report"))
    rest = tuple(name for name in members if name not in apart)
    if not apart or not rest:
        raise HTTPException(400, "Choose some of the reports, not all and not none.")
    kind = "never" if form.first("action") == "never" else "split"
    decision = decided(kind, person, form.first("why"), reports=apart, others=rest)
    name = record(request, ledger, decision, form.flat())
    return name if isinstance(name, Response) else gone_to(f"/decisions?record={apart[0]}#{name}")


def _side(ledger: Ledger, incident: str) -> Side:
    reports = ledger.members(incident)
    if not reports:
        raise VariorumError(f"the ledger has no incident {incident!r}", code="unknown-incident")
    title = next((one.title for one in reports if one.title), "Untitled")
    return Side(incident, title, reports)


def _near(ledger: Ledger, side: Side) -> list[State]:
    """Other incidents of days around the first report of one, the latest first."""
    days = [one.published for one in side.reports if one.published]
    if not days:
        return []
    around = Wanted(since=min(days) - _DAYS_APART, until=min(days) + _DAYS_APART)
    found = ledger.browse(around, limit=_NEAR).states
    return [one for one in found if one.incident != side.incident]


def _join(side: Side, chosen: Side) -> Decision:
    """The decision that joins two; to ask what others decided on the same reports, too."""
    return Decision(
        kind="join", by="-", why="-", reports=tuple(one.id for one in (*side.reports, *chosen.reports))
    )


def _any_link(side: Side) -> Decision:
    names = tuple(one.id for one in side.reports)
    return Decision.model_construct(kind="split", by="-", why="-", reports=names, others=())
