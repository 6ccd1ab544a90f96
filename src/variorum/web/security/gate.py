"""The gate: finds out who asks, and lets a request pass only with the role that it takes (`rights`)."""

from __future__ import annotations

import logging
from typing import Final
from urllib.parse import quote

from fastapi import Request, Response
from fastapi.responses import JSONResponse, RedirectResponse
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from variorum.ledger import Ledger, Role
from variorum.model import VariorumError
from variorum.web.asking import Person
from variorum.web.faults import fault_page, told_error
from variorum.web.security.cookies import SESSION, read_cookie
from variorum.web.security.requests import CHANGES_NOTHING, is_from_a_page
from variorum.web.security.rights import needed_role

_log = logging.getLogger("variorum.web.people")

_WITHOUT_NAME: Final = ("/assets/", "/health", "/metrics")
"""Where nobody looks who asks."""
_BEFORE_CHOOSING: Final = ("/me", "/me/password", "/logout", "/login")
"""Where somebody may go whose password was made by somebody else."""
_TOKENS: Final = 'Bearer realm="Variorum"'


class Gate:
    """Puts who asks into `scope["person"]`. Where nobody logs in everybody who can reach it may do everything.

    Nobody logs in until the ledger knows somebody; from then on all do until the server ends.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or answer it."""
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
            return
        if scope["type"] != "http":
            raise RuntimeError(f"{scope['type']} is not served")
        request = Request(scope)
        try:
            team = await run_in_threadpool(_must_log_in, request)
        except VariorumError as error:
            await told_error(request, error)(scope, receive, send)
            return
        if not team:
            scope["person"] = Person(request.app.state.settings.person, Role.ADMIN)
            await self._app(scope, receive, send)
            return
        refusal = await run_in_threadpool(self._refusal, request)
        if refusal is None:
            await self._app(scope, receive, _unkept(send))
        else:
            await refusal(scope, receive, _unkept(send))

    def _refusal(self, request: Request) -> Response | None:
        """The answer to a request that may not pass."""
        path, method = request.url.path, request.method
        if path.startswith(_WITHOUT_NAME):
            request.scope["person"] = None
            return None
        try:
            person = self._person(request)
        except VariorumError as error:
            return told_error(request, error)
        request.scope["person"] = person
        role = needed_role(method, path)
        if person is None and ("authorization" in request.headers or role is not None):
            return _unknown(request)
        if (
            person
            and person.session
            and method not in CHANGES_NOTHING
            and not is_from_a_page(request.headers)
        ):
            return _forbidden(request, "The browser does not say which page this comes from.")
        if person and person.must_change and path not in _BEFORE_CHOOSING:
            return RedirectResponse("/me", 303)
        if person and role is not None and person.role < role:
            _log.warning("%s %s refused to %a, who is %s", method, path, person.name, person.role.word)
            return _forbidden(request, f"This takes the role {role.word}; yours is {person.role.word}.")
        return None

    def _person(self, request: Request) -> Person | None:
        """Who asks, by a token or by a session; a token that is no good is not made up for by a session."""
        people = _ledger(request).people
        told = request.headers.get("authorization")
        if told is not None:
            kind, _, token = told.partition(" ")
            found = people.tokens.find(token.strip()) if kind.lower() == "bearer" else None
            return None if found is None else Person(found[0].name, found[1], found[0].number)
        secret = read_cookie(request, SESSION)
        visit = people.sessions.find(secret) if secret else None
        if visit is None:
            return None
        known, session = visit
        return Person(known.name, known.role, known.number, session, known.must_change, known.by_provider)


def _must_log_in(request: Request) -> bool:
    """Whether people must log in: looked up for each request until it is so, since people may be added while it runs."""
    state = request.app.state
    if not state.team and state.settings.team is None and not request.url.path.startswith(_WITHOUT_NAME):
        state.team = _ledger(request).people.are_there()
    return bool(state.team)


def _ledger(request: Request) -> Ledger:
    ledger: Ledger = request.app.state.ledger
    return ledger


def _unknown(request: Request) -> Response:
    """To a browser the way to the login, to a program what it must bring."""
    if _is_program(request):
        return _problem(401, "Log in", "This takes a token, in the header Authorization: Bearer.", _TOKENS)
    asked = request.url.path + (f"?{request.url.query}" if request.url.query else "")
    login = f"/login?next={quote(asked, safe='/')}" if request.method == "GET" else "/login"
    if request.headers.get("hx-request") == "true":  # part of a page: the whole of it must go
        return Response(status_code=401, headers={"HX-Redirect": "/login", "WWW-Authenticate": _TOKENS})
    return RedirectResponse(login, 303)


def _forbidden(request: Request, why: str) -> Response:
    if _is_program(request):
        return _problem(403, "Not with this role", why)
    return fault_page(request, 403, why)


def _is_program(request: Request) -> bool:
    return request.url.path.startswith("/api/") or "authorization" in request.headers


def _problem(status: int, title: str, detail: str, challenge: str | None = None) -> Response:
    """A refusal as programs read it (RFC 9457)."""
    body = {"type": "about:blank", "title": title, "status": status, "detail": detail}
    headers = {"WWW-Authenticate": challenge} if challenge else {}
    return JSONResponse(body, status, headers, media_type="application/problem+json")


def _unkept(send: Send) -> Send:
    """Where people log in, browsers keep no page: the next one at the machine may be somebody else."""

    async def complete(message: Message) -> None:
        if message["type"] == "http.response.start":
            MutableHeaders(scope=message).setdefault("Cache-Control", "private, no-store")
        await send(message)

    return complete
