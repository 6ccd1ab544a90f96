"""The cookies: a session, and a login by an identity provider that is under way."""

from __future__ import annotations

from fastapi import Request, Response

SESSION = "variorum"
UNDER_WAY = "variorum-login"


def read_cookie(request: Request, name: str) -> str | None:
    """What a cookie holds."""
    return request.cookies.get(_full(request, name))


def set_cookie(
    request: Request, response: Response, name: str, value: str, seconds: int | None = None
) -> None:
    """Give a cookie to the browser, for so many seconds or until it is closed. No script and no other site gets it."""
    response.set_cookie(
        _full(request, name),
        value,
        max_age=seconds,
        path="/",
        secure=is_secure(request),
        httponly=True,
        samesite="lax",
    )


def drop_cookie(request: Request, response: Response, name: str) -> None:
    """Take a cookie back."""
    secure = is_secure(request)
    response.delete_cookie(_full(request, name), path="/", secure=secure, httponly=True, samesite="lax")


def is_secure(request: Request) -> bool:
    """Whether cookies go over https only."""
    return bool(request.app.state.settings.secure) or request.url.scheme == "https"


def _full(request: Request, name: str) -> str:
    """With `__Host-` browsers take a cookie only over https, from this very host and for all of it."""
    return f"__Host-{name}" if is_secure(request) else name
