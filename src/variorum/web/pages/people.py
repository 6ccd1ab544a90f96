"""Who may come in: for admins."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form, HTTPException, Request
from fastapi.responses import RedirectResponse, Response

from variorum.model import VariorumError
from variorum.web.asking import AskingPerson, OpenLedger, Person, Role
from variorum.web.rendering import render

router = APIRouter()

_ROLES = {role.word: role for role in Role}
_SHOWN = 50
_UNTOLD = ("ledger-unavailable", "busy")
"""Errors that concern the whole and not what was asked."""


@router.get("/people")
def people(request: Request, person: AskingPerson, ledger: OpenLedger) -> Response:
    """Everybody, their tokens, and who did what of late."""
    return _page(request, ledger)


@router.post("/people")
def add(
    request: Request,
    person: AskingPerson,
    ledger: OpenLedger,
    name: Annotated[str, Form()] = "",
    role: Annotated[str, Form()] = "reader",
) -> Response:
    """Let somebody in, with a password that is shown once and must be replaced."""
    _with_a_team(request, person)
    try:
        password = ledger.people.add(name, _role(role), by=person.name)
    except VariorumError as error:
        return _page(request, ledger, wrong=_told(error), name=name)
    return _page(request, ledger, told=(ledger.people.find(name).name, password or ""))


@router.post("/people/{number}/role")
def set_role(
    request: Request, number: int, person: AskingPerson, ledger: OpenLedger, role: Annotated[str, Form()]
) -> Response:
    """Give somebody another role."""
    _with_a_team(request, person)
    try:
        ledger.people.set_role(_name(ledger, number), _role(role), by=person.name)
    except VariorumError as error:
        return _page(request, ledger, wrong=_told(error))
    return RedirectResponse("/people", 303)


@router.post("/people/{number}/reset")
def reset(request: Request, number: int, person: AskingPerson, ledger: OpenLedger) -> Response:
    """Make somebody a new password, shown once; they are logged out everywhere."""
    _with_a_team(request, person)
    name = _name(ledger, number)
    try:
        password = ledger.people.set_password(name, by=person.name)
    except VariorumError as error:
        return _page(request, ledger, wrong=_told(error))
    return _page(request, ledger, told=(name, password or ""))


@router.post("/people/{number}/remove")
def remove(request: Request, number: int, person: AskingPerson, ledger: OpenLedger) -> Response:
    """Let somebody in no more."""
    _with_a_team(request, person)
    try:
        ledger.people.remove(_name(ledger, number), by=person.name)
    except VariorumError as error:
        return _page(request, ledger, wrong=_told(error))
    return RedirectResponse("/people", 303)


@router.post("/people/tokens/{number}/revoke")
def revoke(request: Request, number: int, person: AskingPerson, ledger: OpenLedger) -> Response:
    """End somebody's token."""
    _with_a_team(request, person)
    ledger.people.tokens.revoke(number, by=person.name)
    return RedirectResponse("/people", 303)


def _with_a_team(request: Request, person: Person) -> None:
    if not request.app.state.team or person.session is None:
        raise HTTPException(403, "This can only be done in a browser, by an admin who has logged in.")


def _role(word: str) -> Role:
    if word not in _ROLES:
        raise HTTPException(400, "There is no such role.")
    return _ROLES[word]


def _name(ledger: OpenLedger, number: int) -> str:
    for one in ledger.people.all():
        if one.number == number:
            return one.name
    raise HTTPException(404, "Nobody of this number may come in.")


def _told(error: VariorumError) -> VariorumError:
    if error.code in _UNTOLD:
        raise error
    return error


def _page(
    request: Request,
    ledger: OpenLedger,
    *,
    wrong: VariorumError | None = None,
    name: str = "",
    told: tuple[str, str] | None = None,
) -> Response:
    return render(
        request,
        "people.html.j2",
        status=400 if wrong else 200,
        team=request.app.state.team,
        known=ledger.people.all(),
        tokens=ledger.people.tokens.of(),
        history=ledger.people.history(_SHOWN),
        roles=list(_ROLES),
        wrong=wrong,
        name=name,
        told=told,
    )
