"""Recording a decision that a form asks for, in sight of what its page showed; and telling what came of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Annotated

from fastapi import Depends, HTTPException, Request
from fastapi.responses import RedirectResponse, Response
from pydantic import ValidationError

from variorum.ledger import Decision, Ledger, Overtaken, Recorded
from variorum.web.asking import Person, Role
from variorum.web.rendering import render

_MOST_FIELDS = 100
_LONGEST_REASON = 2000


async def read_form(request: Request) -> dict[str, str]:
    """The fields of a form by name; of several with one name, the last that is not empty. Files are passed over."""
    async with request.form(max_files=1, max_fields=_MOST_FIELDS) as form:
        found: dict[str, str] = {}
        for name, value in form.multi_items():
            if isinstance(value, str) and (value or name not in found):
                found[name] = value
        return found


Form = Annotated[dict[str, str], Depends(read_form)]


def local(address: str | None, otherwise: str) -> str:
    """An address of the reading room to go back to; another site's is not gone to."""
    if not address or not address.startswith("/") or address[1:2] in ("/", "\\"):
        return otherwise
    return address if all(" " < one != "\\" for one in address) else otherwise


def wants_part(request: Request) -> bool:
    """Whether a script asks for the part of a page that it will put in the place of another."""
    return request.headers.get("hx-request") == "true"


def decided(kind: str, person: Person, why: str, **values: object) -> Decision:
    """A decision of a person. Raises 403 for readers, 400 where it says too little or too much."""
    if person.role < Role.ANALYST:
        raise HTTPException(403, "Readers record no decisions.")
    if len(why) > _LONGEST_REASON:
        raise HTTPException(400, f"A reason has at most {_LONGEST_REASON} characters.")
    if not why.strip():
        raise HTTPException(400, "There is no decision without a reason.")
    try:
        return Decision.model_validate({"kind": kind, "by": person.name, "why": why.strip(), **values})
    except ValidationError as error:
        told = error.errors()[0]["msg"].removeprefix("Value error, ")
        raise HTTPException(400, told[:1].upper() + told[1:] + ".") from None


def record(request: Request, ledger: Ledger, decision: Decision, form: Mapping[str, str]) -> str | Response:
    """The id of the decision once it is recorded; or a page that tells who was quicker, with the form to send again."""
    try:
        name = ledger.decide(decision, seen=form.get("seen", "").split())
    except Overtaken as error:
        return _told(request, ledger, decision, form, error.others)
    request.app.state.catching_up.soon(links=decision.kind in ("join", "split", "never", "undo"))
    return name


def seen(recorded: Iterable[Recorded]) -> str:
    """The decisions that a page shows, as its forms carry them."""
    return " ".join(one.id for one in recorded)


def gone_to(address: str) -> Response:
    """The answer to a form that was carried out: look there."""
    return RedirectResponse(address, status_code=303)


def _told(
    request: Request,
    ledger: Ledger,
    decision: Decision,
    form: Mapping[str, str],
    others: tuple[Recorded, ...],
) -> Response:
    again = {name: value for name, value in form.items() if name != "seen"}
    return render(
        request,
        "review/overtaken_part.html.j2" if wants_part(request) else "review/overtaken.html.j2",
        status=409,
        others=others,
        decision=decision,
        again=again,
        seen=seen(ledger.others_on(decision)),
        back=local(form.get("back"), "/review"),
    )
