"""What somebody may do about themselves: password, sessions, tokens."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form, HTTPException, Request
from fastapi.responses import RedirectResponse, Response

from variorum.ledger.people import Scope
from variorum.ledger.people.known import REACHES
from variorum.ledger.people.tokens import MOST_DAYS
from variorum.model import VariorumError
from variorum.web.asking import AskingPerson, OpenLedger, Person
from variorum.web.rendering import render

router = APIRouter()

_DAYS = (7, 30, 90, MOST_DAYS)


@router.get("/me")
def me(request: Request, person: AskingPerson, ledger: OpenLedger) -> Response:
    """Who I am here, where I am logged in, and which tokens are mine."""
    return _page(request, person, ledger)


@router.post("/me/password")
def change_password(
    request: Request,
    person: AskingPerson,
    ledger: OpenLedger,
    current: Annotated[str, Form()] = "",
    new: Annotated[str, Form()] = "",
    again: Annotated[str, Form()] = "",
) -> Response:
    """Take another password; all other sessions end."""
    _in_a_session(person)
    try:
        if new != again:
            raise VariorumError("the two new passwords are not the same", remedy="write it twice")
        address = request.client.host if request.client else ""
        if not ledger.people.is_password(person.name, current, address=address):
            raise VariorumError("the present password is not right", remedy="write the one you came in with")
        if new == current:
            raise VariorumError("this is the present password", remedy="choose another one")
        ledger.people.set_password(person.name, new, by=person.name, keep=person.session)
    except VariorumError as error:
        if error.code == "ledger-unavailable":
            raise
        return _page(request, person, ledger, wrong=error)
    return RedirectResponse("/me", 303)


@router.post("/me/sessions/end")
def end_sessions(person: AskingPerson, ledger: OpenLedger) -> Response:
    """Log out everywhere but here."""
    _in_a_session(person)
    assert person.number is not None
    ledger.people.sessions.close_all(person.number, but=person.session)
    return RedirectResponse("/me", 303)


@router.post("/me/sessions/{number}/end")
def end_session(number: int, person: AskingPerson, ledger: OpenLedger) -> Response:
    """Log out in one other browser."""
    _in_a_session(person)
    assert person.number is not None
    ledger.people.sessions.close(person.number, number)
    return RedirectResponse("/me", 303)


@router.post("/me/tokens")
def make_token(
    request: Request,
    person: AskingPerson,
    ledger: OpenLedger,
    scope: Annotated[Scope, Form()],
    title: Annotated[str, Form()] = "",
    days: Annotated[int, Form()] = 90,
) -> Response:
    """Make a token and show it, once."""
    _in_a_session(person)
    try:
        token = ledger.people.tokens.make(person.name, title, scope, days, by=person.name)
    except VariorumError as error:
        if error.code == "ledger-unavailable":
            raise
        return _page(request, person, ledger, wrong_token=error)
    return _page(request, person, ledger, token=token)


@router.post("/me/tokens/{number}/revoke")
def revoke_token(number: int, person: AskingPerson, ledger: OpenLedger) -> Response:
    """End one of one's own tokens."""
    _in_a_session(person)
    ledger.people.tokens.revoke(number, by=person.name, person=person.number)
    return RedirectResponse("/me", 303)


def _in_a_session(person: Person) -> None:
    """A program with a token makes no tokens and changes no password; where nobody logs in there are none."""
    if person.session is None:
        raise HTTPException(403, "This can only be done in a browser, by somebody who has logged in.")


def _page(
    request: Request,
    person: Person,
    ledger: OpenLedger,
    *,
    wrong: VariorumError | None = None,
    wrong_token: VariorumError | None = None,
    token: str | None = None,
) -> Response:
    number = person.number
    return render(
        request,
        "me.html.j2",
        status=400 if wrong or wrong_token else 200,
        person=person,
        sessions=ledger.people.sessions.of(number) if number is not None else [],
        tokens=ledger.people.tokens.of(number) if number is not None else [],
        scopes=[scope for scope in Scope if REACHES[scope] <= person.role],
        days=_DAYS,
        wrong=wrong,
        wrong_token=wrong_token,
        token=token,
    )
