"""About this ledger: what it holds, of whom, what is lacking, whether it is sound, and how to cite it."""

from __future__ import annotations

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import RedirectResponse, Response

from variorum.web.asking import AskingPerson, OpenJobs, Role
from variorum.web.counting import Counting
from variorum.web.rendering import render
from variorum.web.working import Job, Jobs, JobState, Result, VerifyOrder

router = APIRouter()


@router.get("/about")
def about(request: Request, person: AskingPerson, jobs: OpenJobs) -> Response:
    """Everything on one page. Numbers that take long to count are told as of when they were."""
    counting: Counting = request.app.state.counting
    is_part = request.headers.get("hx-request") == "true"
    return render(
        request,
        "about/numbers.html.j2" if is_part else "about/about.html.j2",
        counted_now=counting.counted(),
        verified=_last(jobs),
        may_verify=person.role >= Role.ADMIN,
        languages=_languages(jobs),
        last_job=max((job.made for job in jobs.all()), default=None),
    )


@router.post("/about/verify")
def verify(person: AskingPerson, jobs: OpenJobs) -> Response:
    """Have every hash, offset and id worked out anew, as a job; one that is under way is not asked for twice."""
    if person.role < Role.ADMIN:
        raise HTTPException(403, "This takes the role admin.")
    last = _last(jobs)
    if last is None or last.state.is_over:
        last = jobs.put(VerifyOrder(), person.name)
    return RedirectResponse(f"/add/jobs/{last.id}", 303)


def _last(jobs: Jobs) -> Job | None:
    """The last verification that came to something, else the one under way."""
    found = [job for job in jobs.all() if job.order.kind == "verify" and job.state is not JobState.STOPPED]
    return found[0] if found else None


def _languages(jobs: Jobs) -> dict[str, int]:
    """Reports refused for their language by the jobs that are told of, by what was said of each."""
    found: dict[str, int] = {}
    for job in jobs.all():
        if job.counts.get(Result.REFUSED):
            for one in jobs.outcomes(job.id, Result.REFUSED, limit=1000):
                if one.trouble and one.trouble.code == "unsupported-language":
                    words = one.trouble.what.removeprefix("this is ").partition(";")[0]
                    found[words] = found.get(words, 0) + 1
    return dict(sorted(found.items(), key=lambda one: (-one[1], one[0])))
