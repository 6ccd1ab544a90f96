"""Work on the ledger: adding reports, linking, verifying; each a job that is asked after, in the row with those of the pages."""

from __future__ import annotations

import io
from typing import Annotated, Any, Final

from fastapi import APIRouter, Path, Request, Response

from variorum.client.shapes import Job, Paged, Pile, Problem
from variorum.model import VariorumError
from variorum.web import working
from variorum.web.api.answers import answer, answer_page
from variorum.web.api.asking import Writer, in_their_name, sound
from variorum.web.api.routing import HAS_IT, PREFIX, router_of
from variorum.web.asking import OpenJobs
from variorum.web.problems import problem_of
from variorum.web.working import Jobs, JobState, LinkOrder, PileOrder, RefreshOrder, Trouble, VerifyOrder

router: APIRouter = router_of("work")

_BEGUN: Final[dict[int | str, dict[str, Any]]] = {
    202: {"model": Job, "description": "It is in the queue; `Location` tells where to ask after it."}
}
_MOST_REFUSED: Final = 200
"""Things refused that one job tells of."""
_KINDS: Final = {"pile": "add"}
_STATES: Final = {
    JobState.WORKING: "running",
    JobState.STOPPING: "running",
    JobState.STOPPED: "failed",
}


@router.post("/reports", status_code=202, response_model=Job, responses=_BEGUN)
def add(jobs: OpenJobs, person: Writer, pile: Pile) -> Response:
    """Add reports: they are read, filed and put to incidents. What is there already is left as it is.

    A report that cannot be read or kept is told in `refused` of the job, and the rest goes on.
    """
    by = in_their_name(person, pile.by)
    content = io.BytesIO(pile.model_dump_json().encode())
    return _begun(jobs, jobs.put(PileOrder(), by, [("pile.json", content)]))


@router.post("/link", status_code=202, response_model=Job, responses=_BEGUN)
def link(jobs: OpenJobs, person: Writer) -> Response:
    """Put every report that was read to an incident, by all that is known now, and bring lists up to date."""
    return _begun(jobs, jobs.put(LinkOrder(), person.name))


@router.post("/refresh", status_code=202, response_model=Job, responses=_BEGUN)
def refresh(jobs: OpenJobs, person: Writer) -> Response:
    """Bring lists up to date with what was decided or withdrawn, without linking."""
    return _begun(jobs, jobs.put(RefreshOrder(), person.name))


@router.post("/verify", status_code=202, response_model=Job, responses=_BEGUN)
def verify(jobs: OpenJobs, person: Writer) -> Response:
    """Recompute every hash, offset and id of the ledger, and look for the database's own rules."""
    return _begun(jobs, jobs.put(VerifyOrder(), person.name))


@router.get("/jobs", response_model=Paged[Job], responses=HAS_IT)
def list_jobs(request: Request, jobs: OpenJobs) -> Response:
    """The jobs of the last thirty days, the last handed over first."""
    return answer_page(request, Job, [_shown(jobs, one) for one in jobs.all()], None)


@router.get("/jobs/{job}", response_model=Job, responses=HAS_IT)
def job(
    request: Request,
    job: Annotated[str, Path(max_length=200, description="The id of a job.")],
    jobs: OpenJobs,
) -> Response:
    """How far a job is, and what came of it."""
    return answer(request, Job, _shown(jobs, jobs.job(sound(job))))


def _begun(jobs: Jobs, job: working.Job) -> Response:
    where = {"Location": f"{PREFIX}/jobs/{job.id}"}
    return Response(_shown(jobs, job).model_dump_json(), 202, where, "application/json")


def _shown(jobs: Jobs, job: working.Job) -> Job:
    """A job as programs are told of it."""
    refused: list[Problem] = []
    if job.counts.get(working.Result.REFUSED):
        several = jobs.outcomes(job.id, working.Result.REFUSED, limit=_MOST_REFUSED)
        refused = [_problem(one.trouble) for one in several if one.trouble]
    trouble = job.trouble
    if job.state is JobState.STOPPED:
        trouble = Trouble(code="stopped", what="somebody stopped it", remedy="what was filed before stays")
    return Job.model_validate(
        {
            "id": job.id,
            "kind": _KINDS.get(job.order.kind, job.order.kind),
            "by": job.by,
            "state": _STATES.get(job.state, job.state.value),
            "begun": job.made,
            "ended": job.ended,
            "total": job.expected,
            "done": job.told,
            "refused": refused,
            "problem": _problem(trouble) if trouble else None,
            "result": job.found.get("checked", job.found),
        }
    )


def _problem(trouble: Trouble) -> Problem:
    error = VariorumError(trouble.what, where=trouble.where, remedy=trouble.remedy, code=trouble.code)
    return problem_of(error).model_copy(update={"kind": trouble.kind})
