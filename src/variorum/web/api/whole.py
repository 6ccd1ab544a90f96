"""The ledger as a whole: its state, who is asking, what it can be handed over as."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from typing import Annotated, Any

from fastapi import APIRouter, Path, Query, Request, Response
from fastapi.responses import StreamingResponse

from variorum._version import __version__
from variorum.client.shapes import Asker, ContentHash, LedgerStatus, Paged
from variorum.exports import FORMATS, export
from variorum.exports.from_ledger import cases_in, decisions_in
from variorum.model import Record
from variorum.reconciling.profiles import PROFILES
from variorum.web.api.answers import answer, answer_page
from variorum.web.api.asking import sound
from variorum.web.api.routing import HAS_IT, router_of
from variorum.web.asking import AskedMoment, AskingPerson, OpenLedger, may_have_texts, need_texts
from variorum.web.incident_query import AskedIncidents

router: APIRouter = router_of("ledger")


class ProfileRow(Record):
    """A profile: a rule of a project that settles tolls."""

    name: str
    owner: str
    link: str
    gist: str


class FormatRow(Record):
    """A form in which dossiers leave Variorum."""

    name: str
    suffix: str
    holds: str
    profile: str | None
    tables: bool


@router.get("/me", response_model=Asker, responses=HAS_IT)
def me(request: Request, person: AskingPerson) -> Response:
    """Who is asking, and what they may do."""
    told = Asker(name=person.name, role=person.role.name.lower(), texts=may_have_texts(request, person))
    return answer(request, Asker, told)


@router.get("/status", response_model=LedgerStatus, responses=HAS_IT)
def status(request: Request, ledger: OpenLedger) -> Response:
    """How much the ledger has, which readers read it, and what is worth knowing of its state."""
    from variorum.reading import READER

    told = LedgerStatus(
        version=__version__,
        reader=READER,
        counts=ledger.count(),
        readers=ledger.lookup.readers(),
        findings=tuple(ledger.check()),
    )
    return answer(request, LedgerStatus, told)


@router.get("/content-hash", response_model=ContentHash, responses=HAS_IT)
def content_hash(request: Request, ledger: OpenLedger) -> Response:
    """A hash of all that was recorded, without times and numbers. Every row is looked at."""
    return answer(request, ContentHash, ContentHash(content_hash=ledger.content_hash()))


@router.get("/profiles", response_model=Paged[ProfileRow], responses=HAS_IT)
def profiles(request: Request) -> Response:
    """The profiles that tolls can be settled by."""
    rows = [
        ProfileRow(name=one.name, owner=one.owner, link=one.link, gist=one.gist) for one in PROFILES.values()
    ]
    return answer_page(request, ProfileRow, rows, None)


@router.get("/formats", response_model=Paged[FormatRow], responses=HAS_IT)
def formats(request: Request) -> Response:
    """The formats that incidents can be exported in."""
    rows = [
        FormatRow(name=one.name, suffix=one.suffix, holds=one.holds, profile=one.profile, tables=one.tables)
        for one in FORMATS.values()
    ]
    return answer_page(request, FormatRow, rows, None)


@router.get(
    "/exports/{format}",
    response_class=StreamingResponse,
    responses={
        200: {
            "description": "The file, as it is made.",
            "content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}},
        }
    },
)
def export_incidents(
    request: Request,
    form: Annotated[str, Path(alias="format", max_length=60, description="As listed by `/formats`.")],
    ledger: OpenLedger,
    person: AskingPerson,
    asked: AskedIncidents,
    moment: AskedMoment,
    profile: Annotated[
        str | None,
        Query(max_length=60, description="The profile to settle tolls by, if the format has none."),
    ] = None,
    table: Annotated[
        str | None, Query(max_length=60, description="One of the tables of csv, jsonl, parquet and xlsx.")
    ] = None,
    quote_words: Annotated[
        int | None, Query(alias="quote-words", ge=0, le=1000, description="How long quotes may be.")
    ] = None,
    with_text: Annotated[bool, Query(alias="with-text", description="Whole texts too.")] = False,
) -> Response:
    """The incidents that are as wanted, in a format of `/formats`. The file comes as it is made, so it has no entity tag."""
    if with_text:
        need_texts(request, person, "leave with-text out")
    options: dict[str, Any] = {} if quote_words is None else {"quote_words": quote_words}
    pieces = export(
        sound(form),
        cases_in(ledger, asked.wanted, as_of=moment.as_of, recorded=moment.recorded),
        profile=profile,
        table=table,
        with_text=with_text,
        decisions=decisions_in(ledger, recorded=moment.recorded) if form == "bundle" else (),
        **options,
    )
    name = f"incidents-{table or form}{FORMATS[form].file_suffix(table)}"
    return StreamingResponse(
        _begun(pieces),
        media_type="application/octet-stream",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def _begun(pieces: Iterator[bytes]) -> Iterator[bytes]:
    """The same, with the first piece made: what cannot be made is told before anything is sent."""
    return chain((next(pieces, b""),), pieces)
