"""Adding reports: files, a pasted text, addresses; and the jobs that read them."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Annotated, Any

from fastapi import APIRouter, File, Form, Query, Request, UploadFile
from fastapi.responses import RedirectResponse, Response

from variorum.intake import parse_day
from variorum.model import InputError, SettingError
from variorum.web.adding import add_addresses, add_files, add_text
from variorum.web.asking import AskingPerson, OpenJobs, OpenLedger
from variorum.web.rendering import render
from variorum.web.working import AddOrder, Job, Jobs, JobState, Result

router = APIRouter()

_SHOWN = 100
"""Outcomes on one page."""
_RECENT = 12
_PAUSES = ((10, 1), (60, 2), (600, 5))
"""Seconds since a job began, and after how many more the page asks again; then every 15."""
_LONGEST_PAUSE = 15


@router.get("/add")
def add(request: Request, jobs: OpenJobs) -> Response:
    """The three ways to hand something over, and what became of the last ones."""
    return _form(request, jobs)


@router.post("/add/files")
def files(
    request: Request,
    jobs: OpenJobs,
    person: AskingPerson,
    files: Annotated[list[UploadFile], File(default_factory=list)],
    publisher: Annotated[str, Form(max_length=300)] = "",
    published: Annotated[str, Form(max_length=40)] = "",
) -> Response:
    """Take files in."""
    given = {"publisher": publisher, "published": published}
    named = [(one.filename, one.file) for one in files if one.filename]
    try:
        job = add_files(
            jobs, named, by=person.name, publisher=publisher.strip() or None, published=_day(published)
        )
    except (InputError, SettingError) as error:
        return _form(request, jobs, "files", error, given)
    return _to(job)


@router.post("/add/text")
def text(
    request: Request,
    jobs: OpenJobs,
    person: AskingPerson,
    text: Annotated[str, Form()] = "",
    title: Annotated[str, Form(max_length=1000)] = "",
    publisher: Annotated[str, Form(max_length=300)] = "",
    published: Annotated[str, Form(max_length=40)] = "",
    url: Annotated[str, Form(max_length=2000)] = "",
) -> Response:
    """Take one pasted text in."""
    given = {"text": text, "title": title, "publisher": publisher, "published": published, "url": url}
    try:
        job = add_text(
            jobs,
            text.replace("\r\n", "\n"),
            by=person.name,
            title=title.strip() or None,
            publisher=publisher.strip() or None,
            published=_day(published),
            url=url.strip() or None,
        )
    except (InputError, SettingError) as error:
        return _form(request, jobs, "text", error, given)
    return _to(job)


@router.post("/add/addresses")
def addresses(
    request: Request,
    jobs: OpenJobs,
    person: AskingPerson,
    addresses: Annotated[str, Form(max_length=300_000)] = "",
) -> Response:
    """Take addresses in, to be fetched."""
    fetching = request.app.state.settings.fetching
    try:
        job = add_addresses(jobs, addresses.splitlines(), by=person.name, fetching=fetching)
    except (InputError, SettingError) as error:
        return _form(request, jobs, "addresses", error, {"addresses": addresses})
    return _to(job)


@router.get("/add/jobs/{name}")
def job(
    request: Request,
    name: str,
    jobs: OpenJobs,
    ledger: OpenLedger,
    result: Annotated[Result | None, Query(description="Only what came out so.")] = None,
    start: Annotated[int, Query(ge=0, description="How many outcomes to pass by.")] = 0,
) -> Response:
    """How far a job is, and what became of each report."""
    found = jobs.job(name)
    outcomes = jobs.outcomes(name, result, start, _SHOWN + 1)
    homes = ledger.incidents_of([one.report for one in outcomes[:_SHOWN] if one.report])
    is_part = request.headers.get("hx-request") == "true"
    return render(
        request,
        "adding/part.html.j2" if is_part else "adding/job.html.j2",
        job=found,
        title=title_of(found),
        outcomes=outcomes[:_SHOWN],
        homes=homes,
        wanted=result,
        start=start,
        more=start + _SHOWN if len(outcomes) > _SHOWN else None,
        before=max(0, start - _SHOWN) if start else None,
        ahead=jobs.ahead(name),
        pause=_pause(found),
        results=Result,
    )


@router.post("/add/jobs/{name}/cancel")
def cancel(name: str, jobs: OpenJobs) -> Response:
    """End a job; what was filed stays."""
    return _to(jobs.cancel(name))


@router.post("/add/jobs/{name}/again")
def again(name: str, jobs: OpenJobs) -> Response:
    """Go on with a job that failed or was stopped."""
    return _to(jobs.again(name))


_TITLES = {
    "pile": "Handed over by a program",
    "link": "Reports put to incidents",
    "refresh": "Lists brought up to date",
    "verify": "The ledger verified",
}


def title_of(job: Job) -> str:
    """What a job is called: what was handed over, or what is done."""
    if not isinstance(job.order, AddOrder):
        return _TITLES[job.order.kind]
    names = [one.name.removesuffix(".json") for one in job.order.files] + list(job.order.addresses)
    more = f" and {len(names) - 1:,} more" if len(names) > 1 else ""
    return f"{names[0]}{more}" if names else "Nothing"


def _form(
    request: Request,
    jobs: Jobs,
    part: str | None = None,
    error: InputError | SettingError | None = None,
    given: dict[str, str] | None = None,
) -> Response:
    """The page, with what was given and why it was not taken if something was wrong with it."""
    recent = [one for one in jobs.all() if one.order.kind in ("add", "pile")][:_RECENT]
    values: dict[str, Any] = {"part": part, "error": error, "given": {part: given or {}}}
    return render(
        request,
        "adding/add.html.j2",
        status=422 if error else 200,
        recent=[(one, title_of(one)) for one in recent],
        fetches=request.app.state.settings.fetching is not None,
        **values,
    )


def _day(written: str) -> date | None:
    return parse_day(written.strip(), where="published") if written.strip() else None


def _to(job: Job) -> Response:
    return RedirectResponse(f"/add/jobs/{job.id}", 303)


def _pause(job: Job) -> int | None:
    """After how many seconds the page asks again: the longer a job takes, the more seldom. None where nothing more comes."""
    if job.state.is_over:
        return None
    if job.state is JobState.WAITING or job.began is None:
        return 2
    age = (datetime.now(UTC) - job.began).total_seconds()
    return next((pause for limit, pause in _PAUSES if age < limit), _LONGEST_PAUSE)
