"""What went wrong, told on a page: what, where and what to do."""

from __future__ import annotations

import logging
from http import HTTPStatus

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException

from variorum.model import VariorumError
from variorum.web.rendering import render

_log = logging.getLogger("variorum.web")

_STATUS = {
    "unknown-incident": 404,
    "unknown-subject": 404,
    "unknown-job": 404,
    "already-there": 409,
    "ledger-unavailable": 503,
    "too-many-exports": 503,
    "no-room": 507,
}
"""Statuses of our own errors by their codes; the others are 400, a request that cannot be carried out."""

_WORDS = {
    400: "That cannot be asked like this.",
    403: "You may not do this here.",
    404: "There is nothing at this address.",
    405: "This address takes no such request.",
    413: "That is too large.",
    503: "The ledger cannot be used just now.",
    500: "Something broke in the reading room. Nothing was changed in the ledger.",
}


def install(app: FastAPI) -> None:
    """Let the application tell its faults on pages."""
    app.add_exception_handler(VariorumError, _ours)
    app.add_exception_handler(RequestValidationError, _not_valid)
    app.add_exception_handler(HTTPException, _by_status)
    app.add_exception_handler(Exception, _unforeseen)


def _ours(request: Request, error: Exception) -> Response:
    assert isinstance(error, VariorumError)
    return _page(request, _STATUS.get(error.code, 400), error.what, error.remedy, error.code)


def _not_valid(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    told = "; ".join(f"{'.'.join(map(str, one['loc'][1:]))}: {one['msg']}" for one in error.errors())
    return _page(request, 400, told)


def _by_status(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    detail = error.detail if error.detail != HTTPStatus(error.status_code).phrase else None
    made = _page(request, error.status_code, detail)
    made.headers.update(error.headers or {})
    return made


def _unforeseen(request: Request, error: Exception) -> Response:
    _log.error("%s %s broke", request.method, request.url.path, exc_info=error)
    return _page(request, 500)


def _page(
    request: Request, status: int, what: str | None = None, remedy: str | None = None, code: str | None = None
) -> Response:
    return render(
        request,
        "fault.html.j2",
        status=status,
        number=status,
        headline=_WORDS.get(status, HTTPStatus(status).phrase),
        what=what,
        remedy=remedy,
        code=code,
    )
