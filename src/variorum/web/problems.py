"""What went wrong, told to programs: problem details (RFC 9457) for everything under `/api/`."""

from __future__ import annotations

import json
from collections.abc import Mapping
from http import HTTPStatus
from typing import Final, Literal

from fastapi.exceptions import RequestValidationError
from starlette.responses import Response

from variorum.client.shapes import NotValid, Problem
from variorum.model import EvidenceError, InputError, SettingError, VariorumError

MEDIA_TYPE: Final = "application/problem+json"

STATUS: Final = {
    "unknown-incident": 404,
    "unknown-subject": 404,
    "unknown-set": 404,
    "unknown-job": 404,
    "unknown-person": 404,
    "unknown-token": 404,
    "login-refused": 403,
    "login-throttled": 429,
    "provider-refused": 403,
    "provider-unreachable": 503,
    "busy": 503,
    "not-your-name": 403,
    "text-withheld": 403,
    "already-there": 409,
    "overtaken": 412,
    "evidence-mismatch": 422,
    "queue-full": 503,
    "too-many-exports": 503,
    "no-room": 507,
    "ledger-unavailable": 503,
}
"""Statuses of our own errors by their codes; the others are 400, a request that cannot be carried out."""


def is_for_programs(path: str) -> bool:
    """Whether what stands at an address is for programs: then refusals are problem details and no pages."""
    return path.startswith("/api/")


def problem_of(error: VariorumError) -> Problem:
    """One of our own errors as problem details."""
    status = STATUS.get(error.code, 400)
    return Problem(
        type=f"/api#problem-{error.code}" if error.code in STATUS else "about:blank",
        title=HTTPStatus(status).phrase,
        status=status,
        detail=error.what,
        code=error.code,
        where=error.where or None,
        remedy=error.remedy or None,
        kind=kind_of(error),
    )


def kind_of(error: VariorumError) -> Literal["error", "input", "evidence", "setting"]:
    """What sort of error it is, so that a program at the other end can raise the like."""
    if isinstance(error, EvidenceError):
        return "evidence"
    if isinstance(error, InputError):
        return "input"
    return "setting" if isinstance(error, SettingError) else "error"


def not_valid(error: RequestValidationError) -> Problem:
    """A request that does not fit its description, with all that does not."""
    found = [one for one in error.errors() if one["type"] == "json_invalid"]
    errors = tuple(
        NotValid(where=".".join(map(str, one["loc"][1:])) or str(one["loc"][0]), what=str(one["msg"]))
        for one in found or error.errors()
    )
    status = 400 if found else 422
    return Problem(
        type="about:blank",
        title=HTTPStatus(status).phrase,
        status=status,
        detail="; ".join(f"{one.where}: {one.what}" for one in errors)[:2000],
        code="not-json" if found else "not-valid",
        remedy="compare the request with /api/v1/openapi.json",
        errors=errors,
    )


def plain_problem(status: int, detail: str | None = None, code: str | None = None) -> Problem:
    """A problem that its status tells."""
    return Problem(
        type="about:blank", title=HTTPStatus(status).phrase, status=status, detail=detail, code=code
    )


def told(problem: Problem, headers: Mapping[str, str] | None = None) -> Response:
    """The answer that tells a problem."""
    # Half of a surrogate pair may stand in what was asked; it goes back as a mark of replacement.
    body = problem.model_dump(mode="json", exclude_defaults=True)
    body |= {"type": problem.type, "title": problem.title, "status": problem.status}
    return Response(_bytes(body), problem.status, headers, MEDIA_TYPE)


def _bytes(body: dict[str, object]) -> bytes:
    return json.dumps(body, ensure_ascii=False).encode("utf-8", "replace")
