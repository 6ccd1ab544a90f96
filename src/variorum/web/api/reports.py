"""Reports and what was read in them."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Path, Query, Request, Response

from variorum.client.shapes import New, Notice, Paged
from variorum.ledger import ClaimInReport, FiledReport, Hit
from variorum.linking import find_copies
from variorum.model import Claim, CopyGraph, Reading, Report
from variorum.web.api.answers import answer, answer_page
from variorum.web.api.asking import Cursor, Limit, Writer, in_their_name, sound
from variorum.web.api.routing import HAS_IT, router_of
from variorum.web.asking import AskedMoment, AskingPerson, OpenLedger, need_texts
from variorum.web.incident_query import AskedIncidents

router: APIRouter = router_of("reports")

ReportId = Annotated[str, Path(max_length=200, description="The id of a report in this ledger.")]
ClaimId = Annotated[str, Path(max_length=200, description="The id of a claim.")]
RecordedBy = Annotated[
    datetime | None, Query(description="Know only what the ledger had recorded by this time, ISO 8601.")
]


@router.get("/reports", response_model=Paged[FiledReport], responses=HAS_IT)
def list_reports(request: Request, ledger: OpenLedger, cursor: Cursor = None, limit: Limit = 50) -> Response:
    """Reports without their texts, in the order in which they were filed."""
    page = ledger.lookup.reports(after=cursor, limit=limit)
    return answer_page(request, FiledReport, page.items, page.after)


@router.get("/reports/{report}", response_model=FiledReport, responses=HAS_IT)
def report(request: Request, report: ReportId, ledger: OpenLedger) -> Response:
    """What the ledger knows of a report besides its text."""
    return answer(request, FiledReport, ledger.lookup.filed(sound(report)))


@router.get("/reports/{report}/text", response_model=Report, responses=HAS_IT)
def text_of_report(request: Request, report: ReportId, ledger: OpenLedger, person: AskingPerson) -> Response:
    """A report with its text, where the server gives texts to who asks: offsets of evidence count its code points."""
    need_texts(request, person, "take the quotes of its claims")
    return answer(request, Report, ledger.lookup.report(sound(report)))


@router.get("/reports/{report}/claims", response_model=Paged[Claim], responses=HAS_IT)
def claims_of_report(
    request: Request,
    report: ReportId,
    ledger: OpenLedger,
    recorded: RecordedBy = None,
    cursor: Cursor = None,
    limit: Limit = 50,
) -> Response:
    """The claims of one report, decisions applied."""
    ledger.lookup.filed(sound(report))
    page = ledger.lookup.claims(report=report, after=cursor, limit=limit, recorded=recorded)
    return answer_page(request, Claim, page.items, page.after)


@router.get("/reports/{report}/versions", response_model=Paged[FiledReport], responses=HAS_IT)
def versions_of_report(request: Request, report: ReportId, ledger: OpenLedger) -> Response:
    """What one publisher put under the address of a report, in time; the last one stands."""
    found = [ledger.lookup.filed(one) for one in ledger.versions(sound(report))]
    return answer_page(request, FiledReport, found, None)


@router.get("/reports/{report}/copies", response_model=CopyGraph, responses=HAS_IT)
def copies_of_report(request: Request, report: ReportId, ledger: OpenLedger) -> Response:
    """Which reports of its incident have words in common with it, those that stand no longer included."""
    mine = ledger.lookup.filed(sound(report))
    graph = CopyGraph()
    if mine.incident is not None:
        opened = ledger.dossier(mine.incident)
        known = [*opened.readings, *(reading for reading, _ in opened.earlier)]
        graph = find_copies([reading.report for reading in known])
    return answer(
        request,
        CopyGraph,
        CopyGraph(
            copies=tuple(one for one in graph.copies if report in (one.report, one.other)),
            credits=tuple(one for one in graph.credits if one.report == report),
        ),
    )


@router.post("/reports/{report}/notices", response_model=New)
def notice_of_report(
    request: Request, report: ReportId, ledger: OpenLedger, person: Writer, said: Notice
) -> Response:
    """Record that its publisher withdrew a report, or put another one (`other`) in its place."""
    by = in_their_name(person, said.by)
    if said.other is None:
        new = ledger.withdraw(sound(report), by=by, why=said.why, on=said.on)
    else:
        new = ledger.replace(sound(report), said.other, by=by, why=said.why, on=said.on)
    return answer(request, New, New(new=new))


@router.get("/readings", response_model=Paged[Reading], responses=HAS_IT)
def list_readings(
    request: Request,
    ledger: OpenLedger,
    person: AskingPerson,
    recorded: RecordedBy = None,
    cursor: Cursor = None,
    limit: Limit = 50,
) -> Response:
    """The last reading of each report, as it was read: with the report's text, and no decision applied."""
    need_texts(request, person, "take /claims")
    page = ledger.lookup.readings(after=cursor, limit=limit, recorded=recorded)
    return answer_page(request, Reading, page.items, page.after)


@router.get("/claims", response_model=Paged[Claim], responses=HAS_IT)
def list_claims(
    request: Request,
    ledger: OpenLedger,
    source: Annotated[
        str | None, Query(max_length=300, description="Only what this party says: its name, as listed.")
    ] = None,
    report: Annotated[str | None, Query(max_length=200, description="Only those of this report.")] = None,
    recorded: RecordedBy = None,
    cursor: Cursor = None,
    limit: Limit = 50,
) -> Response:
    """Claims of the last reading of each report, decisions applied, report by report.

    A page may have fewer than `limit`, even none, and not be the last.
    """
    page = ledger.lookup.claims(source=source, report=report, after=cursor, limit=limit, recorded=recorded)
    return answer_page(request, Claim, page.items, page.after)


@router.get("/claims/{claim}", response_model=Paged[ClaimInReport], responses=HAS_IT)
def claim(request: Request, claim: ClaimId, ledger: OpenLedger) -> Response:
    """A claim with its evidence and the words around it, in each report that has it."""
    return answer_page(request, ClaimInReport, ledger.lookup.claim(sound(claim)), None)


@router.get("/search", response_model=Paged[Hit], responses=HAS_IT)
def search(
    request: Request, ledger: OpenLedger, asked: AskedIncidents, moment: AskedMoment, limit: Limit = 50
) -> Response:
    """Reports with all the words of `q` in title or text, those recorded last first: as many as `limit`, on one page."""
    found = ledger.search(asked.q, asked.wanted, as_of=moment.as_of, recorded=moment.recorded, limit=limit)
    return answer_page(request, Hit, found, None)
