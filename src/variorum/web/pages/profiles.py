"""What each profile is: whose rule, in one sentence, and where its owner tells it."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import Response

from variorum.reconciling.profiles import DEFAULT, PROFILES
from variorum.web.rendering import render

router = APIRouter()


@router.get("/profiles")
def profiles(request: Request) -> Response:
    """All profiles."""
    return render(request, "profiles.html.j2", profiles=PROFILES, default=DEFAULT)
