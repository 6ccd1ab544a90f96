"""Requests that another site made a browser send are refused before anything looks at them.

Two checks, both on what browsers set and pages cannot: the name of the host that is called (against DNS rebinding), and
where a request comes from (`Sec-Fetch-Site`, W3C Fetch Metadata, with `Origin` as the older witness). Another site may lead
here by a link; it may neither change something (cross-site request forgery) nor take pages into its own.

No form carries a token. Since its edition of 2025 OWASP's cheat sheet has Fetch Metadata with `Origin` in its place as a
complete defence; cookies are `SameSite=Lax` besides, and a change by a session without either witness is refused (`gate`).
A token would have to be in every template, and where it is forgotten nothing would tell.
"""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from variorum.web.problems import is_for_programs, plain_problem, told

CHANGES_NOTHING = {"GET", "HEAD", "OPTIONS"}


class SafeRequests:
    """Refuses requests to other hosts' names (400), and changes that other sites ask for (403)."""

    def __init__(self, app: ASGIApp, hosts: Sequence[str]) -> None:
        self._app, self._hosts = app, {host.lower() for host in hosts}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or answer it."""
        if scope["type"] == "http":
            headers = Headers(scope=scope)
            if _host(headers.get("host", "")) not in self._hosts:
                await _refusal(scope, 400, "This host is not served here.")(scope, receive, send)
                return
            changes = scope["method"] not in CHANGES_NOTHING
            if _from_elsewhere(headers, scope["scheme"]) and (changes or not _is_a_link(headers)):
                await _refusal(scope, 403, "Another site asked for this.")(scope, receive, send)
                return
        await self._app(scope, receive, send)


def _refusal(scope: Scope, status: int, why: str) -> Response:
    if is_for_programs(scope["path"]):
        return told(plain_problem(status, why))
    return PlainTextResponse(why, status)


def _host(named: str) -> str:
    """The host without its port, in lower case."""
    return named.rpartition(":")[0].lower() if named.rpartition(":")[2].isdigit() else named.lower()


def is_from_a_page(headers: Headers) -> bool:
    """Whether a browser says from where a request comes; whatever changes something must say so to use a session."""
    return "sec-fetch-site" in headers or "origin" in headers


def _from_elsewhere(headers: Headers, scheme: str) -> bool:
    """Whether a browser says that another site's page is behind a request. Programs that are no browsers say nothing."""
    site, origin = headers.get("sec-fetch-site"), headers.get("origin")
    if site is not None:
        return site not in ("same-origin", "none")
    if origin is None:
        return False
    parts = urlsplit(origin)
    insecure = scheme == "https" and parts.scheme != "https"
    return insecure or parts.netloc.lower() != headers.get("host", "").lower()


def _is_a_link(headers: Headers) -> bool:
    """Whether somebody followed a link from elsewhere, so that the page opens by itself: not as picture, frame or script."""
    mode, wanted = headers.get("sec-fetch-mode"), headers.get("sec-fetch-dest")
    return mode in ("navigate", None) and wanted in ("document", None)
