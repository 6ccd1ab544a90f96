"""Work on the ledger: adding reports, linking, verifying; each a job that is asked after."""

from __future__ import annotations

from typing import Annotated, Any, Final

from fastapi import APIRouter, Path, Request, Response

from variorum.client.shapes import Job, Paged, Pile
from variorum.model import Reading, Report
from variorum.web.api.answers import answer, answer_page
from variorum.web.api.asking import TheJobs, TheReader, Writer, in_their_name, sound
from variorum.web.api.filing import add_reports
from variorum.web.api.jobs import Progress
from variorum.web.api.routing import HAS_IT, PREFIX, router_of
from variorum.web.asking import OpenLedger

router: APIRouter = router_of("work")

_BEGUN: Final[dict[int | str, dict[str, Any]]] = {
    202: {"model": Job, "description": "It is in the queue; `Location` tells where to ask after it."}
}


@router.post("/reports", status_code=202, response_model=Job, responses=_BEGUN)
def add(ledger: OpenLedger, jobs: TheJobs, reader: TheReader, person: Writer, pile: Pile) -> Response:
    """Add reports: they are read, filed and put to incidents. What is there already is left as it is.

    A report that cannot be read or kept is told in `refused` of the job, and the rest goes on.
    """
    by = in_their_name(person, pile.by)
    several: list[Report | Reading] = [*pile.reports, *pile.readings]

    def work(progress: Progress) -> dict[str, int]:
        used = reader if pile.read else None
        return add_reports(ledger, several, progress, by=by, reader=used, link=pile.link)

    return _begun(jobs.begin("add", by, work))


@router.post("/link", status_code=202, response_model=Job, responses=_BEGUN)
def link(ledger: OpenLedger, jobs: TheJobs, person: Writer) -> Response:
    """Put every report that was read to an incident, by all that is known now, and bring lists up to date."""
    return _begun(jobs.begin("link", person.name, lambda _: ledger.link().model_dump()))


@router.post("/refresh", status_code=202, response_model=Job, responses=_BEGUN)
def refresh(ledger: OpenLedger, jobs: TheJobs, person: Writer) -> Response:
    """Bring lists up to date with what was decided or withdrawn, without linking."""
    return _begun(jobs.begin("refresh", person.name, lambda _: {"states": ledger.refresh()}))


@router.post("/verify", status_code=202, response_model=Job, responses=_BEGUN)
def verify(ledger: OpenLedger, jobs: TheJobs, person: Writer) -> Response:
    """Recompute every hash, offset and id of the ledger, and look for the database's own rules."""
    return _begun(jobs.begin("verify", person.name, lambda _: ledger.verify()))


@router.get("/jobs", response_model=Paged[Job], responses=HAS_IT)
def list_jobs(request: Request, jobs: TheJobs) -> Response:
    """The jobs since the server was started, the last begun first."""
    return answer_page(request, Job, jobs.all(), None)


@router.get("/jobs/{job}", response_model=Job, responses=HAS_IT)
def job(
    request: Request, job: Annotated[str, Path(max_length=200, description="The id of a job.")], jobs: TheJobs
) -> Response:
    """How far a job is, and what came of it."""
    return answer(request, Job, jobs.find(sound(job)))


def _begun(job: Job) -> Response:
    where = {"Location": f"{PREFIX}/jobs/{job.id}"}
    return Response(job.model_dump_json(), 202, where, "application/json")
