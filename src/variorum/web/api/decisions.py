"""Decisions: what reviewers decided, and deciding."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Annotated, Any, Final
from urllib.parse import quote

from fastapi import APIRouter, Header, Path, Request, Response
from pydantic import ValidationError

from variorum.client.shapes import NONE, Decided, DecisionRow, NewDecision, Paged, Reason
from variorum.ledger import Decision, Ledger
from variorum.model import SettingError, VariorumError
from variorum.web.api.answers import answer_page
from variorum.web.api.asking import Cursor, Limit, Writer, in_their_name, sound
from variorum.web.api.routing import HAS_IT, PREFIX, router_of
from variorum.web.asking import OpenLedger

router: APIRouter = router_of("decisions")

IfMatch = Annotated[
    str | None,
    Header(
        alias="If-Match",
        max_length=200,
        description="The entity tag of `/decisions/on/{subject}` as you saw it: if somebody decided on it since, the answer "
        "is 412 and nothing is recorded.",
    ),
]
_MADE: Final[dict[int | str, dict[str, Any]]] = {
    200: {"model": Decided, "description": "The same decision was the last one on its subject already."},
    201: {"model": Decided, "description": "It was recorded."},
}


@router.get("/decisions", response_model=Paged[DecisionRow], responses=HAS_IT)
def list_decisions(
    request: Request, ledger: OpenLedger, cursor: Cursor = None, limit: Limit = 50
) -> Response:
    """Decisions, undone ones included, the last recorded first."""
    page = ledger.lookup.decisions(before=cursor, limit=limit)
    return answer_page(request, DecisionRow, map(DecisionRow.of, page.items), page.after)


@router.get("/decisions/on/{subject:path}", response_model=Paged[DecisionRow], responses=HAS_IT)
def decisions_on(
    request: Request,
    subject: Annotated[str, Path(max_length=300, description="A claim, party, report or decision.")],
    ledger: OpenLedger,
) -> Response:
    """All decisions ever recorded on a subject, oldest first. The entity tag is the last one's id, or `none`.

    What is set of an incident is recorded on its first report.
    """
    found = tuple(map(DecisionRow.of, ledger.lookup.decisions_on(sound(subject))))
    return answer_page(request, DecisionRow, found, None, tag=found[-1].id if found else NONE)


@router.post("/decisions", status_code=201, response_model=Decided, responses=_MADE)
def decide(ledger: OpenLedger, person: Writer, said: NewDecision, if_match: IfMatch = None) -> Response:
    """Record a decision, with its reason, in your name. It shows in dossiers at once, in lists after `POST /refresh`, in
    links after `POST /link`.

    The same decision sent twice is one: the second time the answer is 200 with the id of the first.
    """
    told = {name: getattr(said, name) for name in Decision.model_fields}
    return _decide(ledger, told | {"by": in_their_name(person, said.by)}, said.seen, if_match)


@router.post("/decisions/{decision}/undo", status_code=201, response_model=Decided, responses=_MADE)
def undo(
    decision: Annotated[str, Path(max_length=200, description="The id of a decision.")],
    ledger: OpenLedger,
    person: Writer,
    said: Reason,
    if_match: IfMatch = None,
) -> Response:
    """Record that a decision holds no longer; it stays in the list. An undoing can be undone."""
    told = {"kind": "undo", "subject": sound(decision), "by": person.name, "why": said.why}
    return _decide(ledger, told, None, if_match)


def _decide(
    ledger: Ledger, told: Mapping[str, object], seen: Collection[str] | None, if_match: str | None
) -> Response:
    try:
        decision = Decision.model_validate(told)
    except ValidationError as error:
        raise SettingError(
            "; ".join(one["msg"].removeprefix("Value error, ") for one in error.errors()),
            where=str(told["kind"]),
            remedy="say what it needs",
            code="bad-decision",
        ) from None
    if if_match is not None and if_match.strip() != "*":
        seen = {*(seen or ()), *_seen(ledger, decision, if_match)}
    name, new = ledger.decide_once(decision, seen=seen)
    body = Decided(id=name, new=new).model_dump_json()
    where = {"Location": f"{PREFIX}/decisions/on/{quote(decision.subject, safe='')}"}
    return Response(body, 201 if new else 200, where, "application/json")


def _seen(ledger: Ledger, decision: Decision, if_match: str) -> set[str]:
    """The decisions that somebody knows of, by the tag of the last. Raises `VariorumError` overtaken for a tag that none has."""
    last = if_match.strip().removeprefix("W/").strip('"').removesuffix("-gzip")
    try:
        return ledger.lookup.decided_before(decision, None if last == NONE else last)
    except VariorumError as error:
        raise VariorumError(
            "this is the tag of no decision", where=last[:60], remedy="look at it again", code="overtaken"
        ) from error
