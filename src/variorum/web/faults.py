"""What went wrong, told on a page: what, where and what to do."""

from __future__ import annotations

import logging
from http import HTTPStatus

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException

from variorum.model import VariorumError
from variorum.web import problems
from variorum.web.rendering import render
from variorum.web.security.headers import complete_headers

_log = logging.getLogger("variorum.web")

_WORDS = {
    400: "That cannot be asked like this.",
    401: "Log in to see this.",
    403: "You may not do this here.",
    404: "There is nothing at this address.",
    405: "This address takes no such request.",
    408: "That took too long to arrive.",
    413: "That is too large.",
    429: "Too many tries.",
    503: "This cannot be done just now.",
    500: "Something broke in the reading room. Nothing was changed in the ledger.",
}


_HEADLINES = {
    "ledger-unavailable": "The ledger cannot be used just now.",
    "provider-refused": "You could not be logged in.",
    "login-refused": "You could not be logged in.",
}
"""What says more than the words of the status do."""

_UNREACHED = "the ledger could not be reached"


def install(app: FastAPI) -> None:
    """Let the application tell its faults on pages."""
    app.add_exception_handler(VariorumError, told_error)
    app.add_exception_handler(RequestValidationError, _not_valid)
    app.add_exception_handler(HTTPException, _by_status)
    app.add_exception_handler(Exception, _unforeseen)


def told_error(request: Request, error: Exception) -> Response:
    """The page that tells one of our own errors."""
    assert isinstance(error, VariorumError)
    if error.code == "ledger-unavailable":
        # Where the database is and whom it refuses is for whoever runs the server, not for all who come to the door.
        _log.error("%s", error.what)
        error = VariorumError(
            _UNREACHED, remedy="try again; the server’s log says what is wrong", code=error.code
        )
    if problems.is_for_programs(request.url.path):
        return problems.told(problems.problem_of(error))
    headline = _HEADLINES.get(error.code)
    status = problems.STATUS.get(error.code, 400)
    return fault_page(request, status, error.what, error.remedy, error.code, headline)


def _not_valid(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    if problems.is_for_programs(request.url.path):
        return problems.told(problems.not_valid(error))
    told = "; ".join(f"{'.'.join(map(str, one['loc'][1:]))}: {one['msg']}" for one in error.errors())
    return fault_page(request, 400, f"Something asked for cannot be: {told}")


def _by_status(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    detail = error.detail if error.detail != HTTPStatus(error.status_code).phrase else None
    made = fault_page(request, error.status_code, detail)
    made.headers.update(error.headers or {})
    return made


def _unforeseen(request: Request, error: Exception) -> Response:
    _log.error("%s %s broke", request.method, request.url.path, exc_info=error)
    made = fault_page(request, 500)
    complete_headers(
        made.headers, request.scope
    )  # this answer passes by the middleware that does it for others
    return made


def fault_page(
    request: Request,
    status: int,
    what: str | None = None,
    remedy: str | None = None,
    code: str | None = None,
    headline: str | None = None,
) -> Response:
    """A page that tells what went wrong, with its status."""
    if problems.is_for_programs(request.url.path):
        return problems.told(problems.plain_problem(status, what or _WORDS.get(status), code))
    return render(
        request,
        "fault.html.j2",
        status=status,
        number=status,
        headline=headline or _WORDS.get(status, HTTPStatus(status).phrase),
        what=what,
        remedy=remedy,
        code=code,
    )
