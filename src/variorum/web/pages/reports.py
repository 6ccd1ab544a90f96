"""One report: its text with every claim marked, what was decided on it, its versions and copies."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response

from variorum.dossier.wording import CERTAINTY_MEANING, incident_in_words, source_name
from variorum.ledger import Leaf, Recorded
from variorum.ledger.decisions import on_claim
from variorum.linking import find_copies
from variorum.model import Copy, Report
from variorum.web.asking import AskingPerson, OpenLedger
from variorum.web.claiming import CHOICES, ClaimForm, NotAClaim, to_claim
from variorum.web.marks import CERTAINTY_SIGNS, Mark, differences, marked, marks_of, shared
from variorum.web.recording import Form, decided, gone_to, record, seen
from variorum.web.rendering import render
from variorum.web.reviewing import reasons_at_hand, told, undone_among

router = APIRouter()
changing = APIRouter()
"""What records decisions: for analysts."""

_COMPARED = 25
"""Reports of an incident up to which copies among them are looked for while the page is made."""


@router.get("/reports/{report}")
def report_page(
    request: Request,
    report: str,
    ledger: OpenLedger,
    source: Annotated[str, Query(max_length=500)] = "",
    kind: Annotated[str, Query(max_length=20)] = "",
    certainty: Annotated[str, Query(max_length=20)] = "",
) -> Response:
    """The text and the claims."""
    leaf = ledger.report(report)
    marks = marks_of(leaf.claims)
    shown = tuple(one for one in marks if _wanted(one, source, kind, certainty))
    on = {one.claim.id: on_claim(one.claim.id, leaf.decisions) for one in marks}
    gone = undone_among(leaf.decisions)
    return render(
        request,
        "report/page.html.j2",
        leaf=leaf,
        marks=marks,
        shown=shown,
        paragraphs=marked(leaf.report.text, shown),
        sources={one.letter: (one.claim.source.party, source_name(one.claim.source.party)) for one in marks},
        asked={"source": source, "kind": kind, "certainty": certainty},
        kinds=tuple(dict.fromkeys(one.claim.kind for one in marks)),
        certainties=tuple(dict.fromkeys(one.claim.certainty for one in marks)),
        signs=CERTAINTY_SIGNS,
        incidents={one.id: incident_in_words(one) for one in leaf.reading.incidents} if leaf.reading else {},
        meanings=CERTAINTY_MEANING,
        seen={name: seen(found) for name, found in on.items()},
        standing={name: _standing(found, gone) for name, found in on.items()},
        history=told(leaf.decisions, gone),
        copies=_copies(leaf),
        choices=CHOICES,
        reasons=reasons_at_hand(),
        back=f"/reports/{report}",
        rejected=marks_of(leaf.rejected),
        rejecting=_rejecting(leaf, gone),
    )


@router.get("/reports/{report}/claims")
def adding(
    request: Request,
    report: str,
    ledger: OpenLedger,
    start: Annotated[int | None, Query(ge=0, lt=2**31)] = None,
    end: Annotated[int | None, Query(ge=0, lt=2**31)] = None,
) -> Response:
    """The form to add a claim; with the words at start..end, if they are given."""
    leaf = ledger.report(report)
    values = {}
    if start is not None and end is not None and start < end <= len(leaf.report.text):
        values = {"start": str(start), "end": str(end), "quote": leaf.report.text[start:end]}
    return _add_page(request, leaf.report, ClaimForm(values), seen(leaf.decisions), None)


@changing.post("/reports/{report}/claims")
def add(request: Request, report: str, ledger: OpenLedger, person: AskingPerson, form: Form) -> Response:
    """Add a claim that the reader did not find."""
    leaf = ledger.report(report)
    try:
        if not form.get("why", "").strip():
            raise NotAClaim("why", "is needed: there is no decision without a reason")
        claim = to_claim(ClaimForm(form), leaf.report)
    except NotAClaim as problem:
        return _add_page(request, leaf.report, ClaimForm(form), form.get("seen", ""), problem)
    name = record(request, ledger, decided("add", person, form["why"], claim=claim.model_dump()), form)
    return name if isinstance(name, Response) else gone_to(f"/reports/{report}#{claim.id}")


@router.get("/reports/{report}/compare")
def compare(
    request: Request,
    report: str,
    ledger: OpenLedger,
    other: Annotated[str, Query(alias="with", max_length=200)],
    by: Annotated[str, Query(pattern="^(words|passages)$")] = "words",
) -> Response:
    """Two reports side by side: what one has that the other has not, or the passages that both have."""
    first, second = ledger.report(other).report, ledger.report(report).report
    copy = None
    if by == "passages":
        copy = next((one for one in find_copies([first, second]).copies), None)
        passages = copy.passages if copy else ()
        sides = [
            (one, shared(one.text, passages, here=copy is not None and copy.report == one.id))
            for one in (first, second)
        ]
    else:
        parts = differences(first.text, second.text)
        sides = [
            (first, [part for part in parts if part.kind != "new"]),
            (second, [part for part in parts if part.kind != "gone"]),
        ]
    return render(
        request, "report/compare.html.j2", sides=sides, by=by, copy=copy, report=report, other=other
    )


def _wanted(mark: Mark, source: str, kind: str, certainty: str) -> bool:
    claim = mark.claim
    return (
        source in ("", claim.source.party)
        and kind in ("", claim.kind)
        and certainty in ("", claim.certainty.value)
    )


def _standing(recorded: list[Recorded], gone: dict[str, Recorded]) -> Recorded | None:
    """The decision on a claim that counts: the last that holds."""
    held = (one for one in reversed(recorded) if one.id not in gone and one.decision.kind != "undo")
    return next(held, None)


def _rejecting(leaf: Leaf, gone: dict[str, Recorded]) -> dict[str, Recorded]:
    held = (one for one in leaf.decisions if one.decision.kind == "reject" and one.id not in gone)
    return {one.decision.subject: one for one in held}


def _copies(leaf: Leaf) -> list[tuple[Copy, Report]] | None:
    """The report's copies among those beside it, each with the other report; None where they are too many to compare now."""
    if len(leaf.beside) > _COMPARED:
        return None
    beside = {one.id: one for one in leaf.beside}
    found = []
    for copy in find_copies([leaf.report, *leaf.beside]).copies:
        if leaf.report.id in (copy.report, copy.other):
            other = copy.other if copy.report == leaf.report.id else copy.report
            found.append((copy, beside[other]))
    return found


def _add_page(
    request: Request, report: Report, form: ClaimForm, known: str, problem: NotAClaim | None
) -> Response:
    return render(
        request,
        "report/add.html.j2",
        status=422 if problem else 200,
        report=report,
        form=form,
        seen=known,
        problem=problem,
        choices=CHOICES,
    )
