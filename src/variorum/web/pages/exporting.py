"""Exports: a format chosen knowing what it is for, what the file will hold, and the file."""

from __future__ import annotations

from collections.abc import AsyncIterator, Generator
from datetime import date
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import Response, StreamingResponse
from starlette.concurrency import iterate_in_threadpool

from variorum.exports import FORMATS, QUOTE_WORDS
from variorum.ledger import Ledger, Wanted
from variorum.model import IncidentType, Outcome, SettingError, Status
from variorum.reconciling.profiles import PROFILES
from variorum.web.asking import AskedMoment, AskingPerson, OpenLedger, may_have_texts, need_texts
from variorum.web.exporting import (
    ExportOrder,
    descriptions,
    is_installed,
    profile_of,
    stream,
    table_names,
)
from variorum.web.rendering import render

router = APIRouter()

_MEDIA = {
    ".csv": "text/csv; charset=utf-8",
    ".jsonl": "application/jsonl",
    ".json": "application/json",
    ".geojson": "application/geo+json",
    ".jsonld": "application/ld+json",
    ".zip": "application/zip",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".parquet": "application/vnd.apache.parquet",
}


def asked_export(
    moment: AskedMoment,
    format: Annotated[str, Query(description="The format by its name.")] = "csv",
    table: Annotated[str, Query(description="One table of csv, jsonl, parquet or xlsx; else all.")] = "",
    profile: Annotated[str, Query(description="Whose rule settles conflicting tolls.")] = "",
    quote_words: Annotated[
        int, Query(alias="quote-words", ge=0, le=10_000, description="Words that a quote may have.")
    ] = QUOTE_WORDS,
    with_text: Annotated[bool, Query(alias="with-text", description="Whole texts of reports too.")] = False,
    since: Annotated[str, Query(description="Incidents of this day or later.")] = "",
    until: Annotated[str, Query(description="Incidents of this day or earlier.")] = "",
    party: Annotated[str, Query(description="In which this party speaks or acts.")] = "",
    place: Annotated[str, Query(description="At this place, or in this province or country.")] = "",
    outcome: Annotated[str, Query(description="With a question on this.")] = "",
    status: Annotated[str, Query(description="With a question of this status.")] = "",
    type: Annotated[str, Query(description="Of this type.")] = "",
) -> ExportOrder:
    """The export that a request asks for. Empty fields of a form are left open. Raises `SettingError`."""
    if format not in FORMATS:
        raise SettingError(
            f"no format is called {format[:60]!r}", remedy=f"choose one of {', '.join(FORMATS)}"
        )
    try:
        wanted = Wanted(
            since=date.fromisoformat(since) if since else None,
            until=date.fromisoformat(until) if until else None,
            party=party.strip() or None,
            place=place.strip() or None,
            outcome=Outcome(outcome) if outcome else None,
            status=Status(status) if status else None,
            type=IncidentType(type) if type else None,
        )
    except ValueError as error:
        raise SettingError(str(error)[:200], remedy="choose one of the values that the page offers") from None
    form = FORMATS[format]
    return ExportOrder(
        format=format,
        table=(table or None) if form.tables else None,
        profile=(profile or None) if form.profile is None else None,
        quote_words=quote_words,
        with_text=with_text,
        wanted=wanted,
        as_of=moment.as_of,
        recorded=moment.recorded,
    )


AskedExport = Annotated[ExportOrder, Depends(asked_export)]


@router.get("/exports")
def exports(request: Request, ledger: OpenLedger, person: AskingPerson, order: AskedExport) -> Response:
    """What can be had, and what is chosen."""
    wrong = None
    try:
        order.check()
    except SettingError as error:
        wrong = error
    return render(
        request,
        "exporting/exports.html.j2",
        order=order,
        may_have_texts=may_have_texts(request, person),
        wrong=wrong,
        form=FORMATS[order.format],
        formats=list(FORMATS.values()),
        about=descriptions(),
        missing={name for name, one in FORMATS.items() if one.extra and not is_installed(one.extra)},
        tables=table_names(),
        profiles=list(PROFILES.values()),
        profile=profile_of(order),
        outcomes=list(Outcome),
        statuses=list(Status),
        types=list(IncidentType),
        command=order.command(_shown(ledger)),
        query=request.url.query,
    )


@router.get("/exports/extent")
def extent(request: Request, ledger: OpenLedger, order: AskedExport) -> Response:
    """What the file will hold, counted. Asked for by the page once it is there, since it may take a moment."""
    found = ledger.extent(order.wanted, as_of=order.as_of, recorded=order.recorded)
    is_part = request.headers.get("hx-request") == "true"
    template = "exporting/extent.html.j2" if is_part else "exporting/extent-page.html.j2"
    return render(request, template, found=found, order=order, query=request.url.query)


@router.get("/exports/download")
def download(request: Request, person: AskingPerson, order: AskedExport) -> Response:
    """The file."""
    if order.with_text:
        need_texts(request, person, "leave whole texts out")
    pieces = stream(request.app.state.settings.ledger, order)
    suffix = "." + order.file_name.rpartition(".")[2]
    return StreamingResponse(
        _sent(pieces),
        media_type=_MEDIA.get(suffix, "application/octet-stream"),
        headers={"Content-Disposition": f'attachment; filename="{order.file_name}"'},
    )


async def _sent(pieces: Generator[bytes, None, None]) -> AsyncIterator[bytes]:
    """The pieces as they come. Whoever makes them ends when the browser goes away, and not when somebody clears up."""
    try:
        async for piece in iterate_in_threadpool(pieces):
            yield piece
    finally:
        pieces.close()


def _shown(ledger: Ledger) -> str:
    """The ledger as the command line may name it: a file without its folders, a database without its password."""
    where = ledger.where
    return where if "://" in where else where.replace("\\", "/").rpartition("/")[2]
