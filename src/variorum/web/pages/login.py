"""Logging in and out."""

from __future__ import annotations

import logging
from typing import Annotated

from fastapi import APIRouter, Form, HTTPException, Query, Request
from fastapi.responses import RedirectResponse, Response

from variorum.ledger.people import Throttled
from variorum.ledger.people.doors import WINDOW
from variorum.model import VariorumError
from variorum.web.asking import OpenLedger, Person
from variorum.web.faults import told_error
from variorum.web.rendering import render
from variorum.web.security.addresses import ENTRANCE, own_address
from variorum.web.security.cookies import (
    SESSION,
    UNDER_WAY,
    drop_cookie,
    is_secure,
    read_cookie,
    set_cookie,
)
from variorum.web.security.provider import BACK, SECONDS, Provider

router = APIRouter()
_log = logging.getLogger("variorum.web.people")


@router.get("/login")
def login_page(request: Request, asked: Annotated[str | None, Query(alias="next")] = None) -> Response:
    """The form to log in with; whoever is in already is led on."""
    if not request.app.state.team:
        return RedirectResponse(ENTRANCE, 303)
    person: Person | None = request.scope.get("person")
    if person is not None:
        return RedirectResponse(own_address(asked), 303)
    return _page(request, own_address(asked))


@router.post("/login")
def log_in(
    request: Request,
    ledger: OpenLedger,
    name: Annotated[str, Form()] = "",
    password: Annotated[str, Form()] = "",
    asked: Annotated[str | None, Form(alias="next")] = None,
) -> Response:
    """Begin a session, with a secret that nobody knew before, and lead on."""
    if not request.app.state.team:
        return RedirectResponse(ENTRANCE, 303)
    address = request.client.host if request.client else ""
    try:
        secret = ledger.people.log_in(
            name, password, address=address, browser=request.headers.get("user-agent", "")
        )
    except Throttled as error:
        _log.warning("login of %a from %s put off", name[:80], address)
        answer = _page(request, own_address(asked), name, error, 429)
        answer.headers["Retry-After"] = str(int(WINDOW.total_seconds()))
        return answer
    except VariorumError as error:
        if error.code != "login-refused":
            raise
        _log.warning("login of %a from %s refused", name[:80], address)
        return _page(request, own_address(asked), name, error, 403)
    _log.info("login of %a from %s", name[:80], address)
    return entered(request, ledger, secret, own_address(asked))


@router.get("/login/provider")
def leave_for_provider(
    request: Request, asked: Annotated[str | None, Query(alias="next")] = None
) -> Response:
    """Send the browser to the identity provider. A link, no form: the policy lets forms lead nowhere else."""
    cookie, address = _provider(request).begin(own_address(asked))
    answer = RedirectResponse(address, 303)
    set_cookie(request, answer, UNDER_WAY, cookie, SECONDS)
    return answer


@router.get(BACK)
def back_from_provider(request: Request, ledger: OpenLedger) -> Response:
    """Begin a session of whom the provider vouches for."""
    address = request.client.host if request.client else ""
    try:
        vouched = _provider(request).finish(read_cookie(request, UNDER_WAY), request.query_params)
        secret = ledger.people.log_in_by_provider(
            vouched.subject,
            vouched.name,
            vouched.role,
            address=address,
            browser=request.headers.get("user-agent", ""),
        )
    except VariorumError as error:
        _log.warning("login by the identity provider from %s refused: %s", address, error.what)
        answer = told_error(request, error)
    else:
        _log.info("login of %a by the identity provider from %s", vouched.name, address)
        answer = entered(request, ledger, secret, vouched.leads_to)
    drop_cookie(request, answer, UNDER_WAY)
    return answer


@router.post("/logout")
def log_out(request: Request, ledger: OpenLedger) -> Response:
    """End the session of this browser."""
    _end_session(request, ledger)
    answer = RedirectResponse("/login" if request.app.state.team else ENTRANCE, 303)
    drop_cookie(request, answer, SESSION)
    return answer


def entered(request: Request, ledger: OpenLedger, secret: str, leads_to: str) -> Response:
    """Lead somebody on who has logged in. A session that the browser had before ends."""
    _end_session(request, ledger)
    answer = RedirectResponse(leads_to, 303)
    set_cookie(request, answer, SESSION, secret)
    return answer


def _provider(request: Request) -> Provider:
    found: Provider | None = request.app.state.provider
    if found is None or not request.app.state.team:
        raise HTTPException(404)
    return found


def _end_session(request: Request, ledger: OpenLedger) -> None:
    before = read_cookie(request, SESSION)
    visit = ledger.people.sessions.find(before) if before else None
    if visit is not None:
        ledger.people.sessions.close(visit[0].number, visit[1])


def _page(
    request: Request, leads_to: str, name: str = "", error: VariorumError | None = None, status: int = 200
) -> Response:
    provider = request.app.state.settings.provider
    return render(
        request,
        "login.html.j2",
        status=status,
        leads_to=leads_to,
        name=name,
        error=error,
        provider=provider.title if provider else None,
        # A cookie that goes by https only would be lost, and the login lead back to itself.
        lost=is_secure(request) and request.url.scheme != "https",
    )
